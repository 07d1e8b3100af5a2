#include <string>
#include <string_view>

#include "agents/checker/advice.h"
#include "agents/checker/constants.h"
#include "agents/checker/walk.h"

namespace rackrace {

using namespace lua;

namespace {

/// The argument of a verb that sets how much money goes out.
struct Purchase {
    std::string_view verb, size;
};

constexpr Purchase kPurchases[] = {{"bid_chips", "chips"}, {"buy_used_chips", "chips"}, {"order_captive", "chips"}, {"order_wafers", "wafers"}, {"bid_power", "grid_mw"},
                                   {"order_onsite", "grid_mw"}, {"build_site", "mw"}, {"lease_site", "mw"}, {"hire_talent", "musd"}, {"bid_firm", "musd"}, {"buy_back", "musd"}};

constexpr std::string_view kMoneyFields[] = {"me.cash_musd", "me.credit_limit_musd", "me.burn_musd", "me.headroom_frac"};
constexpr std::string_view kMoneyHelpers[] = {"runway_q", "leverage"};

/// Finds a helper that reads money.
struct MoneyFinder {
    const AdviceInput& in;
    bool is_found = false;

    void stat(const Stat&, const Function&) {}
    void expr(const Expr& expr, const Function&) {
        const auto* call = as<Call>(&expr);
        if (call == nullptr) return;
        for (const ValuePath& path : in.values.of(*call->callee))
            for (const std::string_view helper : kMoneyHelpers) is_found = is_found || (path.root == Root::race && path.steps.size() == 1 && path.steps[0] == helper);
    }
};

bool reads_money(const AdviceInput& in) {
    for (const ObservationUse& use : in.declaration.observations)
        for (const std::string_view field : kMoneyFields)
            if (use.path == field) return true;
    MoneyFinder finder{in};
    Walker<MoneyFinder>(finder).function(*in.ast.chunk);
    return finder.is_found;
}

}  // namespace

void advise_on_blind_orders(const AdviceInput& in, Diagnostics& diagnostics) {
    if (!in.declaration.is_found || reads_money(in)) return;
    for (const VerbUse& use : in.declaration.verbs) {
        const auto* call = as<Call>(use.call);
        const auto* table = call != nullptr && call->arguments.size() == 1 ? as<Table>(&behind_locals(*call->arguments[0], in.names)) : nullptr;
        if (table == nullptr) continue;
        for (const Purchase& purchase : kPurchases) {
            const TableField* size = use.verb == purchase.verb ? find_field(*table, purchase.size) : nullptr;
            const auto number = size != nullptr ? number_of(*size->value, in.names) : std::nullopt;
            if (number && *number > 0.0)
                diagnostics.add("M704", size->value->range, std::string(purchase.size) + " of act." + use.verb + " is the same whatever cash there is",
                                "bound it by what is there: obs.me.cash_musd, obs.me.credit_limit_musd or race.runway_q(obs.me)");
        }
    }
}

}  // namespace rackrace

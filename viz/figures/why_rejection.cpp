// Why an order was refused at the call: the code, the numbers it compares, the rule in words, and what would have passed.
#include <fmt/format.h>

#include <algorithm>

#include "engine/base/quarter_index.h"
#include "engine/quarter/verbs.h"
#include "engine/schema/fields.h"
#include "viz/figures/why_book.h"

namespace rackrace {
namespace {

struct Refused {
    Code code = Code::none;
    const VerbInfo* verb = nullptr;
    double asked = 0.0, allowed = 0.0;
    nlohmann::json args;
};

Code code_named(const std::string& id) {
    for (int i = 0; i < static_cast<int>(Code::count); ++i)
        if (kCodes[i].id == id) return static_cast<Code>(i);
    return Code::none;
}

/// The argument whose bound gives the code; else the verb's quantity; nullptr without one.
const ArgInfo* judged(const Refused& refused) {
    for (const ArgInfo& arg : refused.verb->args)
        if ((arg.row.low.is_set || arg.row.high.is_set) && arg.row.beyond == refused.code) return &arg;
    return refused.verb->quantity < 0 ? nullptr : &refused.verb->args[static_cast<std::size_t>(refused.verb->quantity)];
}

bool is_wafer_verb(const Refused& refused) { return refused.verb->row.verb == Verb::order_wafers || refused.verb->row.verb == Verb::order_captive; }

/// A number that the code compares, as a person reads it.
std::string number_of(const Refused& refused, double value) {
    if (refused.code == Code::not_released) return quarter_name(static_cast<int>(value));
    if (refused.code == Code::insufficient_cash || refused.code == Code::over_credit_limit || refused.code == Code::use_of_proceeds)
        return price_text(value) + " M$";
    if (refused.code == Code::duplicate || refused.code == Code::too_many || refused.code == Code::too_soon || refused.code == Code::covenant)
        return price_text(value);
    if (refused.verb->row.verb == Verb::list_price && refused.code == Code::out_of_bounds) return price_text(value) + " x the list price";
    const ArgInfo* arg = judged(refused);
    const std::string unit = arg == nullptr ? "" : std::string(unit_text(arg->row.unit));
    return price_text(value) + (unit.empty() ? "" : " " + unit);
}

/// What the verb gives is kept until it is given again: it orders no quantity.
bool is_setting(const Refused& refused) {
    return std::none_of(refused.verb->args.begin(), refused.verb->args.end(),
                        [](const ArgInfo& arg) { return is_quantity(arg.row.unit) && arg.row.unit != Unit::q; });
}

std::string subject_of(const Refused& refused) {
    const int at = refused.verb->reference;
    if (at < 0) return "what the call names";
    const std::string name(refused.verb->args[static_cast<std::size_t>(at)].name);
    const auto value = refused.args.find(name);
    return value == refused.args.end() ? name : value->is_string() ? value->get<std::string>() : name + " " + value->dump();
}

std::string rule_of(const Refused& refused) {
    const std::string subject = subject_of(refused);
    switch (refused.code) {
        case Code::insufficient_cash: return "what is paid at the call may not exceed the cash that earlier orders of the quarter leave";
        case Code::over_credit_limit: return "no more may be borrowed than the firm's limit";
        case Code::covenant: return "the headroom under the covenants may not fall below the least one";
        case Code::below_minimum: return "a lot is the least that is sold; 0 is no order";
        case Code::over_capacity: return "no more can be ordered than there is";
        case Code::unknown_reference: return subject + " is not there, is over, or is not this firm's";
        case Code::not_released:
            if (is_wafer_verb(refused))
                return fmt::format("what is ordered now comes out in {}, and {} {}", quarter_name(static_cast<int>(refused.asked)), subject,
                                   refused.asked < refused.allowed ? "is not on sale by then" : "is no longer made by then");
            return fmt::format("{} {}", subject,
                               refused.asked < refused.allowed ? "is not on sale yet" : "is no longer on sale, and none is left in stock");
        case Code::captive:
            return refused.verb->row.verb == Verb::order_captive || refused.verb->row.verb == Verb::fund_design
                       ? subject + " is no in-house line of this firm: only the owners of a line order its chips"
                       : subject + " is an in-house line: its chips go to its owners alone";
        case Code::power_short: return "no firm may take more than its share of a lot";
        case Code::price_out_of_band: return "prices stay inside the band of the market";
        case Code::duplicate: return "one order a stage is taken here: the first one stands";
        case Code::too_many: return "there are so many slots and no more";
        case Code::out_of_bounds:
            return is_setting(refused) ? "a setting stays inside its bounds; the one before is kept" : "the argument stays inside its bounds";
        case Code::closed_to_role: return "the verb, or what it names, is not for this role";
        case Code::too_soon: return "between two of these some quarters must pass";
        case Code::counterparty: return "the other side's standing is under the least allowed";
        case Code::use_of_proceeds: return "with so much cash at hand no more may be raised";
        default: return "";
    }
}

/// The change that would have made the call pass; where none would, what stands against it.
std::string remedy_of(const Refused& refused) {
    const std::string allowed = number_of(refused, refused.allowed), passed = "would have passed: ", none = "nothing would have passed: ";
    switch (refused.code) {
        case Code::insufficient_cash:
        case Code::over_credit_limit:
        case Code::over_capacity:
        case Code::power_short: return refused.allowed > 0.0 ? passed + "at most " + allowed : none + "there is none";
        case Code::below_minimum: return passed + "at least " + allowed + ", or 0 for no order";
        case Code::covenant: return passed + "a smaller amount, which leaves a headroom of at least " + allowed;
        case Code::unknown_reference: return passed + "one that the firm's view lists";
        case Code::not_released:
            if (refused.asked >= refused.allowed)
                return none + (is_wafer_verb(refused) ? "its last chips come out in " : "its last quarter of sale was ") + allowed;
            return passed + (is_wafer_verb(refused) ? fmt::format("the same order {:.0f} quarters later, for chips that come out in {}",
                                                                  refused.allowed - refused.asked, allowed)
                                                    : "a bid from " + allowed + " on");
        case Code::captive:
            return passed + (refused.verb->row.verb == Verb::order_captive ? "a line that the firm owns, or bid_chips for a product on open sale"
                                                                           : "a product on open sale");
        case Code::price_out_of_band:
        case Code::out_of_bounds: return passed + (refused.asked > refused.allowed ? "at most " : "at least ") + allowed;
        case Code::duplicate: return passed + "one call, with the whole of it";
        case Code::too_many: return passed + fmt::format("at most {} of them", price_text(refused.allowed));
        case Code::closed_to_role: return passed + "a verb of this role";
        case Code::too_soon: return passed + fmt::format("the same order {:.0f} quarters later", refused.allowed - refused.asked);
        case Code::counterparty: return passed + "another counterparty";
        case Code::use_of_proceeds: return passed + "the same order with at most " + allowed + " at hand";
        default: return "";
    }
}

/// Codes whose two numbers are a comparison; the others name what was refused.
bool compares(Code code) {
    return code != Code::unknown_reference && code != Code::captive && code != Code::closed_to_role && code != Code::duplicate;
}

}  // namespace

void explain_rejection(const ReplayStore& store, std::size_t order_row, Why& why) {
    const Columns& orders = store.table("orders");
    const Refused refused{code_named(orders.text(order_row, "code")), verb_named(orders.text(order_row, "verb")), orders.number(order_row, "asked"),
                          orders.number(order_row, "allowed"), arguments_of(store, order_row)};
    if (refused.code == Code::none || refused.verb == nullptr) {
        why.reasons.push_back({"this program does not know the verb or the code: the one that wrote the run does"});
        return;
    }
    why.reasons.push_back({std::string(row_of(refused.code).id) + ": " + rule_of(refused)});
    if (compares(refused.code)) {
        const bool is_now = refused.code == Code::not_released;
        const ArgInfo* arg = refused.code == Code::out_of_bounds || refused.code == Code::price_out_of_band ? judged(refused) : nullptr;
        why.reasons.push_back(
            {fmt::format("{}{} {}, {} {}", arg == nullptr ? "" : std::string(arg->name) + ": ",
                         is_now ? (is_wafer_verb(refused) ? "out in" : "now") : "asked", number_of(refused, refused.asked),
                         is_now ? (refused.asked < refused.allowed ? "first sale" : "last sale") : "allowed", number_of(refused, refused.allowed))});
    }
    why.reasons.push_back({remedy_of(refused)});
}

}  // namespace rackrace

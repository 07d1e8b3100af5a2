// Vectors of the rules that `rackrace clear` runs alone: through its own table, its check of the case and its text.
#include <catch2/catch.hpp>
#include <stdexcept>

#include "cli/clear/json_text.h"
#include "cli/clear/rule.h"
#include "engine/market/contract_match.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

/// What the program prints for a case, read back.
Json run_clear(const std::string& name, const Parameters& p, const Json& in) {
    const clear::Rule* rule = clear::find_rule(name);
    if (rule == nullptr) throw std::runtime_error(name + " is no rule of clear");
    const auto result = clear::clear_case(*rule, p, in);
    if (!result) throw std::runtime_error("clear refused it: " + result.error().text());
    Refusals wrong;
    clear::check_value(rule->prints, *result, "", wrong);
    if (!wrong.empty()) throw std::runtime_error("not as the rule's list says: " + wrong.text());
    return Json::parse(clear::json_text(*result));
}

/// These vectors say less than the program prints: what each firm gets and pays, in any auction.
Json without_prices(Json out) {
    out.erase("s_star");
    for (Json& award : out.at("result")) award.erase("price");
    return out;
}

Json run_kc(const Parameters& p, const Json& in) {
    if (in.contains("q")) {  // of the split alone
        std::int64_t sizes[kMaxLots] = {};
        Json lots = Json::array();
        const int count = split_request(p, in["q"], sizes);
        for (int k = 0; k < count; ++k) lots.push_back(sizes[k]);
        return {{"lots", lots}};
    }
    Json out = run_clear("contracts.KC", p, in);
    // vectors whose buyers differ in risk name what each bought, since the lots of one buyer are interchangeable; the others name the lots
    const bool by_buyer = std::any_of(in.at("lots").begin(), in["lots"].end(), [](const Json& lot) { return lot.at("pd") > 0; });
    out.erase(by_buyer ? "held" : "bought");
    return out;
}

struct Vectors {
    const char* file;
    const char* rule;
};
constexpr Vectors kVectors[] = {
    {"chips_uniform", "chips.UNIFORM"},
    {"chips_paybid", "chips.PAYBID"},
    {"chips_vickrey", "chips.VICKREY"},
    {"chips_posted", "chips.POSTED"},
    {"chips_proportional", "chips.PROPORTIONAL"},
    {"weighted_uniform", "weighted-uniform"},
    {"wafer_allotment", "wafers"},
    {"power_auction", "power.AUCTION"},
    {"power_queue", "power.QUEUE"},
    {"power_prorata", "power.PRORATA"},
    {"spot_auction", "spot"},
    {"contracts_kc", "contracts.KC"},
    {"contracts_nash", "contracts.NASH"},
    {"contracts_posted", "contracts.POSTED"},
    {"credit_clearing", "credit"},
    {"clearing_vector", "clearing-vector"},
};

struct RegisteredClear {
    RegisteredClear() {
        for (const Vectors& one : kVectors) {
            const std::string file = one.file, rule = one.rule;
            const bool lacks_prices = file == "chips_paybid" || file == "chips_vickrey";
            adapters()[file] = [=](const Parameters& p, const Json& in) {
                const Json out = run_clear(rule, p, in);
                return lacks_prices ? without_prices(out) : out;
            };
        }
        adapters()["contracts_kc"] = run_kc;
    }
};
const RegisteredClear registered;

}  // namespace

TEST_CASE("Every rule that clear runs alone has vectors", "[engine][rules]") {
    for (const clear::Rule& rule : clear::all_rules()) {
        INFO(rule.name);
        CHECK(std::any_of(std::begin(kVectors), std::end(kVectors), [&](const Vectors& one) { return one.rule == rule.name; }));
    }
}

}  // namespace rackrace::rules

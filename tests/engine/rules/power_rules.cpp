// Vectors of grid power beside the markets: what follows from the auction, load and price of energy.
#include "engine/market/energy.h"
#include "engine/market/power_auction.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

/// Firm letters in order of appearance; their place is the firm's index.
struct Letters {
    std::vector<std::string> names;
    std::uint64_t tie[kMaxFirms] = {};

    int index(const std::string& name) {
        for (std::size_t i = 0; i < names.size(); ++i)
            if (names[i] == name) return static_cast<int>(i);
        tie[names.size()] = letter_tie(names.size());
        names.push_back(name);
        return static_cast<int>(names.size()) - 1;
    }
    int count() const { return static_cast<int>(names.size()); }
    const std::string& operator[](int f) const { return names[static_cast<std::size_t>(f)]; }
};

Json run_connection(const Json& in) {
    Letters letters;
    std::int64_t won[kMaxFirms] = {}, next[kMaxFirms] = {};
    for (const auto& [firm, kw] : in.at("won").items()) won[letters.index(firm)] = kw;
    connect_early(won, letters.tie, letters.count(), in.at("free"), next);
    Json out = {{"next_quarter", Json::object()}};
    for (int f = 0; f < letters.count(); ++f) out["next_quarter"][letters[f]] = next[f];
    return out;
}

Json run_early_return_adder(const Parameters& p, const Json& in) {
    if (in.contains("won")) return run_connection(in);
    if (in.contains("give_kw")) {
        const PowerReturn back = give_back_power(p, in.at("kw_held"), in.at("adder_sum_usd_q"), in["give_kw"]);
        return {{"adder_left_usd_q", back.adder_left_usd_q}, {"cost_usd", back.cost_usd}};
    }
    double due = 0.0;
    for (const Json& row : in.at("rows"))
        if (is_adder_owed(p, in.at("t"), row.at(0))) due += row.at(1).get<double>() * row.at(2).get<double>();
    return {{"due_usd", due}};
}

Json run_load(const Parameters& p, const Json& in) { return {{"load_kw", chip_load_kw(p, in.at("it_kw"), in.at("use"), in.at("on"))}}; }

Json run_price(const Parameters& p, const Json& in) {
    return {{"price", energy_price_usd_mwh(p, in.at("e0"), in.at("used_kw"), in.at("total_kw"))}};
}

const Registered early_return_adder{"power_early_return_adder", run_early_return_adder};
const Registered load{"energy_load", run_load};
const Registered price{"energy_price", run_price};

}  // namespace
}  // namespace rackrace::rules

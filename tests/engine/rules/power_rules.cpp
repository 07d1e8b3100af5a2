// Vectors of grid power: the auction and what follows from it, the two queues, load and price of energy.
#include "engine/market/energy.h"
#include "engine/market/power_auction.h"
#include "engine/market/power_queue.h"
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

Json run_auction(const Parameters& p, const Json& in) {
    Letters letters;
    PowerBids bids;
    const std::int64_t lot_kw = in.at("lot"), most = max_lot_kw(p, lot_kw);
    for (const auto& [firm, bid] : in.at("bids").items()) {
        const int f = letters.index(firm);
        const std::int64_t asked = bid.at(0);
        bids.kw[f] = asked < most ? asked : most;
        bids.max_adder_usd_kw_q[f] = bid.at(1);
        const Json cash = in.value("cash", Json::object()).value(firm, Json());
        if (!cash.is_null()) scale_to_deposit(p, to_usd(cash), &bids.kw[f], 1);
    }
    bids.count = letters.count();
    const PowerLot lot = sell_power_lot(bids, lot_kw, letters.tie);
    Json out = {{"won", Json::object()}, {"adder", lot.adder_usd_kw_q}};
    for (int f = 0; f < bids.count; ++f) out["won"][letters[f]] = lot.won_kw[f];
    return out;
}

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

PowerQueue queue_of(const Json& in, Letters& letters) {
    PowerQueue queue;
    for (const Json& cohort : in.at("cohorts")) {
        const int c = queue.cohorts++;
        queue.asked_t[c] = cohort.at("t0");
        for (const auto& [firm, kw] : cohort.at("kw").items()) {
            const int f = letters.index(firm);
            queue.kw[c][f] = kw;
            queue.ready_frac[c][f] = cohort.at("ready").at(firm);
        }
    }
    queue.count = letters.count();
    return queue;
}

Json run_queue(const Parameters&, const Json& in) {
    Letters letters;
    const PowerQueue queue = queue_of(in, letters);
    const int t = in.at("t"), min_wait = in.at("lmin");
    Energised energised;
    energise_queue(queue, letters.tie, t, min_wait, in.at("free"), energised);
    Json out = {{"energised", Json::array()}};
    for (int c = next_eligible_cohort(queue, -1, t, min_wait); c >= 0; c = next_eligible_cohort(queue, c, t, min_wait)) {
        Json kw = Json::object();
        for (const auto& [firm, asked] : in["cohorts"][static_cast<std::size_t>(c)]["kw"].items()) kw[firm] = energised.kw[c][letters.index(firm)];
        out["energised"].push_back({{"t0", queue.asked_t[c]}, {"kw", kw}});
    }
    return out;
}

Json run_pro_rata(const Parameters&, const Json& in) {
    Letters letters;
    const PowerQueue queue = queue_of(in, letters);
    const int t = in.at("t"), min_wait = in.at("lmin");
    Energised energised;
    energise_pro_rata(queue, letters.tie, t, min_wait, in.at("free"), energised);
    Json out = {{"energised", Json::object()}};
    for (int c = 0; c < queue.cohorts; ++c) {
        if (!is_eligible(t, queue.asked_t[c], min_wait)) continue;
        for (const auto& [firm, asked] : in["cohorts"][static_cast<std::size_t>(c)]["kw"].items()) {
            Json& kw = out["energised"][firm];
            kw = (kw.is_null() ? 0 : kw.get<std::int64_t>()) + energised.kw[c][letters.index(firm)];
        }
    }
    return out;
}

Json run_load(const Parameters& p, const Json& in) { return {{"load_kw", chip_load_kw(p, in.at("it_kw"), in.at("use"), in.at("on"))}}; }

Json run_price(const Parameters& p, const Json& in) {
    return {{"price", energy_price_usd_mwh(p, in.at("e0"), in.at("used_kw"), in.at("total_kw"))}};
}

const Registered auction{"power_auction", run_auction};
const Registered early_return_adder{"power_early_return_adder", run_early_return_adder};
const Registered queue{"power_queue", run_queue};
const Registered prorata{"power_prorata", run_pro_rata};
const Registered load{"energy_load", run_load};
const Registered price{"energy_price", run_price};

}  // namespace
}  // namespace rackrace::rules

// Grid power of one region: the auction of a forward lot, and the two queues.
#include <set>

#include "cli/clear/rule.h"
#include "engine/market/power_auction.h"
#include "engine/market/power_queue.h"

namespace rackrace::clear {
namespace {

/// Firms in order of appearance; their place is their index.
struct FirmNames {
    std::vector<std::string> names;
    std::uint64_t tie[kMaxFirms] = {};

    int index(const std::string& name) {
        for (std::size_t i = 0; i < names.size(); ++i)
            if (names[i] == name) return static_cast<int>(i);
        tie[names.size()] = tie_of_name(name);
        names.push_back(name);
        return static_cast<int>(names.size()) - 1;
    }
    int count() const { return static_cast<int>(names.size()); }
    const std::string& operator[](int f) const { return names[static_cast<std::size_t>(f)]; }
};

void check_auction(const Parameters&, const Json& in, Refusals& wrong) {
    if (!is_given(in, "cash")) return;
    for (const auto& [firm, cash] : in["cash"].items())
        if (!in.at("bids").contains(firm)) wrong.add({inside("cash", firm), 0, 0, "is not in bids", "check the name"});
}

Json run_auction(const Parameters& p, const Json& in) {
    FirmNames firms;
    PowerBids bids;
    const std::int64_t lot_kw = in.at("lot"), most = max_lot_kw(p, lot_kw);
    for (const auto& [firm, bid] : in.at("bids").items()) {
        const int f = firms.index(firm);
        const std::int64_t asked = bid.at(0);
        bids.kw[f] = asked < most ? asked : most;
        bids.max_adder_usd_kw_q[f] = bid.at(1);
        if (is_given(in, "cash") && is_given(in["cash"], firm.c_str())) scale_to_deposit(p, Usd{in["cash"][firm]}, &bids.kw[f], 1);
    }
    bids.count = firms.count();
    const PowerLot lot = sell_power_lot(bids, lot_kw, firms.tie);
    Json won = Json::object();
    for (int f = 0; f < bids.count; ++f) won[firms[f]] = lot.won_kw[f];
    return {{"won", won}, {"adder", lot.adder_usd_kw_q}};
}

void check_queue(const Parameters&, const Json& in, Refusals& wrong) {
    std::set<std::string> firms;
    std::set<int> quarters;
    const Json& cohorts = in.at("cohorts");
    for (std::size_t c = 0; c < cohorts.size(); ++c) {
        const std::string path = inside("cohorts", c);
        if (!quarters.insert(cohorts[c].at("t0").get<int>()).second)
            wrong.add({inside(path, "t0"), 0, 0, "is that of an earlier cohort", "join the two: a cohort is all requests of a quarter"});
        need_same_names(cohorts[c], "kw", "ready", path, wrong);
        for (const auto& [firm, kw] : cohorts[c].at("kw").items()) firms.insert(firm);
    }
    if (firms.size() > kMaxFirms)
        wrong.add({"cohorts", 0, 0, "name " + std::to_string(firms.size()) + " firms", "the engine holds at most " + std::to_string(kMaxFirms)});
}

PowerQueue read_queue(const Json& in, FirmNames& firms) {
    PowerQueue queue;
    for (const Json& cohort : in.at("cohorts")) {
        const int c = queue.cohorts++;
        queue.asked_t[c] = cohort.at("t0");
        for (const auto& [firm, kw] : cohort.at("kw").items()) {
            const int f = firms.index(firm);
            queue.kw[c][f] = kw;
            queue.ready_frac[c][f] = cohort.at("ready").at(firm);
        }
    }
    queue.count = firms.count();
    return queue;
}

Json run_queue(const Parameters&, const Json& in) {
    FirmNames firms;
    const PowerQueue queue = read_queue(in, firms);
    const int t = in.at("t"), min_wait = in.at("lmin");
    Energised energised;
    energise_queue(queue, firms.tie, t, min_wait, in.at("free"), energised);
    Json out = Json::array();
    for (int c = next_eligible_cohort(queue, -1, t, min_wait); c >= 0; c = next_eligible_cohort(queue, c, t, min_wait)) {
        Json kw = Json::object();
        for (const auto& [firm, asked] : in["cohorts"][static_cast<std::size_t>(c)]["kw"].items()) kw[firm] = energised.kw[c][firms.index(firm)];
        out.push_back({{"t0", queue.asked_t[c]}, {"kw", kw}});
    }
    return {{"energised", out}};
}

Json run_pro_rata(const Parameters&, const Json& in) {
    FirmNames firms;
    const PowerQueue queue = read_queue(in, firms);
    const int t = in.at("t"), min_wait = in.at("lmin");
    Energised energised;
    energise_pro_rata(queue, firms.tie, t, min_wait, in.at("free"), energised);
    Json out = Json::object();
    for (int c = 0; c < queue.cohorts; ++c) {
        if (!is_eligible(t, queue.asked_t[c], min_wait)) continue;
        for (const auto& [firm, asked] : in["cohorts"][static_cast<std::size_t>(c)]["kw"].items())
            out[firm] = out.value(firm, std::int64_t{0}) + energised.kw[c][firms.index(firm)];
    }
    return {{"energised", out}};
}

}  // namespace

std::vector<Rule> power_rules() {
    constexpr int farthest_q = 10000;
    const Field kw_by_firm = by_name("kw", "asked by each firm and still waiting", "firm", kMaxFirms, units("kw", "kW", ""));
    const Field queue = record_of(
        {whole("t", "quarter", "this quarter, counted from any start", -farthest_q, farthest_q),
         whole("lmin", "quarters", "least wait before a cohort may be energised", 0, farthest_q), units("free", "kW", "to be given out"),
         list_of("cohorts", "requests of a quarter each", kMaxCohorts,
                 record_of({whole("t0", "quarter", "of the requests", -farthest_q, farthest_q), kw_by_firm,
                            by_name("ready", "of its kW: shell finished or soon", "firm", kMaxFirms, frac("share", "share", "", 0.0, 1.0))}))});
    const Field given = by_name("kw", "energised of each firm", "firm", kMaxFirms, units("kw", "kW", ""));
    return {
        {"power.AUCTION", "A forward lot to the highest adders; all owe the highest adder turned away",
         record_of(
             {units("lot", "kW", "for sale"),
              by_name("bids", "of each firm; more than its largest share of the lot is cut", "firm", kMaxFirms,
                      row_of({units("kw", "kW", "asked for"), price("adder", "$/kW-quarter", "highest adder it would owe")})),
              optional(by_name("cash", "a bid is cut to the deposit it pays for; left out: ample", "firm", kMaxFirms, optional(usd("cash", ""))))}),
         record_of(
             {by_name("won", "by each firm", "firm", kMaxFirms, units("kw", "kW", "")), price("adder", "$/kW-quarter", "owed on every kW won")}),
         check_auction, run_auction},
        {"power.QUEUE", "The oldest cohort that has waited long enough first; within it by kW and readiness", queue,
         record_of({list_of("energised", "cohorts that have waited long enough, oldest first", kMaxCohorts,
                            record_of({whole("t0", "quarter", "of the requests", -farthest_q, farthest_q), given}))}),
         check_queue, run_queue},
        {"power.PRORATA", "All that have waited long enough share alike, by kW and readiness", queue,
         record_of({by_name("energised", "of each firm, over its cohorts", "firm", kMaxFirms, units("kw", "kW", ""))}), check_queue, run_pro_rata}};
}

}  // namespace rackrace::clear

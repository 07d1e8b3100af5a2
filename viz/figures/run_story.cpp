#include "viz/figures/run_story.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "engine/base/quarter_index.h"
#include "viz/figures/figure_model.h"

namespace rackrace {
namespace {

struct Extreme {
    int t = 0;
    double value = kNoValue;
};

/// Over the quarters played.
Extreme extreme(const ReplayStore& store, const std::string& column, bool is_highest) {
    Extreme out;
    for (int t : store.quarters()) {
        if (t == store.opening_t()) continue;
        const double value = store.of_market(t, column);
        if (std::isfinite(out.value) && (is_highest ? value <= out.value : value >= out.value)) continue;
        out = {t, value};
    }
    return out;
}

double sum_of(const ReplayStore& store, const std::string& column) {
    double sum = 0.0;
    for (int t : store.quarters())
        if (t != store.opening_t()) sum += store.of_market(t, column);
    return sum;
}

std::string moved(double first, double last) { return last > first ? "rose" : last < first ? "fell" : "stayed"; }
std::string busd(double usd) { return short_number(usd / 1e9) + " B$"; }

std::string opening_sentence(const ReplayStore& store, int first) {
    const RunRecord& run = store.run();
    std::string out = fmt::format("{} firms played {} with seed {} from {} to {}", run.firms, run.scenario, run.seed, quarter_name(first),
                                  quarter_name(store.last_t()));
    if (!run.fault.empty()) return out + fmt::format("; the run stopped there because {}.", run.fault);
    return out + fmt::format(": {} quarters, {} orders of which {} were refused or cut, {} script callbacks that failed, and {} transactions after which every identity of the books held at every close.",
                             store.quarters().size() - 1, short_number(static_cast<double>(store.table("orders").rows())),
                             short_number(store.table("runs").number(0, "rejections")), run.script_errors, short_number(sum_of(store, "postings")));
}

std::string price_sentence(const ReplayStore& store, int first) {
    const double start = store.of_market(first, "spot_i_usd_h"), end = store.of_market(store.last_t(), "spot_i_usd_h");
    const Extreme low = extreme(store, "spot_i_usd_h", false), high = extreme(store, "spot_i_usd_h", true);
    return fmt::format(
        "A spot hour of inference {} from {:.2f} to {:.2f} $; it was cheapest in {} at {:.2f} $ and dearest in {} at {:.2f} $, and an hour of "
        "training went from {:.2f} to {:.2f} $.",
        moved(start, end), start, end, quarter_name(low.t), low.value, quarter_name(high.t), high.value, store.of_market(first, "spot_t_usd_h"),
        store.of_market(store.last_t(), "spot_t_usd_h"));
}

std::string compute_sentence(const ReplayStore& store, int first) {
    const double start = store.of_market(first, "supply_mh"), end = store.of_market(store.last_t(), "supply_mh");
    std::string largest;
    double most = -1.0, all = 0.0;
    for (const std::string& firm : store.firms()) {
        const double pool = store.of_firm(store.last_t(), firm, "pool_h100e");
        all += pool;
        if (pool <= most) continue;
        most = pool;
        largest = firm;
    }
    return fmt::format(
        "The firms' compute went from {} to {} Gh a quarter, {} times as much; at the end {} owned {:.0f} % of it, and the concentration of compute "
        "{} from {:.3f} to {:.3f}.",
        short_number(start / 1e3), short_number(end / 1e3), short_number(start > 0.0 ? end / start : 0.0), largest,
        all > 0.0 ? 100.0 * most / all : 0.0, moved(store.of_market(first, "hhi_compute"), store.of_market(store.last_t(), "hhi_compute")),
        store.of_market(first, "hhi_compute"), store.of_market(store.last_t(), "hhi_compute"));
}

std::string unmet_sentence(const ReplayStore& store) {
    const Extreme unmet = extreme(store, "unmet_mh", true), used = extreme(store, "util_frac", true), idle = extreme(store, "util_frac", false);
    std::string out = unmet.value > 0.0
                          ? fmt::format("Customers went short most in {}, when {} Gh of {} asked were not served", quarter_name(unmet.t),
                                        short_number(unmet.value / 1e3), short_number(store.of_market(unmet.t, "asked_mh") / 1e3))
                          : "Customers were served all they asked in every quarter";
    return out + fmt::format("; between {:.0f} % ({}) and {:.0f} % ({}) of the compute worked.", 100.0 * idle.value, quarter_name(idle.t),
                             100.0 * used.value, quarter_name(used.t));
}

std::string chip_sentence(const ReplayStore& store) {
    const Columns& products = store.table("products");
    std::map<std::string, double> sold;
    for (std::size_t row = 0; row < products.rows(); ++row) sold[products.text(row, "product")] += products.number(row, "sold_chips");
    const auto best = std::max_element(sold.begin(), sold.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    std::string out = fmt::format("The foundries made {} million chips, of which firms bought {} million in open sales",
                                  short_number(sum_of(store, "made_chips") / 1e6), short_number(sum_of(store, "sold_chips") / 1e6));
    if (best != sold.end() && best->second > 0.0)
        out += fmt::format("; the most of one kind were {} million {}", short_number(best->second / 1e6), best->first);
    return out + ".";
}

std::string power_sentence(const ReplayStore& store, int first) {
    double most = 0.0;
    std::string where;
    int when = 0;
    const Columns& regions = store.table("regions");
    for (std::size_t row = 0; row < regions.rows(); ++row)
        if (regions.quarter(row) > store.opening_t() && regions.number(row, "adder_usd_kw_q") > most) {
            most = regions.number(row, "adder_usd_kw_q");
            where = regions.text(row, "region");
            when = regions.quarter(row);
        }
    std::string out =
        fmt::format("Power that can be used went from {} to {} GW of IT load", short_number(store.of_market(first, "usable_it_kw") / 1e6),
                    short_number(store.of_market(store.last_t(), "usable_it_kw") / 1e6));
    if (most > 0.0)
        out += fmt::format("; the dearest lot of grid power cost {} $ a kW and quarter, in {} in {}", short_number(most), where, quarter_name(when));
    return out + ".";
}

/// What most firms were bound by in the first half of the run and in the second.
std::string binding_sentence(const ReplayStore& store) {
    constexpr const char* bounds[] = {"demand", "power", "shell", "money", "chips"};
    const int middle = (store.opening_t() + store.last_t() + 1) / 2;
    std::string told[2];
    for (int half = 0; half < 2; ++half) {
        double all = 0.0, most = 0.0;
        for (const char* bound : bounds) {
            double count = 0.0;
            for (int t : store.quarters())
                if (t != store.opening_t() && (t > middle) == (half == 1)) count += store.of_market(t, std::string("bound_by_") + bound);
            all += count;
            if (count <= most) continue;
            most = count;
            told[half] = bound;
        }
        if (all > 0.0) told[half] += fmt::format(" ({:.0f} % of firm quarters)", 100.0 * most / all);
        else told[half] = "nothing";
    }
    return fmt::format("What held firms back most was {} until {}, and {} after it.", told[0], quarter_name(middle), told[1]);
}

std::string money_sentence(const ReplayStore& store) {
    const double capex = sum_of(store, "capex_usd"), revenue = sum_of(store, "ai_revenue_usd");
    return fmt::format(
        "The firms spent {} on chips, sites and power, while customers spent {} on AI products ({} $ for each $ of it); debt went from {} to {}.",
        busd(capex), busd(revenue), short_number(capex > 0.0 ? revenue / capex : 0.0), busd(store.of_market(store.opening_t(), "debt_usd")),
        busd(store.of_market(store.last_t(), "debt_usd")));
}

std::string value_sentence(const ReplayStore& store) {
    std::string up, down;
    double most = 0.0, least = 0.0;
    for (const std::string& firm : store.firms()) {
        const double change = store.of_firm(store.last_t(), firm, "value_usd") - store.of_firm(store.opening_t(), firm, "value_usd");
        if (change > most) {
            most = change;
            up = firm;
        }
        if (change < least) {
            least = change;
            down = firm;
        }
    }
    if (up.empty() && down.empty()) return "No firm's owners gained or lost value.";
    std::string out = up.empty() ? "No firm's owners gained value" : fmt::format("The owners of {} gained most, {}", up, busd(most));
    return out + (down.empty() ? ", and none lost." : fmt::format("; those of {} lost most, {}.", down, busd(-least)));
}

/// "5 of 17 firms could not pay at some time, iren first in 2027Q3"
std::string arrears_clause(const ReplayStore& store) {
    const Columns& events = store.table("events");
    std::string first;
    std::set<std::string> firms;
    for (std::size_t row = 0; row < events.rows(); ++row) {
        if (events.text(row, "kind") != "arrears_begun") continue;
        if (firms.empty()) first = events.text(row, "firm") + " first in " + quarter_name(events.quarter(row));
        firms.insert(events.text(row, "firm"));
    }
    return firms.empty() ? "No firm fell behind with a payment" : fmt::format("{} of {} firms could not pay at some time, {}", firms.size(), store.firms().size(), first);
}

std::string failure_sentence(const ReplayStore& store) {
    const Columns& events = store.table("events");
    std::map<std::string, int> count;
    std::map<std::string, bool> firms;
    std::string first;
    for (std::size_t row = 0; row < events.rows(); ++row) {
        const std::string& kind = events.text(row, "kind");
        ++count[kind];
        if (kind != "default") continue;
        firms[events.text(row, "firm")] = true;
        if (first.empty()) first = fmt::format("{} first in {}", events.text(row, "firm"), quarter_name(events.quarter(row)));
    }
    const std::string before = fmt::format("{}; covenants were broken {} times and loans called {} times", arrears_clause(store), count["covenant_broken"], count["loans_called"]);
    if (firms.empty()) return before + "; no firm went into default.";
    return fmt::format("{}; {} went into default, {}, with {} reorganised, {} liquidated and {} taken over in the run.", before, firms.size() == 1 ? "1 firm" : fmt::format("{} firms", firms.size()), first,
                       count["reorganised"], count["liquidated"], count["acquired"]);
}

}  // namespace

std::string largest_firm(const ReplayStore& store, const std::string& role) {
    std::string best;
    double most = -1.0;
    for (const std::string& firm : store.firms()) {
        if (store.role_of(firm) != role) continue;
        double revenue = 0.0;
        for (int t : store.quarters())
            if (t != store.opening_t()) revenue += store.of_firm(t, firm, "revenue_usd");
        if (revenue <= most) continue;
        most = revenue;
        best = firm;
    }
    return best;
}

std::vector<std::string> run_story(const ReplayStore& store) {
    if (store.quarters().size() < 2) return {"Nothing was played: only the opening books of " + quarter_name(store.opening_t()) + " are here."};
    const int first = store.opening_t() + 1;
    return {
        opening_sentence(store, first), price_sentence(store, first), compute_sentence(store, first), unmet_sentence(store), chip_sentence(store),
        power_sentence(store, first),   binding_sentence(store),      money_sentence(store),          value_sentence(store), failure_sentence(store)};
}

}  // namespace rackrace

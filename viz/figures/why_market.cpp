// The market's numbers of a close: sums over the firms by their largest movers, shares by what they are a share of, the rest by the numbers that
// they come from.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/base/quarter_index.h"
#include "engine/replay/replay_tables.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/why_credit.h"
#include "viz/figures/why_number.h"

namespace rackrace {
namespace {

/// A number of the market that is the sum of a column of the firms, the products or the regions.
struct Sum {
    const char* column;
    const char* table;
    const char* summed;
};
constexpr Sum kSums[] = {{"revenue_usd", "firms", "revenue_usd"},
                         {"capex_usd", "firms", "capex_usd"},
                         {"debt_usd", "firms", "debt_usd"},
                         {"backlog_usd", "firms", "backlog_usd"},
                         {"equity_value_usd", "firms", "equity_value_usd"},
                         {"owners_value_usd", "firms", "value_usd"},
                         {"installed_chips", "firms", "installed_chips"},
                         {"warehouse_chips", "firms", "warehouse_chips"},
                         {"usable_it_kw", "firms", "usable_it_kw"},
                         {"installed_it_kw", "firms", "installed_it_kw"},
                         {"made_chips", "products", "made_chips"},
                         {"sold_chips", "products", "sold_chips"},
                         {"row_chips", "products", "row_chips"},
                         {"grid_free_kw", "regions", "free_kw"}};

/// Numbers of the market that one comes from, by formulas whose other parts are not in the tables.
struct Inputs {
    const char* column;
    std::vector<std::string> of_market;
};
const std::vector<Inputs>& inputs() {
    static const std::vector<Inputs> all = {{"asked_mh", {"ai_revenue_usd", "inference_efficiency", "frontier_oom"}},
                                            {"unmet_mh", {"asked_mh", "supply_mh", "util_frac"}},
                                            {"ai_revenue_usd", {"frontier_oom", "inference_efficiency", "unmet_mh"}},
                                            {"chip_fill_frac", {"sold_chips", "made_chips"}},
                                            {"credit_addon_apr", {"credit_supply_usd", "credit_asked_usd", "credit_filled_usd"}},
                                            {"credit_supply_usd", {"sentiment"}},
                                            {"credit_filled_usd", {"credit_supply_usd", "credit_asked_usd", "credit_addon_apr"}}};
    return all;
}

using OfFirm = std::function<double(int t, const std::string& firm)>;

/// A part a firm, in the firms' order.
Reason by_firm(const ReplayStore& store, int t, const std::string& what, const std::string& unit, const std::string& column, const OfFirm& value) {
    Parts parts{unit};
    const bool has_last = store.has_quarter(t - 1);
    for (const std::string& firm : store.firms()) parts.add(firm, value(t, firm), has_last ? value(t - 1, firm) : 0.0, store.address(t, "firm=" + firm + "&field=" + column));
    return parts_reason(what, parts, has_last ? t - 1 : -1);
}

Reason sum_reason(const ReplayStore& store, int t, const std::string& unit, const Sum& sum) {
    const std::string table = sum.table, summed = sum.summed;
    if (table == "firms") return by_firm(store, t, "by firm", unit, summed, [&](int at, const std::string& firm) { return store.of_firm(at, firm, summed); });
    const std::string key = table == "products" ? "product" : "region";
    const Columns& rows = store.table(table);
    Parts parts{unit};
    for (const std::string& name : table == "products" ? store.products() : store.regions())
        parts.add(name, value_at(rows, row_named(rows, t, key, name), summed), value_at(rows, row_named(rows, t - 1, key, name), summed), store.address(t, key + "=" + name + "&field=" + summed));
    return parts_reason("by " + key, parts, store.has_quarter(t - 1) ? t - 1 : -1);
}

std::string word_of(const ReplayStore& store, int t, const std::string& firm, const std::string& column) {
    const std::size_t row = store.firm_row(t, firm);
    return row == store.table("firms").rows() ? "" : store.table("firms").text(row, column);
}

bool is_behind(const ReplayStore& store, int t, const std::string& firm) {
    const std::string status = word_of(store, t, firm, "status");
    return status == "in_arrears" || status == "overdue";
}

/// In chapter 11, or liquidated or acquired out of it.
bool is_in_default(const ReplayStore& store, int t, const std::string& firm) {
    const std::string status = word_of(store, t, firm, "status");
    return status == "chapter_11" || status == "liquidated" || status == "acquired";
}

/// What is idle, and what it is a part of.
void add_use(const ReplayStore& store, int t, Why& why) {
    const auto idle = [&](int at, const std::string& firm) { return store.of_firm(at, firm, "idle_h100e"); };
    const auto held = [&](int at, const std::string& firm) { return store.of_firm(at, firm, "pool_h100e") + store.of_firm(at, firm, "received_h100e"); };
    why.reasons.push_back(by_firm(store, t, "idle, by firm", "H100e", "idle_h100e", idle));
    why.reasons.push_back(by_firm(store, t, "of own compute and compute received, by firm", "H100e", "pool_h100e", held));
}

void add_concentration(const ReplayStore& store, int t, Why& why) {
    const auto all = [&](int at) {
        double sum = 0.0;
        for (const std::string& firm : store.firms()) sum += store.of_firm(at, firm, "pool_h100e");
        return sum;
    };
    const double now = all(t), last = store.has_quarter(t - 1) ? all(t - 1) : 0.0;
    why.reasons.push_back(by_firm(store, t, "squares of the shares of compute, by firm", "", "pool_h100e", [&](int at, const std::string& firm) {
        const double share = store.of_firm(at, firm, "pool_h100e") / (at == t ? now : last);
        return share * share;
    }));
}

/// The way back to the long run, and shocks.
void add_policy_rate(const ReplayStore& store, int t, Why& why) {
    const double now = store.of_market(t, "policy_rate_apr"), last = store.of_market(t - 1, "policy_rate_apr");
    const double aim = store.parameter("policy_rate_long_run_apr"), back = store.parameter("policy_rate_reversion_frac");
    if (!std::isfinite(last)) return;
    const double step = back * (aim - last), shock = now - last - step;
    why.reasons.push_back({fmt::format("last quarter's {} went {} of the way to its long run of {}: {:+.3f} points", percent_text(last), percent_text(back), percent_text(aim), 100.0 * step)});
    if (std::abs(shock) > 1e-9) why.reasons.push_back({fmt::format("a shock to the rate that begins, goes on or ends makes {:+.3f} points", 100.0 * shock)});
}

void add_segments(const ReplayStore& store, int t, Why& why) {
    const Columns& segments = store.table("segments");
    const auto [first, end] = segments.rows_of(t);
    for (std::size_t row = first; row < end; ++row) {
        const std::string name = segments.text(row, "segment");
        const std::size_t before = row_named(segments, t - 1, "segment", name);
        const auto numbers = [&](const char* column) { return std::pair{segments.number(row, column), value_at(segments, before, column)}; };
        const auto [tasks, tasks_before] = numbers("quantity_task_units");
        const auto [price, price_before] = numbers("mean_price_usd_task");
        why.reasons.push_back({fmt::format("{}; {}", number_title("quantity asked by " + name, "task-units", t, tasks, tasks_before), number_title("mean price", "$/task", t, price, price_before))});
    }
}

/// Firms that a count counts, with those that it no longer does.
void add_counted(const ReplayStore& store, int t, const std::string& column, const std::function<bool(int, const std::string&)>& counts, Why& why) {
    why.reasons.push_back(by_firm(store, t, "by firm", "count", column, [&](int at, const std::string& firm) { return counts(at, firm) ? 1.0 : 0.0; }));
}

}  // namespace

Why explain_market_number(const ReplayStore& store, int t, const std::string& column) {
    Why why;
    why.address = store.address(t, "market." + column);
    const auto& columns = find_table("quarters")->columns;
    const auto known = std::find_if(columns.begin(), columns.end(), [&](const Column& one) { return one.name == column; });
    const std::string unit = known == columns.end() ? "" : known->unit;
    const auto [row, end] = store.table("quarters").rows_of(t);
    const std::string word = row < end ? store.table("quarters").text(row, column) : "";
    why.title = word.empty() ? number_title(column, unit, t, store.of_market(t, column), store.of_market(t - 1, column)) : column + " " + word;
    for (const Sum& sum : kSums)
        if (column == sum.column) why.reasons.push_back(sum_reason(store, t, unit, sum));
    if (column == "supply_mh") {
        const double mh = store.parameter("hours_per_quarter") / 1e6;
        why.reasons.push_back(by_firm(store, t, "by firm", unit, "pool_h100e", [&](int at, const std::string& firm) { return mh * store.of_firm(at, firm, "pool_h100e"); }));
    }
    if (column == "arrears_usd")
        why.reasons.push_back(by_firm(store, t, "by firm", unit, "status", [&](int at, const std::string& firm) { return store.of_firm(at, firm, "arrears_new_usd") + store.of_firm(at, firm, "arrears_old_usd"); }));
    if (column == "util_frac") add_use(store, t, why);
    if (column == "contracted_frac") {
        why.reasons.push_back(by_firm(store, t, "committed by contract, by firm", "H100e", "sold_by_contract_h100e", [&](int at, const std::string& firm) { return store.of_firm(at, firm, "sold_by_contract_h100e"); }));
        why.reasons.push_back(by_firm(store, t, "over own compute, by firm", "H100e", "pool_h100e", [&](int at, const std::string& firm) { return store.of_firm(at, firm, "pool_h100e"); }));
    }
    if (column == "hhi_compute") add_concentration(store, t, why);
    if (column == "policy_rate_apr") add_policy_rate(store, t, why);
    if (column == "firms_in_arrears") add_counted(store, t, "status", [&](int at, const std::string& firm) { return is_behind(store, at, firm); }, why);
    if (column == "firms_in_default") add_counted(store, t, "status", [&](int at, const std::string& firm) { return is_in_default(store, at, firm); }, why);
    if (column.starts_with("bound_by_"))
        add_counted(store, t, "bound_by", [&](int at, const std::string& firm) { return store.of_firm(at, firm, "pool_h100e") > 0.0 && "bound_by_" + word_of(store, at, firm, "bound_by") == column; }, why);
    if (column == "asked_mh") add_segments(store, t, why);
    for (const Inputs& one : inputs())
        if (column == one.column)
            for (const std::string& input : one.of_market) why.reasons.push_back(input_reason(store, t, "", input));
    why.reasons.push_back(meaning_reason("quarters", column));
    return why;
}

}  // namespace rackrace

#include "engine/scenario/cast.h"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "engine/base/numbers.h"

namespace rackrace {
namespace {

bool holds(const std::vector<std::string>& names, const std::string& word) { return std::find(names.begin(), names.end(), word) != names.end(); }

bool has_column(const CsvTable& table, std::string_view name) { return std::find(table.columns.begin(), table.columns.end(), name) != table.columns.end(); }

/// A number as the loaders read it; 0 where it is none, which they refuse.
double number_in(const std::string& text) {
    double value = 0.0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

double part(double left, double all) { return all > 0.0 ? left / all : 0.0; }

/// The owners of an in-house line that stay; `buyers` names firms.
std::string staying_buyers(const std::string& buyers, const LeftOut& left_out) {
    std::string out;
    std::stringstream list(buyers);
    for (std::string buyer; std::getline(list, buyer, ';');)
        if (!holds(left_out.firms, buyer)) out += (out.empty() ? "" : ";") + buyer;
    return out;
}

bool leaves(const LeftOut& left_out, const CsvTable& table, const CsvRow& row) {
    for (const char* column : {"firm", "seller", "supplier", "vendor"})
        if (has_column(table, column) && holds(left_out.firms, table.cell(row, column))) return true;
    for (const char* column : {"product", "product_rule"})
        if (has_column(table, column) && holds(left_out.products, table.cell(row, column))) return true;
    return has_column(table, "buyer") && !has_column(table, "seller") && holds(left_out.firms, table.cell(row, "buyer"));
}

std::int32_t shrunk(std::int32_t whole, double frac) { return whole == 0 ? 0 : std::max(1, to_int32(to_int64(round_half_away(whole * frac)))); }

}  // namespace

LeftOut find_left_out(const std::vector<std::string>& kept, const CsvTable& firms, const CsvTable& products, const std::map<std::string, double>& start_shares) {
    LeftOut out;
    double grid = 0.0, left_grid = 0.0;
    for (const CsvRow& row : firms.rows) {
        const std::string& firm = firms.cell(row, "firm");
        const double kw = number_in(firms.cell(row, "grid_kw"));
        grid += kw;
        if (holds(kept, firm)) continue;
        out.firms.push_back(firm);
        left_grid += kw;
        out.customers_frac[0] += number_in(firms.cell(row, "share_enterprise_frac"));
        out.customers_frac[1] += number_in(firms.cell(row, "share_consumer_frac"));
        if (const auto share = start_shares.find("wafer_start_share_" + firm + "_frac"); share != start_shares.end()) out.wafers_frac += share->second;
    }
    out.grid_frac = part(left_grid, grid);
    for (const CsvRow& row : products.rows) {
        const std::string& buyers = products.cell(row, "buyers");
        const bool is_in_house = !buyers.empty() && buyers != "all" && buyers != "used_only";
        if (holds(out.firms, products.cell(row, "vendor")) || (is_in_house && staying_buyers(buyers, out).empty())) out.products.push_back(products.cell(row, "product"));
    }
    return out;
}

void drop_left_out(const LeftOut& left_out, CsvTable& table) {
    if (left_out.empty()) return;
    std::erase_if(table.rows, [&](const CsvRow& row) { return leaves(left_out, table, row); });
    for (const char* column : {"buyer", "buyers"}) {
        if (!has_column(table, column)) continue;
        const auto i = static_cast<std::size_t>(table.column(column));
        for (CsvRow& row : table.rows) {
            std::string& cell = row.cells[i];
            if (column == std::string_view("buyers")) cell = staying_buyers(cell, left_out);
            else if (holds(left_out.firms, cell)) cell = "outside";
        }
    }
}

void shrink_world(const LeftOut& left_out, Scenario& scenario) {
    if (left_out.empty()) return;
    Parameters& p = scenario.parameters;
    const double grid = 1.0 - left_out.grid_frac;
    double wallets = 0.0, kept_wallets = 0.0;
    for (int s = 0; s < kMaxSegments; ++s) {
        wallets += p.wallet_2026q1_usd[s];
        p.wallet_2026q1_usd[s] *= 1.0 - left_out.customers_frac[s];
        kept_wallets += p.wallet_2026q1_usd[s];
    }
    p.ai_revenue_2026q1_usd *= part(kept_wallets, wallets);
    for (double* const compute : {&p.outside_demand_t_h100e, &p.outside_demand_i_h100e, &p.outside_supply_t_h100e, &p.outside_supply_i_h100e}) *compute *= grid;
    p.credit_supply_2026q1_usd *= grid;
    for (double& wafers : scenario.packaging_wafers) wafers = round_half_away(wafers * (1.0 - left_out.wafers_frac));
    for (int r = 0; r < scenario.region_count; ++r) {
        Region& region = scenario.regions[r];
        for (std::int32_t* const kw : {&region.grid_free_kw, &region.grid_addition_kw_q, &region.onsite_cap_kw_q, &region.labour_cap_it_kw}) *kw = shrunk(*kw, grid);
    }
}

}  // namespace rackrace

#include "engine/scenario/load_facts.h"

#include <algorithm>
#include <iterator>
#include <sstream>
#include <utility>

#include "engine/base/quarter_index.h"
#include "engine/world/firm.h"

namespace rackrace {
namespace {

const std::vector<std::string> kSeries = {"packaging_wafers",        "outside_demand_growth_frac", "core_growth_frac",
                                          "core_growth_steady_frac", "core_growth_support_frac",   "packaging_wafers_table"};
constexpr int kSeriesUsed = 6;  // the last one is the high case of the first

/// Rows in the order of their keys, at most `most` of them.
template <class KeyOf>
std::vector<const CsvRow*> sorted_rows(const CsvTable& table, int most, const std::string& noun, Refusals& refusals, KeyOf key_of) {
    using Key = decltype(key_of(CsvCells(table, table.rows.front(), refusals)));
    std::vector<std::pair<Key, const CsvRow*>> keyed;
    for (const CsvRow& row : table.rows) keyed.emplace_back(key_of(CsvCells(table, row, refusals)), &row);
    if (keyed.size() > static_cast<std::size_t>(most)) {
        refusals.add({table.place, table.rows[static_cast<std::size_t>(most)].line, 0, "more than " + std::to_string(most) + " " + noun,
                      "delete rows; array sizes are fixed when the program is built"});
        keyed.resize(static_cast<std::size_t>(most));
    }
    std::stable_sort(keyed.begin(), keyed.end(), [](const auto& one, const auto& other) { return one.first < other.first; });
    std::vector<const CsvRow*> rows;
    for (const auto& [key, row] : keyed) rows.push_back(row);
    return rows;
}

std::string id_cell(const CsvCells& cells, std::string_view column) {
    if (cells.empty(column)) cells.refuse(std::string(column) + " is empty", "write an id");
    return cells.text(column);
}

CoreGrowth core_growth(const CsvCells& cells) {
    const std::string& series = cells.text("core_growth_series");
    if (series.empty()) return CoreGrowth::common;  // a firm without a core business
    const std::vector<std::string> growth(kSeries.begin() + 2, kSeries.begin() + 2 + kCoreGrowthPaths);
    const int i = index_of(cells, "core_growth_series", growth, "growth series");
    return static_cast<CoreGrowth>(std::max(i, 0));
}

void load_firms(Tables& tables, Scenario& scenario, Names& names) {
    const CsvTable table = tables.read(
        "firms_2026q1.csv",
        {"firm", "name", "role", "other_lease_pv_usd", "undrawn_revolver_usd", "core_growth_series", "core_last_quarter", "core_uplift_frac",
         "core_saturation_h100e", "core_threat_frac_per_oom", "capability_oom", "chip_life_q", "capex_guidance_2026_mid_usd"},
        {"firm"});
    const auto rows = sorted_rows(table, kMaxFirms, "firms", tables.refusals, [](const CsvCells& cells) { return id_cell(cells, "firm"); });
    const std::vector<std::string> roles(std::begin(kRoleNames), std::end(kRoleNames));
    for (const CsvRow* row : rows) {
        const CsvCells cells(table, *row, tables.refusals);
        FirmFacts& firm = scenario.firms[scenario.firm_count++];
        names.firms.push_back(cells.text("firm"));
        names.firm_titles.push_back(cells.text("name"));
        firm.id = id_of(cells.text("firm"));
        firm.role = static_cast<Role>(std::max(0, index_of(cells, "role", roles, "role")));
        firm.core_growth = core_growth(cells);
        firm.core_last_t = cells.empty("core_last_quarter") ? kLastPathQuarter : quarter_between(cells, "core_last_quarter", 0, kLastPathQuarter);
        firm.chip_life_q = whole_between(cells, "chip_life_q", 1, 400);
        firm.has_capability = !cells.empty("capability_oom");
        firm.core_uplift_frac = number_or(cells, "core_uplift_frac", 0.0);
        firm.core_saturation_h100e = number_or(cells, "core_saturation_h100e", 0.0);
        firm.core_threat_frac_per_oom = number_or(cells, "core_threat_frac_per_oom", 0.0);
        firm.other_lease_pv_usd = number_or(cells, "other_lease_pv_usd", 0.0);
        firm.opening_revolver_usd = to_double(dollars(cells, "undrawn_revolver_usd", true));
        firm.capex_guidance_2026_usd = number_or(cells, "capex_guidance_2026_mid_usd", 0.0);
        if (firm.core_uplift_frac > 0.0 && !(firm.core_saturation_h100e > 0.0))
            cells.refuse("an uplift without core_saturation_h100e", "write its scale in H100e");
        firm.supplier_slot = -1;
        if (firm.role != Role::supplier) continue;
        if (scenario.supplier_count == kMaxSuppliers) {
            cells.refuse("more than " + std::to_string(kMaxSuppliers) + " suppliers", "give it another role");
            continue;
        }
        firm.supplier_slot = scenario.supplier_count++;
    }
}

void load_regions(Tables& tables, Scenario& scenario, Names& names) {
    const CsvTable table = tables.read(
        "regions.csv",
        {"region_i", "region", "grid_held_kw", "grid_free_kw", "grid_addition_kw_q", "grid_lead_q", "base_power_usd_mwh", "power_growth_apr",
         "pue_ratio", "onsite_allowed", "onsite_cap_kw_q", "onsite_lead_q", "onsite_usd_mwh", "onsite_usd_kw", "labour_cap_it_kw"},
        {"region"});
    refuse_duplicates(table, {"region_i"}, tables.refusals);
    const auto rows = sorted_rows(table, kMaxRegions, "regions", tables.refusals, [](const CsvCells& cells) { return cells.whole("region_i"); });
    for (const CsvRow* row : rows) {
        const CsvCells cells(table, *row, tables.refusals);
        Region& region = scenario.regions[scenario.region_count++];
        names.regions.push_back(id_cell(cells, "region"));
        region.id = id_of(cells.text("region"));
        region.grid_free_kw = whole_between(cells, "grid_free_kw");
        region.grid_addition_kw_q = whole_between(cells, "grid_addition_kw_q");
        region.grid_lead_q = whole_between(cells, "grid_lead_q", 0, kMaxCohorts - 1);
        region.onsite_allowed = whole_between(cells, "onsite_allowed", 0, 1);
        region.onsite_cap_kw_q = whole_between(cells, "onsite_cap_kw_q");
        region.onsite_lead_q = whole_between(cells, "onsite_lead_q", 1, kOnsiteSlots - 1);
        region.labour_cap_it_kw = whole_between(cells, "labour_cap_it_kw", 1);
        region.grid_held_kw = whole_between(cells, "grid_held_kw");
        region.base_power_usd_mwh = number_at_least(cells, "base_power_usd_mwh", 0.0);
        region.power_growth_apr = cells.number("power_growth_apr");
        region.pue_ratio = number_at_least(cells, "pue_ratio", 1.0);
        region.onsite_usd_mwh = number_at_least(cells, "onsite_usd_mwh", 0.0);
        region.onsite_usd_kw = number_at_least(cells, "onsite_usd_kw", 0.0);
    }
}

/// Owners of the captive lines: product_buyers.csv, which the column `buyers` of products.csv repeats.
void load_buyers(Tables& tables, Scenario& scenario, const Names& names) {
    const CsvTable table = tables.read("product_buyers.csv", {"product", "buyer"}, {"product", "buyer"});
    for (const CsvRow& row : table.rows) {
        const CsvCells cells(table, row, tables.refusals);
        const int p = index_of(cells, "product", names.products, "product"), buyer = index_of(cells, "buyer", names.firms, "firm");
        if (p < 0 || buyer < 0) continue;
        if (scenario.products[p].buyers != Buyers::captive)
            cells.refuse("'" + cells.text("product") + "' is not captive in products.csv", "delete the row");
        scenario.products[p].buyer_mask |= 1u << buyer;
    }
}

std::uint32_t listed_buyers(const CsvCells& cells, const Names& names) {
    std::uint32_t mask = 0;
    std::stringstream list(cells.text("buyers"));
    for (std::string buyer; std::getline(list, buyer, ';');) {
        if (const int i = find_name(names.firms, buyer); i >= 0) mask |= 1u << i;
        else cells.refuse("no firm is called '" + buyer + "'", suggestion(buyer, names.firms));
    }
    return mask;
}

void load_product(const CsvCells& cells, const Names& names, const Scenario& scenario, Product& product) {
    const std::string& buyers = cells.text("buyers");
    product.id = id_of(cells.text("product"));
    product.vendor = std::max(0, index_of(cells, "vendor", names.firms, "firm"));
    if (scenario.firms[product.vendor].supplier_slot < 0) cells.refuse("vendor '" + cells.text("vendor") + "' is no supplier", "name a supplier");
    product.generation = whole_between(cells, "gen", 0, kMaxGenerations - 1);
    product.buyers = buyers == "all" ? Buyers::all : buyers == "used_only" ? Buyers::used_only : Buyers::captive;
    if (buyers.empty()) cells.refuse("has no buyers", "write all, used_only or its owners");
    product.training_h100e_chip = number_at_least(cells, "training_h100e_chip", 0.001);
    product.inference_h100e_chip = number_at_least(cells, "inference_h100e_chip", 0.001);
    product.data_h100e_chip = number_at_least(cells, "data_h100e_chip", 0.0);
    product.kw_chip = number_at_least(cells, "kw_chip", 0.001);
    product.list_usd_chip = number_at_least(cells, "list_usd_chip", 1.0);
    product.system_usd_chip = number_at_least(cells, "system_usd_chip", 0.0);
    product.last_t = -1;  // never on sale: an empty span
    if (product.buyers == Buyers::used_only) return;
    product.first_t = quarter_between(cells, "first_quarter", 0, kLastPathQuarter);
    product.last_t = cells.empty("last_quarter") ? kLastPathQuarter : quarter_between(cells, "last_quarter", product.first_t, kLastPathQuarter);
    product.unit_cost_usd_chip = number_at_least(cells, "unit_cost_usd_chip", 1.0);
    product.packages_per_wafer = number_at_least(cells, "packages_per_wafer", 0.01);
    product.row_share_frac = fraction(cells, "row_share_frac");
}

void load_products(Tables& tables, Scenario& scenario, Names& names) {
    const CsvTable table = tables.read(
        "products.csv",
        {"slot_i", "product", "vendor", "gen", "first_quarter", "last_quarter", "training_h100e_chip", "inference_h100e_chip", "data_h100e_chip",
         "kw_chip", "list_usd_chip", "system_usd_chip", "unit_cost_usd_chip", "packages_per_wafer", "row_share_frac", "buyers"},
        {"product"});
    refuse_duplicates(table, {"slot_i"}, tables.refusals);
    const auto rows = sorted_rows(table, kMaxProducts, "products", tables.refusals, [](const CsvCells& cells) { return cells.whole("slot_i"); });
    std::vector<std::uint32_t> listed;
    for (const CsvRow* row : rows) {
        const CsvCells cells(table, *row, tables.refusals);
        Product& product = scenario.products[scenario.product_count++];
        names.products.push_back(id_cell(cells, "product"));
        load_product(cells, names, scenario, product);
        listed.push_back(product.buyers == Buyers::captive ? listed_buyers(cells, names) : 0);
    }
    load_buyers(tables, scenario, names);
    for (std::size_t p = 0; p < rows.size(); ++p)
        if (listed[p] != scenario.products[p].buyer_mask)
            tables.refusals.add(
                {table.place, rows[p]->line, 0, "buyers of '" + names.products[p] + "' differ from product_buyers.csv", "make the two lists agree"});
}

/// The packaging path with another growth than the table's, from the end of the table's path on.
void regrow_packaging(const Parameters& p, double* wafers) {
    const int start = static_cast<int>(clamp(p.packaging_growth_start_t, 0.0, kLastPathQuarter));
    for (int t = start + 1; t <= kLastPathQuarter; ++t)
        wafers[t] = round_half_away(wafers[start] * pow(1.0 + p.packaging_growth_frac, static_cast<double>(t - start)));
}

void load_paths(Tables& tables, const Parameters& file_parameters, bool is_packaging_high, Scenario& scenario) {
    const CsvTable table = tables.read("paths.csv", {"quarter", "series", "value"}, {"series", "quarter"});
    double high_packaging[kMaxQuarters] = {};
    double* const paths[kSeriesUsed] = {scenario.packaging_wafers,    scenario.outside_demand_growth_frac, scenario.core_growth_frac[0],
                                        scenario.core_growth_frac[1], scenario.core_growth_frac[2],        high_packaging};
    bool has[kSeriesUsed][kMaxQuarters] = {};
    for (const CsvRow& row : table.rows) {
        const CsvCells cells(table, row, tables.refusals);
        const int series = index_of(cells, "series", kSeries, "series");
        const int t = quarter_between(cells, "quarter", 0, kLastPathQuarter);
        const double value = number_at_least(cells, "value", series == 0 ? 0.0 : -1.0);
        if (series < 0 || series >= kSeriesUsed) continue;
        paths[series][t] = value;
        has[series][t] = true;
    }
    for (int series = 0; series < kSeriesUsed; ++series) {
        for (int t = 0; t <= kLastPathQuarter && !table.rows.empty(); ++t)
            if (!has[series][t])
                tables.refusals.add({table.place, 0, 0, kSeries[static_cast<std::size_t>(series)] + " has no row for " + quarter_name(t), "add it"});
    }
    const Parameters& p = scenario.parameters;
    if (is_packaging_high) std::copy(std::begin(high_packaging), std::end(high_packaging), scenario.packaging_wafers);
    else if (p.packaging_growth_frac != file_parameters.packaging_growth_frac || p.packaging_growth_start_t != file_parameters.packaging_growth_start_t)
        regrow_packaging(p, scenario.packaging_wafers);
    for (double* path : paths) std::fill(path + kLastPathQuarter + 1, path + kMaxQuarters, path[kLastPathQuarter]);
}

}  // namespace

void load_facts(Tables& tables, const Parameters& file_parameters, bool is_packaging_high, Scenario& scenario, Names& names) {
    load_firms(tables, scenario, names);
    load_regions(tables, scenario, names);
    load_paths(tables, file_parameters, is_packaging_high, scenario);
    if (tables.refusals.empty()) load_products(tables, scenario, names);  // with firms missing every vendor would be refused too
}

}  // namespace rackrace

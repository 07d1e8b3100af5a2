#include "cli/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "engine/base/quarter_index.h"

namespace rackrace {
namespace {

constexpr const char* kBounds[] = {"demand", "power", "shell", "money", "chips"};

/// Row of a quarter's year, made where it is new; nullptr for the opening, in which nothing was played.
StoryYear* year_of_row(const ReplayRows& rows, std::size_t row, const std::string& opening, Story& story) {
    const std::string quarter = rows.text(row, "quarter");
    if (quarter == opening) return nullptr;
    const int year = year_of(parse_quarter(quarter).value_or(0));
    if (story.years.empty() || story.years.back().year < year) story.years.emplace_back().year = year;
    for (StoryYear& one : story.years)
        if (one.year == year) return &one;
    return nullptr;
}

void add_market(const ReplayRows& quarters, const std::string& opening, Story& story) {
    std::map<int, double> bound[std::size(kBounds)];
    for (std::size_t q = 0; q < quarters.rows.size(); ++q) {
        StoryYear* year = year_of_row(quarters, q, opening, story);
        if (year == nullptr) continue;
        ++year->quarters;
        year->made_million_chips += quarters.number(q, "made_chips") / 1e6;
        year->ai_revenue_busd += quarters.number(q, "ai_revenue_usd") / 1e9;
        year->capex_busd += quarters.number(q, "capex_usd") / 1e9;
        year->spot_t_usd_h += quarters.number(q, "spot_t_usd_h");
        year->spot_i_usd_h += quarters.number(q, "spot_i_usd_h");
        year->util_frac += quarters.number(q, "util_frac");
        for (std::size_t b = 0; b < std::size(kBounds); ++b) bound[b][year->year] += quarters.number(q, std::string("bound_by_") + kBounds[b]);
    }
    for (StoryYear& year : story.years) {
        for (double* mean : {&year.spot_t_usd_h, &year.spot_i_usd_h, &year.util_frac}) *mean /= year.quarters;
        double all = 0.0, most = 0.0;
        for (std::size_t b = 0; b < std::size(kBounds); ++b) {
            const double count = bound[b][year.year];
            all += count;
            if (count <= most) continue;
            most = count;
            year.bound_by = kBounds[b];
        }
        year.bound_frac = all > 0.0 ? most / all : 0.0;
    }
}

/// The firm of a role with the most revenue over the run; the first of them by name where several have it.
std::string largest_of(const ReplayRows& firms, const std::string& role) {
    std::map<std::string, double> revenue;
    for (std::size_t i = 0; i < firms.rows.size(); ++i)
        if (firms.text(i, "role") == role) revenue[firms.text(i, "firm")] += firms.number(i, "revenue_usd");
    const auto best = std::max_element(revenue.begin(), revenue.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    return best == revenue.end() ? "" : best->first;
}

void add_firms(const ReplayRows& firms, const std::string& opening, Story& story) {
    story.supplier = largest_of(firms, "supplier");
    story.neocloud = largest_of(firms, "neocloud");
    std::map<std::string, double> grid_gw;  // by firm, at the quarter before
    for (std::size_t i = 0; i < firms.rows.size(); ++i) {
        const std::string firm = firms.text(i, "firm");
        const double connected = firms.number(i, "grid_kw") / 1e6, rise = connected - grid_gw[firm];
        grid_gw[firm] = connected;
        StoryYear* year = year_of_row(firms, i, opening, story);
        if (year == nullptr) continue;
        year->grid_connected_gw += rise;
        if (firms.text(i, "role") == "hyperscaler") year->hyperscaler_capex_busd += firms.number(i, "capex_usd") / 1e9;
        if (firm == story.supplier) year->supplier_busd += firms.number(i, "revenue_usd") / 1e9;
        if (firm == story.neocloud) year->neocloud_busd += firms.number(i, "revenue_usd") / 1e9;
    }
}

void add_chips(const ReplayRows& products, const std::string& opening, Story& story) {
    std::map<std::string, double> list_usd;
    std::map<int, double> paid_usd, listed_usd;
    for (std::size_t i = 0; i < products.rows.size(); ++i) {
        const std::string product = products.text(i, "product");
        list_usd.try_emplace(product, products.number(i, "list_usd_chip"));
        const StoryYear* year = year_of_row(products, i, opening, story);
        const double sold = products.number(i, "sold_chips");
        if (year == nullptr || sold <= 0.0) continue;
        paid_usd[year->year] += sold * products.number(i, "cleared_usd_chip");
        listed_usd[year->year] += sold * list_usd[product];
    }
    for (StoryYear& year : story.years)
        if (listed_usd[year.year] > 0.0) year.paid_over_list = paid_usd[year.year] / listed_usd[year.year];
}

void add_power(const ReplayRows& regions, const std::string& opening, Story& story) {
    for (std::size_t i = 0; i < regions.rows.size(); ++i) {
        StoryYear* year = year_of_row(regions, i, opening, story);
        if (year == nullptr) continue;
        const double won_gw = regions.number(i, "won_kw") / 1e6;
        year->grid_won_gw += won_gw;
        year->adder_usd_kw_q += won_gw * regions.number(i, "adder_usd_kw_q");
    }
    for (StoryYear& year : story.years)
        if (year.grid_won_gw > 0.0) year.adder_usd_kw_q /= year.grid_won_gw;
}

}  // namespace

Result<Story> make_story(Replay& replay) {
    const auto quarters = replay.rows("quarters"), firms = replay.rows("firms"), products = replay.rows("products"), regions = replay.rows("regions");
    for (const auto* rows : {&quarters, &firms, &products, &regions})
        if (!*rows) return rows->error();
    Story story;
    const std::string opening = quarters->rows.empty() ? "" : quarters->text(0, "quarter");
    add_market(*quarters, opening, story);
    add_firms(*firms, opening, story);
    add_chips(*products, opening, story);
    add_power(*regions, opening, story);
    return story;
}

std::string story_text(const Story& story) {
    constexpr const char* heads = "  {:>4} {:>5} {:>6} {:>6} {:>9} {:>9} {:>6} {:>5} {:>5} {:>5} {:>6} {:>6} {:>6} {:>4} {}\n";
    std::string out = fmt::format(heads, "", "AI", "capex,", "B$", story.supplier.substr(0, 9), story.neocloud.substr(0, 9), "chips", "paid/", "grid,", "GW", "adder",
                                  "spot T", "spot I", "used", "bound");
    out += fmt::format(heads, "year", "B$", "hyper", "all", "B$", "B$", "mil", "list", "won", "conn", "$/kW-q", "$/h", "$/h", "%", "by");
    for (const StoryYear& year : story.years)
        out += fmt::format("  {:4} {:5.0f} {:6.0f} {:6.0f} {:9.1f} {:9.1f} {:6.2f} {:5.2f} {:5.1f} {:5.1f} {:6.0f} {:6.2f} {:6.2f} {:4.0f} {} {:.0f} %\n", year.year,
                           year.ai_revenue_busd, year.hyperscaler_capex_busd, year.capex_busd, year.supplier_busd, year.neocloud_busd, year.made_million_chips,
                           year.paid_over_list, year.grid_won_gw, year.grid_connected_gw, year.adder_usd_kw_q, year.spot_t_usd_h, year.spot_i_usd_h,
                           100.0 * year.util_frac, year.bound_by.empty() ? "nothing" : year.bound_by, 100.0 * year.bound_frac);
    return out;
}

nlohmann::ordered_json story_json(const Story& story) {
    auto years = nlohmann::ordered_json::array();
    for (const StoryYear& year : story.years)
        years.push_back({{"year", year.year},
                         {"quarters", year.quarters},
                         {"ai_revenue_usd", year.ai_revenue_busd * 1e9},
                         {"hyperscaler_capex_usd", year.hyperscaler_capex_busd * 1e9},
                         {"capex_usd", year.capex_busd * 1e9},
                         {"supplier_revenue_usd", year.supplier_busd * 1e9},
                         {"neocloud_revenue_usd", year.neocloud_busd * 1e9},
                         {"made_chips", year.made_million_chips * 1e6},
                         {"paid_over_list", year.paid_over_list},
                         {"grid_won_kw", year.grid_won_gw * 1e6},
                         {"grid_connected_kw", year.grid_connected_gw * 1e6},
                         {"adder_usd_kw_q", year.adder_usd_kw_q},
                         {"spot_t_usd_h", year.spot_t_usd_h},
                         {"spot_i_usd_h", year.spot_i_usd_h},
                         {"util_frac", year.util_frac},
                         {"bound_by", year.bound_by},
                         {"bound_frac", year.bound_frac}});
    return {{"supplier", story.supplier}, {"neocloud", story.neocloud}, {"years", years}};
}

}  // namespace rackrace

#include "viz/figures/report_page.h"

#include <fmt/format.h>

#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "viz/figures/catalogue.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/page_parts.h"
#include "viz/figures/run_story.h"
#include "viz/figures/svg.h"
#include "viz/figures/svg_canvas.h"

namespace rackrace {
namespace {

constexpr const char* kMarketFigures[] = {"prices", "capacity", "demand", "chip-prices", "chip-queue", "binding", "events"};
constexpr const char* kFirmFigures[] = {"firm", "cash-bridge", "fleet", "debt", "contracts"};
constexpr std::size_t kSentencesTogether = 4;  // in a paragraph
constexpr const char* kRolesShown[] = {"hyperscaler", "neocloud", "lab", "supplier"};

Refusals add_figure(const ReplayStore& store, const std::string& name, const FigureRequest& request, std::string& out) {
    const auto figure = build_figure(store, name, request);
    if (!figure) return figure.error();
    out += figure_html(*figure, name + (request.firm.empty() ? "" : "-" + request.firm));
    return {};
}

TableCell text_cell(const std::string& text) { return text.empty() ? TableCell{} : TableCell{text}; }

/// First quarter played and last: the numbers that the window keeps on top.
FigureTable key_numbers(const ReplayStore& store) {
    struct Row {
        const char* column;
        const char* name;
        const char* unit;
        double scale;
    };
    constexpr Row rows[] = {{"spot_t_usd_h", "spot T", "$/h", 1.0},
                            {"spot_i_usd_h", "spot I", "$/h", 1.0},
                            {"supply_mh", "supply", "Gh", 1e3},
                            {"util_frac", "compute that worked", "%", 0.01},
                            {"unmet_mh", "unmet", "Gh", 1e3},
                            {"usable_it_kw", "usable power", "GW", 1e6},
                            {"ai_revenue_usd", "AI spending", "B$", 1e9},
                            {"capex_usd", "capital spending", "B$", 1e9},
                            {"debt_usd", "debt", "B$", 1e9},
                            {"firms_in_arrears", "firms in arrears", "", 1.0},
                            {"hhi_compute", "concentration of compute", "", 1.0}};
    const int first = std::min(store.opening_t() + 1, store.last_t());
    FigureTable table;
    table.heads = {{"", ""}, {"unit", ""}, {quarter_name(first), ""}, {quarter_name(store.last_t()), ""}};
    for (const Row& row : rows)
        table.rows.push_back({std::string(row.name), text_cell(row.unit), short_number(store.of_market(first, row.column) / row.scale),
                              short_number(store.of_market(store.last_t(), row.column) / row.scale)});
    return table;
}

FigureTable firm_table(const ReplayStore& store) {
    const int first = store.opening_t(), last = store.last_t();
    FigureTable table;
    table.heads = {{"firm", ""},
                   {"role", ""},
                   {"value " + quarter_name(first), "B$"},
                   {quarter_name(last), "B$"},
                   {"cash", "B$"},
                   {"debt", "B$"},
                   {"revenue", "B$"},
                   {"rating", ""},
                   {"status", ""}};
    const auto busd = [](double usd) { return TableCell{short_number(usd / 1e9)}; };
    for (const std::string& firm : store.firms())
        table.rows.push_back({firm, store.role_of(firm), busd(store.of_firm(first, firm, "value_usd")), busd(store.of_firm(last, firm, "value_usd")),
                              busd(store.of_firm(last, firm, "cash_usd")), busd(store.of_firm(last, firm, "debt_usd")),
                              busd(store.of_firm(last, firm, "revenue_usd")), short_number(store.of_firm(last, firm, "rating")),
                              text_cell(store.table("firms").text(store.firm_row(last, firm), "status"))});
    return table;
}

std::string how_it_was_run(const ReplayStore& store) {
    const RunRecord& run = store.run();
    const Columns& runs = store.table("runs");
    const std::vector<std::pair<std::string, std::string>> facts = {
        {"scenario", run.scenario},
        {"seed", std::to_string(run.seed)},
        {"hash of all states", fmt::format("{:016x}", run.hash)},
        {"status", run.status},
        {"program", "rackrace " + run.program_version + (run.commit.empty() ? "" : ", " + run.commit)},
        {"build", run.build},
        {"machine", run.machine},
        {"how firms decide", runs.text(0, "engines")},
        {"orders refused or cut",
         short_number(runs.number(0, "rejections")) + (runs.text(0, "rejections_by_code").empty() ? "" : ": " + runs.text(0, "rejections_by_code"))},
        {"script errors", std::to_string(run.script_errors)}};
    const std::string run_word = xml_text(quoted_word(store.run_id()));
    std::string out = "<h2>How it was run</h2>\n" + facts_html(facts) + "<p>To play it again: <code>rackrace run --from " + run_word +
           "</code>; to compare every state: <code>rackrace verify " + run_word + "</code>.</p>\n";
    out += file_html(store.folder() / "scenario.toml", "The scenario with every value");
    FigureTable hashes;
    hashes.heads = {{"quarter", ""}, {"state hash", ""}};
    for (int t : store.quarters()) hashes.rows.push_back({quarter_name(t), store.state_hash(t)});
    return out + "<details><summary>State hashes</summary>" + short_table_html(std::move(hashes), 2) + "</details>\n";
}

}  // namespace

Result<std::string> report_page(const ReplayStore& store) {
    if (Refusals refusals = store.altered_refusals(); !refusals.empty()) return refusals;
    const RunRecord& run = store.run();
    const std::string title = fmt::format("{}, seed {}", run.scenario, run.seed);
    std::string out = page_head(title);
    out += fmt::format("<h1>{}</h1>\n<p>{}</p>\n", xml_text(title), xml_text(footer_text(provenance_of(store))));
    for (const std::string& warning : store.warnings()) out += "<p class=\"warning\">This run " + xml_text(warning) + ".</p>\n";
    out += "<h2>What happened</h2>\n<p>";
    const std::vector<std::string> story = run_story(store);
    for (std::size_t i = 0; i < story.size(); ++i) out += (i > 0 && i % kSentencesTogether == 0 ? "</p>\n<p>" : "") + xml_text(story[i]) + "\n";
    out += "</p>\n" + short_table_html(key_numbers(store), 2) + "<h2>The market</h2>\n";
    for (const char* name : kMarketFigures)
        if (Refusals refusals = add_figure(store, name, {}, out); !refusals.empty()) return refusals;
    out += "<h2>The firms</h2>\n" + short_table_html(firm_table(store), 2);
    if (Refusals refusals = add_figure(store, "payoffs", {}, out); !refusals.empty()) return refusals;
    for (const char* role : kRolesShown) {
        FigureRequest request;
        request.firm = largest_firm(store, role);
        if (request.firm.empty()) continue;
        out += fmt::format("<h3>{}: the {} with the most revenue</h3>\n", xml_text(request.firm), role);
        for (const char* name : kFirmFigures)
            if (Refusals refusals = add_figure(store, name, request, out); !refusals.empty()) return refusals;
    }
    return out + how_it_was_run(store) + "</body></html>\n";
}

}  // namespace rackrace

#include "viz/figures/report_page.h"

#include <fmt/format.h>

#include <fstream>
#include <sstream>

#include "engine/base/number_text.h"
#include "engine/base/quarter_index.h"
#include "viz/figures/catalogue.h"
#include "viz/figures/describe.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/run_story.h"
#include "viz/figures/svg.h"
#include "viz/figures/svg_canvas.h"

namespace rackrace {
namespace {

constexpr const char* kMarketFigures[] = {"prices", "capacity", "demand", "chip-prices", "chip-queue", "binding", "events"};
constexpr const char* kFirmFigures[] = {"firm", "cash-bridge", "fleet", "debt", "contracts"};
constexpr std::size_t kSentencesTogether = 4;  // in a paragraph
constexpr const char* kRolesShown[] = {"hyperscaler", "neocloud", "lab", "supplier"};

/// The page's own colours and, in the dark, those of the figures, by class.
std::string style_sheet() {
    const Theme &light = light_theme(), &dark = dark_theme();
    std::string out = fmt::format(
        "body{{margin:0 auto;max-width:800px;padding:1rem;font:16px/1.55 'Segoe UI','Helvetica Neue',Arial,sans-serif;color:{0};background:{1}}}\n"
        "h1{{font-size:1.6rem;line-height:1.2}} h2{{font-size:1.25rem;margin-top:2.2rem}} h3{{font-size:1.05rem}}\n"
        "figure{{margin:1.6rem 0;break-inside:avoid}} svg{{max-width:100%;height:auto;display:block}} "
        "figcaption{{color:{2};font-size:.9rem;margin-top:.3rem}}\n"
        ".scroll{{overflow-x:auto}} table{{border-collapse:collapse;font-size:.85rem;font-variant-numeric:tabular-nums}} th,td{{padding:.15rem "
        ".6rem;text-align:right;"
        "border-bottom:1px solid {3};white-space:nowrap}} th:first-child,td:first-child,td.words,th.words{{text-align:left}} "
        "th{{color:{2};font-weight:600}}\n"
        "details{{margin:.4rem 0}} summary{{cursor:pointer;color:{2};font-size:.9rem;padding:.3rem 0}} "
        "pre{{overflow-x:auto;font-size:.8rem;line-height:1.35}}\n"
        ".warning{{border:2px solid {4};padding:.5rem .8rem;font-weight:600}} .narrow{{display:none}}\n"
        "@media screen and (max-width:560px){{.wide{{display:none}} .narrow{{display:block}} body{{padding:.7rem}}}}\n"
        "@media print{{body{{max-width:none;font-size:10pt}} summary{{display:none}} a{{color:inherit}}}}\n",
        light.ink, light.ground, light.muted, light.grid, light.looks[1]);
    out += fmt::format(
        "@media screen and (prefers-color-scheme:dark){{\nbody{{color:{0};background:{1}}} figcaption,summary,th{{color:{2}}} "
        "th,td{{border-color:{3}}} .warning{{border-color:{4}}}\n"
        ".ground{{fill:{1}}} .ink{{fill:{0}}} .muted{{fill:{2}}} .axis{{stroke:{5}}} .grid{{stroke:{3}}} .hatch,.edge{{stroke:{1}}}\n",
        dark.ink, dark.ground, dark.muted, dark.grid, dark.looks[1], dark.axis);
    for (int look = 0; look <= kLooks; ++look) out += fmt::format(".s{0}{{stroke:{1}}} .f{0}{{fill:{1}}}\n", look, dark.looks[look]);
    return out + "}\n";
}

std::string table_html(const FigureTable& table) {
    std::string out = "<div class=\"scroll\"><table><thead><tr>";
    std::vector<bool> is_words(table.heads.size());
    for (const auto& row : table.rows)
        for (std::size_t i = 0; i < row.size(); ++i) is_words[i] = is_words[i] || std::holds_alternative<std::string>(row[i]);
    for (std::size_t i = 0; i < table.heads.size(); ++i)
        out += fmt::format("<th scope=\"col\"{}>{}{}</th>", is_words[i] ? " class=\"words\"" : "", xml_text(table.heads[i].name),
                           table.heads[i].unit.empty() ? "" : ", " + xml_text(table.heads[i].unit));
    out += "</tr></thead><tbody>\n";
    for (const auto& row : table.rows) {
        out += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto* number = std::get_if<double>(&row[i]);
            const auto* text = std::get_if<std::string>(&row[i]);
            out += fmt::format("<td{}>{}</td>", is_words[i] ? " class=\"words\"" : "",
                               number != nullptr ? number_text(*number)
                               : text != nullptr ? xml_text(*text)
                                                 : "");
        }
        out += "</tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

std::string figure_html(const FigureModel& figure, const std::string& id) {
    SvgOptions options;
    options.has_footer = false;
    std::string out = fmt::format("<figure id=\"{}\">\n", id);
    if (figure.empty_text.empty()) {
        options.prefix = id + "-wide";
        out += "<div class=\"wide\">" + figure_svg(figure, wide_page_style(), options) + "</div>\n";
        options.prefix = id + "-narrow";
        options.has_titles = false;
        out += "<div class=\"narrow\">" + figure_svg(figure, narrow_page_style(), options) + "</div>\n";
    }
    out += "<figcaption>" + xml_text(description_of(figure)) + "</figcaption>\n";
    if (figure.empty_text.empty()) out += "<details><summary>Table</summary>" + table_html(table_of(figure)) + "</details>\n";
    return out + "</figure>\n";
}

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

/// Tables of the page whose numbers are written short: all their cells are texts, numbers at the right.
std::string short_table_html(FigureTable table, std::size_t word_columns) {
    std::string out = "<div class=\"scroll\"><table><thead><tr>";
    for (std::size_t i = 0; i < table.heads.size(); ++i)
        out += fmt::format("<th scope=\"col\"{}>{}{}</th>", i < word_columns ? " class=\"words\"" : "", xml_text(table.heads[i].name),
                           table.heads[i].unit.empty() ? "" : ", " + xml_text(table.heads[i].unit));
    out += "</tr></thead><tbody>\n";
    for (const auto& row : table.rows) {
        out += "<tr>";
        for (std::size_t i = 0; i < row.size(); ++i) {
            const auto* text = std::get_if<std::string>(&row[i]);
            out += fmt::format("<td{}>{}</td>", i < word_columns ? " class=\"words\"" : "", text == nullptr ? "" : xml_text(*text));
        }
        out += "</tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

std::string how_it_was_run(const ReplayStore& store) {
    const RunRecord& run = store.run();
    const Columns& runs = store.table("runs");
    std::string out = "<h2>How it was run</h2>\n<div class=\"scroll\"><table><tbody>\n";
    const std::pair<const char*, std::string> facts[] = {
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
    for (const auto& [name, value] : facts)
        out += fmt::format("<tr><th scope=\"row\">{}</th><td class=\"words\">{}</td></tr>\n", name, xml_text(value));
    out += "</tbody></table></div>\n<p>To play it again: <code>rackrace run --from " + xml_text(store.run_id()) +
           "</code>; to compare every state: <code>rackrace verify " + xml_text(store.run_id()) + "</code>.</p>\n";
    if (std::ifstream scenario(store.folder() / "scenario.toml", std::ios::binary); scenario) {
        std::ostringstream text;
        text << scenario.rdbuf();
        out += "<details><summary>The scenario with every value</summary><pre>" + xml_text(text.str()) + "</pre></details>\n";
    }
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
    std::string out =
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
        "content=\"width=device-width,initial-scale=1\">\n<meta name=\"color-scheme\" "
        "content=\"light dark\">\n<title>" +
        xml_text(title) + "</title>\n<style>\n" + style_sheet() + "</style></head><body>\n";
    out += fmt::format("<h1>{}</h1>\n<p>{}</p>\n", xml_text(title), xml_text(footer_text(provenance_of(store))));
    for (const std::string& warning : store.warnings()) out += "<p class=\"warning\">This run " + xml_text(warning) + ".</p>\n";
    out += "<h2>What happened</h2>\n<p>";
    const std::vector<std::string> story = run_story(store);
    for (std::size_t i = 0; i < story.size(); ++i) out += (i > 0 && i % kSentencesTogether == 0 ? "</p>\n<p>" : "") + xml_text(story[i]) + "\n";
    out += "</p>\n" + short_table_html(key_numbers(store), 2) + "<h2>The market</h2>\n";
    for (const char* name : kMarketFigures)
        if (Refusals refusals = add_figure(store, name, {}, out); !refusals.empty()) return refusals;
    out += "<h2>The firms</h2>\n" + short_table_html(firm_table(store), 2);
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

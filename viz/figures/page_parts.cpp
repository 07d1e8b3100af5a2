#include "viz/figures/page_parts.h"

#include <fmt/format.h>

#include "engine/base/file_text.h"
#include "engine/base/number_text.h"
#include "viz/figures/describe.h"
#include "viz/figures/svg.h"
#include "viz/figures/svg_canvas.h"

namespace rackrace {
namespace {

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

}  // namespace

std::string page_head(const std::string& title) {
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
           "content=\"width=device-width,initial-scale=1\">\n<meta name=\"color-scheme\" "
           "content=\"light dark\">\n<title>" +
           xml_text(title) + "</title>\n<style>\n" + style_sheet() + "</style></head><body>\n";
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

std::string short_table_html(const FigureTable& table, std::size_t word_columns) {
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

std::string facts_html(const std::vector<std::pair<std::string, std::string>>& facts) {
    std::string out = "<div class=\"scroll\"><table><tbody>\n";
    for (const auto& [name, value] : facts) out += fmt::format("<tr><th scope=\"row\">{}</th><td class=\"words\">{}</td></tr>\n", xml_text(name), xml_text(value));
    return out + "</tbody></table></div>\n";
}

std::string file_html(const std::filesystem::path& file, const std::string& summary) {
    const std::string text = file_text(file);
    if (text.empty()) return "";
    return "<details><summary>" + xml_text(summary) + "</summary><pre>" + xml_text(text) + "</pre></details>\n";
}

}  // namespace rackrace

#include "viz/figures/batch_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/base/command_words.h"
#include "engine/replay/key_columns.h"
#include "viz/figures/ensemble_catalogue.h"
#include "viz/figures/ensemble_parts.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/page_parts.h"
#include "viz/figures/svg.h"
#include "viz/figures/svg_canvas.h"

namespace rackrace {
namespace {

constexpr const char* kEndFigures[] = {"spot_i_usd_h", "owners_value_usd"};  // of which figures of one quarter are shown: a price, and what all of it is worth
constexpr std::size_t kMostWords = 8;                                        // values of a setting that are named one by one

std::string count_of(std::size_t count, const char* one) { return short_number(static_cast<double>(count)) + " " + one + (count == 1 ? "" : "s"); }

/// "0.3 to 0.9, 16 values", "POSTED, UNIFORM": what a setting was in the runs that are here.
std::string values_text(const VariedColumn& column) {
    const std::set<std::string> texts(column.texts.begin(), column.texts.end());
    if (column.is_number && texts.size() > 2) {
        const auto [low, high] = std::minmax_element(column.numbers.begin(), column.numbers.end());
        return fmt::format("{} to {}, {}", column.texts[static_cast<std::size_t>(low - column.numbers.begin())], column.texts[static_cast<std::size_t>(high - column.numbers.begin())],
                           count_of(texts.size(), "value"));
    }
    if (texts.size() > kMostWords) return count_of(texts.size(), "value");
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : ", ") + text;
    return out;
}

/// How many different settings were played.
std::size_t cells_of(const Ensemble& ensemble) {
    std::set<std::vector<std::string>> cells;
    for (std::size_t run = 0; run < ensemble.runs().size(); ++run) {
        std::vector<std::string> cell;
        for (const VariedColumn& column : ensemble.varied()) cell.push_back(column.texts[run]);
        cells.insert(std::move(cell));
    }
    return cells.size();
}

std::string what_was_swept(const Ensemble& ensemble) {
    const Provenance from = provenance_of(ensemble);
    std::vector<std::pair<std::string, std::string>> facts = {{"scenario", from.scenario},
                                                              {"quarters", from.first_quarter + " to " + from.last_quarter},
                                                              {"runs", count_text(ensemble)},
                                                              {"cells", count_of(cells_of(ensemble), "different setting")},
                                                              {"seeds", from.seed}};
    for (const VariedColumn& column : ensemble.varied())
        if (!column.texts.empty()) facts.emplace_back(column.name, values_text(column));
    facts.emplace_back("program", "rackrace " + from.version);
    facts.emplace_back("hash of inputs", from.hash);
    const std::string name = xml_text(quoted_word(ensemble.folder().string()));
    std::string out = "<h2>What was swept</h2>\n" + facts_html(facts) + file_html(ensemble.folder() / "plan.toml", "The plan") + file_html(ensemble.folder() / "command.txt", "The command that began it");
    if (ensemble.is_complete()) out += "<p>To compare every row with the program: <code>rackrace verify " + name + "</code>.</p>\n";
    if (!ensemble.runs().empty()) out += "<p>To see one run whole: <code>" + xml_text(ensemble.settings_of(0).command()) + "</code>.</p>\n";
    return out;
}

/// What a reader of any number below has to know.
std::string warnings(const Ensemble& ensemble) {
    std::vector<std::string> texts;
    if (!ensemble.is_complete())
        texts.push_back(fmt::format("This batch is not complete: {} of {} are here, in the order in which they were finished, which is no random part of a plan. To play the rest: rackrace resume {}",
                                    short_number(static_cast<double>(ensemble.runs().size() + ensemble.failed())), count_of(ensemble.planned(), "run"), quoted_word(ensemble.folder().string())));
    if (ensemble.shard() != "1/1") texts.push_back("This is part " + ensemble.shard() + " of a batch.");
    if (ensemble.failed() > 0) texts.push_back(count_of(ensemble.failed(), "run") + (ensemble.failed() == 1 ? " was not played to the end and is in no figure." : " were not played to the end and are in no figure."));
    std::string out;
    for (const std::string& text : texts) out += "<p class=\"warning\">" + xml_text(text) + "</p>\n";
    return out;
}

std::string table_section(const PageTable& table) {
    return "<h2>" + xml_text(table.heading) + "</h2>\n<p>" + xml_text(table.words) + "</p>\n" + (table.table.rows.empty() ? "" : short_table_html(table.table, table.word_columns));
}

/// The key figures that a figure is shown of, empty for one that has its own: over time all of the market, in one quarter the two that sum it up.
std::vector<std::string> key_figures_for(const EnsembleKind& kind) {
    if (kind.key_figure != nullptr) return {""};
    if (kind.is_of_quarter) return {std::begin(kEndFigures), std::end(kEndFigures)};
    std::vector<std::string> out;
    for (const Column& column : key_market_figures()) out.push_back(column.name);
    return out;
}

}  // namespace

Result<std::string> batch_page(Ensemble& ensemble, const std::vector<PageTable>& tables) {
    const std::string title = fmt::format("{}, {} of {}", ensemble.id(), count_text(ensemble), ensemble.scenario());
    std::string out = page_head(title) + fmt::format("<h1>{}</h1>\n<p>{}</p>\n", xml_text(title), xml_text(footer_text(provenance_of(ensemble))));
    out += warnings(ensemble) + what_was_swept(ensemble);
    for (const PageTable& table : tables) out += table_section(table);
    std::set<std::string> said;  // why there is nothing to draw, once
    for (const EnsembleKind& kind : ensemble_kinds()) {
        std::string figures;
        for (const std::string& key_figure : key_figures_for(kind)) {
            const auto figure = build_ensemble_figure(ensemble, kind.name, {{}, key_figure, ""});
            if (!figure) return figure.error();
            if (!figure->empty_text.empty() && !said.insert(figure->empty_text).second) continue;
            figures += figure_html(*figure, id_of(kind.name + (key_figure.empty() ? "" : "-" + key_figure)));
        }
        if (!figures.empty()) out += fmt::format("<h2>{}</h2>\n<p>{}.</p>\n", xml_text(kind.name), xml_text(kind.summary)) + figures;
    }
    return out + "</body></html>\n";
}

}  // namespace rackrace

// `rackrace plot`: a figure of a run or of a batch as SVG, PNG, CSV or JSON, in words, or the list of figures. `rackrace report`: all of a run or a batch on one page.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

#include "cli/batch/batch_folder.h"
#include "cli/batch/batch_report.h"
#include "cli/commands.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/address.h"
#include "engine/replay/key_columns.h"
#include "engine/replay/run_difference.h"
#include "viz/figures/against.h"
#include "viz/figures/batch_page.h"
#include "viz/figures/catalogue.h"
#include "viz/figures/describe.h"
#include "viz/figures/ensemble_catalogue.h"
#include "viz/figures/exports.h"
#include "viz/figures/report_page.h"
#include "viz/figures/svg.h"
#include "viz/window/window.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

ExitCode write_file(const fs::path& file, const std::string& text, bool is_forced, const Terminal& terminal) {
    std::error_code error;
    if (fs::exists(file, error) && !is_forced)
        return terminal.refuse(Refusal{file.string(), 0, 0, "exists already", "give --force to replace it, or another --out"},
                               ExitCode::cannot_write);
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.close();
    if (!out)
        return terminal.refuse(Refusal{file.string(), 0, 0, "cannot be written", "check the folder and the room on the disk"},
                               ExitCode::cannot_write);
    terminal.note("wrote " + file.string() + "\n");
    return ExitCode::done;
}

ExitCode list_figures(const Terminal& terminal) {
    Json json = {{"schema", "rackrace.figures/1"}, {"figures", Json::array()}};
    std::string out;
    for (const FigureKind& kind : figure_kinds()) {
        const bool takes_firm = kind.wants_firm || kind.may_have_firm;
        std::string wants = takes_firm ? "--firm" : "";
        if (kind.is_of_quarter) wants += wants.empty() ? "--at" : ", --at";
        if (kind.takes_market) wants += wants.empty() ? "--market" : ", --market";
        out += fmt::format("  {:<14} {}{}\n", kind.name, kind.summary, wants.empty() ? "" : " (" + wants + ")");
        json["figures"].push_back({{"name", kind.name},
                                   {"summary", kind.summary},
                                   {"wants_firm", kind.wants_firm},
                                   {"takes_firm", takes_firm},
                                   {"is_of_quarter", kind.is_of_quarter},
                                   {"takes_market", kind.takes_market}});
    }
    terminal.data(terminal.wants_json ? json.dump() + "\n" : out);
    return ExitCode::done;
}

std::string key_figures_text(const std::vector<Column>& figures) {
    std::string out;
    for (const Column& figure : figures) out += (out.empty() ? "" : ", ") + figure.name;
    return out;
}

ExitCode list_ensemble_figures(const Terminal& terminal) {
    Json json = {{"schema", "rackrace.figures/1"}, {"figures", Json::array()}};
    std::string out;
    for (const EnsembleKind& kind : ensemble_kinds()) {
        out += fmt::format("  {:<14} {}{}\n", kind.name, kind.summary, kind.key_figure == nullptr ? " (--key-figure, --firm)" : "");
        json["figures"].push_back({{"name", kind.name}, {"summary", kind.summary}, {"is_of_quarter", kind.is_of_quarter}, {"takes_key_figure", kind.key_figure == nullptr}});
    }
    out += fmt::format("key figures of the market: {}\nwith --firm: {}\n", key_figures_text(key_market_figures()), key_figures_text(key_firm_figures()));
    json["key_figures"] = {{"market", Json::array()}, {"firm", Json::array()}};
    for (const Column& figure : key_market_figures()) json["key_figures"]["market"].push_back(figure.name);
    for (const Column& figure : key_firm_figures()) json["key_figures"]["firm"].push_back(figure.name);
    terminal.data(terminal.wants_json ? json.dump() + "\n" : out);
    return ExitCode::done;
}

Result<ReplayStore> open_store(const std::string& run) {
    const auto folder = find_run(run);
    if (!folder) return folder.error();
    return ReplayStore::open(*folder);
}

/// A quarter of an option; nothing where it is empty.
Result<std::optional<int>> quarter_option(const std::string& option, const std::string& text) {
    if (text.empty()) return std::optional<int>{};
    if (const auto t = parse_quarter(text)) return t;
    return Refusal{option + " " + text, 0, 0, "is no quarter", "write it as 2028Q3"};
}

/// From the address and the options; options win.
Result<FigureRequest> request_of(const PlotArguments& arguments, const Address& address) {
    const auto at = quarter_option("--at", arguments.at), since = quarter_option("--since", arguments.since);
    if (!at) return at.error();
    if (!since) return since.error();
    FigureRequest request;
    request.at = *at ? *at : address.t;
    request.since = *since;
    request.firm = arguments.firm.empty() ? address.value("firm") : arguments.firm;
    request.market = arguments.market;
    for (const char* key : {"product", "region"})
        if (request.market.empty()) request.market = address.value(key);
    return request;
}

constexpr int kMostPixels = 16384;  // of a side: what drawing programs take

/// As its SVG is drawn; where the window is not built or nothing draws without a display, refused with another way.
ExitCode write_picture(const FigureModel& figure, const PlotArguments& arguments, const Terminal& terminal) {
    std::error_code error;
    if (fs::exists(arguments.out, error) && !arguments.is_forced)
        return terminal.refuse(Refusal{arguments.out, 0, 0, "exists already", "give --force to replace it, or another --out"}, ExitCode::cannot_write);
    const FigureStyle style = resized(*find_style(arguments.style), arguments.width, arguments.scale > 0.0 ? arguments.scale : kPngScale);
    if (style.width > kMostPixels)
        return terminal.refuse(Refusal{arguments.out, 0, 0, fmt::format("would be {:.0f} pixels wide, and {} are the most", style.width, kMostPixels), "give a smaller --width or --scale"}, ExitCode::wrong_usage);
    const WindowOutcome outcome = draw_png(figure, style, !arguments.is_clean, arguments.out);
    if (outcome.end == WindowEnd::not_available)
        return terminal.refuse(Refusal{arguments.out, 0, 0, "PNG cannot be drawn: " + outcome.refusals.all.front().fact,
                                       "write an SVG and turn it into one: rsvg-convert -w 1600 figure.svg > figure.png"},
                               ExitCode::not_available);
    if (!outcome.refusals.empty()) return terminal.refuse(outcome.refusals, ExitCode::cannot_write);
    terminal.note("wrote " + arguments.out + "\n");
    return ExitCode::done;
}

/// Refused: a size for what has none.
Refusals sizes_nothing(const PlotArguments& arguments, const std::string& ending) {
    if (arguments.width > 0.0 && ending != ".svg" && ending != ".png") return Refusal{"--width", 0, 0, "is of pictures", "let the name end in .svg or .png, or leave it out"};
    if (arguments.scale > 0.0 && ending != ".png") return Refusal{"--scale", 0, 0, "is of PNG, whose pixels are counted", "let the name end in .png, or leave it out"};
    return {};
}

/// By the ending of the file's name.
ExitCode write_figure(const FigureModel& figure, const PlotArguments& arguments, const Terminal& terminal) {
    const fs::path file = arguments.out;
    const std::string ending = file.extension().string();
    if (const Refusals wrong = sizes_nothing(arguments, ending); !wrong.empty()) return terminal.refuse(wrong, ExitCode::wrong_usage);
    if (ending == ".csv") return write_file(file, figure_csv(figure, !arguments.is_clean), arguments.is_forced, terminal);
    if (ending == ".json") return write_file(file, figure_json(figure), arguments.is_forced, terminal);
    if (ending == ".svg") {
        SvgOptions options;
        options.has_footer = !arguments.is_clean;
        return write_file(file, figure_svg(figure, resized(*find_style(arguments.style), arguments.width, 1.0), options), arguments.is_forced, terminal);
    }
    if (ending == ".png") return write_picture(figure, arguments, terminal);
    return terminal.refuse(Refusal{file.string(), 0, 0, "is of no format that is known", "let the name end in .svg, .png, .csv or .json"},
                           ExitCode::wrong_usage);
}

/// Of tables that the figure, which is there, does not read.
void warn_of_altered(const ReplayStore& store, const Terminal& terminal) {
    for (const std::string& text : alteration_texts(store.altered())) terminal.note("warning  " + store.run_id() + ": " + text + "; this figure does not read it\n");
}

/// The figure beside that of another run.
Result<FigureModel> compared(const FigureModel& figure, const std::string& run, const PlotArguments& arguments, const FigureRequest& request, const Terminal& terminal) {
    const auto own = find_run(run), folder = find_run(arguments.with);
    if (!own) return own.error();
    if (!folder) return folder.error();
    const auto other = ReplayStore::open(*folder);
    if (!other) return other.error();
    const auto beside = build_figure(*other, arguments.figure, request);
    if (!beside) return beside.error();
    warn_of_altered(*other, terminal);
    auto a = Replay::open(*own), b = Replay::open(*folder);
    if (!a) return a.error();
    if (!b) return b.error();
    const auto difference = first_difference(*a, *b);
    if (!difference) return difference.error();
    return against(figure, *beside, *difference ? difference_text(**difference) : "", arguments.mode == "side" ? Against::side : arguments.mode == "difference" ? Against::difference : Against::overlay);
}

/// Into a file, in words, as a table or as JSON: as it was asked for.
ExitCode give(const FigureModel& figure, const PlotArguments& arguments, const Terminal& terminal) {
    if (!arguments.out.empty())
        if (const ExitCode code = write_figure(figure, arguments, terminal); code != ExitCode::done) return code;
    if (terminal.wants_json) terminal.data(figure_json(figure));
    else if (arguments.out.empty() || arguments.wants_words) terminal.data(description_of(figure) + "\n");
    if (arguments.out.empty() && !terminal.wants_json && !arguments.wants_words && figure.empty_text.empty()) {
        terminal.data("\n" + figure_table_text(figure));
        terminal.note("to draw it: --out " + arguments.figure + ".svg\n");
    }
    for (const std::string& fault : figure.faults) terminal.note("warning  " + fault + "\n");
    return ExitCode::done;
}

/// What a refused figure leaves with: input where the run lacks the firm or a quarter that is named, usage where no run would do.
ExitCode code_of_refused(const ReplayStore& store, const FigureRequest& request) {
    const auto& firms = store.firms();
    const bool lacks_firm = !request.firm.empty() && std::find(firms.begin(), firms.end(), request.firm) == firms.end();
    const auto lacks_quarter = [&](const std::optional<int>& t) { return t && !store.has_quarter(*t); };
    return !store.altered().empty() || lacks_firm || lacks_quarter(request.at) || lacks_quarter(request.since) ? ExitCode::bad_input : ExitCode::wrong_usage;
}

/// The same of a batch, of which a run may be named too.
ExitCode code_of_refused(const Ensemble& ensemble, const EnsembleRequest& request) {
    const auto& firms = ensemble.firms();
    const bool lacks_firm = !request.firm.empty() && std::find(firms.begin(), firms.end(), request.firm) == firms.end();
    const bool lacks_quarter = request.at && (*request.at < ensemble.first_t() || *request.at > ensemble.last_t());
    const bool lacks_run = !request.run.empty() && !ensemble.find_run(request.run);
    return lacks_firm || lacks_quarter || lacks_run ? ExitCode::bad_input : ExitCode::wrong_usage;
}

ExitCode plot_batch(const fs::path& folder, const Address& address, const PlotArguments& arguments, const Terminal& terminal) {
    if (arguments.figure.empty()) return list_ensemble_figures(terminal);
    for (const auto& [option, text] : {std::pair{"--since", &arguments.since}, {"--market", &arguments.market}})
        if (!text->empty()) return terminal.refuse(Refusal{option, 0, 0, "is of figures of one run", "leave it out, or give --key-figure"}, ExitCode::wrong_usage);
    if (!arguments.with.empty()) return terminal.refuse(Refusal{"--with", 0, 0, "is of figures of one run", "compare batches by rackrace compare"}, ExitCode::wrong_usage);
    const auto at = quarter_option("--at", arguments.at);
    if (!at) return terminal.refuse(at.error(), ExitCode::wrong_usage);
    auto ensemble = Ensemble::open(folder);
    if (!ensemble) return terminal.refuse(ensemble.error(), ExitCode::bad_input);
    const EnsembleRequest request{*at ? *at : address.t, arguments.key_figure, arguments.firm.empty() ? address.value("firm") : arguments.firm, address.value("run")};
    const auto figure = build_ensemble_figure(*ensemble, arguments.figure, request);
    if (!figure) return terminal.refuse(figure.error(), code_of_refused(*ensemble, request));
    return give(*figure, arguments, terminal);
}

/// subject: "run" or "batch" and its name.
ExitCode write_page(const std::pair<std::string, std::string>& subject, const std::string& page, const ReportArguments& arguments, const Terminal& terminal) {
    const fs::path file = arguments.out.empty() ? subject.second + ".html" : arguments.out;
    const ExitCode code = write_file(file, page, arguments.is_forced, terminal);
    if (code == ExitCode::done && terminal.wants_json)
        terminal.data(Json{{"schema", "rackrace.report/1"}, {subject.first, subject.second}, {"bytes", page.size()}, {"path", file.string()}}.dump() + "\n");
    return code;
}

ExitCode report_batch(const fs::path& folder, const ReportArguments& arguments, const Terminal& terminal) {
    auto ensemble = Ensemble::open(folder);
    if (!ensemble) return terminal.refuse(ensemble.error(), ExitCode::bad_input);
    const auto tables = batch_tables_of_page(folder);
    if (!tables) return terminal.refuse(tables.error(), ExitCode::bad_input);
    const auto page = batch_page(*ensemble, *tables);
    if (!page) return terminal.refuse(page.error(), ExitCode::bad_input);
    return write_page({"batch", ensemble->id()}, *page, arguments, terminal);
}

}  // namespace

ExitCode plot_command(const PlotArguments& arguments, const Terminal& terminal) {
    const auto address = parse_address(arguments.run);
    if (!address) return terminal.refuse(address.error(), ExitCode::wrong_usage);
    if (const auto batch = find_batch(address->run); batch && is_batch(*batch)) return plot_batch(*batch, *address, arguments, terminal);
    if (arguments.figure.empty()) return list_figures(terminal);
    const auto request = request_of(arguments, *address);
    if (!request) return terminal.refuse(request.error(), ExitCode::wrong_usage);
    const auto store = open_store(address->run);
    if (!store) return terminal.refuse(store.error(), ExitCode::bad_input);
    if (find_ensemble_kind(arguments.figure) != nullptr)
        return terminal.refuse(Refusal{arguments.figure, 0, 0, "is a figure of a batch, and " + store->run_id() + " is one run",
                                       "play many first, rackrace sweep PLAN, and plot their batch; rackrace plot RUN lists the figures of a run"},
                               ExitCode::wrong_usage);
    if (!arguments.key_figure.empty())
        return terminal.refuse(Refusal{"--key-figure", 0, 0, "is of batches, and " + store->run_id() + " is one run", "leave it out"}, ExitCode::wrong_usage);
    const auto figure = build_figure(*store, arguments.figure, *request);
    if (!figure) return terminal.refuse(figure.error(), code_of_refused(*store, *request));
    warn_of_altered(*store, terminal);
    if (arguments.with.empty()) return give(*figure, arguments, terminal);
    const auto both = compared(*figure, address->run, arguments, *request, terminal);
    if (!both) return terminal.refuse(both.error(), ExitCode::bad_input);
    return give(*both, arguments, terminal);
}

ExitCode report_command(const ReportArguments& arguments, const Terminal& terminal) {
    if (const std::string ending = fs::path(arguments.out).extension().string(); !arguments.out.empty() && ending != ".html" && ending != ".htm")
        return terminal.refuse(Refusal{arguments.out, 0, 0, "is no name of a page: a report is HTML", "let the name end in .html; a browser prints it as PDF"}, ExitCode::wrong_usage);
    if (const auto batch = find_batch(arguments.run); batch && is_batch(*batch)) return report_batch(*batch, arguments, terminal);
    const auto store = open_store(arguments.run);
    if (!store) return terminal.refuse(store.error(), ExitCode::bad_input);
    const auto page = report_page(*store);
    if (!page) return terminal.refuse(page.error(), ExitCode::bad_input);
    return write_page({"run", store->run_id()}, *page, arguments, terminal);
}

}  // namespace rackrace

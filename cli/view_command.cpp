// `rackrace view`: a run or a batch in the window, or pictures of it without a display.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <tuple>

#include <nlohmann/json.hpp>

#include "cli/batch/batch_folder.h"
#include "cli/build_info.h"
#include "cli/commands.h"
#include "cli/fork.h"
#include "cli/load_run.h"
#include "cli/new_strategy.h"
#include "cli/saved_run.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/address.h"
#include "engine/replay/replay_reader.h"
#include "viz/window/window.h"

namespace rackrace {
namespace {

constexpr std::pair<const char*, Screen> kScreenNames[] = {
    {"home", Screen::home}, {"market", Screen::market}, {"auction", Screen::auction}, {"firm", Screen::firm}, {"network", Screen::network}, {"events", Screen::events},
    {"ensemble", Screen::ensemble}, {"compare", Screen::compare}, {"strategy", Screen::strategy}};
constexpr std::pair<const char*, ThemeChoice> kThemes[] = {
    {"dark", ThemeChoice::dark}, {"light", ThemeChoice::light}, {"contrast", ThemeChoice::high_contrast}};

/// "1280x800"; nothing for another form, or a size that no window has.
std::optional<std::pair<int, int>> size_of(const std::string& text) {
    const std::size_t by = text.find('x');
    if (by == std::string::npos || by == 0 || by > 5 || text.size() - by > 6 || text.size() == by + 1) return std::nullopt;
    if (text.find_first_not_of("0123456789x") != std::string::npos || text.find('x', by + 1) != std::string::npos) return std::nullopt;
    const std::pair size{std::stoi(text.substr(0, by)), std::stoi(text.substr(by + 1))};
    constexpr int kSmallest = 320, kLargest = 16384;
    if (std::min(size.first, size.second) < kSmallest || std::max(size.first, size.second) > kLargest) return std::nullopt;
    return size;
}

/// Refused: fewer pixels than the tiles need at that scale; below them there is no room for figures.
Refusals too_small(const WindowRequest& request) {
    constexpr int kLeastWidth = 640, kLeastHeight = 400;
    const double scale = request.scale > 0.0 ? request.scale : 1.0;
    const int width = request.width > 0 ? request.width : kWindowWidth, height = request.height > 0 ? request.height : kWindowHeight;
    const int least_width = static_cast<int>(std::ceil(kLeastWidth * scale)), least_height = static_cast<int>(std::ceil(kLeastHeight * scale));
    if (width >= least_width && height >= least_height) return {};
    return Refusal{fmt::format("--size {}x{}", width, height), 0, 0, fmt::format("is too small for figures at scale {:g}", scale),
                   fmt::format("give --size {}x{} or more, or a smaller --scale", least_width, least_height)};
}

/// The run and the place in it, from the address and --at.
Result<WindowRequest> place_of(const ViewArguments& arguments) {
    WindowRequest request;
    if (arguments.run.empty()) {
        if (arguments.at.empty() && arguments.firm.empty() && arguments.market.empty()) return request;
        return Refusal{"rackrace view", 0, 0, "names no run to go to a place in", "name one: rackrace view RUN --at 2028Q3"};
    }
    if (!arguments.at.empty() && !parse_quarter(arguments.at)) return Refusal{"--at " + arguments.at, 0, 0, "is no quarter", "write it as 2028Q3"};
    const auto address = parse_address(arguments.run);
    if (!address) return address.error();
    request.run = address->run;
    const std::string at = !arguments.at.empty() ? arguments.at : address->t ? quarter_name(*address->t) : "";
    const std::size_t path = arguments.run.find('#');
    request.entry.place = (at.empty() ? "" : "@" + at) + (path == std::string::npos ? "" : arguments.run.substr(path));
    return request;
}

/// The folder of the run or the batch.
Refusals find_folder(WindowRequest& request, bool& is_of_batch) {
    if (const auto batch = find_batch(request.run.string()); batch && is_batch(*batch)) {
        is_of_batch = true;
        request.run = *batch;
        return {};
    }
    const auto run = find_run(request.run.string());
    if (!run) return run.error();
    request.run = *run;
    return {};
}

Result<WindowRequest> request_of(const ViewArguments& arguments) {
    auto request = place_of(arguments);
    if (!request) return request.error();
    for (const auto& [name, screen] : kScreenNames)
        if (arguments.screen == name) request->entry.screen = screen;
    for (const auto& [name, theme] : kThemes)
        if (arguments.theme == name) request->theme = theme;
    request->entry.firm = arguments.firm;
    request->entry.market = arguments.market;
    request->entry.key_figure = arguments.key_figure;
    if (!std::isfinite(arguments.scale)) return Refusal{"--scale", 0, 0, "is no number", "give one from 0.75 to 2.5"};
    request->scale = arguments.scale;
    if (!arguments.size.empty()) {
        const auto size = size_of(arguments.size);
        if (!size) return Refusal{"--size " + arguments.size, 0, 0, "is no size of a window", "write it in pixels, as 1280x800, from 320 to 16384"};
        std::tie(request->width, request->height) = *size;
    }
    const bool is_picture = !arguments.screenshot.empty() || !arguments.record.empty();
    if (is_picture || !arguments.size.empty())
        if (Refusals refusals = too_small(*request); !refusals.empty()) return refusals;
    if (!arguments.screenshot.empty() && std::filesystem::path(arguments.screenshot).extension() != ".png")
        return Refusal{arguments.screenshot, 0, 0, "is no PNG file by its name", "let the name end in .png; rackrace plot writes SVG"};
    request->screenshot = arguments.screenshot;
    request->is_forced = arguments.is_forced;
    request->record = arguments.record;
    request->script = arguments.script;
    request->frames = arguments.frames;
    request->is_dt_fixed = arguments.is_dt_fixed;
    request->data = data_folder();
    request->scripts = scripts_folder();
    return request;
}

ExitCode exit_code_of(WindowEnd end) {
    switch (end) {
        case WindowEnd::closed: return ExitCode::done;
        case WindowEnd::not_available: return ExitCode::not_available;
        case WindowEnd::bad_input: return ExitCode::bad_input;
        case WindowEnd::wrong_words: return ExitCode::wrong_usage;
        case WindowEnd::cannot_write: return ExitCode::cannot_write;
    }
    return ExitCode::done;
}

/// What the window asks for is told in its status line alone.
Terminal silent() { return make_terminal(true, false, false, true, "none"); }

/// What F8 asks for, as `rackrace fork` plays it, saved under its usual name.
Result<std::filesystem::path> play_wish(const ForkWish& wish) {
    ForkArguments arguments;
    arguments.address = wish.run.string() + "@" + quarter_name(wish.t);
    arguments.to = {"", wish.firm, wish.script, wish.params};
    auto played = play_fork(arguments, silent());
    if (auto* refusal = std::get_if<PlayRefusal>(&played)) return std::move(refusal->refusals);
    return std::get<PlayedFork>(played).saved.folder;
}

/// A run of a batch alone, under its usual name.
Result<std::filesystem::path> play_settings(const RunSettings& settings) {
    RunArguments arguments;
    arguments.scenario = settings.scenario;
    arguments.seed = settings.seed;
    arguments.sets = settings.sets;
    arguments.strategies = settings.strategies;
    auto run = load_run(arguments);
    if (!run) return run.error();
    auto played = play_and_save(arguments, *run, silent());
    if (auto* refusal = std::get_if<PlayRefusal>(&played)) return std::move(refusal->refusals);
    return std::get<SavedRun>(played).folder;
}

/// As `rackrace run --out runs/demo`; the one that was played before where it is there. Refused: another run in its place.
Result<std::filesystem::path> play_demo() {
    const std::filesystem::path folder = "runs/demo";
    RunArguments arguments;
    arguments.out = folder.string();
    if (std::error_code error; std::filesystem::exists(folder / "run.json", error)) {
        const auto there = Replay::open(folder);
        if (!there) return there.error();
        if (there->run().scenario == arguments.scenario && there->run().seed == arguments.seed) return folder;
        return Refusal{folder.string(), 0, 0, "is another run than the demo", "open it by its name, or move it away to play the demo"};
    }
    auto run = load_run(arguments);
    if (!run) return run.error();
    auto played = play_and_save(arguments, *run, silent());
    if (auto* refusal = std::get_if<PlayRefusal>(&played)) return std::move(refusal->refusals);
    return std::get<SavedRun>(played).folder;
}

/// As `rackrace new strategy my_neocloud --role neocloud`, under the first name of that kind which is free.
Result<std::filesystem::path> write_neocloud() {
    NewArguments arguments{"strategy", "my_neocloud", "neocloud", "", false};
    std::error_code error;
    for (int n = 2; std::filesystem::exists(arguments.name + ".lua", error) || std::filesystem::exists(arguments.name + ".test.lua", error); ++n) arguments.name = fmt::format("my_neocloud_{}", n);
    auto made = write_strategy(arguments);
    if (auto* refused = std::get_if<NewRefusal>(&made)) return std::move(refused->refusal);
    return std::get<NewFiles>(made).script;
}

}  // namespace

ExitCode view_command(const ViewArguments& arguments, const Terminal& terminal) {
    auto request = request_of(arguments);
    if (!request) return terminal.refuse(request.error(), ExitCode::wrong_usage);
    bool is_of_batch = false;
    if (!request->run.empty())
        if (const Refusals refusals = find_folder(*request, is_of_batch); !refusals.empty()) return terminal.refuse(refusals, ExitCode::bad_input);
    if (!is_of_batch && !arguments.key_figure.empty())
        return terminal.refuse(Refusal{"--key-figure", 0, 0, "is of batches", "leave it out, or name a batch's folder"}, ExitCode::wrong_usage);
    if (!is_of_batch && !request->entry.screen && !arguments.firm.empty()) request->entry.screen = Screen::firm;
    if (!is_of_batch && !request->entry.screen && !arguments.market.empty()) request->entry.screen = Screen::auction;
    if (!arguments.second.empty()) {
        if (request->run.empty() || is_of_batch) return terminal.refuse(Refusal{arguments.second, 0, 0, "has no run before it to be compared with", "name two runs"}, ExitCode::wrong_usage);
        const auto second = find_run(arguments.second);
        if (!second) return terminal.refuse(second.error(), ExitCode::bad_input);
        request->second = *second;
    }
    request->players = {play_wish, play_settings, play_demo, write_neocloud};
    std::error_code error;
    if (std::filesystem::exists(request->screenshot, error) && !arguments.is_forced)
        return terminal.refuse(Refusal{arguments.screenshot, 0, 0, "exists already", "give --force to replace it, or another --screenshot"},
                               ExitCode::cannot_write);
    WindowListener listener;
    if (arguments.is_announcing) listener.say = [&](const std::string& sentence) { terminal.note(sentence + "\n"); };
    auto files = nlohmann::ordered_json::array();
    listener.wrote = [&](const std::string& file) {
        terminal.note("wrote " + file + "\n");
        files.push_back(file);
    };
    const WindowOutcome outcome = view_window(*request, listener);
    if (!outcome.refusals.empty()) return terminal.refuse(outcome.refusals, exit_code_of(outcome.end));
    if (terminal.wants_json) terminal.data(nlohmann::ordered_json{{"schema", "rackrace.view/1"}, {"run", request->run.string()}, {"files", files}}.dump() + "\n");
    return exit_code_of(outcome.end);
}

}  // namespace rackrace

// `rackrace doctor` and `rackrace version`: what this program and this machine are.
#include <fmt/format.h>

#include <filesystem>
#include <thread>

#include <nlohmann/json.hpp>

#include "cli/build_info.h"
#include "cli/commands.h"
#include "cli/crew.h"
#include "cli/firms.h"
#include "cli/leftovers.h"
#include "cli/load_run.h"
#include "viz/window/window.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct Check {
    std::string name, state;
    bool is_well;
};

/// The cards that play batches, or why none does.
std::string cards_state() {
    const auto devices = open_devices();
    if (!devices) return "none: " + devices.error().all[0].fact;
    return cards_text(*devices, "; ");
}

/// A folder that a variable of the environment can name otherwise.
Check folder_check(const char* name, const fs::path& folder, const char* variable) {
    const std::string path = fs::absolute(folder).lexically_normal().string();
    const bool is_there = fs::is_directory(folder);
    return {name, is_there ? path : fmt::format("{}: is no folder; set {} to the folder of {}, or leave it unset", path, variable, name), is_there};
}

/// Whether the firms of the scenario can be seated; only where it loads.
Check scripts_check(const Result<LoadedRun>& run) {
    Check check = folder_check("scripts", scripts_folder(), "RACKRACE_SCRIPTS");
    if (!run || !check.is_well) return check;
    if (const auto firms = seat_firms(run->loaded, {}); !firms) return {"scripts", firms.error().all[0].text(), false};
    return check;
}

std::vector<Check> checks() {
    const BuildInfo built = build_info();
    std::vector<Check> out = {
        {"program", fmt::format("rackrace {} ({}), {}", built.version, built.commit.empty() ? "commit unknown" : built.commit, built.build), true},
        {"machine", fmt::format("{}, {} threads", built.machine, std::thread::hardware_concurrency()), true},
        folder_check("data", data_folder(), "RACKRACE_DATA")};
    const auto run = load_run(RunArguments{});
    out.push_back({"scenario",
                   run ? fmt::format("base-2026 loads: {} firms, {} input files", run->loaded.scenario.firm_count, run->loaded.input_files.size())
                       : run.error().all[0].text(),
                   run.has_value()});
    out.push_back(scripts_check(run));
    out.push_back({"window", window_state(), true});  // all else works without it
    out.push_back({"cards", cards_state(), true});
    std::string left;
    for (const fs::path& folder : leftovers_in({"runs", "batches", "searches"})) left += (left.empty() ? "" : "; ") + leftover_text(folder);
    out.push_back({"leftovers", left.empty() ? "none in runs, batches and searches here" : left, true});  // no program is worse for them
    return out;
}

}  // namespace

ExitCode doctor_command(const Terminal& terminal) {
    bool is_well = true;
    Json json = {{"schema", "rackrace.doctor/1"}};
    std::string text;
    for (const Check& check : checks()) {
        is_well = is_well && check.is_well;
        json["checks"][check.name] = {{"ok", check.is_well}, {"state", check.state}};
        text += fmt::format("{}  {:<9} {}\n", check.is_well ? "ok  " : "FAIL", check.name, check.state);
    }
    terminal.data(terminal.wants_json ? json.dump() + "\n" : text);
    return is_well ? ExitCode::done : ExitCode::answer_is_no;
}

ExitCode version_command(const Terminal& terminal) {
    const BuildInfo built = build_info();
    if (terminal.wants_json)
        terminal.data(Json{{"schema", "rackrace.version/1"}, {"version", built.version}, {"commit", built.commit}, {"build", built.build}}.dump() +
                      "\n");
    else terminal.data(fmt::format("rackrace {} ({}), {}\n", built.version, built.commit.empty() ? "commit unknown" : built.commit, built.build));
    return ExitCode::done;
}

}  // namespace rackrace

#include "viz/window/script_edit.h"

#include <fmt/format.h>

#include <algorithm>

#include "agents/host/frozen_scripts.h"
#include "engine/base/file_text.h"
#include "engine/scenario/load_scenario.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

bool lies_below(const fs::path& file, const fs::path& folder) {
    std::error_code error;
    const fs::path real = fs::weakly_canonical(file, error), root = fs::weakly_canonical(folder, error);
    return !folder.empty() && std::mismatch(root.begin(), root.end(), real.begin(), real.end()).first == root.end();
}

/// The name that the scenario has for what plays the firm in quarter t; empty for its role's baseline.
std::string named_script(const LoadedScenario& loaded, int firm, int t) {
    std::string name;
    if (const auto named = loaded.strategies.find(loaded.names.firms[static_cast<std::size_t>(firm)]); named != loaded.strategies.end()) name = named->second.file;
    for (const Handover& handover : loaded.handovers)
        if (handover.firm == firm && handover.t <= t && handover.has_own_script) name = handover.strategy.file;
    return name;
}

/// The script and what it requires, under the same names from each other.
Refusals copy_script(const EditPlace& place) {
    std::vector<fs::path> files = {place.played};
    if (const auto strategy = load_strategy(place.played, place.role))
        for (const auto& [name, module] : (*strategy)->modules) files.emplace_back(module.name);
    for (const fs::path& from : files) {
        const fs::path to = place.file.parent_path() / from.lexically_relative(place.played.parent_path());
        std::error_code error;
        fs::create_directories(to.parent_path(), error);
        if (!error) fs::copy_file(from, to, fs::copy_options::skip_existing, error);
        if (error) return Refusal{to.string(), 0, 0, "cannot be written: " + error.message(), "start the window in a folder that can be written to"};
    }
    return {};
}

std::string name_of(const fs::path& file) {
    std::error_code error;
    const fs::path here = file.lexically_relative(fs::current_path(error));
    return here.empty() || *here.begin() == ".." ? file.string() : here.string();
}

}  // namespace

Result<EditPlace> place_to_edit(const EditQuestion& question) {
    const auto loaded = load_scenario({(question.run / "scenario.toml").string(), question.data, {}, ""});
    if (!loaded) return loaded.error();
    const auto& firms = loaded->names.firms;
    const int firm = static_cast<int>(std::find(firms.begin(), firms.end(), question.firm) - firms.begin());
    const std::string frozen = frozen_hands(*loaded, firm, question.t, true).script;
    EditPlace out;
    out.run = question.run;
    out.firm = question.firm;
    out.role = loaded->scenario.firms[firm].role;
    out.played = question.run / "scripts" / frozen;
    std::error_code error;
    if (!fs::is_regular_file(out.played, error)) return Refusal{out.played.string(), 0, 0, "is not there", "open the run by its folder, whose scripts/ has what was played"};
    const std::string named = named_script(*loaded, firm, question.t);
    out.file = fs::absolute(named, error);
    const bool is_theirs = !named.empty() && fs::is_regular_file(out.file, error) && (out.file == question.edited || file_text(out.file) == file_text(out.played));
    out.is_copy = !is_theirs || lies_below(out.file, question.scripts) || lies_below(out.file, question.run);
    if (!out.is_copy) return out;
    out.file = fs::absolute(question.copies / fmt::format("{}-{:08x}", question.run.filename().string(), question.hash >> 32) / frozen, error);
    if (Refusals refusals = copy_script(out); !refusals.empty()) return refusals;
    return out;
}

ScriptEdit::ScriptEdit(EditPlace place) : place_(std::move(place)), name_(name_of(place_.file)), files_{place_.file} { look(); }

std::vector<fs::file_time_type> ScriptEdit::saved_at() const {
    std::vector<fs::file_time_type> times;
    std::error_code error;
    for (const fs::path& file : files_) times.push_back(fs::last_write_time(file, error));
    return times;
}

bool ScriptEdit::look() {
    if (saved_at() == saved_) return false;
    check();
    saved_ = saved_at();
    return true;
}

void ScriptEdit::check() {
    is_changed_ = place_.played.empty() || file_text(place_.file) != file_text(place_.played);
    const auto strategy = load_strategy(place_.file, place_.role);
    is_clean_ = strategy.has_value();
    if (!strategy) {
        const auto& all = strategy.error().all;
        Refusal first = all.front();
        if (first.place == place_.file.string()) first.place = name_;
        finding_ = first.text() + (all.size() > 1 ? fmt::format(" ({} more)", all.size() - 1) : "");
        return;
    }
    files_.resize(1);
    for (const auto& [name, module] : (*strategy)->modules) files_.emplace_back(module.name);
    const std::vector<Diagnostic>& told = (*strategy)->report.diagnostics;
    finding_ = fmt::format("{} is {}", name_, is_changed_ ? "saved and fits" : "as the run played it");
    const auto warning = std::find_if(told.begin(), told.end(), [](const Diagnostic& one) { return one.severity == Severity::warning; });
    if (warning != told.end()) finding_ += fmt::format("; {}, the first in line {}: {} {}", count_text(told), warning->place.begin.line, warning->code, warning->what);
    finding_ += ".";
}

}  // namespace rackrace

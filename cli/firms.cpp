#include "cli/firms.h"

#include <fstream>
#include <sstream>

#include "cli/build_info.h"
#include "engine/base/quarter_index.h"
#include "engine/scenario/load_facts.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

fs::path scripts_of(const fs::path& from) { return from.empty() ? scripts_folder() : from / "scripts"; }

}  // namespace

fs::path frozen_firm_script(const fs::path& run, const std::string& firm) { return run / "scripts" / "firms" / (firm + ".lua"); }

Result<std::unique_ptr<LuaDeciders>> seat_firms(const LoadedScenario& loaded, const fs::path& from) { return LuaDeciders::start(loaded, scripts_of(from)); }

void freeze_scripts(const LoadedScenario& loaded, const LuaDeciders& firms, const fs::path& from, ReplayWriter& writer) {
    for (const char* role : kRoleNames) {
        const fs::path file = fs::path("strategies") / role / "baseline.lua";
        std::ifstream in(scripts_of(from) / file, std::ios::binary);
        std::stringstream text;
        text << in.rdbuf();
        writer.add_file("scripts/" + file.generic_string(), text.str());
    }
    for (std::size_t f = 0; f < loaded.names.firms.size(); ++f) {
        const auto named = loaded.strategies.find(loaded.names.firms[f]);
        const Strategy* strategy = firms.strategy(static_cast<int>(f));
        if (named == loaded.strategies.end() || named->second.file.empty() || strategy == nullptr) continue;
        writer.add_file("scripts/firms/" + loaded.names.firms[f] + ".lua", strategy->main.text);
        for (const auto& [module, file] : strategy->modules) {
            std::string path = module;
            for (char& c : path) c = c == '.' ? '/' : c;
            writer.add_file("scripts/firms/" + path + ".lua", file.text);
        }
    }
}

std::vector<std::string> failure_lines(const LoadedScenario& loaded, const LuaDeciders& firms) {
    std::vector<std::string> lines;
    for (const ScriptFailure& failure : firms.failures())
        lines.push_back(loaded.names.firms[static_cast<std::size_t>(failure.firm)] + " " + quarter_name(failure.t) + ": " + failure.error.text());
    return lines;
}

std::map<std::string, int> count_rejections(const LoadedScenario& loaded, const LuaDeciders& firms) {
    int sum = 0;
    for (int f = 0; f < loaded.scenario.firm_count; ++f) sum += firms.desks()[f].rejections;
    return sum == 0 ? std::map<std::string, int>{} : std::map<std::string, int>{{"calls", sum}};
}

}  // namespace rackrace

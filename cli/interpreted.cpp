#include "cli/interpreted.h"

#include <fmt/format.h>

#include <map>

namespace rackrace {

std::string InterpretedScript::text() const { return fmt::format("{} runs by Lua: line {}, {} {}; rackrace check says more", script, line, code, what); }

std::vector<InterpretedScript> interpreted_scripts(const std::vector<const Strategy*>& strategies) {
    std::map<std::string, InterpretedScript> by_file;
    for (const Strategy* strategy : strategies) {
        if (strategy == nullptr || strategy->is_portable() || strategy->portability.reasons.empty()) continue;
        const Diagnostic& reason = strategy->portability.reasons.front();
        by_file.insert({strategy->main.name, {strategy->main.name, reason.place.begin.line, std::string(reason.code), reason.what}});
    }
    std::vector<InterpretedScript> out;
    for (const auto& [file, script] : by_file) out.push_back(script);
    return out;
}

void tell_interpreted(const std::vector<InterpretedScript>& scripts, const Terminal& terminal) {
    for (const InterpretedScript& one : scripts) terminal.note(one.text() + "\n");
}

nlohmann::ordered_json interpreted_json(const std::vector<InterpretedScript>& scripts) {
    auto out = nlohmann::ordered_json::array();
    for (const InterpretedScript& one : scripts) out.push_back({{"script", one.script}, {"line", one.line}, {"code", one.code}, {"what", one.what}});
    return out;
}

}  // namespace rackrace

// `rackrace new`: a strategy and its tests, and what to do with them next.
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/new_strategy.h"

namespace rackrace {
namespace {

/// A firm of the role in the scenario `small`.
const char* firm_of(const std::string& role) {
    if (role == "hyperscaler") return "microsoft";
    if (role == "neocloud") return "coreweave";
    return role == "lab" ? "openai" : "nvidia";
}

}  // namespace

ExitCode new_command(const NewArguments& arguments, const Terminal& terminal) {
    const auto made = write_strategy(arguments);
    if (const auto* refused = std::get_if<NewRefusal>(&made)) return terminal.refuse(refused->refusal, refused->code);
    const NewFiles& files = std::get<NewFiles>(made);
    auto written = nlohmann::ordered_json::array();
    for (const auto& file : files.written) written.push_back(file.string());
    if (terminal.wants_json) {
        terminal.data(nlohmann::ordered_json{{"schema", "rackrace.new/1"}, {"files", written}}.dump() + "\n");
        return ExitCode::done;
    }
    std::string out;
    for (const auto& file : files.written) out += (out.empty() ? "wrote  " : "       ") + file.string() + "\n";
    const std::string path = files.script.string();
    terminal.data(out + "next   rackrace check " + path + "\n       rackrace test " + path + "\n       rackrace watch " + path + " --firm " + firm_of(arguments.role) + "\n");
    return ExitCode::done;
}

}  // namespace rackrace

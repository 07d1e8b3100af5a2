// `rackrace new`: a strategy and its tests, and what to do with them next.
#include <algorithm>

#include <nlohmann/json.hpp>

#include "cli/build_info.h"
#include "cli/commands.h"
#include "cli/new_strategy.h"
#include "cli/trial.h"
#include "engine/base/command_words.h"
#include "engine/scenario/load_facts.h"

namespace rackrace {
namespace {

/// The usual firm of a role in the scenario that `watch` takes.
Result<std::string> watched_firm(const std::string& role) {
    const auto loaded = load_scenario({WatchArguments{}.scenario, data_folder(), {}, ""});
    if (!loaded) return loaded.error();
    return usual_firm(*loaded, static_cast<Role>(std::find(std::begin(kRoleNames), std::end(kRoleNames), role) - std::begin(kRoleNames)));
}

}  // namespace

ExitCode new_command(const NewArguments& arguments, const Terminal& terminal) {
    const auto firm = watched_firm(arguments.role);
    if (!firm) return terminal.refuse(firm.error(), ExitCode::bad_input);
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
    const std::string path = quoted_word(files.script.string());
    terminal.data(out + "next   rackrace check " + path + "\n       rackrace test " + path + "\n       rackrace watch " + path + " --firm " + *firm + "\n");
    return ExitCode::done;
}

}  // namespace rackrace

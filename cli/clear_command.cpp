// `rackrace clear`: one clearing rule of the engine on cases from JSON, all of them or none.
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "cli/build_info.h"
#include "cli/clear/cases.h"
#include "cli/clear/json_text.h"
#include "cli/clear/rule.h"
#include "cli/clear/rule_list.h"
#include "cli/commands.h"
#include "engine/scenario/load_parameters.h"

namespace rackrace {
namespace {

using namespace clear;

Result<std::string> read_input(const std::string& file, const Terminal& terminal) {
    std::stringstream text;
    if (file.empty()) {
        if (isatty(STDIN_FILENO) != 0) terminal.note("rackrace: type a case as JSON, then Ctrl-D\n");
        text << std::cin.rdbuf();
        return text.str();
    }
    std::ifstream in(file, std::ios::binary);
    if (!in || std::filesystem::is_directory(file))
        return Refusal{file, 0, 0, "cannot be read", "check the path, or give the cases on standard input"};
    text << in.rdbuf();
    return text.str();
}

/// One line a result, in the order of the cases. All that is wrong with any case is refused together.
Result<std::string> clear_all(const Rule& rule, const Parameters& parameters, const Cases& cases, const std::string& place) {
    constexpr std::size_t most_told = 20;
    Refusals wrong;
    std::string out;
    for (std::size_t i = 0; i < cases.all.size(); ++i) {
        const auto result = clear_case(rule, parameters, cases.all[i]);
        if (result) out += (out.empty() ? "" : ",\n") + json_text(*result);
        else
            for (const Refusal& one : result.error().all) wrong.add({case_place(place, i, one.place), 0, 0, one.fact, one.advice});
    }
    if (wrong.all.size() > most_told) {
        const std::size_t left = wrong.all.size() - most_told;
        wrong.all.resize(most_told);
        wrong.add({place, 0, 0, "has " + std::to_string(left) + " more faults like these", "mend these first"});
    }
    if (!wrong.empty()) return wrong;
    return (cases.is_list ? "[" + out + "]" : out) + "\n";
}

}  // namespace

ExitCode clear_command(const ClearArguments& arguments, const Terminal& terminal) {
    const Rule* rule = find_rule(arguments.rule);
    if (rule == nullptr && !(arguments.is_list && arguments.rule.empty())) {
        if (arguments.rule.empty())
            return terminal.refuse(Refusal{"clear", 0, 0, "names no RULE", "rackrace clear --list prints them"}, ExitCode::wrong_usage);
        const std::string near = nearest_rule(arguments.rule);
        return terminal.refuse(
            Refusal{arguments.rule, 0, 0, "is no clearing rule", near.empty() ? "rackrace clear --list prints them" : "did you mean '" + near + "'?"},
            ExitCode::wrong_usage);
    }
    if (arguments.is_list) {
        const std::vector<Rule> listed = rule == nullptr ? all_rules() : std::vector<Rule>{*rule};
        terminal.data(terminal.wants_json ? json_text(list_json(listed)) + "\n" : list_text(listed));
        return ExitCode::done;
    }
    const auto parameters = load_parameters(data_folder() / "model" / "parameters.csv");
    if (!parameters) return terminal.refuse(parameters.error(), ExitCode::bad_input);
    const auto text = read_input(arguments.file, terminal);
    if (!text) return terminal.refuse(text.error(), ExitCode::bad_input);
    const std::string place = arguments.file.empty() ? "standard input" : arguments.file;
    const auto cases = read_cases(*text, place);
    if (!cases) return terminal.refuse(cases.error(), ExitCode::bad_input);
    const auto results = clear_all(*rule, parameters->parameters, *cases, place);
    if (!results) return terminal.refuse(results.error(), ExitCode::bad_input);
    terminal.data(*results);
    return ExitCode::done;
}

}  // namespace rackrace

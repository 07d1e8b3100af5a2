#include "agents/checker/check.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "agents/checker/advice.h"
#include "agents/checker/argument_check.h"
#include "agents/checker/call_graph.h"
#include "agents/checker/id_check.h"
#include "agents/checker/jumps.h"
#include "agents/checker/lexer.h"
#include "agents/checker/parser.h"
#include "agents/checker/sandbox.h"
#include "agents/checker/unit_check.h"
#include "agents/checker/usage.h"
#include "agents/checker/values.h"

namespace rackrace {

bool CheckReport::has_errors() const {
    return std::any_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& d) { return d.severity == Severity::error; });
}

std::string CheckReport::text() const {
    std::string out;
    for (const Diagnostic& diagnostic : diagnostics) out += render(diagnostic, *source) + "\n";
    if (dropped > 0) out += "and " + std::to_string(dropped) + " more; mend these first.\n\n";
    return out + "1 file: " + count_text(diagnostics) + ".\n";
}

nlohmann::json CheckReport::json() const {
    nlohmann::json messages = nlohmann::json::array();
    for (const Diagnostic& diagnostic : diagnostics) messages.push_back(to_json(diagnostic, *source));
    return {{"files", 1}, {"messages", std::move(messages)}, {"dropped", dropped}};
}

CheckReport check_script(std::string_view file_name, std::string_view text, const CheckOptions& options) {
    CheckReport report;
    report.source = std::make_unique<const SourceText>(file_name, text);
    const SourceText& source = *report.source;
    Diagnostics diagnostics(source);

    const auto has_syntax_error = [&] {
        return std::any_of(diagnostics.all().begin(), diagnostics.all().end(), [](const Diagnostic& d) { return d.code[0] == 'S' && d.code != "S006"; });
    };
    lua::Tokens tokens = lua::tokenize(source, diagnostics);
    const bool is_text = tokens.is_text;
    report.ast = lua::parse(source, std::move(tokens), diagnostics);
    report.names = lua::resolve_names(report.ast, diagnostics);
    const bool is_whole = !has_syntax_error();  // else statements are missing: labels, declarations, the return
    if (is_whole) lua::check_jumps(report.ast, diagnostics);
    report.is_lua = is_text && !has_syntax_error();

    const ScriptShape shape = find_shape(report.ast, report.names, options.is_module);
    const Values values(report.ast, report.names, shape);
    const CallGraph graph(report.ast, report.names, shape);
    check_sandbox(report.ast, report.names, values, graph, is_whole, diagnostics);
    if (is_whole) {
        report.declaration = read_declaration(shape, report.names, diagnostics);
        read_usage(report.ast, report.names, values, graph, options.api, report.declaration, diagnostics);
        if (options.api != nullptr) {
            check_ids(report.ast, report.names, values, *options.api, report.declaration, diagnostics);
            check_arguments(report.names, values, *options.api, report.declaration, diagnostics);
        }
        if (options.api != nullptr && options.judges_sense) {
            check_units(source, report.ast, report.names, values, *options.api, report.declaration, diagnostics);
            const AdviceInput input{source, report.ast, report.names, values, graph, report.declaration};
            for (const auto advise : {advise_on_divisors, advise_on_draws, advise_on_repeated_work, advise_on_unused_names, advise_on_blind_orders}) advise(input, diagnostics);
        }
    }
    report.dropped = diagnostics.dropped();
    report.diagnostics = diagnostics.take_sorted();
    return report;
}

}  // namespace rackrace

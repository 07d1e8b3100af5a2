#include "agents/checker/verb_check.h"

#include <algorithm>
#include <set>

#include "agents/checker/constants.h"
#include "agents/checker/nearest_name.h"

namespace rackrace {

using namespace lua;

namespace {

std::vector<std::string> argument_names(const ApiVerb& verb) {
    std::vector<std::string> names;
    for (const ApiArgument& argument : verb.arguments) names.push_back(argument.name);
    return names;
}

/// act.repay { loan = ..., musd = ... }
std::string example_call(const ApiVerb& verb) {
    std::string out = "act." + verb.name + (verb.is_positional ? "(" : " { ");
    bool first = true;
    for (const ApiArgument& argument : verb.arguments) {
        if (!argument.is_required) continue;
        out += first ? "" : ", ";
        out += verb.is_positional && argument.name == "name" ? "\"name\"" : argument.name + (verb.is_positional ? "" : " = ...");
        first = false;
    }
    return out + (verb.is_positional ? ")" : " }");
}

const ApiArgument* find_argument(const ApiVerb& verb, std::string_view name) {
    const auto found = std::find_if(verb.arguments.begin(), verb.arguments.end(), [&](const ApiArgument& argument) { return argument.name == name; });
    return found == verb.arguments.end() ? nullptr : &*found;
}

class CallCheck {
public:
    CallCheck(const ApiVerb& verb, const Names& names, Diagnostics& diagnostics) : verb_(verb), names_(names), diagnostics_(diagnostics) {}

    void run(const Call& call) {
        if (verb_.is_positional) return check_positional(call);
        if (call.arguments.size() != 1) return wrong_form(call.arguments_range, "takes one table of named arguments, not " + std::to_string(call.arguments.size()) + " values");
        const Expr& argument = *call.arguments[0];
        const auto* table = as<Table>(&behind_locals(argument, names_));
        if (table != nullptr) return check_fields(*table, call, as<Table>(&argument) != nullptr);
        if (constant_of(argument, names_) || as<NilLiteral>(&argument) != nullptr || function_behind(argument, names_) != nullptr)
            wrong_form(argument.range, "takes a table of named arguments, not " + std::string(value_kind(argument, names_)));
    }

private:
    void wrong_form(TextRange range, const std::string& what) {
        Diagnostic& d = diagnostics_.add("A206", range, in_quotes(verb_.name) + " " + what, "write  " + example_call(verb_));
        if (verb_.is_positional) d.why = "the name becomes a series or a flag of the replay.";
    }

    void check_positional(const Call& call) {
        const std::size_t wanted = verb_.arguments.size();
        if (call.arguments.size() != wanted)
            return wrong_form(call.arguments_range, "takes " + std::to_string(wanted) + (wanted == 1 ? " value" : " values") + ", not " + std::to_string(call.arguments.size()));
        for (std::size_t i = 0; i < wanted; ++i)
            if (verb_.arguments[i].name == "name" && as<StringLiteral>(&behind_locals(*call.arguments[i], names_)) == nullptr)
                wrong_form(call.arguments[i]->range, "takes a literal name");
    }

    void check_fields(const Table& table, const Call& call, bool is_complete) {
        std::set<std::string_view> given;
        for (const TableField& field : table.fields) {
            const auto* key = as<StringLiteral>(field.key);
            if (key == nullptr) {
                wrong_form(field.range, field.key == nullptr ? "takes arguments by name" : "takes arguments by literal names");
                is_complete = false;  // the nameless one is what would be missing
            } else if (!given.insert(key->value).second) {
                diagnostics_.add("A222", field.key->range, "argument " + in_quotes(key->value) + " stands twice", "keep one");
            } else if (find_argument(verb_, key->value) == nullptr) {
                diagnostics_.add("A208", field.key->range, in_quotes(verb_.name) + " has no argument " + in_quotes(key->value), did_you_mean(key->value, argument_names(verb_)));
            }
        }
        if (!is_complete) return;
        for (const ApiArgument& argument : verb_.arguments)
            if (argument.is_required && !given.contains(argument.name))
                diagnostics_.add("A209", {call.callee->range.begin, call.callee->range.end}, in_quotes(verb_.name) + " needs " + in_quotes(argument.name),
                                 "add  " + argument.name + " = ..." + (argument.about.empty() ? "" : "  (" + argument.about + ")"));
    }

    const ApiVerb& verb_;
    const Names& names_;
    Diagnostics& diagnostics_;
};

}  // namespace

void check_verb(const VerbUse& use, const ApiNames& api, std::optional<Role> role, const Names& names, Diagnostics& diagnostics) {
    const ApiVerb* found = api.find_verb(use.verb);
    if (found == nullptr) {
        std::vector<std::string> known;
        for (const ApiVerb& verb : api.verbs)
            if (!role || verb.roles.has(*role)) known.push_back(verb.name);
        diagnostics.add("A202", use.range, "there is no verb " + in_quotes(use.verb), did_you_mean(use.verb, known));
        return;
    }
    if (role && !found->roles.has(*role)) {
        diagnostics.add("A203", use.range, in_quotes(use.verb) + " is no verb of a " + std::string(role_text(*role)), "it belongs to: " + roles_text(found->roles));
        return;
    }
    if (found->stage == VerbStage::a && use.callbacks.has(Callback::operate))
        diagnostics.add("A204", use.range, in_quotes(use.verb) + " is a verb of stage A, and 'operate' is stage B", "call it in `decide`");
    if (const auto* call = as<Call>(use.call)) CallCheck(*found, names, diagnostics).run(*call);
}

std::vector<GivenArgument> given_arguments(const VerbUse& use, const ApiNames& api, const Names& names) {
    std::vector<GivenArgument> out;
    const auto* call = as<Call>(use.call);
    const ApiVerb* verb = api.find_verb(use.verb);
    if (call == nullptr || verb == nullptr || verb->is_positional || call->arguments.size() != 1) return out;
    const auto* table = as<Table>(&behind_locals(*call->arguments[0], names));
    if (table == nullptr) return out;
    for (const TableField& field : table->fields) {
        const auto* key = as<StringLiteral>(field.key);
        const ApiArgument* argument = key == nullptr ? nullptr : find_argument(*verb, key->value);
        if (argument != nullptr) out.push_back({argument, field.value});
    }
    return out;
}

}  // namespace rackrace

#include "agents/checker/usage.h"

#include <algorithm>
#include <set>
#include <utility>

#include "agents/checker/field_tree.h"
#include "agents/checker/nearest_name.h"
#include "agents/checker/verb_check.h"
#include "agents/checker/walk.h"
#include "agents/library.h"

namespace rackrace {

using namespace lua;

namespace {

class UsageReader {
public:
    UsageReader(const Names& names, const Values& values, const CallGraph& graph, const ApiNames* api, Declaration& declaration, Diagnostics& diagnostics)
        : names_(names), values_(values), graph_(graph), api_(api), declaration_(declaration), diagnostics_(diagnostics) {
        if (api != nullptr) fields_ = field_tree(api->fields);
    }

    void stat(const Stat& stat, const Function& function) {
        if (const auto* local = as<LocalStat>(&stat)) allow(local->values);
        if (const auto* returned = as<ReturnStat>(&stat); returned != nullptr && function.parent != nullptr && !returned->values.empty())
            may_be_act_.insert(returned->values[0]->id);
        if (const auto* assigned = as<AssignStat>(&stat)) {
            allow(assigned->targets);
            for (std::size_t i = 0; i < assigned->targets.size() && i < assigned->values.size(); ++i)
                if (as<NameExpr>(assigned->targets[i]) != nullptr && names_.of(*assigned->targets[i]).local != nullptr) may_be_act_.insert(assigned->values[i]->id);
        }
    }

    void expr(const Expr& expr, const Function& function) {
        if (const auto* paren = as<Paren>(&expr)) pass_on(expr, {paren->inner});
        if (const auto* binary = as<Binary>(&expr); binary != nullptr && (binary->op == BinaryOperator::logical_or || binary->op == BinaryOperator::logical_and))
            pass_on(expr, {binary->left, binary->right});
        if (const auto* index = as<Index>(&expr)) member(expr, *index, function);
        if (const auto* call = as<Call>(&expr)) called(expr, *call);
        if (const auto* method = as<MethodCall>(&expr)) method_called(*method);
        const bool is_named = as<NameExpr>(&expr) != nullptr || as<Index>(&expr) != nullptr || as<Call>(&expr) != nullptr;
        if (is_named && !may_be_act_.contains(expr.id) && !graph_.reached_from(function).empty()) bare_act(expr);
    }

private:
    void allow(const std::vector<Expr*>& list) {
        for (const Expr* one : list) may_be_act_.insert(one->id);
    }

    void pass_on(const Expr& outer, std::initializer_list<const Expr*> inner) {
        if (!may_be_act_.contains(outer.id)) return;
        for (const Expr* one : inner) may_be_act_.insert(one->id);
    }

    void bare_act(const Expr& expr) {
        for (const ValuePath& path : values_.of(expr))
            if (path.root == Root::act && path.steps.empty())
                diagnostics_.add("A205", expr.range, "'act' is kept or passed where its verbs cannot be followed",
                                 "call verbs as act.verb { ... }, or pass act to a function written in this file");
    }

    void member(const Expr& expr, const Index& index, const Function& function) {
        const auto* key = as<StringLiteral>(index.key);
        may_be_act_.insert(index.object->id);
        inner_.insert(index.object->id);
        const TextRange range = index.key->range;
        for (const ValuePath& path : values_.of(expr)) {
            if (path.steps.empty()) continue;
            const std::string_view last = path.steps.back();
            switch (path.root) {
                case Root::act: verb(path, range, expr, function); break;
                case Root::obs: observed(expr, path, range, function); break;
                case Root::params:
                    if (path.steps.size() == 1 && last != kElement && declaration_.is_found && declaration_.find_parameter(last) == nullptr && declaration_.are_parameters_whole)
                        undeclared("A223", range, "parameter", last, parameter_names());
                    break;
                case Root::memory:
                    if (path.steps.size() == 1 && last != kElement && declaration_.is_found && declaration_.find_memory(last) == nullptr && declaration_.is_memory_whole)
                        undeclared("A224", range, "memory field", last, memory_names());
                    break;
                case Root::rng:
                    if (key != nullptr) {
                        Diagnostic& d = diagnostics_.add("A226", expr.range, "draws are methods of rng, called with a colon", "write  rng:" + std::string(key->value) + "(...)");
                        const TextRange point{index.object->range.end, index.key->range.begin};
                        if (is_plain_draw(expr) && point.end == point.begin + 1) d.edits = {{point, ":"}};  // not rng["uniform"], not a draw that is kept
                    }
                    break;
                case Root::race: helper(path, range); break;
                default: break;
            }
        }
    }

    /// rng.uniform(0.0, 1.0); rng.uniform(rng, 0.0, 1.0) would be given rng twice by a colon.
    bool is_plain_draw(const Expr& callee) const {
        const auto called = calls_.find(callee.id);
        const auto* call = called == calls_.end() ? nullptr : as<Call>(called->second);
        if (call == nullptr) return false;
        const auto paths = call->arguments.empty() ? std::vector<ValuePath>{} : values_.of(*call->arguments[0]);
        return std::none_of(paths.begin(), paths.end(), [](const ValuePath& path) { return path.root == Root::rng; });
    }

    std::vector<std::string> parameter_names() const {
        std::vector<std::string> known;
        for (const Parameter& one : declaration_.parameters) known.push_back(one.name);
        return known;
    }

    std::vector<std::string> memory_names() const {
        std::vector<std::string> known;
        for (const MemoryField& one : declaration_.memory) known.push_back(one.name);
        return known;
    }

    void undeclared(std::string_view code, TextRange range, const std::string& noun, std::string_view name, const std::vector<std::string>& known) {
        const bool is_parameter = code == "A223";
        std::string advice = nearest_name(name, known).empty() ? "" : did_you_mean(name, known);
        if (advice.empty())
            advice = "declare it: " + std::string(is_parameter ? "params" : "memory") + " = { " + std::string(name) + " = " +
                     (is_parameter ? "race.range(min, max, default)" : "0.0") + " }";
        diagnostics_.add(code, range, "no " + noun + " " + in_quotes(name) + " is declared", std::move(advice));
    }

    void helper(const ValuePath& path, TextRange range) {
        const std::string_view name = path.steps.back();
        if (api_ == nullptr || path.steps.size() != 1 || name == kElement) return;
        for (const Diagnostic& known : diagnostics_.all())  // the declaration's reader said so already
            if (known.code.starts_with("A21") && known.range.begin <= range.begin && range.end <= known.range.end) return;
        const std::vector<std::string> known = race_names();
        if (std::find(known.begin(), known.end(), name) != known.end()) return;
        diagnostics_.add("A201", range, "no function " + in_quotes(name) + " in race", did_you_mean(name, known));
    }

    void verb(const ValuePath& path, TextRange range, const Expr& expr, const Function& function) {
        if (path.steps.size() != 1) return;
        if (path.steps[0] == kElement) {
            diagnostics_.add("A205", expr.range, "a verb is chosen by a computed name", "write each call out: act.bid_chips { ... }");
            return;
        }
        const auto called = calls_.find(expr.id);
        VerbUse use{std::string(path.steps[0]), range, graph_.reached_from(function), called == calls_.end() ? nullptr : called->second};
        if (api_ != nullptr) check_verb(use, *api_, declaration_.role, names_, diagnostics_);
        declaration_.verbs.push_back(std::move(use));
    }

    void observed(const Expr& expr, const ValuePath& path, TextRange range, const Function& function) {
        if (!inner_.contains(expr.id)) declaration_.observations.push_back({steps_text(path.steps), range, graph_.reached_from(function)});
        if (api_ == nullptr || api_->fields.empty()) return;
        const FieldNode* record = fields_.at(path.steps, path.steps.size() - 1);
        if (record == nullptr) return;  // said at the step before
        const std::string_view step = path.steps.back();
        const std::vector<std::string_view> before(path.steps.begin(), path.steps.end() - 1);
        const std::string place = before.empty() ? "obs" : "obs." + steps_text(before);
        const FieldNode* field = record->child(step);
        if (field != nullptr) {
            if (declaration_.role && !field->roles.has(*declaration_.role))
                diagnostics_.add("A201", range, "no field " + in_quotes(step) + " in " + place + " of a " + std::string(role_text(*declaration_.role)),
                                 "it is shown to: " + roles_text(field->roles));
            return;
        }
        if (record->is_value()) {
            diagnostics_.add("A201", range, place + " is a value without fields", "use it as it is: " + place);
        } else if (step == kElement) {
            diagnostics_.add("A201", range, place + " is no list", "name the field: " + place + "." + record->names()[0]);
        } else if (record->child(kElement) != nullptr) {
            diagnostics_.add("A201", range, place + " is a list and has no field " + in_quotes(step), "take an item first: " + place + "[i]");
        } else {
            unknown_field(*record, step, place, range);
        }
    }

    void unknown_field(const FieldNode& record, std::string_view step, const std::string& place, TextRange range) {
        const std::string near = nearest_name(step, record.names());
        Diagnostic& d = diagnostics_.add("A201", range, "no field " + in_quotes(step) + " in " + place, near.empty() ? did_you_mean(step, record.names()) : "");
        if (near.empty()) return;
        const std::string& about = record.child(near)->about;
        d.label = "did you mean " + in_quotes(near) + (about.empty() ? "?" : " (" + about + ")?");
    }

    void called(const Expr& expr, const Call& call) {
        calls_[call.callee->id] = &expr;
        if (const StringLiteral* module = required_name(expr, names_); module != nullptr && module->value != "rackrace") {
            auto& modules = declaration_.modules;
            if (std::find(modules.begin(), modules.end(), module->value) == modules.end()) modules.emplace_back(module->value);
        }
        for (const Function* function : values_.called_functions(*call.callee))
            for (std::size_t i = 0; i < std::min(function->parameters.size(), call.arguments.size()); ++i) may_be_act_.insert(call.arguments[i]->id);
        for (const ValuePath& path : values_.of(*call.callee)) {
            if (path.root != Root::module) continue;
            for (const Expr* argument : call.arguments) {
                may_be_act_.insert(argument->id);
                const auto given = values_.of(*argument);
                declaration_.gives_act_to_module |= std::any_of(given.begin(), given.end(), [](const ValuePath& p) { return p.root == Root::act && p.steps.empty(); });
            }
        }
    }

    void method_called(const MethodCall& method) {
        may_be_act_.insert(method.object->id);
        for (const ValuePath& path : values_.of(*method.object)) {
            if (path.root == Root::act && path.steps.empty()) {
                Diagnostic& d = diagnostics_.add("A205", {method.method_range.begin - 1, method.method_range.end}, "verbs are called with a point, not a colon",
                                                 "write  act." + std::string(method.method));
                const TextRange colon{method.object->range.end, method.method_range.begin};
                if (colon.end == colon.begin + 1) d.edits = {{colon, "."}};
            } else if (path.root == Root::rng && path.steps.empty()) {
                const std::vector<std::string> known = names_of(rng_methods());
                if (std::find(known.begin(), known.end(), method.method) == known.end())
                    diagnostics_.add("A226", method.method_range, "rng has no method " + in_quotes(method.method), did_you_mean(method.method, known));
            }
        }
    }

    const Names& names_;
    const Values& values_;
    const CallGraph& graph_;
    const ApiNames* api_;
    Declaration& declaration_;
    Diagnostics& diagnostics_;
    FieldNode fields_;
    std::set<int> may_be_act_;              // expressions that may stand for `act` itself where they are
    std::set<int> inner_;                   // expressions of which a field is taken
    std::map<int, const Expr*> calls_;      // by callee
};

}  // namespace

void read_usage(const Ast& ast, const Names& names, const Values& values, const CallGraph& graph, const ApiNames* api, Declaration& declaration,
                Diagnostics& diagnostics) {
    UsageReader reader(names, values, graph, api, declaration, diagnostics);
    Walker<UsageReader>(reader).function(*ast.chunk);
}

}  // namespace rackrace

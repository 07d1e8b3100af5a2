#include "agents/checker/sandbox.h"

#include <algorithm>
#include <set>

#include "agents/checker/nearest_name.h"
#include "agents/checker/sandbox_names.h"
#include "agents/checker/walk.h"

namespace rackrace {

using namespace lua;

namespace {

/// "rackrace", "rackrace.test", "lib.credit": names joined by points.
bool is_module_name(std::string_view name) {
    bool at_start = true;
    for (const char c : name) {
        const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        const bool is_digit = c >= '0' && c <= '9';
        if (c == '.' ? at_start : !is_letter && !(is_digit && !at_start)) return false;
        at_start = c == '.';
    }
    return !at_start;
}

class SandboxCheck {
public:
    SandboxCheck(const Ast& ast, const Names& names, const Values& values, const CallGraph& graph, bool is_whole, Diagnostics& diagnostics)
        : ast_(ast), names_(names), values_(values), graph_(graph), is_whole_(is_whole), diagnostics_(diagnostics) {
        for (const GlobalWrite& write : names.global_writes()) written_globals_.insert(write.name);
    }

    void run() {
        for (const Local& local : ast_.locals()) {
            if (local.name == "_ENV") absent(local.range, *find_absent("_ENV"));
            if (local.attribute == Attribute::close)
                diagnostics_.add("B109", local.range, "<close> is not available", "write plain `local`: there is nothing to close here");
        }
        if (is_whole_)
            for (const GlobalWrite& write : names_.global_writes()) global_write(write);
        Walker<SandboxCheck>(*this).function(*ast_.chunk);
    }

    void stat(const Stat& stat, const Function& function) {
        if (!is_whole_) return;
        if (const auto* assigned = as<AssignStat>(&stat))
            for (const Expr* target : assigned->targets) written(*target, function);
        else if (const auto* named = as<FunctionStat>(&stat)) written(*named->target, function);
    }

    void expr(const Expr& expr, const Function& function) {
        if (const auto* name = as<NameExpr>(&expr)) global_read(expr, *name);
        else if (const auto* index = as<Index>(&expr)) member(expr, *index);
        else if (const auto* call = as<Call>(&expr)) called(*call, function);
        else if (const auto* method = as<MethodCall>(&expr)) method_called(*method);
    }

private:
    void absent(TextRange range, const AbsentName& name) {
        const bool is_member = name.name.find('.') != std::string_view::npos;
        Diagnostic& d = diagnostics_.add(is_member ? "B102" : "B101", range, in_quotes(name.name) + " is not available", std::string(name.instead));
        d.why = name.why;
    }

    bool is_global(const Expr& expr, std::string_view name) const {
        const auto* found = as<NameExpr>(&expr);
        return found != nullptr && found->text == name && names_.of(expr).local == nullptr;
    }

    void global_write(const GlobalWrite& write) {
        if (const AbsentName* name = find_absent(write.name); name != nullptr && name->name == "_ENV") return;  // said as B101
        if (write.is_function)
            diagnostics_.add("B104", write.range, "function " + in_quotes(write.name) + " is a global", "write  local function " + std::string(write.name) + "(...)");
        else
            diagnostics_.add("B104", write.range, "assignment to the global " + in_quotes(write.name),
                             is_present_global(write.name) ? "choose another name, with `local`"
                                                           : "write  local " + std::string(write.name) + " = ...; what must last goes into mem");
    }

    void global_read(const Expr& expr, const NameExpr& name) {
        if (names_.of(expr).local != nullptr || is_present_global(name.text)) return;
        if (const AbsentName* known = find_absent(name.text)) return absent(expr.range, *known);
        if (!is_whole_ || written_globals_.contains(name.text)) return;
        std::vector<std::string> known = present_globals();
        for (const Local& local : ast_.locals()) known.emplace_back(local.name);
        diagnostics_.add("B106", expr.range, in_quotes(name.text) + " is not declared",
                         !nearest_name(name.text, known).empty() ? did_you_mean(name.text, known) : "declare it with `local` before, in this block or one around it");
    }

    void member(const Expr& expr, const Index& index) {
        const auto* key = as<StringLiteral>(index.key);
        for (const std::string_view library : {std::string_view("math"), std::string_view("table")}) {
            if (!is_global(*index.object, library)) continue;
            if (key == nullptr) {
                diagnostics_.add("B102", expr.range, "a computed member of " + in_quotes(library), "write the name: " + std::string(library) + "." + present_members(library)[0]);
                return;
            }
            const std::string full = std::string(library) + "." + std::string(key->value);
            if (const AbsentName* known = find_absent(full)) return absent(index.key->range, *known);
            const std::vector<std::string> members = present_members(library);
            if (std::find(members.begin(), members.end(), key->value) == members.end())
                diagnostics_.add("B102", index.key->range, in_quotes(full) + " is not available", did_you_mean(key->value, members));
        }
    }

    void called(const Call& call, const Function& function) {
        if (is_global(*call.callee, "require")) return required(call);
        const auto* index = as<Index>(call.callee);
        const auto* key = index != nullptr ? as<StringLiteral>(index->key) : nullptr;
        const bool changes = key != nullptr && is_global(*index->object, "table") && (key->value == "insert" || key->value == "remove" || key->value == "sort");
        if (changes && is_whole_ && !call.arguments.empty()) written_into(*call.arguments[0], call.arguments[0]->range, function);
    }

    void required(const Call& call) {
        const auto* name = call.arguments.size() == 1 ? as<StringLiteral>(call.arguments[0]) : nullptr;
        if (name == nullptr)
            diagnostics_.add("B103", call.arguments_range, "`require` takes one literal name", "write  require \"rackrace\"  or  require \"lib.name\"");
        else if (!is_module_name(name->value))
            diagnostics_.add("B103", call.arguments[0]->range, in_quotes(name->value) + " is no name of a file beside the script",
                             "write names joined by points, without folders above and without .lua: \"lib.credit\"");
        else if (const AbsentName* library = find_absent(name->value); library != nullptr || is_present_global(name->value))
            diagnostics_.add("B103", call.arguments[0]->range, in_quotes(name->value) + " is a library, and libraries are not required",
                             library != nullptr ? std::string(library->instead) : "use " + std::string(name->value) + " directly");
    }

    void method_called(const MethodCall& method) {
        if (!is_string_method(method.method)) return;
        const Expr* object = &behind_locals(*method.object, names_);
        const auto* binary = as<Binary>(object);
        const bool is_text = as<StringLiteral>(object) != nullptr || (binary != nullptr && binary->op == BinaryOperator::concat);
        const auto paths = values_.of(*method.object);
        const bool is_data = std::any_of(paths.begin(), paths.end(), [](const ValuePath& path) {
            return path.root == Root::obs || path.root == Root::params || path.root == Root::memory || path.root == Root::info;
        });
        if (is_text || is_data || (paths.empty() && as<Call>(object) == nullptr && as<NameExpr>(object) == nullptr))
            diagnostics_.add("B108", {method.method_range.begin - 1, method.method_range.end}, "texts have no method " + in_quotes(method.method),
                             "use literal texts; join with .. and measure with #");
    }

    /// Assignment to a variable or a field.
    void written(const Expr& target, const Function& function) {
        if (const auto* index = as<Index>(&target)) return written_into(*index->object, target.range, function);
        const Local* local = as<NameExpr>(&target) != nullptr ? names_.of(target).local : nullptr;
        if (local == nullptr || local->owner == &function || !outlives_call(*local, function)) return;
        Diagnostic& d = diagnostics_.add("B105", target.range, in_quotes(local->name) + " lives outside " + reached_text(function) + " and is assigned in it",
                                         "declare  memory = { " + std::string(local->name) + " = 0.0 }  and write  mem." + std::string(local->name));
        d.marks.push_back({local->range, "declared here"});
    }

    /// True where a local of an outer function keeps its value from one decision to the next.
    bool outlives_call(const Local& local, const Function& writer) const {
        if (graph_.reached_from(writer).empty()) return false;  // at load time
        if (local.owner->parent == nullptr) return true;
        if (graph_.is_inside_callback(*local.owner)) return false;
        for (const Function* outer = writer.parent; outer != nullptr; outer = outer->parent)
            if (outer == local.owner) return true;
        return false;
    }

    std::string reached_text(const Function& function) const {
        const CallbackSet from = graph_.reached_from(function);
        for (const Callback one : {Callback::decide, Callback::operate, Callback::init})
            if (from.has(one)) return in_quotes(kCallbackNames[static_cast<std::size_t>(one)]);
        return "this function";
    }

    /// A field of `object` changes.
    void written_into(const Expr& object, TextRange range, const Function& function) {
        for (const ValuePath& path : values_.of(object)) {
            switch (path.root) {
                case Root::memory: break;
                case Root::own:
                    if (path.local->owner != &function && outlives_call(*path.local, function)) {
                        const std::string what = "a table of " + in_quotes(path.local->name) + ", which lives outside " + reached_text(function) + ", is written in it";
                        Diagnostic& d = diagnostics_.add("B105", range, what, "keep what must last in mem: declare it under memory = { ... }");
                        d.marks.push_back({path.local->range, "declared here"});
                    }
                    break;
                default: {
                    const bool is_library = path.root == Root::race || path.root == Root::library || path.root == Root::module;
                    const std::string steps = steps_text(path.steps);
                    Diagnostic& d = diagnostics_.add("B107", range, in_quotes(root_text(path) + (steps.empty() ? "" : "." + steps)) + " is read only",
                                                     is_library ? "put your functions into locals or a table of your own"
                                                     : path.root == Root::params ? "copy it into a local and change that"
                                                                                 : "copy what you need into a local; what must last goes into mem");
                    if (is_library) d.why = "libraries and files that are required are shared by all decisions.";
                }
            }
        }
    }

    const Ast& ast_;
    const Names& names_;
    const Values& values_;
    const CallGraph& graph_;
    bool is_whole_;
    Diagnostics& diagnostics_;
    std::set<std::string_view> written_globals_;
};

}  // namespace

void check_sandbox(const Ast& ast, const Names& names, const Values& values, const CallGraph& graph, bool is_whole, Diagnostics& diagnostics) {
    SandboxCheck(ast, names, values, graph, is_whole, diagnostics).run();
}

}  // namespace rackrace

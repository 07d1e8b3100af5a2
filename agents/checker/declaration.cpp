#include "agents/checker/declaration.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "agents/checker/nearest_name.h"

namespace rackrace {

using namespace lua;

namespace {

std::vector<std::string> key_names() {
    std::vector<std::string> names;
    for (const DeclarationKey& key : kDeclarationKeys) names.emplace_back(key.name);
    return names;
}

std::optional<Role> role_of(std::string_view word) {
    for (const Role role : {Role::hyperscaler, Role::neocloud, Role::lab, Role::supplier})
        if (role_text(role) == word) return role;
    return std::nullopt;
}

/// "1.0" into its numbers; nothing where it is no such text.
std::optional<std::pair<int, int>> api_version(std::string_view text) {
    int major = 0;
    int minor = 0;
    const char* const end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, major);
    if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '.') return std::nullopt;
    const auto second = std::from_chars(first.ptr + 1, end, minor);
    if (second.ec != std::errc{} || second.ptr != end || major < 0 || minor < 0) return std::nullopt;
    return std::pair{major, minor};
}

class Reader {
public:
    Reader(const ScriptShape& shape, const Names& names, Diagnostics& diagnostics) : shape_(shape), names_(names), diagnostics_(diagnostics) {}

    Declaration run() {
        if (!find_table()) return std::move(made_);
        made_.is_found = true;
        for (const auto& [name, field] : named_fields(*shape_.table, "of the declaration", diagnostics_)) read_field(name, *field);
        require("api", "api = \"1.0\"");
        require("name", "name = \"My strategy\"");
        require("decide", "decide = function(obs, act, p, mem, rng) ... end");
        return std::move(made_);
    }

private:
    /// The constructor and its table, or a message about what stands in its place.
    bool find_table() {
        const TextRange start{0, 0};
        if (shape_.role == nullptr) {
            const std::string fix = "end the file with  return race.neocloud { api = \"1.0\", name = ..., decide = ... }  and begin it with  local race = require \"rackrace\"";
            if (shape_.constructor != nullptr) diagnostics_.add("A212", shape_.constructor->range, "the role is not written as race.<role>", "write the role as a name: race.lab");
            else if (shape_.returned == nullptr) diagnostics_.add("A211", start, "this file returns no declaration", fix);
            else diagnostics_.add("A211", shape_.returned->range, "this file does not return race.<role> { ... }", fix);
            return false;
        }
        made_.role = role_of(shape_.role->value);
        const auto* member = as<Index>(shape_.constructor);
        if (!made_.role) {
            const std::vector<std::string> roles{"hyperscaler", "neocloud", "lab", "supplier"};
            diagnostics_.add("A212", member->key->range, in_quotes(shape_.role->value) + " is no role", did_you_mean(shape_.role->value, roles));
        }
        if (shape_.table == nullptr)
            diagnostics_.add("A211", shape_.table_expr != nullptr ? shape_.table_expr->range : shape_.constructor->range,
                             "the declaration is not one table written in this file", "write  race." + std::string(shape_.role->value) + " { api = \"1.0\", ... }");
        return shape_.table != nullptr;
    }

    void require(std::string_view key, const std::string& example) {
        if (find_field(*shape_.table, key) == nullptr)
            diagnostics_.add("A213", shape_.constructor->range, "the declaration has no " + in_quotes(key), "add  " + example);
    }

    void wrong_kind(std::string_view key, const TableField& field, std::string_view wanted, std::string_view example) {
        diagnostics_.add("A216", field.value->range, in_quotes(key) + " is " + std::string(value_kind(*field.value, names_)) + ", not " + std::string(wanted),
                         "write  " + std::string(key) + " = " + std::string(example));
    }

    void read_text(std::string_view key, const TableField& field, std::string& into) {
        const auto value = constant_of(*field.value, names_);
        if (value && std::holds_alternative<std::string>(*value)) into = std::get<std::string>(*value);
        else wrong_kind(key, field, "a literal text", key == "api" ? "\"1.0\"" : "\"...\"");
        if (key == "name" && value && into.empty() && std::holds_alternative<std::string>(*value))
            diagnostics_.add("A216", field.value->range, "'name' is empty", "write the name that lists and charts show");
    }

    void read_field(std::string_view key, const TableField& field) {
        if (key == "api") read_api(field);
        else if (key == "name") read_text(key, field, made_.name);
        else if (key == "about") read_text(key, field, made_.about);
        else if (key == "manual") read_manual(field);
        else if (key == "params") read_table(key, field, [&](const Table& table) {
            made_.parameters = read_parameters(table, names_, diagnostics_);
            made_.are_parameters_whole = made_.parameters.size() == table.fields.size();
        });
        else if (key == "memory") read_table(key, field, [&](const Table& table) {
            made_.memory = read_memory(table, names_, diagnostics_);
            made_.is_memory_whole = made_.memory.size() == table.fields.size();
        });
        else if (key == "init") made_.init = read_callback(key, field, kInitParameters.size());
        else if (key == "decide") made_.decide = read_callback(key, field, kDecideParameters.size());
        else if (key == "operate") made_.operate = read_callback(key, field, kDecideParameters.size());
        else diagnostics_.add("A214", field.key->range, "the declaration has no key " + in_quotes(key), did_you_mean(key, key_names()));
    }

    void read_api(const TableField& field) {
        read_text("api", field, made_.api);
        if (made_.api.empty()) return;
        const auto version = api_version(made_.api);
        const std::string here = std::to_string(kApiMajor) + "." + std::to_string(kApiMinor);
        if (!version) diagnostics_.add("A216", field.value->range, in_quotes(made_.api) + " is no API version", "write  api = \"" + here + "\"");
        else if (*version > std::pair{kApiMajor, kApiMinor})
            diagnostics_.add("A215", field.value->range, "the script asks for API " + made_.api + ", this engine has " + here,
                             "use a newer engine, or ask for \"" + here + "\" if the script needs nothing newer");
        else if (version->first < kApiMajor)
            diagnostics_.add("A215", field.value->range, "API " + made_.api + " is not spoken any more, this engine has " + here, "write  api = \"" + here + "\"");
    }

    void read_manual(const TableField& field) {
        const auto value = constant_of(*field.value, names_);
        if (value && std::holds_alternative<bool>(*value)) made_.is_manual = std::get<bool>(*value);
        else wrong_kind("manual", field, "true or false", "true");
    }

    template <class Read>
    void read_table(std::string_view key, const TableField& field, Read read) {
        if (const auto* table = as<Table>(&behind_locals(*field.value, names_))) read(*table);
        else wrong_kind(key, field, "a table written in this file", "{ ... }");
    }

    const Function* read_callback(std::string_view key, const TableField& field, std::size_t most) {
        const Function* function = function_behind(*field.value, names_);
        if (function == nullptr) {
            wrong_kind(key, field, "a function written in this file", most == kInitParameters.size() ? "function(info, p, mem) ... end" : "function(obs, act, p, mem, rng) ... end");
            return nullptr;
        }
        if (function->parameters.size() > most || function->is_vararg)
            diagnostics_.add("A225", function->head, in_quotes(key) + " takes at most " + std::to_string(most) + " parameters",
                             most == kInitParameters.size() ? "write  function(info, p, mem)" : "write  function(obs, act, p, mem, rng)");
        return function;
    }

    const ScriptShape& shape_;
    const Names& names_;
    Diagnostics& diagnostics_;
    Declaration made_;
};

}  // namespace

const Parameter* Declaration::find_parameter(std::string_view wanted) const {
    const auto at = std::find_if(parameters.begin(), parameters.end(), [&](const Parameter& p) { return p.name == wanted; });
    return at == parameters.end() ? nullptr : &*at;
}

const MemoryField* Declaration::find_memory(std::string_view wanted) const {
    const auto at = std::find_if(memory.begin(), memory.end(), [&](const MemoryField& m) { return m.name == wanted; });
    return at == memory.end() ? nullptr : &*at;
}

bool Declaration::uses_verb(std::string_view wanted) const {
    return std::any_of(verbs.begin(), verbs.end(), [&](const VerbUse& use) { return use.verb == wanted && !use.callbacks.empty(); });
}

Declaration read_declaration(const ScriptShape& shape, const Names& names, Diagnostics& diagnostics) {
    if (shape.is_module) return {};
    return Reader(shape, names, diagnostics).run();
}

std::vector<std::pair<std::string_view, const TableField*>> named_fields(const Table& table, std::string_view where, Diagnostics& diagnostics) {
    std::vector<std::pair<std::string_view, const TableField*>> fields;
    std::set<std::string_view> seen;
    for (const TableField& field : table.fields) {
        const auto* key = as<StringLiteral>(field.key);
        if (key == nullptr) {
            diagnostics.add("A214", field.range, "a field " + std::string(where) + " has no literal name", "write  name = value");
        } else if (!seen.insert(key->value).second) {
            diagnostics.add("A222", field.key->range, in_quotes(key->value) + " " + std::string(where) + " stands twice", "keep one: the last would win silently");
        } else {
            fields.emplace_back(key->value, &field);
        }
    }
    return fields;
}

std::string_view value_kind(const Expr& expr, const Names& names) {
    const Expr& value = behind_locals(expr, names);
    if (as<Table>(&value) != nullptr) return "a table";
    if (function_behind(value, names) != nullptr) return "a function";
    if (as<NilLiteral>(&value) != nullptr) return "nil";
    if (const auto constant = constant_of(value, names)) {
        if (std::holds_alternative<bool>(*constant)) return "true or false";
        return std::holds_alternative<double>(*constant) ? "a number" : "a text";
    }
    return "a value that is known only when the script runs";
}

}  // namespace rackrace

// What a strategy file declares: role, names, parameters, memory, callbacks, and which verbs and observations its callbacks use.
// The Lua host, `rackrace params`, the autopilot (levers left out) and later checks read this instead of the tree.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agents/checker/api_names.h"
#include "agents/checker/ast.h"
#include "agents/checker/constants.h"
#include "agents/checker/diagnostic.h"
#include "agents/checker/names.h"
#include "agents/checker/script_shape.h"

namespace rackrace {

inline constexpr int kApiMajor = 1;
inline constexpr int kApiMinor = 0;
inline constexpr int kMaxMemoryNumbers = 128;  // the engine keeps this many for a firm's script

/// A key of the table given to race.<role>, or an option of a parameter.
struct DeclarationKey {
    std::string_view name, type;  // type as an editor definition; of a callback its parameters say it
    bool is_required;
    std::string_view doc;
};

inline constexpr DeclarationKey kDeclarationKeys[] = {
    {"api", "string", true, "oldest API version that the script needs: \"1.0\""},
    {"name", "string", true, "as lists and charts show it"},
    {"about", "string", false, "one sentence for listings"},
    {"params", "table<string, race.Parameter>", false, "what can be set, swept and searched from outside; read as p.<name>"},
    {"memory", "table<string, number|boolean|race.Array>", false, "what lasts from quarter to quarter, with its first values; read and written as mem.<name>"},
    {"manual", "boolean", false, "true: no autopilot; an order left out is no order, a setting left out stays"},
    {"init", "", false, ""},
    {"decide", "", true, ""},
    {"operate", "", false, ""},
};

/// Of the table at the end of race.range, int, choice, flag and fixed; the last ones of numbers only.
struct ParameterOption {
    DeclarationKey key;
    bool is_for_numbers;
};

inline constexpr ParameterOption kParameterOptions[] = {
    {{"doc", "string", false, "what it means, for listings"}, false},
    {{"unit", "string", false, "its unit, for listings"}, false},
    {{"scale", "\"linear\"|\"log\"", false, "how a search spreads its values; log needs min above 0"}, true},
    {{"step", "number", false, "grid of its values, above 0"}, true},
};

enum class ParameterKind { range, integer, choice, flag, fixed };

std::string_view parameter_kind_text(ParameterKind kind);

struct Parameter {
    std::string name;
    ParameterKind kind = ParameterKind::fixed;
    double min = 0.0;  // of range and integer
    double max = 0.0;
    Constant default_value = 0.0;      // a choice: its text
    std::vector<std::string> choices;  // of choice
    bool is_log_scale = false;
    std::optional<double> step;
    std::string unit;
    std::string doc;
    TextRange range;
};

struct MemoryField {
    std::string name;
    bool is_flag = false;
    bool is_array = false;
    int size = 1;          // numbers it takes of kMaxMemoryNumbers
    double initial = 0.0;  // of every item; a flag is 0 or 1
    TextRange range;
};

/// `act.<verb>` at one place.
struct VerbUse {
    std::string verb;
    TextRange range;                  // of the verb's name
    CallbackSet callbacks;            // that can reach it; empty in code that nothing calls
    const lua::Expr* call = nullptr;  // the call expression; nullptr where the verb is only named
};

/// "market.spot_t_usd_h" of obs at one place.
struct ObservationUse {
    std::string path;
    TextRange range;  // of the last name
    CallbackSet callbacks;
};

struct Declaration {
    bool is_found = false;  // the file returns race.<role>{...}
    std::optional<Role> role;
    std::string api;
    std::string name;
    std::string about;
    bool is_manual = false;
    std::vector<Parameter> parameters;
    std::vector<MemoryField> memory;
    bool are_parameters_whole = true;  // every entry could be read
    bool is_memory_whole = true;
    const lua::Function* init = nullptr;
    const lua::Function* decide = nullptr;
    const lua::Function* operate = nullptr;
    std::vector<VerbUse> verbs;
    std::vector<ObservationUse> observations;
    std::vector<std::string> modules;  // required besides rackrace itself
    bool gives_act_to_module = false;  // then the modules' verbs count as this script's

    const Parameter* find_parameter(std::string_view wanted) const;
    const MemoryField* find_memory(std::string_view wanted) const;
    bool uses_verb(std::string_view wanted) const;
};

/// Reads the declaration and reports A211 to A222: what is missing, unknown or of the wrong kind. Uses are filled by read_usage.
Declaration read_declaration(const ScriptShape& shape, const lua::Names& names, Diagnostics& diagnostics);

/// Reads `params = {...}` (A217 to A219, A222).
std::vector<Parameter> read_parameters(const lua::Table& table, const lua::Names& names, Diagnostics& diagnostics);

/// Reads `memory = {...}` (A220 to A222).
std::vector<MemoryField> read_memory(const lua::Table& table, const lua::Names& names, Diagnostics& diagnostics);

/// The fields of a table whose keys are names, each once; others are reported.
std::vector<std::pair<std::string_view, const lua::TableField*>> named_fields(const lua::Table& table, std::string_view where,
                                                                              Diagnostics& diagnostics);

/// What a value is, for messages: "a table", "a function", "a number".
std::string_view value_kind(const lua::Expr& expr, const lua::Names& names);

}  // namespace rackrace

#include "agents/host/script_cases.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <sstream>

#include "agents/checker/nearest_name.h"
#include "agents/host/ids.h"
#include "agents/host/race_library.h"
#include "agents/host/sandbox_library.h"
#include "engine/base/number_text.h"
#include "engine/base/quarter_index.h"
#include "engine/quarter/verbs.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCases = "rackrace.cases";
constexpr const char* kTest = "rackrace.test";
constexpr int kMostSeeds = 1000;

/// Keeps a case as a list of name, options, property and file, each at a place of the stack, and its line. What is wrong with it is told after the
/// file has run.
int keep_case(lua_State* L, int name, int options, int property, int file) {
    if (lua_getfield(L, LUA_REGISTRYINDEX, kCases) != LUA_TTABLE)
        return LuaVm::of(L).fail(ScriptErrorKind::call, "cases are declared while the file is loaded");
    lua_Debug call;
    const bool knows_line = lua_getstack(L, 1, &call) != 0 && lua_getinfo(L, "l", &call) != 0;
    lua_createtable(L, 5, 0);
    const int kept[] = {name, options, property, file};
    for (int i = 0; i < 4; ++i) {
        lua_pushvalue(L, kept[i]);
        lua_rawseti(L, -2, i + 1);
    }
    lua_pushinteger(L, knows_line ? call.currentline : 0);
    lua_rawseti(L, -2, 5);
    lua_rawseti(L, -2, static_cast<lua_Integer>(lua_rawlen(L, -2)) + 1);
    return 0;
}

/// t.case(name, options, property)
int add_case(lua_State* L) {
    if (lua_type(L, 1) != LUA_TSTRING || lua_type(L, 2) != LUA_TTABLE || (lua_gettop(L) > 2 && lua_type(L, 3) != LUA_TFUNCTION) || lua_gettop(L) > 3)
        return LuaVm::of(L).fail(ScriptErrorKind::call, "case takes a name, a table of options and a function");
    lua_settop(L, 4);
    return keep_case(L, 1, 2, 3, 4);
}

/// t.golden(name, file, options)
int add_golden(lua_State* L) {
    const bool has_options = lua_gettop(L) > 2;
    if (lua_type(L, 1) != LUA_TSTRING || lua_type(L, 2) != LUA_TSTRING || lua_rawlen(L, 2) == 0 || (has_options && lua_type(L, 3) != LUA_TTABLE) ||
        lua_gettop(L) > 3)
        return LuaVm::of(L).fail(ScriptErrorKind::call, "golden takes a name, a file and a table of options");
    lua_settop(L, 4);
    return keep_case(L, 1, 3, 4, 2);
}

struct Comparison {
    const char* name;
    const char* text;
    bool (*holds)(double, double);
};
constexpr Comparison kComparisons[] = {{"ge", "at least", [](double a, double b) { return a >= b; }},
                                       {"gt", "above", [](double a, double b) { return a > b; }},
                                       {"le", "at most", [](double a, double b) { return a <= b; }},
                                       {"lt", "below", [](double a, double b) { return a < b; }}};

int compare(lua_State* L) {
    const auto& comparison = *static_cast<const Comparison*>(lua_touserdata(L, lua_upvalueindex(1)));
    if (lua_type(L, 1) != LUA_TNUMBER || lua_type(L, 2) != LUA_TNUMBER) return LuaVm::of(L).fail(ScriptErrorKind::call, "%s takes two numbers", comparison.name);
    const double a = lua_tonumber(L, 1), b = lua_tonumber(L, 2);
    if (!comparison.holds(a, b)) return LuaVm::of(L).fail(ScriptErrorKind::call, "%f is not %s %f", a, comparison.text, b);
    return 0;
}

int near(lua_State* L) {
    for (int i = 1; i <= 3; ++i)
        if (lua_type(L, i) != LUA_TNUMBER) return LuaVm::of(L).fail(ScriptErrorKind::call, "near takes two numbers and how far they may lie apart");
    const double a = lua_tonumber(L, 1), b = lua_tonumber(L, 2), within = lua_tonumber(L, 3);
    if (!(a - b <= within && b - a <= within)) return LuaVm::of(L).fail(ScriptErrorKind::call, "%f is not within %f of %f", a, within, b);
    return 0;
}

int equal(lua_State* L) {
    if (lua_rawequal(L, 1, 2) != 0) return 0;
    if (lua_type(L, 1) == LUA_TNUMBER && lua_type(L, 2) == LUA_TNUMBER) return LuaVm::of(L).fail(ScriptErrorKind::call, "%f is not %f", lua_tonumber(L, 1), lua_tonumber(L, 2));
    const char* a = lua_type(L, 1) == LUA_TSTRING ? lua_tostring(L, 1) : luaL_typename(L, 1);
    const char* b = lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : luaL_typename(L, 2);
    return LuaVm::of(L).fail(ScriptErrorKind::call, "%s is not the same as %s", a, b);
}

int holds(lua_State* L) {
    if (lua_toboolean(L, 1) != 0) return 0;
    return LuaVm::of(L).fail(ScriptErrorKind::call, "%s", lua_type(L, 2) == LUA_TSTRING ? lua_tostring(L, 2) : "does not hold");
}

void push_test(lua_State* L) {
    lua_createtable(L, 0, 9);
    const auto set = [L](const char* name, lua_CFunction function) {
        lua_pushcfunction(L, function);
        lua_setfield(L, -2, name);
    };
    set("case", add_case);
    set("golden", add_golden);
    set("near", near);
    set("eq", equal);
    set("ok", holds);
    for (const Comparison& comparison : kComparisons) {
        lua_pushlightuserdata(L, const_cast<Comparison*>(&comparison));
        lua_pushcclosure(L, compare, 1);
        lua_setfield(L, -2, comparison.name);
    }
    push_read_only(L, kTest);
}

/// The text of a number, flag or text at an index, as a strategy's parameters are given; empty for anything else.
std::string parameter_text(lua_State* L, int index) {
    if (lua_type(L, index) == LUA_TBOOLEAN) return lua_toboolean(L, index) != 0 ? "true" : "false";
    if (lua_isinteger(L, index) != 0) return std::to_string(lua_tointeger(L, index));
    if (lua_type(L, index) == LUA_TNUMBER) return number_text(lua_tonumber(L, index));
    return lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : "";
}

/// Reads the options of one case, which are on the stack; nothing here can raise an error.
struct CaseReader {
    lua_State* L;
    std::string file;
    ScriptCase& out;
    Refusals& refusals;

    void refuse(const std::string& fact, const std::string& advice) const { refusals.add({file, out.line, 0, "case '" + out.name + "': " + fact, advice}); }

    /// Calls f(key) for each entry of the table on top, its value on top then.
    template <class F>
    void each(F f) const {
        for (lua_pushnil(L); lua_next(L, -2) != 0; lua_pop(L, 1)) {
            if (lua_type(L, -2) == LUA_TSTRING) f(std::string(lua_tostring(L, -2)));
            else if (lua_isinteger(L, -2) != 0) f(std::to_string(lua_tointeger(L, -2)));
        }
    }

    void read_verbs(const std::string& key, std::vector<Verb>& into) const {
        if (lua_type(L, -1) != LUA_TTABLE) return refuse(key + " is no list of verbs", "write " + key + " = { \"bid_chips\" }");
        each([&](const std::string&) {
            const std::string word = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
            std::vector<std::string> known;
            for (const VerbInfo& verb : describe_verbs()) {
                known.emplace_back(verb.row.name);
                if (verb.row.name == word) into.push_back(verb.row.verb);
            }
            if (std::find(known.begin(), known.end(), word) == known.end()) refuse("no verb is called '" + word + "'", did_you_mean(word, known));
        });
    }

    /// The value on top, for the field at `offset` of a part, or a table of such.
    void read_field(const FieldBinding& field, ObservationOverride here) const {
        here.offset += field.info->offset;
        if (!field.is_list()) return read_item(field, here);
        if (lua_type(L, -1) != LUA_TTABLE) return refuse("obs." + here.path + " is a list", "write " + field.name + " = { [1] = ... }");
        each([&](const std::string& key) {
            int index = 0;
            const bool is_index = lua_isinteger(L, -2) != 0 && (index = static_cast<int>(lua_tointeger(L, -2))) >= 1 && index <= field.info->extent[0];
            if (!is_index) return refuse("obs." + here.path + " has no item " + key, "items are numbered from 1 to " + std::to_string(field.info->extent[0]));
            ObservationOverride item = here;
            if (field.count_offset >= 0) item.places.push_back({static_cast<std::ptrdiff_t>(here.offset - field.info->offset) + field.count_offset, index - 1});
            item.path += "[" + key + "]";
            item.offset += static_cast<std::size_t>(index - 1) * field.info->size;
            read_item(field, item);
        });
    }

    void read_item(const FieldBinding& field, ObservationOverride here) const {
        if (field.record != nullptr) return read_record(*field.record, here);
        const bool is_flag = field.reading == Reading::flag && lua_type(L, -1) == LUA_TBOOLEAN;
        const bool is_number = field.reading == Reading::number && lua_type(L, -1) == LUA_TNUMBER;
        if (!is_flag && !is_number) return refuse("obs." + here.path + " cannot be set to this", "numbers and flags can be set, each to its like; ids and words cannot");
        here.storage = field.info->storage;
        here.value = is_flag ? lua_toboolean(L, -1) : lua_tonumber(L, -1);
        out.overrides.push_back(here);
    }

    void read_record(const RecordBinding& record, const ObservationOverride& here) const {
        if (lua_type(L, -1) != LUA_TTABLE) return refuse("obs." + here.path + " is a record", "write a table of its fields");
        each([&](const std::string& key) {
            if (!read_named(record, key, here)) {
                std::vector<std::string> known;
                for (const FieldBinding& field : record.fields) known.push_back(field.name);
                refuse("no field '" + key + "' in obs" + (here.path.empty() ? "" : "." + here.path), did_you_mean(key, known));
            }
        });
    }

    bool read_named(const RecordBinding& record, const std::string& key, ObservationOverride here) const {
        for (const FieldBinding& field : record.fields) {
            if (field.name != key) continue;
            here.path += (here.path.empty() ? "" : ".") + key;
            read_field(field, here);
            return true;
        }
        return false;
    }

    void read_observation() const {
        if (lua_type(L, -1) != LUA_TTABLE) return refuse("obs is no table", "write obs = { me = { cash_musd = 10 } }");
        each([&](const std::string& key) {
            for (int part = 0; part < 2; ++part) {
                ObservationOverride here;
                here.is_of_market = part == 0;
                if (read_named(*observation_bindings()[static_cast<std::size_t>(part)], key, here)) return;
            }
            refuse("obs has no part '" + key + "' that can be set", "set fields of time, market, me, rivals, contracts, projects or loans");
        });
    }

    void read_option(const std::string& key) const {
        const bool is_text = lua_type(L, -1) == LUA_TSTRING;
        if (key == "scenario" || key == "firm" || key == "at") {
            if (!is_text) return refuse(key + " is no text", "write it in quotes");
            (key == "scenario" ? out.scenario : key == "firm" ? out.firm : out.at) = lua_tostring(L, -1);
            if (key == "at" && !parse_quarter(out.at)) refuse("'" + out.at + "' is no quarter", "write it as 2027Q1");
        } else if (key == "seeds") {
            out.seeds = lua_isinteger(L, -1) != 0 ? static_cast<int>(std::min<lua_Integer>(lua_tointeger(L, -1), kMostSeeds + 1)) : 0;
            if (out.seeds < 1 || out.seeds > kMostSeeds) refuse("seeds is no whole number from 1 to " + std::to_string(kMostSeeds), "they are 1, 2, ...");
        } else if (key == "params") {
            if (lua_type(L, -1) != LUA_TTABLE) return refuse("params is no table", "write params = { name = value }");
            each([&](const std::string& name) { out.params[name] = parameter_text(L, -1); });
        } else if (key == "obs") {
            read_observation();
        } else if (key == "expects") {
            read_verbs(key, out.expects);
        } else if (key == "never") {
            read_verbs(key, out.never);
        } else {
            refuse("no option is called '" + key + "'", did_you_mean(key, {"scenario", "firm", "at", "seeds", "params", "obs", "expects", "never"}));
        }
    }

    /// A golden file is written by the program: nowhere but below the cases' folder.
    void check_golden() const {
        const fs::path path(out.golden);
        const bool is_below = path.is_relative() && std::find(path.begin(), path.end(), "..") == path.end();
        if (!is_below || path.extension() != ".json")
            refuse("'" + out.golden + "' is no JSON file below the cases' folder", "name one as golden/squeeze.json");
    }

    void read() const {
        if (lua_type(L, -1) == LUA_TTABLE) each([&](const std::string& key) { read_option(key); });
        if (!out.golden.empty()) return check_golden();
        if (!out.has_property && out.expects.empty() && out.never.empty()) refuse("it says nothing that could fail", "give a function(obs, orders), expects or never");
    }
};

/// Two cases in one golden file would write over each other's orders.
void refuse_shared_files(const std::string& file, const std::vector<ScriptCase>& cases, Refusals& refusals) {
    std::map<fs::path, std::string> names;
    for (const ScriptCase& one : cases) {
        if (one.golden.empty()) continue;
        const auto [there, is_new] = names.emplace(fs::path(one.golden).lexically_normal(), one.name);
        const std::string fact = "case '" + one.name + "': " + one.golden + " is that of '" + there->second + "' too";
        if (!is_new) refusals.add({file, one.line, 0, fact, "give each its own"});
    }
}

void push_argument(lua_State* L, const ArgInfo& arg, const unsigned char* args) {
    const double value = argument_value(arg, args);
    const auto whole = static_cast<std::int32_t>(value);
    if (is_id(arg.row.unit)) push_id(L, arg.row.unit, whole);
    else if (arg.row.unit == Unit::flag) lua_pushboolean(L, whole != 0);
    else if (arg.row.unit == Unit::kind_name && whole >= 0 && whole < kMaxChoices) lua_pushlstring(L, arg.row.choices[whole].data(), arg.row.choices[whole].size());
    else lua_pushnumber(L, value);
}

/// The table of an order: its arguments, and where it was refused `verb` and `code`.
void push_order(lua_State* L, const PlacedOrder& order) {
    const VerbInfo& verb = info_of(order.verb);
    lua_createtable(L, 0, static_cast<int>(verb.args.size()) + 2);
    for (const ArgInfo& arg : verb.args) {
        push_argument(L, arg, order.args);
        lua_setfield(L, -2, std::string(arg.name).c_str());
    }
    if (order.answer.ok()) return;
    lua_pushlstring(L, verb.row.name.data(), verb.row.name.size());
    lua_setfield(L, -2, "verb");
    const std::string_view code = row_of(order.answer.code).id;
    lua_pushlstring(L, code.data(), code.size());
    lua_setfield(L, -2, "code");
}

/// orders: by verb the list of those accepted, empty ones too, and `refused`.
void push_orders(lua_State* L, const DecisionLog& log, int firm, Stage stage, Role role) {
    lua_createtable(L, 0, kVerbs + 1);
    const auto add_list = [L](const char* name) {
        lua_createtable(L, 0, 0);
        lua_setfield(L, -2, name);
    };
    for (const VerbInfo& verb : describe_verbs())
        if ((verb.row.roles & role_bit(role)) != 0) add_list(std::string(verb.row.name).c_str());
    add_list("refused");
    for (const PlacedOrder& order : log.orders) {
        if (order.firm != firm || order.stage != stage || order.author != Author::script) continue;
        lua_getfield(L, -1, order.answer.ok() ? std::string(info_of(order.verb).row.name).c_str() : "refused");
        push_order(L, order);
        lua_rawseti(L, -2, static_cast<lua_Integer>(lua_rawlen(L, -2)) + 1);
        lua_pop(L, 1);
    }
}

template <class T>
void store(std::byte* at, double value) {
    const T typed = static_cast<T>(value);
    std::memcpy(at, &typed, sizeof typed);
}

}  // namespace

bool apply_override(const ObservationOverride& one, MarketView& market, FirmView& view) {
    std::byte* base = one.is_of_market ? reinterpret_cast<std::byte*>(&market) : reinterpret_cast<std::byte*>(&view);
    for (const ObservationOverride::Place& place : one.places) {
        std::int32_t count = 0;
        std::memcpy(&count, base + place.count_offset, sizeof count);
        if (place.index >= count) return false;
    }
    std::byte* at = base + one.offset;
    switch (one.storage) {
        case Storage::f64: store<double>(at, one.value); break;
        case Storage::i64: store<std::int64_t>(at, one.value); break;
        case Storage::i32: store<std::int32_t>(at, one.value); break;
        case Storage::i16: store<std::int16_t>(at, one.value); break;
        case Storage::u8: store<std::uint8_t>(at, one.value); break;
        case Storage::u32: store<std::uint32_t>(at, one.value); break;
        case Storage::u64: store<std::uint64_t>(at, one.value); break;
        case Storage::record: break;
    }
    return true;
}

int ScriptCases::require(lua_State* L) {
    const std::string_view name = luaL_checkstring(L, 1);
    if (name != "rackrace" && name != kTest) return LuaVm::of(L).fail(ScriptErrorKind::runtime, "tests require rackrace and rackrace.test, nothing else");
    lua_getfield(L, LUA_REGISTRYINDEX, name == kTest ? "rackrace.kept_test" : "rackrace.kept_race");
    return 1;
}

std::optional<ScriptError> ScriptCases::run_file(const std::string& name, const std::string& text) {
    lua_State* L = vm_.state();
    vm_.context = &context_;
    open_sandbox(vm_);
    push_race(vm_);
    lua_setfield(L, LUA_REGISTRYINDEX, "rackrace.kept_race");
    push_test(L);
    lua_setfield(L, LUA_REGISTRYINDEX, "rackrace.kept_test");
    lua_pushcfunction(L, &ScriptCases::require);
    add_global(vm_, "require");
    lua_createtable(L, 0, 0);
    lua_setfield(L, LUA_REGISTRYINDEX, kCases);
    if (auto error = vm_.load(name, text)) return error;
    if (auto error = vm_.call(0, 0)) return error;
    vm_.set_baseline();
    return std::nullopt;
}

Refusals ScriptCases::take_cases(const std::string& name) {
    lua_State* L = vm_.state();
    Refusals refusals;
    lua_getfield(L, LUA_REGISTRYINDEX, kCases);
    const auto count = static_cast<lua_Integer>(lua_rawlen(L, -1));
    if (count == 0) refusals.add({name, 0, 0, "has no case", "add t.case(\"what holds\", {}, function(obs, orders) ... end)"});
    for (lua_Integer i = 1; i <= count; ++i) {
        ScriptCase& one = cases_.emplace_back();
        lua_rawgeti(L, -1, i);
        lua_rawgeti(L, -1, 1);
        one.name = lua_tostring(L, -1);
        lua_rawgeti(L, -2, 5);
        one.line = static_cast<int>(lua_tointeger(L, -1));
        lua_rawgeti(L, -3, 3);
        one.has_property = lua_isfunction(L, -1);
        lua_rawgeti(L, -4, 4);
        one.golden = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "";
        lua_rawgeti(L, -5, 2);
        CaseReader{L, name, one, refusals}.read();
        lua_pop(L, 6);
    }
    refuse_shared_files(name, cases_, refusals);
    lua_pop(L, 1);
    lua_pushvalue(L, LUA_REGISTRYINDEX);  // from now on t.case is over; the cases stay for judge
    lua_getfield(L, -1, kCases);
    lua_setfield(L, -2, "rackrace.kept_cases");
    lua_pushnil(L);
    lua_setfield(L, -2, kCases);
    lua_pop(L, 1);
    return refusals;
}

Result<std::unique_ptr<ScriptCases>> ScriptCases::load(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return Refusal{file.string(), 0, 0, "cannot be read", "check the path"};
    std::stringstream text;
    text << in.rdbuf();
    std::unique_ptr<ScriptCases> cases(new ScriptCases);
    if (const auto error = cases->run_file(file.string(), text.str())) return Refusal{error->file, error->line, 0, error->message, "mend the tests: the file fails while it is loaded"};
    if (const auto wrong = cases->take_cases(file.string()); !wrong.empty()) return wrong;
    return cases;
}

std::optional<ScriptError> ScriptCases::judge(std::size_t one, const Scenario& scenario, const Turn& turn, const ShownResults& shown, const DecisionLog& log) {
    if (!cases_[one].has_property) return std::nullopt;
    lua_State* L = vm_.state();
    context_.firm = turn.firm;
    context_.role = scenario.firms[turn.firm].role;
    context_.scenario = &scenario;
    context_.world = &turn.world;
    context_.market = &turn.market;
    context_.view = &turn.view;
    context_.is_running = true;
    lua_getfield(L, LUA_REGISTRYINDEX, "rackrace.kept_cases");
    lua_rawgeti(L, -1, static_cast<lua_Integer>(one) + 1);
    lua_rawgeti(L, -1, 3);
    push_observation(L, {turn.market, turn.view, shown, context_.role});
    push_orders(L, log, turn.firm, turn.stage, context_.role);
    auto error = vm_.call(2, 0);
    lua_pop(L, 2);
    return error;
}

}  // namespace rackrace

#include "agents/checker/sandbox_names.h"

#include <algorithm>
#include <array>

#include "agents/library.h"

namespace rackrace {
namespace {

constexpr std::string_view kOutside = "a decision depends on what the market shows and on nothing else of this machine.";
constexpr std::string_view kLoads = "all code of a run is read, checked and hashed before it starts.";
constexpr std::string_view kMeta = "tables behave as written: a hidden metamethod could keep state or time.";
constexpr std::string_view kText = "patterns and formats can run for minutes where no instruction limit stops them, and orders carry no texts.";
constexpr std::string_view kCatches = "it would swallow the error that ends a decision over its budget.";
constexpr std::string_view kChance = "a run repeats bit for bit: chance comes from the run's seed only.";

constexpr std::array kAbsent = std::to_array<AbsentName>({
    {"os", kOutside, "use obs.time for the date; nothing else of the system is needed"},
    {"io", kOutside, "show numbers with act.trace(\"name\", x); they are in the replay"},
    {"debug", kOutside, "use `rackrace debug` to look into a decision"},
    {"package", kLoads, "use require \"lib.name\" for a file beside the script"},
    {"load", kLoads, "write the function in the file"},
    {"loadstring", kLoads, "write the function in the file"},
    {"loadfile", kLoads, "use require \"lib.name\" for a file beside the script"},
    {"dofile", kLoads, "use require \"lib.name\" for a file beside the script"},
    {"collectgarbage", kOutside, "remove it: memory is bounded per decision by the engine"},
    {"coroutine", "a decision is one call that ends: nothing waits across quarters.", "keep what must last in mem, and go on from it next quarter"},
    {"pairs", "its order differs between two runs of the same script.", "use race.each(t): own tables in the order of their keys; ipairs for lists"},
    {"next", "its order differs between two runs of the same script.", "use race.each(t); for an empty list  #t == 0"},
    {"setmetatable", kMeta, "use plain tables and local functions"},
    {"getmetatable", kMeta, "use plain tables and local functions"},
    {"rawset", kMeta, "write  t[k] = v"},
    {"rawget", kMeta, "write  t[k]"},
    {"rawequal", kMeta, "write  a == b"},
    {"rawlen", kMeta, "write  #t"},
    {"pcall", kCatches, "test the case before: verbs never throw, they return false"},
    {"xpcall", kCatches, "test the case before: verbs never throw, they return false"},
    {"print", kOutside, "show numbers with act.trace(\"name\", x); they are in the replay"},
    {"warn", kOutside, "put a flag on the timeline with act.mark(\"name\")"},
    {"tostring", kText, "join with ..  where a text is needed; show numbers with act.trace"},
    {"tonumber", kText, "observations and parameters are numbers already"},
    {"select", "arguments without names hide what a function reads.", "name the parameters, or pass a table"},
    {"unpack", "arguments without names hide what a function reads.", "read the items: t[1], t[2]"},
    {"string", kText, "use literal texts; join with .. and measure with #"},
    {"utf8", kText, "use literal texts; join with .. and measure with #"},
    {"bit32", "Lua 5.4 has none.", "use the operators & | ~ << >>"},
    {"_G", "globals are not part of a strategy: they would be state that nobody sees.", "declare what you need with `local`"},
    {"_ENV", "globals are not part of a strategy: they would be state that nobody sees.", "declare what you need with `local`"},
    {"_VERSION", kOutside, "the language is Lua 5.4"},
    {"null", "Lua has no such word.", "write nil"},
    {"None", "Lua has no such word.", "write nil"},
    {"True", "Lua has no such word.", "write true"},
    {"False", "Lua has no such word.", "write false"},
    {"math.random", kChance, "use rng:uniform(a, b), rng:normal(mean, sd), rng:int(a, b) or rng:chance(p)"},
    {"math.randomseed", kChance, "remove it: rng is keyed by seed, firm, quarter and stream"},
    {"math.pow", "Lua 5.4 has none.", "use race.pow(x, y)"},
    {"table.unpack", "arguments without names hide what a function reads.", "read the items: t[1], t[2]"},
    {"table.pack", "arguments without names hide what a function reads.", "name the parameters, or pass a table"},
    {"table.move", "it is not among the functions whose cost the budget counts.", "copy in a loop: for i = 1, #a do b[i] = a[i] end"},
    {"table.getn", "Lua 5.4 has none.", "write  #t"},
});

constexpr std::array<std::string_view, 17> kStringMethods{"byte", "char", "dump", "find", "format", "gmatch", "gsub", "len", "lower",
                                                          "match", "pack", "packsize", "rep", "reverse", "sub", "unpack", "upper"};

}  // namespace

const AbsentName* find_absent(std::string_view name) {
    const auto found = std::find_if(kAbsent.begin(), kAbsent.end(), [&](const AbsentName& absent) { return absent.name == name; });
    return found == kAbsent.end() ? nullptr : &*found;
}

std::span<const AbsentName> absent_names() { return kAbsent; }

bool is_present_global(std::string_view name) {
    const std::vector<std::string> present = present_globals();
    return std::find(present.begin(), present.end(), name) != present.end();
}

std::vector<std::string> present_members(std::string_view library) {
    if (library == "table") return names_of(table_functions());
    if (library != "math") return {};
    std::vector<std::string> names = names_of(math_functions());
    for (const LibraryConstant& constant : math_constants()) names.emplace_back(constant.name);
    return names;
}

std::vector<std::string> present_globals() {
    std::vector<std::string> names = names_of(base_functions());
    names.insert(names.end(), std::begin(kLibraryNames), std::end(kLibraryNames));
    return names;
}

bool is_string_method(std::string_view method) {
    return std::find(kStringMethods.begin(), kStringMethods.end(), method) != kStringMethods.end();
}

}  // namespace rackrace

// A: the declaration and the use of the API do not fit.
#include <array>

#include "agents/checker/codes.h"

namespace rackrace {
namespace {

constexpr Severity kError = Severity::error;

constexpr std::array kCodes = std::to_array<CodeEntry>({
    {"A201", kError, "no such field", "",
     "obs has no field of this name here, or not for this role; or race has no such function. `rackrace api` lists all fields with\n"
     "their units. Lists are indexed first: obs.rivals[i].cash_musd.",
     "wrong:  local px = obs.market.spot_price\nright:  local px = obs.market.spot_t_usd_h"},
    {"A202", kError, "no such verb", "", "act has no verb of this name. `rackrace api` lists the verbs of each role.",
     "wrong:  act.buy_chips { ... }\nright:  act.bid_chips { ... }"},
    {"A203", kError, "verb of another role", "each role has the levers of its business.", "The verb exists, and this script's role has no use for it.",
     "wrong:  list_price in a race.lab script\nright:  list_price in a race.supplier script"},
    {"A204", kError, "verb of another stage", "stage A commits (contracts, money, power, sites) before stage B is played; in `operate` it is over.",
     "Verbs of stage B called in decide become standing orders. Verbs of stage A cannot be called in operate, directly or through a\n"
     "function that operate calls.",
     "wrong:  operate = function(obs, act) act.borrow { ... } end\nright:  decide = function(obs, act) act.borrow { ... } end"},
    {"A205", kError, "act used in a way that hides its verbs", "the autopilot plays the levers whose verbs a script leaves out, so all verbs must be visible in its text.",
     "Call verbs as act.verb { ... }, with a point. act may be passed to functions of the file and of required files, kept in a local\n"
     "and returned; not put into tables, compared, or indexed with a computed name.",
     "wrong:  act[\"bid_\" .. what] { ... }\nright:  if what == 1 then act.bid_chips { ... } else act.bid_power { ... } end"},
    {"A206", kError, "arguments of a verb in the wrong form", "named arguments carry their units in their names.",
     "A verb takes one table whose keys are names. trace and mark take a literal name first.",
     "wrong:  act.repay(loan.id, 20.0)\nright:  act.repay { loan = loan.id, musd = 20.0 }"},
    {"A207", kError, "an id used as a number", "an id says which, not how much: Lua stops the callback at the first sum with one.",
     "Ids of products, regions, firms, contracts, loans, projects, agreements and orders are opaque. They are compared with == and ~=,\n"
     "kept in locals and given to verbs and helpers that take an id of their kind.",
     "wrong:  local next_one = product.id + 1\nright:  for _, other in ipairs(obs.market.products) do if other.id ~= product.id then ... end end"},
    {"A208", kError, "unknown argument of a verb", "", "The verb has no argument of this name.", "wrong:  act.bid_chips { count = 8 }\nright:  act.bid_chips { chips = 8 }"},
    {"A209", kError, "argument of a verb missing", "", "The verb needs this argument; those marked ? in `rackrace api` may be left out.",
     "wrong:  act.repay { musd = 20.0 }\nright:  act.repay { loan = loan.id, musd = 20.0 }"},
    {"A210", Severity::warning, "argument out of bounds", "the call would be refused every time.",
     "The value stands in the script, and no scenario allows it. `rackrace api` shows bounds beside each argument; bounds that a\n"
     "scenario sets are checked when the call is made. What is no value of the argument at all is A227.",
     "wrong:  act.set_payout { frac = 1.5 }\nright:  act.set_payout { frac = 0.5 }"},
    {"A211", kError, "no declaration", "the engine reads role, parameters, memory and callbacks from what the file returns.",
     "A strategy is a file that returns one table given to race.<role>. A file that only helps others is a module and is required by\n"
     "them.",
     "right:  return race.neocloud { api = \"1.0\", name = \"Ladder\", decide = function(obs, act, p, mem, rng) end }"},
    {"A212", kError, "unknown role", "", "The roles are hyperscaler, neocloud, lab and supplier.", "wrong:  return race.cloud { ... }\nright:  return race.neocloud { ... }"},
    {"A213", kError, "a key of the declaration is missing", "", "Every declaration has api, name and decide; about, params, memory, manual, init and operate may be left out.",
     "right:  api = \"1.0\", name = \"Ladder\", decide = function(obs, act, p, mem, rng) end"},
    {"A214", kError, "unknown key", "an unknown key would be ignored silently, and with it what was meant.",
     "The declaration has the keys api, name, about, params, memory, manual, init, decide, operate, each written as name = value.",
     "wrong:  parameters = { ... }\nright:  params = { ... }"},
    {"A215", kError, "API version not available", "a newer script may use fields and verbs that this engine does not have.",
     "`api` is the oldest API version that the script needs. The engine refuses newer ones and adapts older minor ones.", "right:  api = \"1.0\""},
    {"A216", kError, "a key has a value of the wrong kind", "",
     "api, name and about are literal texts, manual is true or false, params and memory are tables, init, decide and operate are\n"
     "functions, all written in this file so that they are known before anything runs.",
     "wrong:  manual = \"yes\"\nright:  manual = true"},
    {"A217", kError, "not a parameter declaration", "sweeps and searches need the bounds of every parameter.",
     "Each entry of params is race.range(min, max, default), race.int(min, max, default), race.choice({ \"a\", \"b\" }, \"a\"),\n"
     "race.flag(default) or race.fixed(value), each with an optional table of options at the end.",
     "wrong:  params = { step = 0.02 }\nright:  params = { step = race.range(0.0, 0.10, 0.02) }"},
    {"A218", kError, "values of a parameter do not fit", "sweeps, searches and --set go by these values, read without running the script.",
     "The values are literals (or file-level locals that hold literals) in the order min, max, default, with min <= default <= max;\n"
     "whole numbers for race.int; the default of a choice is one of its texts.",
     "wrong:  race.range(0.02, 0.0, 0.10)\nright:  race.range(0.0, 0.10, 0.02)"},
    {"A219", kError, "unknown option of a parameter", "", "Options are doc and unit, and for numbers scale (\"log\" or \"linear\"; log needs min above 0) and step.",
     "wrong:  race.range(0, 1, 0.5, { log = true })\nright:  race.range(0.01, 1, 0.5, { scale = \"log\" })"},
    {"A220", kError, "memory entry of the wrong kind", "memory is saved, hashed and shown every quarter, so it has a fixed shape of numbers.",
     "memory holds numbers, true or false, and race.array(length, number). Texts, tables and nil do not fit.",
     "wrong:  memory = { plan = {} }\nright:  memory = { plan = race.array(8, 0.0) }"},
    {"A221", kError, "memory too large", "the engine keeps 128 numbers for a firm's script, in every world of a batch.",
     "A number, a flag and each item of an array count as one.", "wrong:  memory = { a = race.array(200, 0.0) }\nright:  memory = { a = race.array(100, 0.0) }"},
    {"A222", kError, "a key stands twice", "", "In Lua the last of two equal keys wins silently; in a declaration or a verb that is a mistake.",
     "wrong:  { tenor_q = 4, tenor_q = 8 }\nright:  { tenor_q = 8 }"},
    {"A223", kError, "parameter not declared", "", "p has the fields that params declares and no others.",
     "wrong:  p.hegde\nright:  p.hedge, with  params = { hedge = race.range(0.0, 1.0, 0.4) }"},
    {"A224", kError, "memory field not declared", "memory has a fixed shape: a new key would be lost.", "mem has the fields that memory declares and no others.",
     "wrong:  mem.orders = 1\nright:  the same, with  memory = { orders = 0 }"},
    {"A225", kError, "too many parameters of a callback", "", "init is called with (info, p, mem), decide and operate with (obs, act, p, mem, rng); fewer may be named.",
     "wrong:  decide = function(obs, act, p, mem, rng, t)\nright:  decide = function(obs, act, p, mem, rng)"},
    {"A226", kError, "wrong use of rng", "", "rng has the methods uniform, normal, int, chance and stream, called with a colon.",
     "wrong:  rng.uniform(0, 1)\nright:  rng:uniform(0, 1)"},
    {"A227", kError, "a value that an argument cannot have", "the callback stops there, and the firm holds.",
     "An argument takes a number, true or false, one of its words or an id of its kind, and an amount is never below 0. Anything else\n"
     "is a mistake of the script, not an offer that the market refuses: the callback ends, its orders are dropped, and the error is\n"
     "counted. A number beyond its bounds is refused alone (A210).",
     "wrong:  act.borrow { kind = \"bonds\", musd = -5.0, ... }\nright:  act.borrow { kind = \"bond\", musd = 5.0, ... }"},
});

}  // namespace

std::span<const CodeEntry> declaration_codes() { return kCodes; }

}  // namespace rackrace

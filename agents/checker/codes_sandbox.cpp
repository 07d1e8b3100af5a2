// B: the script reaches for what a strategy does not have.
#include <array>

#include "agents/checker/codes.h"

namespace rackrace {
namespace {

constexpr Severity kError = Severity::error;

constexpr std::array kCodes = std::to_array<CodeEntry>({
    {"B101", kError, "name not available", "",
     "Scripts run in a sandbox so that a run repeats bit for bit on every machine. Present are race, require, ipairs, type, assert,\n"
     "error, math (without random) and table.insert, remove, sort, concat. Each absent name has its reason and its substitute in the\n"
     "message: pairs -> race.each, print -> act.trace, os.time -> obs.time, pcall -> verbs return false instead of throwing.",
     "wrong:  for k, v in pairs(t) do ... end\nright:  for k, v in race.each(t) do ... end"},
    {"B102", kError, "member of a library not available", "",
     "The libraries math and table are there in part: math without random and randomseed, table with insert, remove, sort, concat.\n"
     "Library members are written by name.",
     "wrong:  local x = math.random()\nright:  local x = rng:uniform(0.0, 1.0)"},
    {"B103", kError, "require of something that is not allowed", "all files of a run are read, checked and hashed before it starts.",
     "require takes one literal name: \"rackrace\", \"rackrace.<part>\" or a file beside the script, \"lib.credit\" for lib/credit.lua.\n"
     "No paths, no folders above, no standard libraries, no computed names.",
     "wrong:  require(\"../credit.lua\")\nright:  require \"lib.credit\""},
    {"B104", kError, "assignment to a global", "globals would be state that no reader, no replay and no hash sees.",
     "Everything is declared with `local`, functions too. What must last from quarter to quarter is declared in `memory`.",
     "wrong:  function need(me) ... end\nright:  local function need(me) ... end"},
    {"B105", kError, "outer variable changed in a callback",
     "a decision depends on its arguments only: what lasts is in mem, where it is saved, shown, hashed and survives a reload.",
     "Local variables and tables made when the file loads are read-only while callbacks run (decide, operate, init and all functions\n"
     "they reach). At run time the engine refuses the write as well.",
     "wrong:  local count = 0 ... decide = function() count = count + 1 end\n"
     "right:  memory = { count = 0 } ... decide = function(obs, act, p, mem) mem.count = mem.count + 1 end"},
    {"B106", kError, "undefined name", "a global that nobody set is nil, and the first use of it fails in the middle of a run.",
     "The name is neither declared with `local` in this block or one around it, nor a parameter, nor part of the sandbox. A local is\n"
     "visible from the statement behind its declaration on.",
     "wrong:  local need_mh = capcity_mh - 1\nright:  local need_mh = capacity_mh - 1"},
    {"B107", kError, "write to something read only", "obs, p and info show the market and the settings as they are; a script answers with verbs and mem.",
     "obs, p, info, act, rng, race, math, table and files that are required cannot be changed, nor any record reached through them.",
     "wrong:  obs.me.cash_musd = 0\nright:  local cash_musd = 0"},
    {"B108", kError, "method of a text", "texts are literal here: patterns and formats can run for minutes where no limit stops them.",
     "Strings have no methods in the sandbox (string.* is absent). .. joins, # measures, == compares.",
     "wrong:  local s = (\"x\"):rep(3)\nright:  local s = \"xxx\""},
    {"B109", kError, "<close> not available", "<close> calls a metamethod, and the sandbox has no metatables.",
     "A variable marked <close> needs a value with a __close metamethod. Scripts hold no files or locks that need closing.",
     "wrong:  local f <close> = open()\nright:  local f = 1"},
});

}  // namespace

std::span<const CodeEntry> sandbox_codes() { return kCodes; }

}  // namespace rackrace

// N: what keeps a script off the core engine. Notes: such a script runs, by Lua. N515 alone is a warning: it may stop a decision in either engine.
#include <array>

#include "agents/checker/codes.h"

namespace rackrace {
namespace {

constexpr Severity kNote = Severity::note;
constexpr std::string_view kStatic = "the core engine knows the kind of every value before it runs, on CPU and GPU alike.";

constexpr std::array kCodes = std::to_array<CodeEntry>({
    {"N501", kNote, "a value that may be nil", kStatic,
     "Locals have a first value, functions whose value is used return one at every end, and calls give every argument.",
     "not portable:  local best\nportable:      local best = 0.0"},
    {"N502", kNote, "a local of two kinds", kStatic,
     "A local holds numbers, or flags, or ids, or records of one list, for as long as it lives. Names for obs, mem, lists and arrays are given once.",
     "not portable:  local found = false ... found = rival\nportable:      local found, who = false, obs.rivals[1]"},
    {"N503", kNote, "goto", "loops and branches alone show where fuel is spent.", "if, while, repeat and for do what goto does.", ""},
    {"N504", kNote, "a loop over something else", "there is no iterator to call.",
     "Loops run over numbers, or over ipairs of a list of obs or an array of mem.", "not portable:  for k, v in race.each(t) do\nportable:      for i = 1, #obs.rivals do"},
    {"N505", kNote, "a function as a value", "functions are laid out where they are called.",
     "Local functions at the top of the file are called by their names; none is made, kept or passed in a callback.", ""},
    {"N506", kNote, "recursion", "functions are laid out where they are called.", "A loop does the same.", ""},
    {"N507", kNote, "any number of arguments", "functions are laid out where they are called.", "Name each argument; there are up to 8.", ""},
    {"N508", kNote, "a table built in a callback", "the core engine has no heap, on CPU and GPU alike.",
     "Lists of numbers that a decision needs are declared in memory and written item by item.", "not portable:  local plan = {}\nportable:      memory = { plan = race.array(8, 0.0) } ... mem.plan[i] = x"},
    {"N509", kNote, "memory used in another way than declared", "memory has a fixed layout.", "Fields of mem keep the kind that they were declared with; arrays are written item by item.", ""},
    {"N510", kNote, "a text that is no literal", "there is no heap for texts.", "Texts are names of traces and choices, written where they are used.", ""},
    {"N511", kNote, "a function outside the subset", "its bits differ between machines, or it needs a heap.",
     "race.* has what math has; assert, error, type and table.* have no portable form.", "not portable:  math.max(a, b)\nportable:      race.max(a, b)"},
    {"N512", kNote, "a power other than ^2", "^ is the platform's pow, whose last bit differs between machines.", "x^2 is x times x; race.pow(x, y) is our own.", ""},
    {"N513", kNote, "a bit operator", "integers here are counters.", "Use numbers, flags and race.floor.", ""},
    {"N514", kNote, "a value of the wrong kind here", kStatic,
     "Conditions are true or false, operands are numbers, and what is compared is of one kind. `a and x or y` chooses between numbers, ids or records where a is a condition.",
     "not portable:  if mem.count then\nportable:      if mem.count > 0.0 then"},
    {"N515", Severity::warning, "a divisor that may be zero", "by zero, // and % of two integers stop the decision, and of floats give an infinity or no number, which no verb takes.",
     "Said of // and % whose divisor nothing in the function keeps from zero: no bound of a parameter, no race.max with a positive number, no\n"
     "comparison with a number. x / y of floats follows IEEE and is not judged; race.ratio(x, y, default) says what zero means.",
     "wrong:  local lots = chips // line.available_chips\nright:  local lots = race.floor(race.ratio(chips, line.available_chips, 0.0))"},
    {"N516", kNote, "arguments whose names are worked out", "verbs have a fixed layout.", "Write the table of named arguments at the call.", "portable:      act.bid_chips { product = chip.id, chips = n, max_usd_chip = x }"},
    {"N517", kNote, "act.budget", "the two engines count instructions differently.", "Bound loops by numbers.", ""},
    {"N518", kNote, "an integer beyond 2^53", "floats do not hold it.", "Write it as a float.", ""},
    {"N519", kNote, "a stream that is kept", "streams are known by their literal names.", "Name the stream at each draw.", "portable:      rng:stream(\"bids\"):uniform(0.0, 1.0)"},
    {"N520", kNote, "an integer or a float", "the two have different rules for -0, // and %, and Lua decides while it runs.",
     "A local that starts as an integer literal and later takes floats is both. It may be added to floats, compared and given to verbs, but not computed with integers.",
     "not portable:  local n = 0 ... n = n + x ... n = n + 1\nportable:      local n = 0.0 ... n = n + x ... n = n + 1.0"},
    {"N521", kNote, "a function of another file", "one file is compiled at a time.", "Copy the function to the script.", ""},
    {"N522", kNote, "too large", "programs have a fixed room on the device.", "Functions count at every call: call large ones from fewer places.", ""},
    {"N523", kNote, "a loop variable changed", "the number of rounds is fixed when a loop begins.", "Copy it to a local of its own.", ""},
    {"N524", kNote, "what a result is about", kStatic, "ref of obs.results is an id, a text or a number, as its verb has it.", ""},
    {"N525", kNote, "too many arguments or results", "functions have up to 8 arguments and 4 results, callbacks none.", "Pass obs, mem or a record.", ""},
    {"N526", kNote, "a verb as a value", "verbs have a fixed layout.", "Call it at once.", ""},
    {"N527", kNote, "a variable of the file that is no constant", "a program has constants, parameters and memory.", "Numbers, flags and texts at the top of the file are constants where they are set once.", ""},
    {"N530", kNote, "no portable form", "", "The script uses something here that the core engine does not have.", ""},
});

}  // namespace

std::span<const CodeEntry> portable_codes() { return kCodes; }

}  // namespace rackrace

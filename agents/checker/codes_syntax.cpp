// S: the text is not Lua 5.4.
#include <array>

#include "agents/checker/codes.h"

namespace rackrace {
namespace {

constexpr Severity kError = Severity::error;

constexpr std::array kCodes = std::to_array<CodeEntry>({
    {"S001", kError, "unexpected symbol", "",
     "A word or symbol stands where Lua expects something else. Often something is missing just before it: an operator, a comma, a\n"
     "closing bracket, an `end`. Words of other languages are recognised (!=, &&, +=, ++, ?) and their Lua form is given.",
     "wrong:  local x = (1 +) * 2\nright:  local x = (1 + y) * 2"},
    {"S002", kError, "unfinished string or comment", "",
     "A string between quotes ends on its line; a long string [[ ... ]] or comment --[[ ... ]] ends with the same number of = signs\n"
     "that it began with.",
     "wrong:  name = \"Ladder\nright:  name = \"Ladder\""},
    {"S003", kError, "malformed number", "",
     "A number is digits with at most one point and an exponent (1e6), or hexadecimal (0x1F, 0x1p-3). Separators, units and percent\n"
     "signs are no part of it.",
     "wrong:  local cost_musd = 1_000\nright:  local cost_musd = 1000"},
    {"S004", kError, "block or bracket never closed", "",
     "Each `function`, `if`, `for`, `while` and `do` has its `end`, each `repeat` its `until`, each bracket its partner. The message\n"
     "points at the opening; where several are open, indentation tells which one most likely lacks its end.",
     "wrong:  if x > 0 then act.mark(\"up\")\nright:  if x > 0 then act.mark(\"up\") end"},
    {"S005", kError, "bad escape in a string", "",
     "Behind a backslash stand a b f n r t v \\ \" ', a line break, z, xXX (two hexadecimal digits), up to three decimal digits, or\n"
     "u{XXX} (a code point).",
     "wrong:  name = \"C:\\data\"\nright:  name = \"C:\\\\data\""},
    {"S006", kError, "not a text in UTF-8", "scripts are text that people and tools can read; compiled Lua is refused.",
     "Scripts are UTF-8 without a byte order mark and without NUL bytes, in comments and strings too. Compiled chunks (of luac) are\n"
     "refused because nothing in them can be checked.",
     "wrong:  name = \"Zürich\" saved as Latin-1\nright:  the same saved as UTF-8"},
    {"S007", kError, "something is missing", "",
     "The construct that began here has a fixed form, and the part named in the message is not there: `then` behind a condition, `do`\n"
     "behind a loop's head, a name, a comma between fields, a closing bracket.",
     "wrong:  if x > 0 act.mark(\"up\") end\nright:  if x > 0 then act.mark(\"up\") end"},
    {"S008", kError, "a value where a statement should stand", "",
     "A statement assigns, calls, declares or controls. A value alone does nothing, so Lua refuses it. == compares and = assigns.",
     "wrong:  mem.orders == 0\nright:  mem.orders = 0"},
    {"S009", kError, "cannot be assigned to", "",
     "On the left of = stand variables and fields: x, t.x, t[i]. A call, a value in parentheses or a literal is none.",
     "wrong:  price() = 3\nright:  local price_usd = 3"},
    {"S010", kError, "unknown attribute", "", "A local variable may carry <const> (never assigned again) or <close>.",
     "wrong:  local lead_q <constant> = 4\nright:  local lead_q <const> = 4"},
    {"S011", kError, "assignment to a constant", "",
     "A local declared <const> or <close> keeps its first value.",
     "wrong:  local lead_q <const> = 4; lead_q = 5\nright:  local lead_q = 4; lead_q = 5"},
    {"S012", kError, "no such label", "",
     "`goto name` needs ::name:: in the same block or one around it, in the same function. Labels inside other blocks are out of sight.",
     "wrong:  for i = 1, 3 do goto next end ::done::\nright:  for i = 1, 3 do goto next ::next:: end"},
    {"S013", kError, "goto into the scope of a local", "",
     "A forward goto must not skip the declaration of a local that is still in scope at the label. Labels at the very end of a block\n"
     "are outside the scope of its locals, except in repeat, whose condition still sees them.",
     "wrong:  goto done; local x = 1; ::done:: act.trace(\"x\", x)\nright:  local x = 1; goto done; ::done:: act.trace(\"x\", x)"},
    {"S014", kError, "label declared twice", "", "Within a function a label may not repeat one that is still in sight.",
     "wrong:  ::a:: do ::a:: end\nright:  ::a:: do ::b:: end"},
    {"S015", kError, "break outside a loop", "", "`break` leaves the innermost for, while or repeat of its function. To leave a function, use `return`.",
     "wrong:  if done then break end\nright:  if done then return end"},
    {"S016", kError, "'...' outside a vararg function", "", "'...' stands for the further arguments of a function whose parameters end with '...'.",
     "wrong:  local function f(a) return ... end\nright:  local function f(a, ...) return ... end"},
    {"S017", kError, "nested too deep", "Lua itself stops at 200 levels.",
     "Blocks, functions, parentheses, tables, operators that group to the right (.. and ^) and the targets of one assignment count as\n"
     "levels.",
     "wrong:  a .. b .. c .. (200 more)\nright:  build it in several statements"},
    {"S018", kError, "too many variables", "Lua keeps them in registers: 200 locals and 255 outer variables in one function.",
     "A function may have 200 local variables in scope at once and use 255 variables of the functions around it.", ""},
    {"S019", kError, "two <close> in one declaration", "", "A `local` statement may mark one of its variables <close>.",
     "wrong:  local a <close>, b <close> = f()\nright:  two statements"},
});

}  // namespace

std::span<const CodeEntry> syntax_codes() { return kCodes; }

}  // namespace rackrace

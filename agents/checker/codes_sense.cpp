// D, P, M: scripts that run, and do what their writer hardly meant: draws that move draws, work done again and again, levers without a hand on them.
#include <array>

#include "agents/checker/codes.h"

namespace rackrace {
namespace {

constexpr Severity kWarning = Severity::warning;
constexpr Severity kNote = Severity::note;

constexpr std::array kCodes = std::to_array<CodeEntry>({
    {"D404", kNote, "a draw that moves other draws", "draws of a stream are counted: one more or one less in front gives all later ones other numbers.",
     "A draw that happens in some quarters only, in front of others of the same stream, changes those too: two runs that differ in one\n"
     "condition then differ in all chance. A stream of its own keeps a draw to itself.\n"
     "Of iteration order (pairs is not there, race.each goes by key) and of outer variables (B105) nothing is left to warn of.",
     "moves:   if tight then x = rng:uniform(0.0, 1.0) end  y = rng:normal(0.0, 1.0)\napart:   if tight then x = rng:stream(\"tight\"):uniform(0.0, 1.0) end  y = rng:normal(0.0, 1.0)"},
    {"P601", kNote, "a constant table built in every call", "it is built and thrown away each time, out of the memory of the call.",
     "A table of constants is made once, as a local at the top of the file; callbacks may read it.",
     "again and again:  decide = function(obs) local steps = { 0.1, 0.2 } ... end\nonce:             local steps = { 0.1, 0.2 }  decide = function(obs) ... end"},
    {"P603", kNote, "a loop over a list within a loop over the same list", "the work grows with the square of the list, and the budget of a call does not.",
     "Most such loops look for a sum, a largest or a place: one loop before finds it for all.",
     "square:  for i = 1, #obs.rivals do for k = 1, #obs.rivals do ... end end\nonce:    for k = 1, #obs.rivals do sum = sum + obs.rivals[k].cash_musd end  for i = 1, #obs.rivals do ... end"},
    {"M701", kWarning, "a parameter that is never read", "sweeps and searches would turn it, and nothing would happen.",
     "Each entry of params should be read as p.<name> in a callback or a function that it calls.", "wrong:  params = { hedge = race.range(0.0, 1.0, 0.4) }, and no p.hedge\nright:  read it, or take it out"},
    {"M702", kWarning, "memory that is never read", "it is saved, hashed and counted every quarter for nothing.",
     "A field of memory that is only written has no effect on any decision. To see a number in the viewer, trace it.", "wrong:  mem.last_usd_h = mkt.spot_i_usd_h, and no other mem.last_usd_h\nright:  act.trace(\"spot\", mkt.spot_i_usd_h)"},
    {"M703", kWarning, "memory that is never written", "it keeps its first value for ever.", "A number that never changes is a parameter or a local constant.",
     "wrong:  memory = { floor_usd_h = 0.5 }, only read\nright:  params = { floor_usd_h = race.fixed(0.5) }"},
    {"M704", kNote, "an order that looks at nothing", "an order that does not move with cash or need is refused when money is short, and wasted when it is not.",
     "The size of a purchase comes from literals only, and the script never reads cash, credit or runway.",
     "blind:   act.bid_chips { product = chip.id, chips = 2000.0, max_usd_chip = x }\nbounded: chips = race.min(2000.0, 0.2 * me.cash_musd * 1e6 / chip.list_usd_chip)"},
});

}  // namespace

std::span<const CodeEntry> sense_codes() { return kCodes; }

}  // namespace rackrace

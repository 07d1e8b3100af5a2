// U: values of different units meet.
#include <array>

#include "agents/checker/codes.h"

namespace rackrace {
namespace {

constexpr Severity kError = Severity::error;
constexpr Severity kWarning = Severity::warning;
constexpr Severity kNote = Severity::note;

constexpr std::array kCodes = std::to_array<CodeEntry>({
    {"U301", kError, "adding different units", "the sum has no unit, so the result cannot be an order size or a limit.",
     "Fields of obs, arguments of verbs and helpers carry units; locals, parameters and memory carry that of their value, or of the\n"
     "ending of their name. Products and quotients combine units (chips x $/chip = $, M$ / ($/h) = Mh), 1e6 and 1000 change them ($\n"
     "to M$, kW to MW), other bare numbers keep them. An error is only what fields and declarations say (else U306); quarters are not counted in flows.",
     "wrong:  local need = cost_musd + me.power_mw\nright:  local need = cost_musd + race.power_cost_musd(me.power_mw, mkt.power_usd_mwh)"},
    {"U302", kError, "comparing different units", "which of the two is larger says nothing.",
     "As U301, for < <= > >= == ~= and for race.min, max, clamp, step and smooth.",
     "wrong:  if me.cash_musd > chips * chip.list_usd_chip then\nright:  if me.cash_musd > chips * chip.list_usd_chip / 1e6 then"},
    {"U303", kError, "an argument of another unit", "the engine takes the number as it is, in the unit that the argument's name says.",
     "Each argument of a verb and of a helper has the unit of its name; `rackrace api` lists them.",
     "wrong:  act.bid_chips { product = chip.id, chips = n, max_usd_chip = me.cash_musd }\nright:  act.bid_chips { product = chip.id, chips = n, max_usd_chip = chip.list_usd_chip * 1.1 }"},
    {"U304", kWarning, "a name that says another unit", "who reads the name, and the checker, take its ending for the unit.",
     "Endings of names are units: _musd _usd_h _mh _mw _grid_mw _chips _usd_chip _usd_mwh _frac _apr _q and so on.",
     "wrong:  local cost_musd = chips * chip.list_usd_chip\nright:  local cost_musd = chips * chip.list_usd_chip / 1e6"},
    {"U305", kWarning, "a unit lost by a bare number", "a number that turns one unit into another has a unit, and nobody sees which.",
     "Numbers between 0.1 and 2 and powers of ten from 1000 on are taken for factors and changes of scale. Another number, or a parameter\n"
     "without `unit`, may be a price or a rate: then its unit belongs beside it, as the option `unit` of a parameter or the ending of a name.",
     "wrong:  local left_musd = me.cash_musd - 12.5 * site_mw\nright:  local left_musd = me.cash_musd - p.shell * site_mw, with  shell = race.fixed(12.5, { unit = \"M$/MW\" })"},
    {"U306", kNote, "units that seem to differ", "an ending of a name, a helper or a bare number tells one of the units, and may be meant otherwise.",
     "As U301 to U303, where one of the units does not come from fields of obs and declarations alone. Scores that add what has no common\n"
     "unit, or one of something without the word, are seen here too; the script plays.",
     "seen:   local score = 0.6 * chip.perf_t_chip - 0.4 * chip.kw_chip\nplain:  local score = p.speed * chip.perf_t_chip - p.thirst * chip.kw_chip"},
});

}  // namespace

std::span<const CodeEntry> unit_codes() { return kCodes; }

}  // namespace rackrace

#include "cli/fault_report.h"

#include <fmt/format.h>

#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/state_path.h"

namespace rackrace {

namespace {

std::string posting_text(const Posting& posting, const Names& names) {
    return fmt::format("{} of {} $ by {} to {}, phase P{}, reference {}", row_of(posting.kind).name, posting.amount.value, index_label(names, "balance", 0, posting.payer),
                       index_label(names, "balance", 0, posting.payee), static_cast<int>(posting.stage), posting.reference);
}

}  // namespace

Refusals fault_report(const RunRecord& run, const RunOutcome& outcome, const World& last, const Names& names, const std::filesystem::path& folder) {
    const std::string quarter = quarter_name(run.last_t), place = last.fault == Fault::not_a_number ? first_not_finite(last, names) : "";
    const std::string_view what = last.fault == Fault::negative_posting ? "the posting" : "the last posting that touched it";
    Refusals out;
    out.add({fmt::format("{} seed {} {}", run.scenario, run.seed, quarter), 0, 0, run.fault + (place.empty() ? "" : ": " + place), "this is a bug in rackrace, not in the scenario"});
    out.add({"", 0, 0, outcome.suspect ? fmt::format("{}: {}", what, posting_text(*outcome.suspect, names)) : "no posting moves it: look at the phases of the quarter",
             fmt::format("replay it with: rackrace run --from {} --until {}", quoted_word(folder.string()), quarter)});
    return out;
}

}  // namespace rackrace

#include "cli/fault_report.h"

#include <fmt/format.h>

#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/state_path.h"

namespace rackrace {

Refusals fault_report(const RunRecord& run, const RunOutcome& outcome, const Names& names, const std::filesystem::path& folder) {
    const Posting& posting = outcome.last_posting;
    const std::string quarter = quarter_name(run.last_t), payer = index_label(names, "balance", 0, posting.payer),
                      payee = index_label(names, "balance", 0, posting.payee);
    Refusals out;
    out.add({fmt::format("{} seed {} {}", run.scenario, run.seed, quarter), 0, 0, run.fault, "this is a bug in rackrace, not in the scenario"});
    out.add({"", 0, 0,
             fmt::format("the last posting that touched it: {} of {} $ by {} to {}, phase P{}, reference {}", row_of(posting.kind).name,
                         posting.amount.value, payer, payee, static_cast<int>(posting.stage), posting.reference),
             fmt::format("replay it with: rackrace run --from {} --until {}", quoted_word(folder.string()), quarter)});
    return out;
}

}  // namespace rackrace

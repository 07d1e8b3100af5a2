// What a firm's script showed under a name: the values of the quarter with the lines that wrote them, and the last one of the quarter before.
#include <algorithm>

#include "engine/base/quarter_index.h"
#include "engine/scenario/tables.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/shown_traces.h"
#include "viz/figures/why_credit.h"

namespace rackrace {

Result<Why> explain_trace(const ReplayStore& store, const Address& address, int t) {
    const std::string firm = address.value("firm"), name = address.value("trace");
    const auto refuse = [&](std::string fact, std::string advice) { return Refusal{address.run, 0, 0, std::move(fact), std::move(advice)}; };
    if (firm.empty()) return refuse("a trace is of a firm, and none is named", "write firm=F&trace=" + name);
    if (std::find(store.firms().begin(), store.firms().end(), firm) == store.firms().end()) return refuse("there is no firm '" + firm + "'", suggestion(firm, store.firms()));
    std::vector<ShownTrace> now, at_t;
    const ShownTrace* before = nullptr;
    const std::vector<ShownTrace> all = shown_traces(store, firm);
    for (const ShownTrace& one : all) {
        if (one.t == t) at_t.push_back(one);
        if (one.name == name && one.t == t) now.push_back(one);
        if (one.name == name && one.t == t - 1) before = &one;
    }
    if (now.empty()) {
        const std::vector<std::string> known = names_of(at_t);
        return refuse("the script of " + firm + " shows no '" + name + "' in " + quarter_name(t), known.empty() ? "it shows nothing then" : suggestion(name, known));
    }
    Why why{store.address(t, trace_path(firm, name)), trace_text(firm, now.back(), before == nullptr ? kNoValue : before->value), {}};
    for (const ShownTrace& one : now) why.reasons.push_back({one.is_mark ? "marked " + one.place : short_number(one.value) + " " + one.place, store.address(t, "firm=" + firm)});
    if (before != nullptr) why.reasons.push_back({trace_text(firm, *before, kNoValue) + ", " + before->place, store.address(t - 1, trace_path(firm, name))});
    return why;
}

}  // namespace rackrace

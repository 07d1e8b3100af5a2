#include <fmt/format.h>

#include "cli/cells.h"
#include "cli/decision_forms.h"
#include "engine/replay/replay_tables.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

Json value_json(const ShownValue& value) {
    if (!value.is_there()) return nullptr;
    if (value.text == "true" || value.text == "false") return value.text == "true";
    return value.number ? Json(*value.number) : Json(value.text);
}

Json step_json(const CallbackTrace& trace, const TracedStep& step) {
    Json out = {{"file", trace.files[static_cast<std::size_t>(step.file)].name}, {"line", step.line}};
    if (step.last_line != step.line) out["last_line"] = step.last_line;
    if (step.is_gap()) out["skipped"] = step.skipped;
    else out.update({{"pass", step.pass}, {"depth", step.depth}, {"text", trace.text(step.file, step.line)}});
    if (!step.changes.empty()) {
        Json& changes = out["changes"] = Json::array();
        for (const ValueChange& change : step.changes) changes.push_back({{"name", change.name}, {"before", value_json(change.before)}, {"after", value_json(change.after)}});
    }
    if (!step.orders.empty()) out["orders"] = step.orders;
    return out;
}

Json callback_json(const CallbackTrace& trace) {
    Json out = {{"callback", kCallbackNames[static_cast<std::size_t>(trace.which)]}, {"lines_run", trace.lines_run}, {"reads", Json::array()}, {"unlisted_reads", trace.unlisted_reads}, {"passes", Json::array()}, {"steps", Json::array()}};
    for (const InputRead& read : trace.reads)
        out["reads"].push_back({{"path", read.path}, {"value", value_json(read.value)}, {"unit", read.unit}, {"file", trace.files[static_cast<std::size_t>(read.file)].name}, {"line", read.line}, {"times", read.times}});
    for (const auto& [place, count] : trace.passes) out["passes"].push_back({{"file", trace.files[static_cast<std::size_t>(place.first)].name}, {"line", place.second}, {"times", count}});
    for (const TracedStep& step : trace.steps) out["steps"].push_back(step_json(trace, step));
    return out;
}

}  // namespace

Json decision_json(const TracedDecision& decision, const Names& names, const FirmOrders* recorded) {
    const Decision& told = decision.log.decisions.back();
    Json out = {{"stage", decision.stage == Stage::a ? "A" : "B"}, {"same", decision.differences.empty()}, {"differences", decision.differences}, {"budget_used", told.budget_used}, {"callbacks", Json::array()},
                {"orders", Json::array()}, {"memory", Json::array()}, {"traces", Json::array()}, {"error", nullptr}};
    for (const CallbackTrace& trace : decision.trace.callbacks) out["callbacks"].push_back(callback_json(trace));
    for (std::size_t i = 0; i < decision.log.orders.size(); ++i) {
        const PlacedOrder& order = decision.log.orders[i];
        const CodeRow& code = row_of(order.answer.code);
        Json one = {{"verb", info_of(order.verb).row.name}, {"args", Json::parse(order_arguments(names, order))}, {"script", decision.log.scripts[static_cast<std::size_t>(order.script)]}, {"line", order.line}, {"status", kOrderStatusNames[static_cast<int>(order.status)]}};
        if (!order.answer.ok()) one.update({{"code", code.id}, {"reason", code.name}, {"asked", order.answer.asked}, {"allowed", order.answer.allowed}, {"about", code.record}});
        if (recorded != nullptr && i < recorded->orders.rows.size()) one["outcome"] = outcome_text(*recorded, i);
        out["orders"].push_back(std::move(one));
    }
    for (const MemoryNumber& number : decision.memory) out["memory"].push_back({{"name", number.name}, {"before", value_json(number.before)}, {"after", value_json(number.after)}});
    for (const TraceEntry& entry : decision.log.traces) out["traces"].push_back({{"name", entry.name}, {"value", entry.is_mark ? Json() : Json(entry.value)}, {"line", entry.line}});
    if (decision.error) out["error"] = {{"file", decision.log.scripts[static_cast<std::size_t>(told.error_script)]}, {"line", decision.error->line}, {"message", decision.error->message}};
    return out;
}

Json differences_json(const std::vector<OrderChange>& differences) {
    Json out = Json::array();
    for (const OrderChange& one : differences) out.push_back({{"verb", one.verb}, {"nth", one.nth}, {"argument", one.argument}, {"recorded", one.first}, {"new", one.second}});
    return out;
}

}  // namespace rackrace

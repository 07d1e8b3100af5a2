#include "engine/quarter/decision_log.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace rackrace {
namespace {

template <class T> T read_at(const unsigned char* args, std::size_t offset) {
    T value;
    std::memcpy(&value, args + offset, sizeof value);
    return value;
}

/// Verbs whose orders are told one by one, in the order in which they were placed; of others one result tells of all orders about one thing.
bool is_told_singly(Verb verb) { return verb == Verb::offer_contract || verb == Verb::bid_contract || verb == Verb::borrow || verb == Verb::bid_firm; }

/// Whether the order asks for what the result repeats, in whole H100e or dollars: one so small that it rounds to none left no result.
bool asks_as_much(const DeskResult& result, const VerbInfo& verb, const unsigned char* args) {
    constexpr double kUnit = 0.005;  // more than an H100e of a quarter in million hours
    return std::abs(argument_value(verb.args[static_cast<std::size_t>(verb.quantity)], args) - result.asked) < kUnit;
}

/// An offer that leaves the generation out is told by the newest that the firm has.
bool tells_of(const DeskResult& result, const PlacedOrder& order) {
    if (order.status != OrderStatus::accepted || order.verb != result.verb) return false;
    const VerbInfo& verb = info_of(order.verb);
    const std::int32_t named = reference_in(verb, order.args);
    if (is_told_singly(order.verb)) return (named == result.ref || (order.verb == Verb::offer_contract && named < 0)) && asks_as_much(result, verb, order.args);
    return named == result.ref;
}

}  // namespace

double argument_value(const ArgInfo& arg, const unsigned char* args) {
    return arg.storage == Storage::f64 ? read_at<double>(args, arg.offset) : read_at<std::int32_t>(args, arg.offset);
}

std::int32_t reference_in(const VerbInfo& verb, const unsigned char* args) {
    return verb.reference < 0 ? -1 : read_at<std::int32_t>(args, verb.args[static_cast<std::size_t>(verb.reference)].offset);
}

bool is_no_order(const VerbInfo& verb, const unsigned char* args) {
    if (verb.quantity < 0) return false;
    const ArgInfo& quantity = verb.args[static_cast<std::size_t>(verb.quantity)];
    return is_quantity(quantity.row.unit) && argument_value(quantity, args) == 0.0;
}

Code answer_of(const DecisionLog& log, const PlacedOrder& order) {
    if (order.status == OrderStatus::rejected) return order.answer.code;
    return order.fill < 0 ? Code::none : log.fills[static_cast<std::size_t>(order.fill)].result.code;
}

int DecisionLog::script_of(std::string_view path) {
    const auto at = std::find(scripts.begin(), scripts.end(), path);
    if (at != scripts.end()) return static_cast<int>(at - scripts.begin());
    scripts.emplace_back(path);
    return static_cast<int>(scripts.size()) - 1;
}

void DecisionLog::begin(int firm, Stage stage, Author author) {
    first_order_ = orders.size();
    first_trace_ = traces.size();
    Decision& decision = decisions.emplace_back();
    decision.firm = firm;
    decision.stage = stage;
    decision.author = author;
}

void DecisionLog::add(Verb verb, const VerbAnswer& answer, const unsigned char* args, int script, int line) {
    const VerbInfo& info = info_of(verb);
    if (answer.ok() && is_no_order(info, args)) return;
    Decision& decision = decisions.back();
    ++(answer.ok() ? decision.accepted : decision.rejected);
    if (orders.size() - first_order_ >= static_cast<std::size_t>(kMaxListedCalls)) {
        ++decision.unlisted;
        return;
    }
    PlacedOrder& order = orders.emplace_back();
    order.id = ++last_id;
    order.firm = decision.firm;
    order.stage = decision.stage;
    order.author = decision.author;
    order.verb = verb;
    order.status = answer.ok() ? OrderStatus::accepted : OrderStatus::rejected;
    order.answer = answer;
    std::memcpy(order.args, args, info.size);
    order.script = script;
    order.line = line;
}

void DecisionLog::end(std::int64_t budget_used, VerbMask used) {
    Decision& decision = decisions.back();
    decision.budget_used = budget_used;
    if (decision.stage == Stage::a) return;
    for (std::size_t i = 0; i < first_order_; ++i) {
        PlacedOrder& order = orders[i];
        if (order.firm == decision.firm && order.author == decision.author && order.status == OrderStatus::accepted && (used & verb_bit(order.verb)) != 0)
            order.status = OrderStatus::replaced;
    }
}

void DecisionLog::fail(std::int64_t budget_used, int script, int line, std::string_view error) {
    Decision& decision = decisions.back();
    decision.budget_used = budget_used;
    decision.has_failed = true;
    decision.error = error;
    decision.error_script = script;
    decision.error_line = line;
    for (std::size_t i = first_order_; i < orders.size(); ++i)
        if (orders[i].status == OrderStatus::accepted) orders[i].status = OrderStatus::dropped;
    traces.resize(first_trace_);
}

void DecisionLog::add_results(int firm, const Desk& desk, int from) {
    for (int i = std::max(from, desk.result_count - kDeskResults); i < desk.result_count; ++i) {
        const int fill = static_cast<int>(fills.size());
        fills.push_back({firm, desk.results[i % kDeskResults]});
        const DeskResult& result = fills.back().result;
        const bool is_single = is_told_singly(result.verb);
        for (PlacedOrder& order : orders) {
            if (order.firm != firm || !tells_of(result, order) || (is_single && order.fill >= 0)) continue;
            order.fill = fill;
            if (is_single) break;
        }
    }
}

}  // namespace rackrace

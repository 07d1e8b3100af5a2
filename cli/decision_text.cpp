#include <fmt/format.h>

#include <algorithm>

#include "agents/checker/source_text.h"
#include "agents/host/lua_vm.h"
#include "cli/cells.h"
#include "cli/decision_forms.h"
#include "engine/replay/replay_tables.h"

namespace rackrace {
namespace {

constexpr std::size_t kShownReads = 40, kShownOrders = 60, kShownChanges = 6;
constexpr int kShownStatementLines = 6;

/// Rows of cells with two blanks between columns; the last one is not padded.
std::string columns_text(const std::vector<std::vector<std::string>>& rows, const std::string& indent) {
    std::vector<std::size_t> width;
    for (const auto& row : rows) {
        width.resize(std::max(width.size(), row.size()));
        for (std::size_t k = 0; k < row.size(); ++k) width[k] = std::max(width[k], row[k].size());
    }
    std::string out;
    for (const auto& row : rows) {
        std::string line = indent;
        for (std::size_t k = 0; k < row.size(); ++k) line += row[k] + (k + 1 < row.size() ? std::string(width[k] - row[k].size() + 2, ' ') : "");
        line.erase(line.find_last_not_of(' ') + 1);
        out += line + "\n";
    }
    return out;
}

std::string with_unit(const std::string& name, const ShownValue& value) {
    const std::string unit = value.number ? unit_of_variable(name) : "";
    return value.text + (unit.empty() ? "" : " " + unit);
}

/// "gap_mh = 22.9 Mh", "k 1 -> 2".
std::string change_text(const ValueChange& change) {
    if (!change.before.is_there()) return change.name + " = " + with_unit(change.name, change.after);
    return change.name + " " + change.before.text + " -> " + with_unit(change.name, change.after);
}

std::string place_text(const std::string& file, int line, const std::vector<TracedFile>& files) {
    const bool is_own = !files.empty() && file == files.front().name;
    return is_own ? fmt::format("line {}", line) : fmt::format("{}:{}", file, line);
}

std::string reads_text(const CallbackTrace& trace) {
    if (trace.reads.empty()) return "  it read nothing by its name\n";
    std::string out = "  it read\n";
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < std::min(trace.reads.size(), kShownReads); ++i) {
        const InputRead& read = trace.reads[i];
        const std::string times = read.times > 1 ? fmt::format(", {} times", read.times) : "";
        rows.push_back({read.path, read.value.text + (read.unit.empty() || !read.value.number ? "" : " " + read.unit),
                        place_text(trace.files[static_cast<std::size_t>(read.file)].name, read.line, trace.files) + times});
    }
    out += columns_text(rows, "    ");
    const auto more = static_cast<std::int64_t>(trace.reads.size()) - static_cast<std::int64_t>(rows.size());
    if (more > 0) out += fmt::format("    and {} more fields: --json lists {}\n", more + trace.unlisted_reads, trace.unlisted_reads > 0 ? "the first 500" : "all");
    return out;
}

std::string order_text(const Names& names, const PlacedOrder& order) {
    return fmt::format("{}  {}", info_of(order.verb).row.name, arguments_text(nlohmann::ordered_json::parse(order_arguments(names, order))));
}

/// Code, name, the two numbers and what they are.
std::string answer_text(const PlacedOrder& order) {
    if (order.answer.ok()) return kOrderStatusNames[static_cast<int>(order.status)];
    const CodeRow& code = row_of(order.answer.code);
    return fmt::format("{} {}: asked {}, allowed {} ({})", code.id, code.name, brief_text(Cell{order.answer.asked}), brief_text(Cell{order.answer.allowed}), code.record);
}

/// What listed lines of a file are indented by, at least.
std::size_t common_indent(const CallbackTrace& trace) {
    std::size_t least = 40;
    for (const TracedStep& step : trace.steps)
        if (const std::string& text = trace.text(step.file, step.line); !step.is_gap() && !text.empty()) least = std::min(least, text.find_first_not_of(" \t"));
    return least == std::string::npos ? 0 : least;
}

std::string source_text(const CallbackTrace& trace, int file, int line, std::size_t indent) {
    const std::string& text = trace.text(file, line);
    return display_line(std::string_view(text).substr(std::min(indent, std::min(text.find_first_not_of(" \t"), text.size())))).text;
}

std::string gap_text(const TracedStep& gap) {
    const std::string where = gap.line == gap.last_line ? fmt::format("line {}", gap.line) : fmt::format("lines {} to {}", gap.line, gap.last_line);
    return fmt::format("       ...           {} more, {}", gap.skipped, where) + (gap.orders.empty() ? "" : fmt::format(", {} orders", gap.orders.size())) + "\n";
}

std::string step_text(const CallbackTrace& trace, const TracedStep& step, std::size_t indent, const Names& names, const DecisionLog& log) {
    if (step.is_gap()) {
        std::string out = gap_text(step);
        for (const ValueChange& change : step.changes)
            if (change.after.is_there()) out += "                     " + change_text(change) + "\n";
        return out;
    }
    const std::int64_t all = trace.passes_of(step.file, step.line);
    const std::string pass = all > 1 ? fmt::format("{} of {}", step.pass, all) : "", depth(static_cast<std::size_t>(2 * std::min(step.depth, 20)), ' ');
    const std::string file = step.file == 0 ? "" : trace.files[static_cast<std::size_t>(step.file)].name + "  ";
    std::string out = fmt::format("    {:>6}  {:<9}{}{}{}{}\n", step.line, pass, depth, step.depth > 0 ? "> " : "", file, source_text(trace, step.file, step.line, indent));
    for (int line = step.line + 1; line <= step.last_line && line < step.line + kShownStatementLines; ++line) out += fmt::format("{:21}{}{}\n", "", depth, source_text(trace, step.file, line, indent));
    const auto say = [&](const std::string& what) { out += fmt::format("{:21}{}  {}\n", "", depth, what); };
    std::string changes;
    std::size_t shown = 0, news = 0;
    for (const ValueChange& change : step.changes) {
        if (!change.after.is_there()) continue;
        if (++news > kShownChanges) continue;
        changes += (shown++ > 0 ? ", " : "") + change_text(change);
    }
    if (news > kShownChanges) changes += fmt::format(", and {} more", news - kShownChanges);
    if (!changes.empty()) say("-- " + changes);
    for (std::size_t i = 0; i < std::min<std::size_t>(step.orders.size(), kShownChanges); ++i) {
        const PlacedOrder& order = log.orders[static_cast<std::size_t>(step.orders[i])];
        say("=> " + order_text(names, order) + (order.answer.ok() ? "" : "  refused: " + answer_text(order)));
    }
    return out;
}

std::string lines_text(const CallbackTrace& trace, const Names& names, const DecisionLog& log) {
    std::string out = fmt::format("  line by line: {} {}\n", trace.lines_run, trace.lines_run == 1 ? "line" : "lines");
    const std::size_t indent = common_indent(trace);
    for (const TracedStep& step : trace.steps) out += step_text(trace, step, indent, names, log);
    return out;
}

std::string orders_part(const TracedDecision& decision, const Names& names, const FirmOrders* recorded) {
    const auto& orders = decision.log.orders;
    if (orders.empty()) return "  no orders\n";
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < std::min(orders.size(), kShownOrders); ++i) {
        const bool is_told = orders[i].answer.ok() && recorded != nullptr && i < recorded->orders.rows.size();
        rows.push_back({std::string(info_of(orders[i].verb).row.name), arguments_text(nlohmann::ordered_json::parse(order_arguments(names, orders[i]))),
                        fmt::format("{}:{}", decision.log.scripts[static_cast<std::size_t>(orders[i].script)], orders[i].line), is_told ? outcome_text(*recorded, i) : answer_text(orders[i])});
    }
    std::string out = "  orders\n" + columns_text(rows, "    ");
    if (orders.size() > rows.size()) out += fmt::format("    and {} more: --json lists them\n", orders.size() - rows.size());
    return out;
}

std::string memory_part(const TracedDecision& decision) {
    if (decision.memory.empty()) return "";
    std::vector<std::vector<std::string>> rows;
    for (const MemoryNumber& number : decision.memory)
        if (!(number.before == number.after)) rows.push_back({number.name, number.before.text + " -> " + with_unit(number.name, number.after)});
    const std::string same = unchanged_text(decision.memory);
    return "  memory\n" + columns_text(rows, "    ") + (same.empty() ? "" : "    unchanged: " + same + "\n");
}

std::string traces_part(const TracedDecision& decision) {
    if (decision.log.traces.empty()) return "";
    std::vector<std::vector<std::string>> rows;
    for (const TraceEntry& entry : decision.log.traces) rows.push_back({entry.name, entry.is_mark ? "mark" : brief_text(Cell{entry.value}), fmt::format("line {}", entry.line)});
    return "  traces\n" + columns_text(rows, "    ");
}

}  // namespace

std::string decision_text(const TracedDecision& decision, const Names& names, const FirmOrders* recorded) {
    std::string out;
    for (const CallbackTrace& trace : decision.trace.callbacks) {
        if (trace.which == Callback::init) out += "  init, before the first decide\n";
        out += reads_text(trace) + lines_text(trace, names, decision.log);
    }
    if (decision.error) out += fmt::format("  it fails at {}:{}: {}; the firm holds, its orders and what it wrote to memory are dropped\n", decision.log.scripts[static_cast<std::size_t>(decision.log.decisions.back().error_script)], decision.error->line, decision.error->message);
    return out + orders_part(decision, names, recorded) + memory_part(decision) + traces_part(decision);
}

std::string differences_text(const std::vector<OrderChange>& differences) {
    if (differences.empty()) return "  the same orders\n";
    std::vector<std::vector<std::string>> rows{{"verb", "argument", "recorded", "new"}};
    const auto number = [](const std::string& text) {
        const auto value = nlohmann::json::parse(text, nullptr, false);
        return value.is_number() ? brief_text(Cell{value.get<double>()}) : text;
    };
    for (const OrderChange& one : differences) {
        const std::string first = number(one.first), second = number(one.second);
        const bool is_brief = first != second;  // else they differ in a digit that brief numbers leave out
        rows.push_back({one.nth > 1 ? fmt::format("{} #{}", one.verb, one.nth) : one.verb, one.argument, one.first.empty() ? "none" : is_brief ? first : one.first, one.second.empty() ? "none" : is_brief ? second : one.second});
    }
    return columns_text(rows, "  ");
}

}  // namespace rackrace

// The tables of what firms decided: orders, fills, decisions, traces, memory. Taken from the log that the firms keep (engine/quarter/decision_log.h);
// empty for runs whose firms keep none.
#include <fmt/format.h>

#include "engine/base/number_text.h"
#include "engine/replay/replay_tables.h"

namespace rackrace {
namespace {

constexpr auto integer = ColumnType::integer;
constexpr auto real = ColumnType::real;
constexpr auto text = ColumnType::text;

Cell word(std::string_view one) { return one.empty() ? Cell{} : Cell{std::string(one)}; }
Cell stage_cell(Stage stage) { return Cell{std::string(stage == Stage::a ? "A" : "B")}; }
Cell author_cell(Author author) { return Cell{std::string(kAuthorNames[static_cast<int>(author)])}; }
Cell line_cell(int line) { return line > 0 ? whole(line) : Cell{}; }

/// A list of the log, firm by firm, each firm's items in the order of the log.
template <class T>
std::function<void(const RecordedQuarter&, const std::function<void(int, int)>&)> by_firm(std::vector<T> DecisionLog::*list) {
    return [list](const RecordedQuarter& at, const std::function<void(int, int)>& row) {
        if (at.decisions == nullptr) return;
        const std::vector<T>& items = at.decisions->*list;
        for (int f = 0; f < at.scenario.firm_count; ++f)
            for (std::size_t i = 0; i < items.size(); ++i)
                if (items[i].firm == f) row(static_cast<int>(i), 0);
    };
}

template <class T>
auto item_of(std::vector<T> DecisionLog::*list) {
    return [list](const Row& r) -> const T& { return (r.at.decisions->*list)[static_cast<std::size_t>(r.i)]; };
}

std::string name_or_number(const std::vector<std::string>& names, std::int32_t i) {
    return i >= 0 && static_cast<std::size_t>(i) < names.size() ? names[static_cast<std::size_t>(i)] : std::to_string(i);
}

/// A reference as a person names it: a product, a region, a firm, a word of its choices; else the number.
std::string reference_text(const Names& names, const ArgRow& row, std::int32_t value) {
    switch (row.unit) {
        case Unit::product_id: return name_or_number(names.products, value);
        case Unit::region_id: return name_or_number(names.regions, value);
        case Unit::firm_id: return name_or_number(names.firms, value);
        case Unit::kind_name: return value >= 0 && value < kMaxChoices ? std::string(row.choices[value]) : std::to_string(value);
        case Unit::flag: return value != 0 ? "true" : "false";
        default: return std::to_string(value);
    }
}

bool is_text(Unit unit) { return unit == Unit::product_id || unit == Unit::region_id || unit == Unit::firm_id || unit == Unit::kind_name; }

void add_quoted(std::string& out, std::string_view part) {
    out += '"';
    for (const char c : part) {
        if (c == '"' || c == '\\') out += '\\';
        out += c;
    }
    out += '"';
}

}  // namespace

std::string order_arguments(const Names& names, const PlacedOrder& order) {
    std::string out = "{";
    for (const ArgInfo& arg : info_of(order.verb).args) {
        const double value = argument_value(arg, order.args);
        if (!arg.row.is_required && value == arg.row.otherwise && !is_text(arg.row.unit)) continue;
        if (out.size() > 1) out += ',';
        add_quoted(out, arg.name);
        out += ':';
        if (arg.storage == Storage::f64) out += number_text(value);
        else if (const std::string named = reference_text(names, arg.row, static_cast<std::int32_t>(value)); is_text(arg.row.unit)) add_quoted(out, named);
        else out += named;
    }
    return out + "}";
}

namespace {

Cell subject_cell(const Names& names, const DeskResult& result) {
    const VerbInfo& verb = info_of(result.verb);
    if (verb.reference < 0) return Cell{};
    return reference_text(names, verb.args[static_cast<std::size_t>(verb.reference)].row, result.ref);
}

Table orders_table() {
    Table table{"orders",
                fmt::format("Every order that a firm's script placed: a call of a verb with its arguments, the line that called, and what became of it. "
                            "Calls with a quantity of 0 are no orders. Of the autopilot only the levers that the firm's script leaves out. At most {} calls "
                            "of a decision have a row; table `decisions` counts the rest. The accepted rows, placed again in their order, play the run "
                            "again.",
                            kMaxListedCalls),
                "quarter, firm, order_id",
                Written::each_quarter,
                {},
                by_firm(&DecisionLog::orders)};
    const auto order = item_of(&DecisionLog::orders);
    const auto code = [order](const Row& r) -> const CodeRow& { return row_of(answer_of(*r.at.decisions, order(r))); };
    const auto was_refused = [order](const Row& r) { return order(r).status == OrderStatus::rejected; };
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back({"firm", text, "id", "who placed it", [order](const Row& r) { return firm_cell(r.at, order(r).firm); }});
    c.push_back({"order_id", integer, "id", "number in the order of placing over the whole run, from 1", [order](const Row& r) { return whole(order(r).id); }});
    c.push_back({"stage", text, "word", "A: placed in decide; B: placed in operate", [order](const Row& r) { return stage_cell(order(r).stage); }});
    c.push_back({"author", text, "word", "script, or autopilot: the role's baseline beside it", [order](const Row& r) { return author_cell(order(r).author); }});
    c.push_back({"verb", text, "word", "", [order](const Row& r) { return word(info_of(order(r).verb).row.name); }});
    c.push_back({"args", text, "", "JSON object of the verb's arguments, in the units of the list below; ids as names, those of loans, projects and agreements as the number of their slot", [order](const Row& r) { return Cell{order_arguments(r.at.names, order(r))}; }});
    c.push_back({"script", text, "", "that called, as a path in the folder's scripts/", [order](const Row& r) { return word(r.at.decisions->scripts[static_cast<std::size_t>(order(r).script)]); }});
    c.push_back({"line", integer, "", "of that script", [order](const Row& r) { return line_cell(order(r).line); }});
    c.push_back({"status", text, "word",
                 "accepted; rejected: refused at the call; replaced: a standing order of decide whose lever operate gave anew; dropped: its decision failed",
                 [order](const Row& r) { return word(kOrderStatusNames[static_cast<int>(order(r).status)]); }});
    c.push_back({"code", text, "word", "R: why it was refused or cut; F: what the market left open; nothing where it was filled in full or no market told of it",
                 [code](const Row& r) { return word(code(r).id); }});
    c.push_back({"reason", text, "word", "name of the code", [code](const Row& r) { return word(code(r).name); }});
    c.push_back({"asked", real, "as the code says", "of a rejected order: the number that was too much", [order, was_refused](const Row& r) { return was_refused(r) ? Cell{order(r).answer.asked} : Cell{}; }});
    c.push_back({"allowed", real, "as the code says", "of a rejected order: the number that it broke", [order, was_refused](const Row& r) { return was_refused(r) ? Cell{order(r).answer.allowed} : Cell{}; }});
    c.push_back({"fill", integer, "index", "`n` in table `fills` of the quarter: what the market made of it", [order](const Row& r) { return order(r).fill < 0 ? Cell{} : whole(order(r).fill); }});
    return table;
}

Table fills_table() {
    Table table{"fills",
                "What markets made of orders, as the firms are told in obs.results. Of verbs without a row all that the call accepts is done. The steps of "
                "one bid are told together.",
                "quarter, firm, n",
                Written::each_quarter,
                {},
                by_firm(&DecisionLog::fills)};
    const auto fill = item_of(&DecisionLog::fills);
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back({"firm", text, "id", "whose orders", [fill](const Row& r) { return firm_cell(r.at, fill(r).firm); }});
    c.push_back({"n", integer, "index", "in the order of telling", [](const Row& r) { return whole(r.i); }});
    c.push_back({"verb", text, "word", "", [fill](const Row& r) { return word(info_of(fill(r).result.verb).row.name); }});
    c.push_back({"subject", text, "id", "product, region, grade, loan, contract or firm", [fill](const Row& r) { return subject_cell(r.at.names, fill(r).result); }});
    c.push_back({"asked", real, "of the verb's quantity", "", [fill](const Row& r) { return Cell{fill(r).result.asked}; }});
    c.push_back({"got", real, "of the verb's quantity", "", [fill](const Row& r) { return Cell{fill(r).result.got}; }});
    c.push_back({"price", real, "of the verb's price", "of the clearing; the mean paid where a sale has several prices; of a contract after a threat to leave it; 0 where nothing is priced", [fill](const Row& r) { return Cell{fill(r).result.price}; }});
    c.push_back({"code", text, "word", "F01 unfilled, F02 partial; R: the limit that it was cut to; nothing for all of it", [fill](const Row& r) { return word(row_of(fill(r).result.code).id); }});
    return table;
}

Table decisions_table() {
    Table table{"decisions",
                "Every callback of a firm: how it ended and what it took. A firm whose script failed holds: it orders nothing more in that stage.",
                "quarter, firm, stage, author",
                Written::each_quarter,
                {},
                by_firm(&DecisionLog::decisions)};
    const auto decision = item_of(&DecisionLog::decisions);
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back({"firm", text, "id", "", [decision](const Row& r) { return firm_cell(r.at, decision(r).firm); }});
    c.push_back({"stage", text, "word", "A: decide; B: operate", [decision](const Row& r) { return stage_cell(decision(r).stage); }});
    c.push_back({"author", text, "word", "script, or autopilot: the role's baseline beside it", [decision](const Row& r) { return author_cell(decision(r).author); }});
    c.push_back({"status", text, "word", "ok, or failed", [decision](const Row& r) { return word(decision(r).has_failed ? "failed" : "ok"); }});
    c.push_back({"budget_used", integer, "instructions", "and charges of library functions, to the last look at the budget", [decision](const Row& r) { return whole(decision(r).budget_used); }});
    c.push_back({"accepted", integer, "count", "calls accepted, those of a failed decision included", [decision](const Row& r) { return whole(decision(r).accepted); }});
    c.push_back({"rejected", integer, "count", "calls refused", [decision](const Row& r) { return whole(decision(r).rejected); }});
    c.push_back({"unlisted", integer, "count", "calls of both kinds without a row in `orders`", [decision](const Row& r) { return whole(decision(r).unlisted); }});
    c.push_back({"error", text, "", "what stopped it", [decision](const Row& r) { return word(decision(r).error); }});
    c.push_back({"error_script", text, "", "where it stopped, as a path in the folder's scripts/",
                 [decision](const Row& r) { return decision(r).has_failed ? word(r.at.decisions->scripts[static_cast<std::size_t>(decision(r).error_script)]) : Cell{}; }});
    c.push_back({"error_line", integer, "", "of that script", [decision](const Row& r) { return line_cell(decision(r).error_line); }});
    return table;
}

Table traces_table() {
    Table table{"traces",
                fmt::format("Numbers and flags that scripts show with act.trace and act.mark: at most {} a firm and quarter, those of failed decisions dropped.",
                            kDeskTraces),
                "quarter, firm, n",
                Written::each_quarter,
                {},
                by_firm(&DecisionLog::traces)};
    const auto trace = item_of(&DecisionLog::traces);
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back({"firm", text, "id", "", [trace](const Row& r) { return firm_cell(r.at, trace(r).firm); }});
    c.push_back({"n", integer, "index", "in the order of showing", [](const Row& r) { return whole(r.i); }});
    c.push_back({"stage", text, "word", "A: decide; B: operate", [trace](const Row& r) { return stage_cell(trace(r).stage); }});
    c.push_back({"kind", text, "word", "trace, or mark: a flag without a value", [trace](const Row& r) { return word(trace(r).is_mark ? "mark" : "trace"); }});
    c.push_back({"name", text, "", "as the script says", [trace](const Row& r) { return word(trace(r).name); }});
    c.push_back({"value", real, "as the name says", "", [trace](const Row& r) { return trace(r).is_mark ? Cell{} : Cell{trace(r).value}; }});
    c.push_back({"line", integer, "", "of the script", [trace](const Row& r) { return line_cell(trace(r).line); }});
    return table;
}

Table memory_table() {
    Table table{"memory",
                "What a script remembers at the close: the numbers and flags that it declares, which its next callback finds. Those that are 0 or false have no row.",
                "quarter, firm, author, name, item",
                Written::each_quarter,
                {},
                by_firm(&DecisionLog::memory)};
    const auto entry = item_of(&DecisionLog::memory);
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back({"firm", text, "id", "", [entry](const Row& r) { return firm_cell(r.at, entry(r).firm); }});
    c.push_back({"author", text, "word", "script, or autopilot: the role's baseline beside it, or in chapter 11 in its place", [entry](const Row& r) { return author_cell(entry(r).author); }});
    c.push_back({"name", text, "", "as the script declares it", [entry](const Row& r) { return word(entry(r).name); }});
    c.push_back({"item", integer, "index", "of an array, from 1; 0 where it is none", [entry](const Row& r) { return whole(entry(r).item); }});
    c.push_back({"value", real, "as the name says", "1 for a flag; nothing for what is no number", [entry](const Row& r) { return Cell{entry(r).value}; }});
    return table;
}

}  // namespace

std::vector<Table> decision_tables() { return {orders_table(), fills_table(), decisions_table(), traces_table(), memory_table()}; }

}  // namespace rackrace

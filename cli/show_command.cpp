// `rackrace show`: the report of a run, a quarter, rows of a firm or another thing, numbers of the stored states; a batch or a run of it; a search.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "cli/batch/batch_folder.h"
#include "cli/batch/show_batch.h"
#include "cli/cells.h"
#include "cli/commands.h"
#include "cli/firm_orders.h"
#include "cli/report.h"
#include "cli/search/search_result.h"
#include "cli/search/search_store.h"
#include "cli/story.h"
#include "engine/base/command_words.h"
#include "engine/base/file_text.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/address.h"
#include "engine/replay/replay_tables.h"
#include "engine/replay/state_path.h"
#include "engine/scenario/tables.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

/// What an address points at: a title, and rows with the columns worth showing.
struct Answer {
    std::string title;
    ReplayRows rows;
};

/// Keys of an address that name a row, and the table it is in. `table` names another one.
constexpr const char* kRowKeys[][2] = {
    {"firm", "firms"}, {"product", "products"}, {"region", "regions"}, {"segment", "segments"}, {"contract", "contracts"}, {"order", "orders"}, {"loan", "loans"}, {"trace", "traces"}};

/// The table whose rows an address chooses; empty where it names none.
std::string table_of(const Address& address) {
    std::string out = address.value("table");
    for (const auto& [key, name] : kRowKeys)
        if (address.value("table").empty() && !address.value(key).empty()) out = name;
    return out;
}

/// Columns for a table of many rows on one screen.
std::vector<std::string> brief_columns(const std::string& table) {
    if (table == "firms")
        return {"quarter",   "firm",      "status", "cash_usd",        "debt_usd",      "revenue_usd", "ebitda_usd",
                "capex_usd", "value_usd", "rating", "installed_chips", "ordered_chips", "bound_by"};
    if (table == "products")
        return {"quarter", "product", "list_usd_chip", "cleared_usd_chip", "resale_usd_chip", "made_chips", "sold_chips", "scarcity_frac"};
    if (table == "regions") return {"quarter", "region", "energy_price_usd_mwh", "used_kw", "free_kw", "adder_usd_kw_q"};
    if (table == "segments") return {"quarter", "segment", "wallet_usd_year", "adopted_frac", "quantity_task_units", "mean_price_usd_task"};
    if (table == "loans") return {"quarter", "firm", "slot", "kind", "creditor", "principal_usd", "rate_apr", "left_q", "age_q"};
    if (table == "traces") return {"quarter", "firm", "n", "stage", "kind", "name", "value", "line"};
    return {"quarter",     "contract",       "seller",      "buyer",           "generation", "start_quarter",
            "end_quarter", "quantity_h100e", "price_usd_h", "short_now_h100e", "backlog_usd"};
}

ReplayRows only_columns(const ReplayRows& rows, const std::vector<std::string>& columns) {
    ReplayRows out;
    out.columns = columns;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) {
        auto& cells = out.rows.emplace_back();
        for (const std::string& column : columns) cells.push_back(rows.cell(row, column));
    }
    return out;
}

std::string table_text(const ReplayRows& rows) {
    std::vector<std::size_t> width;
    for (const std::string& column : rows.columns) width.push_back(column.size());
    for (const auto& row : rows.rows)
        for (std::size_t i = 0; i < row.size(); ++i) width[i] = std::max(width[i], brief_text(row[i]).size());
    std::string out;
    for (std::size_t i = 0; i < rows.columns.size(); ++i)
        out += fmt::format("{:>{}}{}", rows.columns[i], width[i], i + 1 < rows.columns.size() ? "  " : "\n");
    for (const auto& row : rows.rows)
        for (std::size_t i = 0; i < row.size(); ++i) out += fmt::format("{:>{}}{}", brief_text(row[i]), width[i], i + 1 < row.size() ? "  " : "\n");
    return out;
}

/// One row as a list of names, exact values and units.
std::string row_text(const ReplayRows& rows, const Table* table) {
    std::string out;
    for (std::size_t i = 0; i < rows.columns.size(); ++i) {
        std::string unit;
        if (table != nullptr)
            for (const Column& column : table->columns)
                if (column.name == rows.columns[i]) unit = column.unit;
        out += fmt::format("  {:<32} {:>24}  {}\n", rows.columns[i], cell_text(rows.rows[0][i]), unit);
    }
    return out;
}

/// The column that a key of an address filters.
std::string column_of(const std::string& key) { return key == "order" ? "order_id" : key == "loan" ? "slot" : key == "trace" ? "name" : key; }

std::vector<RowFilter> filters_of(const Address& address) {
    std::vector<RowFilter> filters;
    if (address.t) filters.push_back({"quarter", quarter_name(*address.t)});
    for (const auto& [key, value] : address.keys)
        if (key != "field" && key != "table") filters.push_back({column_of(key), value});
    return filters;
}

/// Numbers of stored states: every quarter, or the one addressed.
Result<Answer> state_rows(Replay& replay, const Address& address, const std::string& path) {
    const auto leaves = find_state(replay.names(), path);
    if (!leaves) return leaves.error();
    Answer out{path, {{"quarter", "path", "value"}, {}}};
    for (int t : replay.quarters()) {
        if (address.t && *address.t != t) continue;
        const auto world = replay.world_at(t);
        if (!world) return world.error();
        for (const StateLeaf& leaf : *leaves) out.rows.rows.push_back({quarter_name(t), leaf.path, leaf_value(*world, leaf)});
    }
    return out;
}

bool is_of_key(const Table& table, const std::string& column) { return (", " + table.key + ",").find(", " + column + ",") != std::string::npos; }

/// A column of the table that the keys choose (`market.` is the table of quarters); a path that no column has is one of the state.
Result<Answer> field_rows(Replay& replay, const Address& address, const Table& table, const std::string& field) {
    auto rows = replay.rows(table.name, filters_of(address));
    if (!rows) return rows.error();
    if (rows->column(field) < 0) {
        const auto missing = replay.rows(table.name, {{field, ""}});  // for its "did you mean"
        return missing.error();
    }
    std::vector<std::string> columns = {"quarter"};
    for (const auto& [key, value] : address.keys)
        if (key != "field" && key != "table") columns.push_back(column_of(key));
    for (const Column& column : table.columns)  // what tells one row of the answer from another
        if (rows->rows.size() > 1 && is_of_key(table, column.name) && std::find(columns.begin(), columns.end(), column.name) == columns.end()) columns.push_back(column.name);
    columns.push_back(field);
    return Answer{field, only_columns(*rows, columns)};
}

Result<Answer> find_answer(Replay& replay, const Address& address) {
    const std::string field = address.value("field");
    if (const std::string named = address.value("table"); !named.empty()) {
        auto rows = replay.rows(named, filters_of(address));
        if (!rows) return rows.error();
        if (field.empty()) return Answer{named, std::move(*rows)};
    }
    const Table* table = find_table(table_of(address));
    if (table == nullptr && field.starts_with("market.")) return field_rows(replay, address, *find_table("quarters"), field.substr(7));
    if (table == nullptr && !field.empty()) return state_rows(replay, address, field);
    if (table == nullptr)
        return Refusal{address.run, 0, 0, "'" + (address.keys.empty() ? "" : address.keys.front().first) + "' chooses no row",
                       "keys are firm, product, region, segment, contract, order, loan, trace, field and table"};
    if (!field.empty()) return field_rows(replay, address, *table, field);
    auto rows = replay.rows(table->name, filters_of(address));
    if (!rows) return rows.error();
    return Answer{table->name, rows->rows.size() == 1 ? *rows : only_columns(*rows, brief_columns(table->name))};
}

Refusal no_quarter(const Replay& replay, const std::string& place, int t) {
    return {place, 0, 0, "holds no quarter " + quarter_name(t), "it goes from " + quarter_name(replay.quarters().front()) + " to " + quarter_name(replay.quarters().back())};
}

/// The names that a column has, each once.
std::vector<std::string> names_in(const ReplayRows& rows, const std::string& column) {
    std::set<std::string> names;
    for (std::size_t row = 0; row < rows.rows.size(); ++row) names.insert(rows.text(row, column));
    return {names.begin(), names.end()};
}

/// Why no row is at the address: the quarter, or the first word that no row has in any quarter, with the nearest that one has.
Refusals no_row(Replay& replay, const Address& address) {
    const auto& quarters = replay.quarters();
    if (address.t && std::find(quarters.begin(), quarters.end(), *address.t) == quarters.end()) return no_quarter(replay, address.run, *address.t);
    std::string asked;
    for (const auto& pair : address.keys) {
        const std::string &key = pair.first, &word = pair.second;
        if (key == "field" || key == "table") continue;
        asked += (asked.empty() ? " of " : ", ") + key + " " + word;
        const auto row_key = std::find_if(std::begin(kRowKeys), std::end(kRowKeys), [&](const auto& one) { return key == one[0]; });
        if (row_key == std::end(kRowKeys)) continue;
        const std::string table = (*row_key)[1];
        const auto found = replay.rows(table, {{column_of(key), word}});
        if (!found) return found.error();
        if (!found->rows.empty()) continue;
        Refusal refusal{address.run, 0, 0, fmt::format("there is no {} '{}'", key, word), "rackrace show RUN@QUARTER#table=" + table + " lists those of a quarter with their numbers"};
        if (key == "contract" || key == "order" || key == "loan") return refusal;
        const auto all = replay.rows(table);
        if (!all) return all.error();
        refusal.advice = suggestion(word, names_in(*all, column_of(key)));
        return refusal;
    }
    return Refusal{address.run, 0, 0, fmt::format("table {} has no row{}{}", table_of(address).empty() ? "quarters" : table_of(address), asked, address.t ? " in " + quarter_name(*address.t) : ""),
                   "show a quarter of the run to see its firms, a firm in it to see its orders"};
}

ExitCode show_order(Replay& replay, const Address& address, const Terminal& terminal) {
    const auto found = find_order(replay, filters_of(address));
    if (!found) return terminal.refuse(found.error(), ExitCode::bad_input);
    if (found->orders.rows.empty()) return terminal.refuse(no_row(replay, address), ExitCode::bad_input);
    if (terminal.wants_json) terminal.data(Json{{"schema", "rackrace.show/1"}, {"rows", orders_json(*found)}}.dump() + "\n");
    else terminal.data(row_text(found->orders, find_table("orders")) + "\n  " + outcome_text(*found, 0) + "\n");
    return ExitCode::done;
}

/// A firm in a quarter: its row, and what it ordered.
ExitCode show_firm(Replay& replay, const Answer& answer, const Terminal& terminal) {
    const auto all = firm_orders(replay, answer.rows.text(0, "quarter"), answer.rows.text(0, "firm"));
    if (!all) return terminal.refuse(all.error(), ExitCode::bad_input);
    if (terminal.wants_json)
        terminal.data(Json{{"schema", "rackrace.show/1"}, {"rows", rows_json(answer.rows)}, {"orders", orders_json(*all)}, {"decisions", rows_json(all->decisions)}}.dump() + "\n");
    else terminal.data(row_text(answer.rows, find_table(answer.title)) + "\norders\n" + orders_text(*all));
    return ExitCode::done;
}

ExitCode show_answer(Replay& replay, const Address& address, const Terminal& terminal) {
    if (!address.value("order").empty() && address.value("field").empty() && address.value("table").empty()) return show_order(replay, address, terminal);
    const auto answer = find_answer(replay, address);
    if (!answer) return terminal.refuse(answer.error(), ExitCode::bad_input);
    if (answer->rows.rows.empty()) return terminal.refuse(no_row(replay, address), ExitCode::bad_input);
    if (answer->title == "firms" && address.value("table").empty() && answer->rows.rows.size() == 1) return show_firm(replay, *answer, terminal);
    if (terminal.wants_json) terminal.data(Json{{"schema", "rackrace.show/1"}, {"rows", rows_json(answer->rows)}}.dump() + "\n");
    else if (answer->rows.rows.size() == 1 && answer->rows.columns.size() > 4) terminal.data(row_text(answer->rows, find_table(answer->title)));
    else terminal.data(table_text(answer->rows));
    return ExitCode::done;
}

ExitCode show_quarter(Replay& replay, int t, const Terminal& terminal) {
    const std::vector<RowFilter> at = {{"quarter", quarter_name(t)}};
    const auto quarter = replay.rows("quarters", at), firms = replay.rows("firms", at), events = replay.rows("events", at);
    for (const auto* rows : {&quarter, &firms, &events})
        if (!*rows) return terminal.refuse(rows->error(), ExitCode::bad_input);
    if (quarter->rows.empty()) return terminal.refuse(no_quarter(replay, replay.file().string(), t), ExitCode::bad_input);
    if (terminal.wants_json) {
        terminal.data(
            Json{{"schema", "rackrace.show/1"}, {"market", row_json(*quarter, 0)}, {"firms", rows_json(*firms)}, {"events", rows_json(*events)}}
                .dump() +
            "\n");
        return ExitCode::done;
    }
    std::vector<std::string> columns = brief_columns("firms");
    columns.erase(columns.begin());
    std::string out = row_text(*quarter, find_table("quarters")) + "\n" + table_text(only_columns(*firms, columns));
    for (std::size_t i = 0; i < events->rows.size(); ++i) out += (i == 0 ? "\n  " : "  ") + events->text(i, "sentence") + "\n";
    terminal.data(out);
    return ExitCode::done;
}

ExitCode show_years(Replay& replay, const Terminal& terminal) {
    const auto story = make_story(replay);
    if (!story) return terminal.refuse(story.error(), ExitCode::bad_input);
    if (!terminal.wants_json) {
        terminal.data(story_text(*story));
        return ExitCode::done;
    }
    Json json = {{"schema", "rackrace.show/1"}};
    json.update(story_json(*story));
    terminal.data(json.dump() + "\n");
    return ExitCode::done;
}

ExitCode show_run(Replay& replay, const Terminal& terminal) {
    const auto report = make_report(replay);
    if (!report) return terminal.refuse(report.error(), ExitCode::bad_input);
    if (!terminal.wants_json) {
        terminal.data(report_text(*report));
        return ExitCode::done;
    }
    const auto runs = replay.rows("runs"), quarters = replay.rows("quarters");
    if (!runs || !quarters) return terminal.refuse((!runs ? runs : quarters).error(), ExitCode::bad_input);
    terminal.data(Json{{"schema", "rackrace.show/1"}, {"run", row_json(*runs, 0)}, {"quarters", rows_json(*quarters)}}.dump() + "\n");
    return ExitCode::done;
}

/// What the search printed when it had ended.
ExitCode show_search(const std::filesystem::path& folder, const Address& address, const Terminal& terminal) {
    if (address.t || !address.keys.empty()) return terminal.refuse(Refusal{folder.string(), 0, 0, "is a search, which is shown whole", "leave out the quarter and the keys; evaluations.csv has its points"}, ExitCode::wrong_usage);
    const std::string text = file_text(folder / (terminal.wants_json ? kSearchResult : kSearchText));
    if (text.empty()) return terminal.refuse(Refusal{folder.string(), 0, 0, "has not ended", "go on with it: rackrace search " + quoted_word(folder.string())}, ExitCode::bad_input);
    terminal.data(text + (terminal.wants_json ? "" : search_saved_text(folder.string())));
    return ExitCode::done;
}

}  // namespace

ExitCode show_command(const ShowArguments& arguments, const Terminal& terminal) {
    const auto address = parse_address(arguments.address);
    if (!address) return terminal.refuse(address.error(), ExitCode::wrong_usage);
    if (arguments.is_by_years && (address->t || !address->keys.empty()))
        return terminal.refuse(Refusal{arguments.address, 0, 0, "--years tells of a whole run", "leave out the quarter and the keys"}, ExitCode::wrong_usage);
    if (const auto batch = find_batch(address->run); batch && is_batch(*batch) && !arguments.is_by_years) return show_batch(*batch, *address, terminal);
    if (const auto search = find_search(address->run); search && !arguments.is_by_years) return show_search(*search, *address, terminal);
    const auto run = find_run(address->run);
    if (!run) return terminal.refuse(run.error(), ExitCode::bad_input);
    auto replay = Replay::open(*run);
    if (!replay) return terminal.refuse(replay.error(), ExitCode::bad_input);
    if (arguments.is_by_years) return show_years(*replay, terminal);
    if (!address->keys.empty()) return show_answer(*replay, *address, terminal);
    return address->t ? show_quarter(*replay, *address->t, terminal) : show_run(*replay, terminal);
}

}  // namespace rackrace

#include "engine/replay/run_files.h"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "engine/base/hash.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/replay_tables.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

std::string hex(std::uint64_t hash) { return fmt::format("{:016x}", hash); }

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string out = "\"";
    for (char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string table_markdown(const Table& table) {
    std::string out =
        fmt::format("## `{}`\n\n{}\n\nKey: {}. {}\n\n| column | type | unit | meaning |\n|---|---|---|---|\n", table.name, table.doc, table.key,
                    table.written == Written::each_quarter ? "Written at the opening and at the close of each quarter." : "Written once.");
    for (const Column& column : table.columns)
        out += fmt::format("| `{}` | {} | {} | {} |\n", column.name, column_type_text(column.type), column.unit, column_meaning(column));
    return out + "\n";
}

/// The choices of a word, and what the argument means.
std::string argument_meaning(const ArgInfo& arg) {
    const std::string choices = choices_text(arg.row);
    return choices + (choices.empty() ? "" : ", ") + std::string(arg.row.doc);
}

/// The arguments in column args of table orders.
std::string arguments_markdown() {
    std::string out = "Arguments in `args`, by verb; `asked` and `got` of `fills` are in the unit of the first amount, `price` in that of the price.\n\n"
                      "| verb | stage | argument | unit | meaning |\n|---|---|---|---|---|\n";
    for (const VerbInfo& verb : describe_verbs())
        for (const ArgInfo& arg : verb.args)
            out += fmt::format("| `{}` | {} | `{}` | {} | {} |\n", verb.row.name, verb.row.stage == Stage::a ? "A" : "B", arg.name, unit_text(arg.row.unit),
                               argument_meaning(arg));
    return out + "\n";
}

}  // namespace

std::string run_json(const RunRecord& run, const std::vector<QuarterHash>& hashes, const std::map<std::string, FigureChange>& metrics) {
    Json json;
    json["schema"] = "rackrace.run/1";
    json["scenario"] = run.scenario;
    json["seed"] = run.seed;
    if (!run.fork_of.empty()) json["fork_of"] = run.fork_of;
    json["status"] = run.status;
    if (!run.fault.empty()) json["fault"] = run.fault;
    json["start"] = quarter_name(run.start_t);
    json["end"] = quarter_name(run.end_t);
    json["last"] = quarter_name(run.last_t);
    json["quarters"] = hashes.empty() ? 0 : hashes.size() - 1;
    json["firms"] = run.firms;
    json["hash"] = hex(run.hash);
    json["layout"] = hex(run.layout);
    json["engine"] = run.engines;
    json["rejections"] = run.rejections;
    json["rejections_by_firm"] = run.firm_rejections;
    json["script_errors"] = run.script_errors;
    for (const auto& [name, change] : metrics) json["metrics"][name] = {{"first", change.first}, {"last", change.last}};
    for (const QuarterHash& one : hashes) json["hashes"][quarter_name(one.t)] = hex(one.hash);
    json["program"] = {{"version", run.program_version}, {"commit", run.commit}, {"build", run.build}, {"machine", run.machine}};
    return json.dump(1) + "\n";
}

std::string methods_text(const RunRecord& run, const Scenario& scenario) {
    return fmt::format(
        "# Methods\n\n"
        "We simulated the market for AI compute with rackrace {} ({}), scenario `{}`, seed {}: {} firms, {} chip products and {} power regions "
        "from {} to {} in quarters. Chips were sold by rule {}, grid power by {}, capacity contracts by {}, acquisition of failed firms was {}; exogenous uncertainty was {}. "
        "Money is kept in whole dollars in double entry, and the identities of the accounts held exactly in every quarter{}. All parameters are "
        "in `scenario.toml` and in table `params` of `replay.sqlite`; the columns are described in `data-dictionary.csv`. The run is "
        "re-executed and compared, state by state, by `rackrace verify` on this folder. Hash of the run: {}.\n",
        run.program_version, run.commit.empty() ? "commit unknown" : "commit " + run.commit, run.scenario, run.seed, run.firms,
        scenario.product_count, scenario.region_count, quarter_name(run.start_t), quarter_name(run.last_t),
        kChipRuleNames[static_cast<int>(scenario.rules.chips)], kPowerRuleNames[static_cast<int>(scenario.rules.power)],
        kContractRuleNames[static_cast<int>(scenario.rules.contracts)], kAcquisitionRuleNames[static_cast<int>(scenario.rules.acquisitions)], scenario.rules.has_uncertainty != 0 ? "on" : "off",
        run.fault.empty() ? "" : " until the run stopped (" + run.fault + ")", hex(run.hash));
}

std::string data_dictionary_csv() {
    std::string out = "table,column,unit,type,meaning\n";
    for (const Table& table : replay_tables())
        for (const Column& column : table.columns)
            out += fmt::format("{},{},{},{},{}\n", table.name, column.name, csv_cell(column.unit), column_type_text(column.type),
                               csv_cell(column_meaning(column)));
    for (const VerbInfo& verb : describe_verbs())
        for (const ArgInfo& arg : verb.args)
            out += fmt::format("orders,args of {}: {},{},{},{}\n", verb.row.name, arg.name, csv_cell(std::string(unit_text(arg.row.unit))), "JSON",
                               csv_cell(argument_meaning(arg)));
    return out;
}

std::string codes_text(const std::map<std::string, int>& counts) {
    std::vector<std::pair<std::string, int>> codes(counts.begin(), counts.end());
    std::stable_sort(codes.begin(), codes.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::string list;
    for (const auto& [code, count] : codes) list += (list.empty() ? "" : ", ") + fmt::format("{} {}", code, count);
    return list;
}

std::string log_line(const std::string& level, int t, const std::string& kind, const std::string& text) {
    return Json{{"level", level}, {"quarter", quarter_name(t)}, {"kind", kind}, {"text", text}}.dump() + "\n";
}

std::string replay_format_markdown() {
    std::string out = fmt::format(
        "# The replay format\n\n"
        "This page is made from the tables of the program; `RACKRACE_UPDATE_GOLDEN=1` on the test `engine_test` writes it again.\n\n"
        "A run is a folder. `replay.sqlite` in it is a SQLite database with application_id {:#x} (\"RRAC\") and user_version {}; a reader "
        "refuses another application_id and another version. Any SQLite tool opens it. Units are part of the column names; money is whole "
        "dollars; quarters are text such as `2026Q2` and sort as text. Rows are written in the order of their key and never change. Numbers "
        "are IEEE doubles or 64-bit integers.\n\n"
        "| file | what it holds |\n|---|---|\n"
        "| `run.json` | scenario, seed, status, rejections by code and by firm, key figures at the first and last quarter, the state hash of every quarter, the program |\n"
        "| `scenario.toml` | the scenario with every default written out: with the seed it gives the run again |\n"
        "| `scripts/` | copies of all scripts that played: baselines in `strategies/`, what a firm was given in `firms/FIRM.lua`, with the modules that they read |\n"
        "| `replay.sqlite` | the tables below |\n"
        "| `log.jsonl` | one JSON object a line: warnings, script errors, rejections, and what stopped the run |\n"
        "| `METHODS.md` | a paragraph to paste |\n"
        "| `data-dictionary.csv` | table, column, unit, type, meaning |\n\n",
        kReplayApplicationId, kReplayVersion);
    for (const Table& table : replay_tables()) out += table_markdown(table) + (table.name == "orders" ? arguments_markdown() : "");
    out.pop_back();
    return out;
}

std::uint64_t run_hash(const std::vector<std::uint64_t>& state_hashes) {
    std::uint64_t hash = hash64(state_hashes.size());
    for (std::uint64_t one : state_hashes) hash = hash64(hash, one);
    return hash;
}

}  // namespace rackrace

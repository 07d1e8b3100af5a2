// `rackrace export`: a run's tables as CSV, or a compact copy of its database; a batch's tables as CSV, or one netCDF cube.
#include <fstream>

#include "cli/batch/batch_folder.h"
#include "cli/batch/netcdf_file.h"
#include "cli/cells.h"
#include "cli/commands.h"
#include "cli/counted.h"
#include "engine/replay/address.h"
#include "engine/replay/all_alterations.h"
#include "engine/replay/replay_tables.h"
#include "engine/scenario/tables.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string name_of(const fs::path& run) {
    const fs::path folder = fs::is_directory(run) ? run : run.parent_path();
    return fs::absolute(folder).lexically_normal().filename().string();
}

ExitCode refuse_existing(const fs::path& file, const Terminal& terminal) {
    return terminal.refuse(Refusal{file.string(), 0, 0, "exists already", "give --force to replace it, or another --out"}, ExitCode::cannot_write);
}

ExitCode write_file(const fs::path& file, const std::string& text, const Terminal& terminal) {
    std::ofstream out(file, std::ios::binary);
    out << text;
    out.close();
    if (!out)
        return terminal.refuse(Refusal{file.string(), 0, 0, "cannot be written", "check the folder and the room on the disk"},
                               ExitCode::cannot_write);
    return ExitCode::done;
}

fs::path csv_file(const fs::path& folder, const std::string& table) { return folder / (table + ".csv"); }

/// The folder for the tables' files, before the first is written: one that is in the way leaves all as it was.
ExitCode make_csv_folder(const fs::path& folder, const std::vector<std::string>& tables, bool is_forced, const Terminal& terminal) {
    for (const std::string& table : tables)
        if (const fs::path file = csv_file(folder, table); fs::exists(file) && !is_forced) return refuse_existing(file, terminal);
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return terminal.refuse(Refusal{folder.string(), 0, 0, "cannot be made: " + error.message(), "give another --out"}, ExitCode::cannot_write);
    return ExitCode::done;
}

/// What was written, for programs.
void tell(const ExportArguments& arguments, const fs::path& path, const Json& tables, const Terminal& terminal) {
    if (terminal.wants_json) terminal.data(Json{{"schema", "rackrace.export/1"}, {"format", arguments.format}, {"tables", tables}, {"path", path.string()}}.dump() + "\n");
}

ExitCode export_csv(Replay& replay, const ExportArguments& arguments, const fs::path& run, const Terminal& terminal) {
    std::vector<std::string> tables = arguments.tables;
    if (tables.empty())
        for (const Table& table : replay_tables())
            if (table.name != "worlds") tables.push_back(table.name);  // states are bytes of the program, not numbers for a table
    const bool to_output = tables.size() == 1 && arguments.out.empty() && !terminal.wants_json;
    std::vector<ReplayRows> read;  // all before the first is written: one that is refused leaves nothing
    for (const std::string& name : tables) {
        auto rows = replay.rows(name);
        if (!rows) return terminal.refuse(rows.error(), find_table(name) == nullptr ? ExitCode::wrong_usage : ExitCode::bad_input);
        read.push_back(std::move(*rows));
    }
    if (to_output) {
        terminal.data(csv_table(read.front()));
        return ExitCode::done;
    }
    Json written = Json::array();
    const fs::path folder = arguments.out.empty() ? fs::path(name_of(run) + "-csv") : fs::path(arguments.out);
    if (const ExitCode code = make_csv_folder(folder, tables, arguments.is_forced, terminal); code != ExitCode::done) return code;
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const fs::path file = csv_file(folder, tables[i]);
        if (const ExitCode code = write_file(file, csv_table(read[i]), terminal); code != ExitCode::done) return code;
        terminal.detail(file.string() + "\n");
        written.push_back({{"table", tables[i]}, {"rows", read[i].rows.size()}, {"path", file.string()}});
    }
    tell(arguments, folder, written, terminal);
    terminal.note("wrote " + counted(tables.size(), "table") + " to " + folder.string() + "\n");
    return ExitCode::done;
}

ExitCode export_sqlite(Replay& replay, const ExportArguments& arguments, const fs::path& run, const Terminal& terminal) {
    if (!arguments.tables.empty())
        return terminal.refuse(Refusal{"", 0, 0, "--tables chooses csv tables; a sqlite copy is whole", "leave it out, or use --format csv"},
                               ExitCode::wrong_usage);
    const fs::path file = arguments.out.empty() ? fs::path(name_of(run) + ".sqlite") : fs::path(arguments.out);
    std::error_code error;
    const bool is_there = fs::exists(file, error);
    if (is_there && !arguments.is_forced) return refuse_existing(file, terminal);
    if (is_there && fs::equivalent(file, replay.file(), error))
        return terminal.refuse(Refusal{file.string(), 0, 0, "is the replay itself", "give another --out"}, ExitCode::wrong_usage);
    const auto altered = all_alterations(replay);  // before the file that is there goes
    if (!altered) return terminal.refuse(altered.error(), ExitCode::bad_input);
    if (is_there) fs::remove(file, error);
    for (const std::string& text : alteration_texts(*altered)) terminal.note("warning  " + text + "; the copy has it as it is\n");
    const auto copied = replay.copy_to(file);
    if (!copied) return terminal.refuse(copied.error(), ExitCode::cannot_write);
    tell(arguments, file, Json::array(), terminal);
    terminal.note("wrote " + file.string() + "\n");
    return ExitCode::done;
}

ExitCode export_netcdf(OpenBatch& batch, const BatchTables& tables, const ExportArguments& arguments, const Terminal& terminal) {
    if (!arguments.tables.empty())
        return terminal.refuse(Refusal{"", 0, 0, "--tables chooses csv tables; a netCDF cube is whole", "leave it out, or use --format csv"}, ExitCode::wrong_usage);
    const fs::path file = arguments.out.empty() ? fs::path(name_of(batch.folder) + ".nc") : fs::path(arguments.out);
    if (fs::exists(file) && !arguments.is_forced) return refuse_existing(file, terminal);
    const Refusals refusals = write_netcdf(batch, tables, file);
    if (!refusals.empty()) return terminal.refuse(refusals, has_netcdf() ? ExitCode::cannot_write : ExitCode::not_available);
    tell(arguments, file, Json::array(), terminal);
    terminal.note("wrote " + file.string() + "\n");
    return ExitCode::done;
}

ExitCode print_batch_csv(OpenBatch& batch, const BatchTables& tables, const std::string& name, const Terminal& terminal) {
    for (const BatchTable* table : tables.all()) {
        const auto print = [&](const std::string& row) { return terminal.data(row), true; };
        if (table->name == name && !each_csv_row(batch.database, name, table->key, print))
            return terminal.refuse(Refusal{batch.folder.string(), 0, 0, "table " + name + " cannot be read to its end", "try again, or run the plan anew"}, ExitCode::bad_input);
    }
    return ExitCode::done;
}

ExitCode export_batch_csv(OpenBatch& batch, const BatchTables& tables, const ExportArguments& arguments, const Terminal& terminal) {
    std::vector<std::string> known, chosen;
    for (const BatchTable* table : tables.all()) known.push_back(table->name);
    for (const std::string& asked : arguments.tables)
        if (find_name(known, asked) < 0) return terminal.refuse(Refusal{batch.folder.string(), 0, 0, "a batch has no table '" + asked + "'", suggestion(asked, known)}, ExitCode::wrong_usage);
    for (const std::string& name : known)
        if (arguments.tables.empty() || find_name(arguments.tables, name) >= 0) chosen.push_back(name);
    if (chosen.size() == 1 && arguments.out.empty() && !terminal.wants_json) return print_batch_csv(batch, tables, chosen.front(), terminal);
    const fs::path out = arguments.out.empty() ? fs::path(name_of(batch.folder) + "-csv") : fs::path(arguments.out);
    if (const ExitCode code = make_csv_folder(out, chosen, arguments.is_forced, terminal); code != ExitCode::done) return code;
    Json written = Json::array();
    for (const BatchTable* table : tables.all()) {
        if (find_name(chosen, table->name) < 0) continue;
        const fs::path file = csv_file(out, table->name);
        if (const Refusals refusals = write_csv(batch.database, table->name, table->key, file); !refusals.empty()) return terminal.refuse(refusals, ExitCode::cannot_write);
        auto count = batch.database.prepare("SELECT count(*) FROM \"" + table->name + "\"");
        const bool is_counted = count && count->step() == Step::row;
        written.push_back({{"table", table->name}, {"rows", is_counted ? cell_json(count->cell(0)) : Json()}, {"path", file.string()}});
    }
    tell(arguments, out, written, terminal);
    terminal.note("wrote " + counted(chosen.size(), "table") + " to " + out.string() + "\n");
    return ExitCode::done;
}

ExitCode export_batch(const ExportArguments& arguments, const fs::path& folder, const Terminal& terminal) {
    if (arguments.format == "sqlite")
        return terminal.refuse(Refusal{"", 0, 0, "a batch is a SQLite file already", "use " + (folder / "batch.sqlite").string()}, ExitCode::wrong_usage);
    auto batch = open_batch(folder);
    if (!batch) return terminal.refuse(batch.error(), ExitCode::bad_input);
    const auto plan = plan_of(folder, batch->facts.name);
    if (!plan) return terminal.refuse(plan.error(), ExitCode::bad_input);
    const BatchTables tables = batch_tables(*plan, firms_of(*batch));
    if (!batch->is_complete) terminal.note("note: " + missing_runs_text(*batch) + "\n");
    return arguments.format == "netcdf" ? export_netcdf(*batch, tables, arguments, terminal) : export_batch_csv(*batch, tables, arguments, terminal);
}

}  // namespace

ExitCode export_command(const ExportArguments& arguments, const Terminal& terminal) {
    if (const auto batch = find_batch(arguments.run); batch && is_batch(*batch)) return export_batch(arguments, *batch, terminal);
    if (arguments.format == "netcdf") return terminal.refuse(Refusal{arguments.run, 0, 0, "is no batch: netcdf holds many runs", "use csv or sqlite for one run"}, ExitCode::wrong_usage);
    const auto run = find_run(arguments.run);
    if (!run) return terminal.refuse(run.error(), ExitCode::bad_input);
    auto replay = Replay::open(*run);
    if (!replay) return terminal.refuse(replay.error(), ExitCode::bad_input);
    return arguments.format == "csv" ? export_csv(*replay, arguments, *run, terminal) : export_sqlite(*replay, arguments, *run, terminal);
}

}  // namespace rackrace

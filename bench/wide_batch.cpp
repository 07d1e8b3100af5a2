#include "bench/wide_batch.h"

#include <fmt/format.h>

#include <fstream>

#include "engine/base/random.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/batch_format.h"
#include "engine/replay/key_columns.h"
#include "engine/replay/sqlite.h"
#include "tests/viz/made_columns.h"

namespace rackrace {
namespace {

constexpr int kFirst_t = 9, kQuarters = 27;  // 2026Q2 to 2032Q4

std::string tables_sql(int runs) {
    return fmt::format(
        "PRAGMA application_id={}; PRAGMA user_version={};"
        "CREATE TABLE batch (name, scenario, inputs_hash, runs, shard, program_version);"
        "INSERT INTO batch VALUES ('wide', 'base-2026', '00c0ffee00c0ffee', {}, '1/1', 'made');"
        "CREATE TABLE runs (run INTEGER PRIMARY KEY, profile, seed, presold, status, start_quarter, last_quarter, state_hash, \"value_usd.amber\") WITHOUT ROWID;"
        "CREATE TABLE quarters (run INTEGER, quarter{}, PRIMARY KEY (run, quarter)) WITHOUT ROWID;"
        "CREATE TABLE panel (run INTEGER, quarter, firm{}, PRIMARY KEY (run, quarter, firm)) WITHOUT ROWID;",
        kBatchApplicationId, kBatchVersion, runs, columns_sql(key_market_figures()), columns_sql(key_firm_figures()));
}

}  // namespace

std::string make_wide_batch(const std::filesystem::path& folder, int runs) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "plan.toml") << "scenario = \"base-2026\"\n";
    auto database = Database::create(folder / kBatchFile);
    if (!database) return database.error().text();
    if (!database->execute(tables_sql(runs) + "BEGIN;")) return database->error();
    for (int run = 0; run < runs; ++run) {
        std::string sql = fmt::format("INSERT INTO runs VALUES ({0}, 0, {0}, {1}, 'ok', '2026Q2', '2032Q4', '', 0);", run, run % 10);
        double spot_usd_h = 2.0;
        for (int q = 0; q < kQuarters; ++q) {
            spot_usd_h *= 0.8 + 0.35 * uniform01(static_cast<std::uint64_t>(run), Stream::script, q, 0, 0, 0);
            sql += fmt::format("INSERT INTO quarters VALUES ({}, '{}'{});", run, quarter_name(kFirst_t + q), values_sql(key_market_figures(), {{"spot_i_usd_h", spot_usd_h}}));
        }
        sql += fmt::format("INSERT INTO panel VALUES ({}, '{}', 'amber'{});", run, quarter_name(kFirst_t), values_sql(key_firm_figures(), {}));
        if (!database->execute(sql)) return database->error();
    }
    return database->execute("COMMIT") ? "" : database->error();
}

}  // namespace rackrace

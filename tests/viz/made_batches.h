// Batches that no market played: a few runs with numbers that can be reckoned by hand.
#pragma once

#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "engine/replay/batch_format.h"
#include "engine/replay/key_columns.h"
#include "engine/replay/sqlite.h"
#include "tests/temporary_folder.h"
#include "tests/viz/made_columns.h"
#include "viz/figures/ensemble_catalogue.h"

namespace rackrace {

struct MadeRun {
    double spot_usd_h[2] = {};  // of inference hours in 2026Q2 and 2026Q3; the cash of firm amber in thousands of dollars too
    double presold = 0.5;       // what varies, as a number
    std::string chips = "POSTED";  // and as a word
    int in_arrears[2] = {};        // firms, in both quarters
    std::string status = "ok";
    std::string state_hash = {};  // at the end
    int in_default[2] = {};       // firms, in both quarters
};

/// A folder with a plan and a complete batch.sqlite; run i has seed 100 + i.
inline std::filesystem::path make_batch(const std::filesystem::path& folder, const std::vector<MadeRun>& runs) {
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "plan.toml") << "scenario = \"small\"\n";
    auto database = Database::create(folder / kBatchFile);
    REQUIRE(database);
    std::string sql = fmt::format(
        "PRAGMA application_id={}; PRAGMA user_version={};"
        "CREATE TABLE batch (name, scenario, inputs_hash, runs, shard, program_version);"
        "INSERT INTO batch VALUES ('made', 'small', '00c0ffee00c0ffee', {}, '1/1', '0.1.0');"
        "CREATE TABLE runs (run INTEGER, profile, seed, presold, \"rules.chips\", status, start_quarter, last_quarter, state_hash, \"value_usd.amber\", \"value_usd.basalt\");"
        "CREATE TABLE quarters (run INTEGER, quarter{});"
        "CREATE TABLE panel (run INTEGER, quarter, firm{});",
        kBatchApplicationId, kBatchVersion, runs.size(), columns_sql(key_market_figures()), columns_sql(key_firm_figures()));
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const MadeRun& run = runs[i];
        sql += fmt::format("INSERT INTO runs VALUES ({}, 0, {}, {}, '{}', '{}', '2026Q2', '2026Q3', '{}', 0, 0);", i, 100 + i, run.presold, run.chips, run.status, run.state_hash);
        for (const int q : {0, 1}) {
            const std::string quarter = q == 0 ? "2026Q2" : "2026Q3";
            sql += fmt::format("INSERT INTO quarters VALUES ({}, '{}'{});", i, quarter,
                               values_sql(key_market_figures(), {{"spot_i_usd_h", run.spot_usd_h[q]}, {"firms_in_arrears", run.in_arrears[q]}, {"firms_in_default", run.in_default[q]}}));
            for (const char* firm : {"amber", "basalt"})
                sql += fmt::format("INSERT INTO panel VALUES ({}, '{}', '{}'{});", i, quarter, firm,
                                   values_sql(key_firm_figures(), {{"cash_usd", firm == std::string("amber") ? 1e3 * run.spot_usd_h[q] : 0.0}}));
        }
    }
    REQUIRE(database->execute(sql));
    return folder;
}

inline Ensemble opened_batch(const std::filesystem::path& folder) {
    auto opened = Ensemble::open(folder);
    INFO((opened ? "" : opened.error().text()));
    REQUIRE(opened);
    return std::move(*opened);
}

/// `count` runs; run i of them has prices 1 + i and 2 (1 + i) $/h.
inline std::vector<MadeRun> rising_runs(int count) {
    std::vector<MadeRun> runs;
    for (int i = 0; i < count; ++i) runs.push_back({{1.0 + i, 2.0 * (1.0 + i)}});
    return runs;
}

inline FigureModel ensemble_figure(Ensemble& ensemble, const std::string& name, const EnsembleRequest& request = {}) {
    auto figure = build_ensemble_figure(ensemble, name, request);
    INFO(name << ": " << (figure ? "" : figure.error().text()));
    REQUIRE(figure);
    return std::move(*figure);
}

}  // namespace rackrace

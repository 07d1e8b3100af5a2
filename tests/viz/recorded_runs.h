// Runs to draw: a tiny one that no market played, and a short one of the default scenario, played once by the program.
#pragma once

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>
#include <vector>

#include "engine/replay/replay_writer.h"
#include "tests/cli/program.h"
#include "tests/engine/synthetic_run.h"
#include "tests/temporary_folder.h"
#include "viz/figures/catalogue.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

inline std::filesystem::path record_tiny(const std::filesystem::path& parent) {
    SavePlace place;
    place.parent = parent;
    auto writer = ReplayWriter::begin(place, synthetic::record(), synthetic::names(), "name = \"tiny\"\n");
    REQUIRE(writer);
    const RunOutcome outcome = synthetic::play(**writer);
    const auto saved = (*writer)->finish(outcome, *synthetic::world(4));
    REQUIRE(saved);
    return *saved;
}

/// The replay in a folder, which must open.
inline ReplayStore opened_run(const std::filesystem::path& folder) {
    auto opened = ReplayStore::open(folder);
    REQUIRE(opened);
    return std::move(*opened);
}

inline const ReplayStore& tiny_run() {
    static const TemporaryFolder folder;
    static const ReplayStore store = opened_run(record_tiny(folder.path()));
    return store;
}

/// Two and a half years of base-2026, in a folder runs/played of the folder that is returned.
inline const std::filesystem::path& played_folder() {
    static const TemporaryFolder folder;
    static const bool is_played = [] {
        const Ran ran = rackrace_in(folder.path(), "run -q --until 2028Q3 --out runs/played");
        INFO(ran.err);
        REQUIRE(ran.code == ExitCode::done);
        return true;
    }();
    REQUIRE(is_played);
    return folder.path();
}

inline const ReplayStore& played_run() {
    static const ReplayStore store = opened_run(played_folder() / "runs" / "played");
    return store;
}

/// The same quarters of a seed in which a firm fails.
inline const ReplayStore& failing_run() {
    static const TemporaryFolder folder;
    static const ReplayStore store = [] {
        const Ran ran = rackrace_in(folder.path(), "run -q --seed 2 --until 2028Q3 --out failing");
        INFO(ran.err);
        REQUIRE(ran.code == ExitCode::done);
        return opened_run(folder.path() / "failing");
    }();
    return store;
}

/// The figure, which must be there.
inline FigureModel figure_of(const ReplayStore& store, const std::string& name, const FigureRequest& request = {}) {
    auto figure = build_figure(store, name, request);
    INFO(name << ": " << (figure ? "" : figure.error().text()));
    REQUIRE(figure);
    return std::move(*figure);
}

/// Every figure of a run: those of a firm for one firm of each role.
inline std::vector<FigureModel> all_figures(const ReplayStore& store) {
    std::vector<FigureModel> out;
    for (const FigureKind& kind : figure_kinds()) {
        FigureRequest request;
        if (!kind.wants_firm) {
            out.push_back(figure_of(store, kind.name, request));
            continue;
        }
        std::vector<std::string> roles;
        for (const std::string& firm : store.firms()) {
            const std::string role = store.role_of(firm);
            if (std::find(roles.begin(), roles.end(), role) != roles.end()) continue;
            roles.push_back(role);
            request.firm = firm;
            out.push_back(figure_of(store, kind.name, request));
        }
    }
    return out;
}

}  // namespace rackrace

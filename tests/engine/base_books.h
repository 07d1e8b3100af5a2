// The default scenario with its opening books, loaded once for all tests of a program.
#pragma once

#include <catch2/catch.hpp>
#include <filesystem>
#include <memory>

#include "engine/scenario/load_scenario.h"

namespace rackrace::test {

inline const LoadedScenario& base() {
    static const std::unique_ptr<LoadedScenario> loaded = [] {
        auto result = load_scenario({"base-2026", std::filesystem::path(RACKRACE_SOURCE_DIR) / "data", {}, ""});
        if (!result) FAIL(result.error().text());
        return std::make_unique<LoadedScenario>(std::move(*result));
    }();
    return *loaded;
}

}  // namespace rackrace::test

// A replay that was changed and given digests that fit: what other checks than the digests say of it.
#pragma once

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

#include "tests/engine/seal.h"

namespace rackrace {

inline void change(const std::filesystem::path& file, const std::string& sql) {
    auto database = Database::create(file);
    REQUIRE(database);
    REQUIRE(database->execute(sql));
}

inline void change_and_seal(const std::filesystem::path& file, const std::string& sql) {
    change(file, sql);
    auto database = Database::create(file);
    REQUIRE(database);
    REQUIRE(seal(*database));
}

}  // namespace rackrace

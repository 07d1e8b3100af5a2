// A whole file as text.
#include <catch2/catch.hpp>

#include <fstream>

#include "engine/base/file_text.h"
#include "tests/temporary_folder.h"

using namespace rackrace;

TEST_CASE("A file is read byte by byte, and one that cannot be read has none", "[engine][file]") {
    const TemporaryFolder folder;
    const std::string bytes("a\r\n\0b\n", 6);
    std::ofstream(folder.path() / "bytes", std::ios::binary) << bytes;
    CHECK(file_text(folder.path() / "bytes") == bytes);
    CHECK(file_text(folder.path() / "missing").empty());
    CHECK(file_text(folder.path()).empty());
}

// A copy of the project's data in a folder of its own, which a test may spoil; gone at the end of the test.
#pragma once

#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/scenario/load_scenario.h"

namespace rackrace::test {

inline const std::filesystem::path kData = std::filesystem::path(RACKRACE_SOURCE_DIR) / "data";

inline std::string read_text(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

inline void write_text(const std::filesystem::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

class DataCopy {
public:
    DataCopy() {
        static int count = 0;
        folder = std::filesystem::temp_directory_path() /
                 ("rackrace_data_" + std::to_string(++count) + "_" + std::to_string(reinterpret_cast<std::uintptr_t>(this)));
        for (const char* part : {"model", "scenarios"}) {
            std::filesystem::create_directories(folder / part);
            for (const auto& entry : std::filesystem::directory_iterator(kData / part))
                if (entry.path().extension() == ".csv" || entry.path().extension() == ".toml")
                    std::filesystem::copy_file(entry.path(), folder / part / entry.path().filename());
        }
    }
    DataCopy(const DataCopy&) = delete;
    DataCopy& operator=(const DataCopy&) = delete;
    ~DataCopy() { std::filesystem::remove_all(folder); }

    std::filesystem::path model(const std::string& name) const { return folder / "model" / name; }
    void scenario(const std::string& name, const std::string& text) const { write_text(folder / "scenarios" / (name + ".toml"), text); }
    /// Replaces the first `from` of a table; false if it does not contain it.
    bool replace(const std::string& table, const std::string& from, const std::string& to) const {
        std::string text = read_text(model(table));
        const auto at = text.find(from);
        if (at == std::string::npos) return false;
        write_text(model(table), text.replace(at, from.size(), to));
        return true;
    }
    ScenarioRequest request(const std::string& name = "base-2026") const { return {name, folder, {}, ""}; }
    /// The refusals of loading, empty if it loads.
    std::string refused(const std::string& name = "base-2026") const {
        const auto loaded = load_scenario(request(name));
        return loaded ? "" : loaded.error().text();
    }

    std::filesystem::path folder;
};

/// The project's own scenario; loaded once for all tests.
inline const LoadedScenario& base_scenario() {
    static const Result<LoadedScenario> loaded = load_scenario({"base-2026", kData, {}, ""});
    return *loaded;
}

inline bool same_bytes(const LoadedScenario& a, const LoadedScenario& b) {
    return std::memcmp(&a.scenario, &b.scenario, sizeof(Scenario)) == 0 && std::memcmp(&a.opening, &b.opening, sizeof(World)) == 0;
}

inline int index_of_name(const std::vector<std::string>& names, const std::string& name) {
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return static_cast<int>(i);
    return -1;
}

}  // namespace rackrace::test

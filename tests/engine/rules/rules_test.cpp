// Every case of every file of tests/data/rules (and of $RACKRACE_RULES, a folder of more) through the engine's own functions.
// A file whose rule nothing runs fails the test, and so does an adapter without a file here; a case that differs prints its id and both values.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "engine/scenario/load_parameters.h"
#include "tests/engine/rules/rule_cases.h"

using namespace rackrace;
using rackrace::rules::Json;

namespace {

/// Where two values differ beyond the tolerance: empty if nowhere. `tol`: 0 exact, up to 1e-9 relative, else absolute.
std::string difference(const Json& want, const Json& got, const Json& tol, const std::string& field, const std::string& path) {
    if (want.is_object()) {
        if (!got.is_object()) return path + ": expected an object, got " + got.dump();
        for (const auto& [key, value] : want.items()) {
            if (!got.contains(key)) return path + "." + key + ": missing";
            const std::string inner = tol.contains(key) ? key : field;
            if (const std::string d = difference(value, got[key], tol, inner, path + "." + key); !d.empty()) return d;
        }
        for (const auto& [key, value] : got.items())
            if (!want.contains(key)) return path + "." + key + ": not expected (" + value.dump() + ")";
        return "";
    }
    if (want.is_array()) {
        if (!got.is_array() || got.size() != want.size()) return path + ": expected " + want.dump() + ", got " + got.dump();
        for (std::size_t i = 0; i < want.size(); ++i)
            if (const std::string d = difference(want[i], got[i], tol, field, path + "[" + std::to_string(i) + "]"); !d.empty()) return d;
        return "";
    }
    if (want.is_number()) {
        if (!got.is_number()) return path + ": expected " + want.dump() + ", got " + got.dump();
        const double w = want, g = got;
        const double t = tol.contains(field) ? tol[field].get<double>() : tol.value("*", 0.0);
        const double allowed = t > 1e-3 ? t : t * std::max(std::abs(w), 1e-300);
        const double slack = t > 0.0 && t < 1e-3 && std::abs(w) < 1e-12 ? 1e-12 : 0.0;  // relative to zero means nothing
        if (std::abs(w - g) > allowed + slack) return path + ": expected " + want.dump() + ", got " + got.dump();
        return "";
    }
    return want == got ? "" : path + ": expected " + want.dump() + ", got " + got.dump();
}

std::vector<std::filesystem::path> rule_files() {
    std::vector<std::filesystem::path> files;
    std::vector<std::filesystem::path> folders = {std::filesystem::path(RACKRACE_SOURCE_DIR) / "tests/data/rules"};
    if (const char* more = std::getenv("RACKRACE_RULES")) folders.emplace_back(more);
    for (const auto& folder : folders)
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            if (entry.path().extension() == ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

}  // namespace

TEST_CASE("Every rule vector whose rule is built gives the independent result", "[engine][rules]") {
    const auto parameters = load_parameters(std::filesystem::path(RACKRACE_SOURCE_DIR) / "data/model/parameters.csv");
    REQUIRE(parameters);
    int cases = 0, built = 0;
    std::string not_built;
    std::set<std::string> ran;
    for (const auto& file : rule_files()) {
        Json vectors;
        std::ifstream(file) >> vectors;
        const std::string rule = vectors.at("rule");
        const auto adapter = rules::adapters().find(rule);
        if (adapter == rules::adapters().end()) {
            not_built += " " + rule;
            continue;
        }
        ++built;
        ran.insert(rule);
        for (const Json& one : vectors.at("cases")) {
            ++cases;
            const std::string id = one.value("id", rule);
            Json got;
            try {
                got = adapter->second(parameters->parameters, one.at("in"));
            } catch (const std::exception& problem) {
                FAIL_CHECK(id << " (" << one.value("name", "") << "): the adapter threw: " << problem.what());
                continue;
            }
            const std::string d = difference(one.at("out"), got, one.value("tol", Json::object()), "*", "");
            if (!d.empty()) FAIL_CHECK(id << " (" << one.value("name", "") << ")" << d << "\n  in  " << one["in"].dump() << "\n  got " << got.dump());
        }
    }
    std::cout << cases << " vectors of " << built << " rules ran; not built yet:" << (not_built.empty() ? " none" : not_built) << "\n";
    CHECK(cases > 0);
    CHECK(not_built == "");
    for (const auto& [rule, adapter] : rules::adapters()) {
        INFO(rule << " has no vectors");
        CHECK(ran.count(rule) == 1);
    }
}

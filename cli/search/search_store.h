// The log of a search: every finished run by point and seed, each safe once it is there. A search asks the same questions in the same order every time, so
// going on after an interruption is asking again and finding the first answers here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "engine/replay/sqlite.h"

namespace rackrace {

inline constexpr std::int64_t kSearchApplicationId = 0x52524153;  // "RRAS"
inline constexpr std::int64_t kSearchVersion = 2;

struct SearchFacts {
    std::string name, inputs_hash, program_version;
    std::int64_t budget = 0;  // runs, as it was asked for last
    std::string objective;    // as it was given to the command; empty: as the plan says
};

class SearchStore {
public:
    static Result<SearchStore> create(const std::filesystem::path& folder, const SearchFacts& facts);
    static Result<SearchStore> open(const std::filesystem::path& folder);

    const SearchFacts& facts() const { return facts_; }
    Refusals keep_budget(std::int64_t runs);

    /// What a run paid; nothing where it was not played; not a number where it did not end or its objective is no finite number.
    std::optional<double> payoff(const std::string& point, std::uint64_t seed) const;
    Refusals add(const std::string& point, std::uint64_t seed, const std::string& status, double payoff);
    std::int64_t runs() const { return static_cast<std::int64_t>(payoffs_.size()); }

private:
    explicit SearchStore(std::filesystem::path file) : file_(std::move(file)) {}
    Refusal cannot_write() const;

    std::filesystem::path file_;
    SearchFacts facts_;
    std::optional<Database> database_;
    std::map<std::pair<std::string, std::uint64_t>, double> payoffs_;
};

bool is_search(const std::filesystem::path& folder);

/// The search's folder that a word names: itself, or one of that name in searches/.
std::optional<std::filesystem::path> find_search(const std::string& word);

/// What a search that was played to its end leaves in its folder: what it printed, as JSON and as text.
inline constexpr const char* kSearchResult = "result.json";
inline constexpr const char* kSearchText = "result.txt";

}  // namespace rackrace

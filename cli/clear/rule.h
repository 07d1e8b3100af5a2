// The clearing rules that `rackrace clear` runs alone, and that the rule vectors of the tests go through: a name, the fields it reads and
// prints, and the adapter from JSON to the engine's own function.
#pragma once

#include <string>
#include <vector>

#include "cli/clear/field.h"
#include "engine/scenario/parameters.h"

namespace rackrace::clear {

struct Rule {
    std::string name;  // as in `rackrace clear RULE`
    std::string meaning;
    Field reads;   // a record
    Field prints;  // a record
    /// What fields alone cannot say, such as that two lists are of one length. Sees cases whose fields are right.
    void (*check)(const Parameters& p, const Json& in, Refusals& wrong);
    /// Sees cases that passed the check.
    Json (*run)(const Parameters& p, const Json& in);
};

const std::vector<Rule>& all_rules();
const Rule* find_rule(const std::string& name);  // nullptr for none

/// The nearest rule for a "did you mean", whatever its letters' case, empty if none is near; "uniform" is near chips.UNIFORM.
std::string nearest_rule(const std::string& name);

/// Runs one case. Refused: what is wrong with it, the place of each refusal being its path inside the case.
Result<Json> clear_case(const Rule& rule, const Parameters& p, const Json& in);

// The rules, by file.
std::vector<Rule> chip_rules();
std::vector<Rule> sharing_rules();
std::vector<Rule> power_rules();
std::vector<Rule> spot_rules();
std::vector<Rule> contract_rules();
std::vector<Rule> money_rules();

/// Tie hashes, which a run takes from seed, quarter, market and name: here from the name, or the place in a list without names.
std::uint64_t tie_of_name(const std::string& name);
std::uint64_t tie_of_place(std::size_t place);

// Checks that several rules share.
void need_same_names(const Json& in, const char* field, const char* other, const std::string& path, Refusals& wrong);
void need_distinct(const std::vector<std::string>& names, const std::string& path, Refusals& wrong);
void need_same_length(const Json& in, const char* field, const char* other, Refusals& wrong);
void need_total(std::int64_t total, std::int64_t most, const std::string& path, Refusals& wrong);

}  // namespace rackrace::clear

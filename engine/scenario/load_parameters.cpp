#include "engine/scenario/load_parameters.h"

#include <algorithm>
#include <set>

#include "engine/scenario/csv.h"

namespace rackrace {
namespace {

/// Names of the elements of an array field: the word that a CSV name carries for each index.
std::vector<std::string> index_words(std::string_view field, std::size_t count) {
    if (count == kRoles) return {"hyperscaler", "neocloud", "lab", "supplier"};
    if (count == kMaxSegments) return {"enterprise", "consumer"};
    std::vector<std::string> numbers;
    const int first = field.starts_with("rating") ? 1 : 0;
    for (std::size_t i = 0; i < count; ++i) numbers.push_back(std::to_string(first + static_cast<int>(i)));
    return numbers;
}

/// The array index that `csv_name` selects of `field`: the names agree but for one inserted word. -1 if they do not.
int index_in_name(std::string_view csv_name, std::string_view field, std::size_t count) {
    const auto words = index_words(field, count);
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string inner = "_" + words[i] + "_", tail = "_" + words[i];
        std::string shorter(csv_name);
        if (const auto at = shorter.find(inner); at != std::string::npos) shorter.erase(at, tail.size());
        else if (shorter.ends_with(tail)) shorter.erase(shorter.size() - tail.size());
        else continue;
        if (shorter == field) return static_cast<int>(i);
    }
    return -1;
}

const std::map<std::string, int>& capacities() {
    static const std::map<std::string, int> known = {
        {"capacity_firms", kMaxFirms}, {"capacity_suppliers", kMaxSuppliers}, {"capacity_products", kMaxProducts},
        {"capacity_generations", kMaxGenerations}, {"capacity_regions", kMaxRegions}, {"capacity_contracts", kMaxContracts},
        {"capacity_debt_tranches", kMaxTranches}, {"capacity_projects", kMaxProjects}, {"capacity_leases", kMaxRegions},
        {"capacity_segments", kMaxSegments}, {"capacity_bid_steps", kMaxSteps}, {"capacity_offers", kMaxOffers},
        {"capacity_requests", kMaxRequests}, {"capacity_queue_cohorts", kMaxCohorts}, {"capacity_shocks", kMaxShocks}};
    return known;
}

std::vector<std::string> field_names() {
    std::vector<std::string> names;
    for (const FieldInfo& row : describe<Parameters>().fields) names.emplace_back(row.name);
    return names;
}

double* element(Parameters& parameters, const FieldInfo& row, std::size_t i) {
    return reinterpret_cast<double*>(reinterpret_cast<unsigned char*>(&parameters) + row.offset) + i;
}

}  // namespace

double* find_parameter(Parameters& parameters, std::string_view csv_name) {
    for (const FieldInfo& row : describe<Parameters>().fields) {
        if (row.rank == 0) {
            if (row.name == csv_name) return element(parameters, row, 0);
        } else if (const int i = index_in_name(csv_name, row.name, row.count()); i >= 0) {
            return element(parameters, row, static_cast<std::size_t>(i));
        }
    }
    return nullptr;
}

Result<ParameterFile> load_parameters(const std::filesystem::path& file) {
    const auto table = read_csv(file, {"name", "value", "low", "high", "unit"});
    if (!table) return table.error();
    Refusals refusals;
    refuse_duplicates(*table, {"name"}, refusals);
    ParameterFile out;
    std::set<const double*> filled;
    for (const CsvRow& row : table->rows) {
        const CsvCells cells(*table, row, refusals);
        const std::string& name = cells.text("name");
        const double value = cells.number("value");
        if (!cells.empty("low") && value < cells.number("low")) cells.refuse(name + " is below its low", "mend value or low");
        if (!cells.empty("high") && value > cells.number("high")) cells.refuse(name + " is above its high", "mend value or high");
        if (const auto size = capacities().find(name); size != capacities().end()) {
            if (value != size->second)
                cells.refuse(name + " is " + cells.text("value") + ", this program was built with " + std::to_string(size->second),
                             "set it to that; array sizes are fixed when the program is built");
        } else if (double* slot = find_parameter(out.parameters, name)) {
            *slot = value;
            filled.insert(slot);
            out.names.push_back(name);
        } else if (name.starts_with("wafer_start_share_")) {
            out.other[name] = value;
        } else {
            const std::string near = nearest_word(name, field_names());
            cells.refuse("no parameter is called '" + name + "'", near.empty() ? "delete the row" : "did you mean '" + near + "'?");
        }
    }
    for (const FieldInfo& row : describe<Parameters>().fields) {
        const auto words = row.rank == 0 ? std::vector<std::string>{""} : index_words(row.name, row.count());
        for (std::size_t i = 0; i < words.size(); ++i) {
            if (filled.contains(element(out.parameters, row, i))) continue;
            refusals.add({table->place, 0, 0, "parameter '" + std::string(row.name) + "'" + (row.rank == 0 ? "" : " of " + words[i]) + " has no row", "add it"});
        }
    }
    if (!refusals.empty()) return refusals;
    return out;
}

}  // namespace rackrace

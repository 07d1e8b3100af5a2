// Reads data/model/parameters.csv into Parameters, and replaces single values by the CSV's names.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/scenario/parameters.h"

namespace rackrace {

/// Where the value of a CSV name lives in Parameters; nullptr for a name that is none.
double* find_parameter(Parameters& parameters, std::string_view csv_name);

struct ParameterFile {
    Parameters parameters{};
    std::vector<std::string> names;       // as in the CSV, in its order
    std::map<std::string, double> other;  // rows keyed by a firm's id (wafer_start_share_*_frac): the loader of firms takes them
};

/// Refused: a repeated, unknown or missing name; a value that is no number or outside its own range; capacity_* unlike the engine's.
Result<ParameterFile> load_parameters(const std::filesystem::path& file);

}  // namespace rackrace

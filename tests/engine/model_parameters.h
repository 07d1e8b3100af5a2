// The parameters of data/model for tests of rules.
#pragma once

#include <filesystem>
#include <stdexcept>

#include "engine/scenario/load_parameters.h"

namespace rackrace {

inline const Parameters& model_parameters() {
    static const Parameters parameters = [] {
        const auto file = load_parameters(std::filesystem::path(RACKRACE_SOURCE_DIR) / "data/model/parameters.csv");
        if (!file) throw std::runtime_error(file.error().text());
        return file->parameters;
    }();
    return parameters;
}

}  // namespace rackrace

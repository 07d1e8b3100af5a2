// A figure of the window as a file of the working folder, named after run, figure and quarter; nothing is overwritten.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "viz/figures/figure_model.h"

namespace rackrace {

struct ExportFormat {
    const char* ending;  // ".svg"
    const char* what;
};
const std::vector<ExportFormat>& export_formats();

/// The file that was written: base-2026-s1-6c9e-prices-2028Q3.svg, with a number before the ending where that is there already. Refused: a
/// folder that cannot be written to.
Result<std::filesystem::path> write_export(const FigureModel& figure, int t, const std::string& ending);

}  // namespace rackrace

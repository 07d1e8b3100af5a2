#include "viz/window/export_file.h"

#include <fstream>

#include "engine/base/quarter_index.h"
#include "viz/figures/exports.h"
#include "viz/figures/svg.h"
#include "viz/window/window.h"

namespace rackrace {

namespace fs = std::filesystem;

const std::vector<ExportFormat>& export_formats() {
    static const std::vector<ExportFormat> formats = {{".svg", "as it is drawn: for pages and papers"},
                                                      {".png", "the same in pixels, 1920 across"},
                                                      {".csv", "its table in full precision"},
                                                      {".json", "everything of it: axes, marks, reasons"}};
    return formats;
}

Result<fs::path> write_export(const FigureModel& figure, int t, const std::string& ending) {
    const std::string name = figure.from.run + "-" + figure.id + "-" + quarter_name(t);
    fs::path file = name + ending;
    std::error_code error;
    for (int n = 2; fs::exists(file, error); ++n) file = name + "-" + std::to_string(n) + ending;
    if (ending == ".png") {
        const WindowOutcome drawn = draw_png(figure, resized(*find_style("light"), 0.0, kPngScale), true, file);
        if (drawn.end != WindowEnd::closed) return drawn.refusals;
        return file;
    }
    std::ofstream out(file, std::ios::binary);
    if (ending == ".csv") out << figure_csv(figure, true);
    else if (ending == ".json") out << figure_json(figure);
    else out << figure_svg(figure, *find_style("light"));
    out.close();
    if (!out) return Refusal{file.string(), 0, 0, "cannot be written", "start the window in a folder that can be written to"};
    return file;
}

}  // namespace rackrace

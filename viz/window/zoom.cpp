#include "viz/window/zoom.h"

#include <algorithm>
#include <cmath>

namespace rackrace {
namespace {

constexpr int kFewestQuarters = 4;
constexpr double kNarrowest = 0.01;

}  // namespace

QuarterRange wheeled(QuarterRange shown, QuarterRange all, double anchor, double notches) {
    const int span = shown.to - shown.from, widest = all.to - all.from;
    const int step = std::max(1, static_cast<int>(std::lround(std::abs(notches) * span / 8.0)));
    const int wanted = std::clamp(notches > 0.0 ? span - step : span + step, std::min(kFewestQuarters, widest), widest);
    const double share = span > 0 ? std::clamp((anchor - shown.from) / span, 0.0, 1.0) : 0.5;
    const int from = std::clamp(static_cast<int>(std::lround(anchor - share * wanted)), all.from, all.to - wanted);
    return {from, from + wanted};
}

ShareRange narrowed(ShareRange shown, double anchor, double factor) {
    const double span = shown.to - shown.from, wanted = std::clamp(factor * span, kNarrowest, 1.0);
    const double from = std::clamp(anchor - (anchor - shown.from) / span * wanted, 0.0, 1.0 - wanted);
    return {from, from + wanted};
}

ShareRange shown_values(const ViewState& view, const std::string& figure, const std::string& panel) {
    const auto at = view.value_zooms.find(figure + "/" + panel);
    return at == view.value_zooms.end() ? ShareRange{} : at->second;
}

void show_values(ViewState& view, const std::string& figure, const std::string& panel, ShareRange part) {
    if (part.to - part.from < 1.0) view.value_zooms[figure + "/" + panel] = part;
    else view.value_zooms.erase(figure + "/" + panel);
}

}  // namespace rackrace

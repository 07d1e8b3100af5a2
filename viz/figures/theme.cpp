#include "viz/figures/theme.h"

#include <algorithm>
#include <string>

#include "engine/base/numbers.h"

namespace rackrace {
namespace {

constexpr LookForm kForms[kLooks + 1] = {
    {"", Marker::circle, Hatch::none},
    {"5 2", Marker::square, Hatch::rising},
    {"1.5 1.5", Marker::triangle, Hatch::dots},
    {"6 2 1.5 2", Marker::diamond, Hatch::falling},
    {"9 3", Marker::flipped_triangle, Hatch::level},
    {"3 1.5", Marker::cross, Hatch::grid},
    {"4 1.5 1 1.5 1 1.5", Marker::plus, Hatch::upright},
    {"", Marker::none, Hatch::none},
};

constexpr Theme kLight = {"light",
                          "#ffffff",
                          "#1b1f24",
                          "#57606a",
                          "#7a838c",
                          "#e3e7eb",
                          {"#0072b2", "#d55e00", "#009e73", "#c0609a", "#b37400", "#2c7fb0", "#8a7f00", "#6e7781"}};
constexpr Theme kDark = {"dark",
                         "#14171c",
                         "#e6edf3",
                         "#9ba6b2",
                         "#6e7781",
                         "#2b3138",
                         {"#56b4e9", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#0072b2", "#f0e442", "#8b949e"}};

constexpr Theme kContrast = {"contrast",
                             "#000000",
                             "#ffffff",
                             "#d6dde4",
                             "#aab4be",
                             "#4a5259",
                             {"#56b4e9", "#ff8a3d", "#1fd6a5", "#f09fcb", "#ffb733", "#8fa8ff", "#f0e442", "#c3cad1"}};

constexpr FigureStyle kStyles[] = {
    {"light", &kLight, 960.0, 0.0, 15.0, 260.0, 2.2, ""},
    {"paper", &kLight, 321.26, 0.0, 10.667, 120.0, 1.2, "85mm"},  // one column, letters of 8 points
    {"slide", &kLight, 1280.0, 720.0, 22.0, 0.0, 3.5, ""},
    {"dark", &kDark, 960.0, 0.0, 15.0, 260.0, 2.2, ""},
};
constexpr FigureStyle kWidePage = {"wide", &kLight, 760.0, 0.0, 14.0, 190.0, 2.0, ""};
constexpr FigureStyle kNarrowPage = {"narrow", &kLight, 350.0, 0.0, 12.0, 150.0, 1.8, ""};

double channel(std::string_view colour, std::size_t at) {
    int value = 0;
    for (const char c : colour.substr(at, 2)) value = value * 16 + (c <= '9' ? c - '0' : c - 'a' + 10);
    const double part = value / 255.0;
    return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

double luminance(std::string_view colour) { return 0.2126 * channel(colour, 1) + 0.7152 * channel(colour, 3) + 0.0722 * channel(colour, 5); }

}  // namespace

const LookForm& form_of(int look) { return kForms[std::clamp(look, 0, kLooks)]; }

std::vector<double> dash_of(int look) {
    const std::string_view dash = form_of(look).dash;
    std::vector<double> lengths;
    for (std::size_t at = 0; at < dash.size();) {
        const std::size_t end = std::min(dash.find(' ', at), dash.size());
        lengths.push_back(std::stod(std::string(dash.substr(at, end - at))));
        at = end + 1;
    }
    return lengths;
}

const Theme& light_theme() { return kLight; }
const Theme& dark_theme() { return kDark; }
const Theme& contrast_theme() { return kContrast; }

double contrast(std::string_view a, std::string_view b) {
    const double first = luminance(a), second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

FigureStyle resized(const FigureStyle& style, double width, double scale) {
    FigureStyle out = style;
    if (width > 0.0) {
        out.width = width;
        out.width_attribute = {};
    }
    for (double* length : {&out.width, &out.height, &out.text, &out.plot_height, &out.line}) *length *= scale;
    out.scale *= scale;
    return out;
}

double small_size(const FigureStyle& style) { return style.text > 12.0 * style.scale ? std::max(12.0 * style.scale, 0.8 * style.text) : style.text; }

const FigureStyle* find_style(std::string_view name) {
    for (const FigureStyle& style : kStyles)
        if (style.name == name) return &style;
    return nullptr;
}

std::vector<std::string_view> style_names() {
    std::vector<std::string_view> names;
    for (const FigureStyle& style : kStyles) names.push_back(style.name);
    return names;
}

const FigureStyle& wide_page_style() { return kWidePage; }
const FigureStyle& narrow_page_style() { return kNarrowPage; }

}  // namespace rackrace

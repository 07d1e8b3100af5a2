// Colours that can be read, and categories that can be told apart without them.
#include <catch2/catch.hpp>

#include <set>

#include "viz/figures/letters.h"
#include "viz/figures/svg_canvas.h"
#include "viz/figures/theme.h"

using namespace rackrace;

TEST_CASE("Contrast is that of WCAG", "[viz][theme]") {
    CHECK(contrast("#ffffff", "#000000") == Approx(21.0));
    CHECK(contrast("#ffffff", "#ffffff") == Approx(1.0));
    CHECK(contrast("#777777", "#ffffff") == Approx(4.48).margin(0.01));
}

TEST_CASE("Lines stand out by 3 to 1 and texts by 4.5 to 1 in every theme", "[viz][theme]") {
    for (const Theme* theme : {&light_theme(), &dark_theme(), &contrast_theme()}) {
        INFO(theme->name);
        CHECK(contrast(theme->ink, theme->ground) >= 4.5);
        CHECK(contrast(theme->muted, theme->ground) >= 4.5);
        CHECK(contrast(theme->axis, theme->ground) >= 3.0);
        for (const std::string_view look : theme->looks) {
            INFO(look);
            CHECK(contrast(look, theme->ground) >= 3.0);
        }
    }
}

TEST_CASE("High contrast has text of 7 to 1 and lines of 4.5 to 1", "[viz][theme]") {
    const Theme& theme = contrast_theme();
    CHECK(contrast(theme.muted, theme.ground) >= 7.0);
    CHECK(contrast(theme.axis, theme.ground) >= 4.5);
    for (const std::string_view look : theme.looks) CHECK(contrast(look, theme.ground) >= 4.5);
}

TEST_CASE("No two categories share dash, marker or hatch: figures read in grey", "[viz][theme]") {
    std::set<std::string_view> dashes;
    std::set<int> markers, hatches;
    for (int look = 0; look < kLooks; ++look) {
        dashes.insert(form_of(look).dash);
        markers.insert(static_cast<int>(form_of(look).marker));
        hatches.insert(static_cast<int>(form_of(look).hatch));
    }
    CHECK(dashes.size() == kLooks);
    CHECK(markers.size() == kLooks);
    CHECK(hatches.size() == kLooks);
    CHECK(form_of(kRestLook).marker == Marker::none);
    for (const Theme* theme : {&light_theme(), &dark_theme(), &contrast_theme()})
        CHECK(std::set<std::string_view>(std::begin(theme->looks), std::end(theme->looks)).size() == kLooks + 1);
}

TEST_CASE("Letters are at least 12 pixels on screen and 8 points on paper", "[viz][theme]") {
    for (const std::string_view name : style_names()) {
        const FigureStyle* style = find_style(name);
        REQUIRE(style != nullptr);
        CHECK(style->text >= (name == "paper" ? 8.0 * 96.0 / 72.0 - 0.01 : 12.0));
    }
    CHECK(wide_page_style().text >= 12.0);
    CHECK(narrow_page_style().text >= 12.0);
    CHECK(find_style("neon") == nullptr);
}

TEST_CASE("Texts are broken at spaces and measured by letters", "[viz][theme]") {
    CHECK(text_width("", 10.0) == 0.0);
    CHECK(text_width("mm", 10.0) > text_width("ii", 10.0));
    CHECK(wrap_text("one two three", 1e9, 10.0) == std::vector<std::string>{"one two three"});
    CHECK(wrap_text("one two three", 1.0, 10.0) == std::vector<std::string>{"one", "two", "three"});
    CHECK(xml_text("a<b & \"c\">") == "a&lt;b &amp; &quot;c&quot;&gt;");
}

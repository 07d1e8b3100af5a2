// The six numbers that say how the market is: price, use, supply, concentration, defaults, money.
#include <fmt/format.h>

#include <cmath>

#include "viz/window/actions.h"
#include "viz/window/frame/frame.h"
#include "viz/window/frame/pieces.h"
#include "viz/window/readings.h"

namespace rackrace {
namespace {

enum class Change { share, points, difference };  // in per cent of the last value, in percentage points, in its own unit

struct Measure {
    const char* title;
    const char* unit;
    const char* column;  // of table quarters
    double scale;        // from the column's unit to the one shown
    Change change;
};
constexpr Measure kMeasures[] = {{"SPOT I", "$/h", "spot_i_usd_h", 1.0, Change::share},
                                 {"UTILISATION", "%", "util_frac", 100.0, Change::points},
                                 {"SUPPLY", "Gh", "supply_mh", 0.001, Change::share},
                                 {"HHI", "0 to 1", "hhi_compute", 1.0, Change::difference},
                                 {"IN DEFAULT", "firms", "firms_in_default", 1.0, Change::difference},
                                 {"POLICY RATE", "%", "policy_rate_apr", 100.0, Change::points}};

constexpr const char* kPerQuarter = " q/q";

constexpr const char* kSame = "same";

/// Of a change that rounds to nothing: the same.
std::string change_text(Change change, double now, double before) {
    if (now == before || (change == Change::difference && short_number(now) == short_number(before))) return kSame;
    if (change == Change::difference) return fmt::format("{:+.2g}", now - before);
    if (change == Change::share && before == 0.0) return "";
    const std::string text = change == Change::share ? fmt::format("{:+.1f} %", 100.0 * (now / before - 1.0)) : fmt::format("{:+.2f} pp", now - before);
    return text.find_first_of("123456789") == std::string::npos ? kSame : text;
}

Result<std::vector<StripNumber>> numbers_of(const Session& session) {
    std::vector<StripNumber> out;
    const ReplayStore& store = session.store();
    const int t = session.view.t;
    for (const Measure& kind : kMeasures) {
        StripNumber number{kind.title, kind.unit, "no value", "", 0.0, store.address(t, std::string("market.") + kind.column)};
        const double now = kind.scale * store.of_market(t, kind.column);
        const double before = store.has_quarter(t - 1) ? kind.scale * store.of_market(t - 1, kind.column) : kNoValue;
        if (std::isfinite(now)) number.value = short_number(now);
        if (std::string_view(kind.column) == "firms_in_default") number.value += fmt::format(" of {}", store.firms().size());
        if (std::isfinite(now) && std::isfinite(before)) {
            number.change = change_text(kind.change, now, before);
            number.direction = number.change == kSame ? 0.0 : now - before;
        }
        number.is_chosen = is_same_series(session.view.pinned, number.address);
        out.push_back(std::move(number));
    }
    return out;
}

}  // namespace

std::vector<StripNumber> prepare_strip(const Session& session) {
    const auto read = session.store().of_unaltered([&] { return numbers_of(session); });
    if (read) return *read;
    std::vector<StripNumber> out;
    for (const Measure& kind : kMeasures) out.push_back({kind.title, kind.unit, "altered", "", 0.0, session.address(session.view.t, std::string("market.") + kind.column)});
    return out;
}

void pin_number(const StripNumber& number, ViewState& view) {
    const bool is_let_go = view.pinned == number.address;  // of another quarter it is pinned anew
    view.pinned = is_let_go ? "" : number.address;
    view.status = is_let_go ? "Nothing is pinned." : number.title + " is pinned, its line thicker in every figure that has it; W asks why.";
}

void draw_strip(const std::vector<StripNumber>& numbers, Session& session, const WindowLook& look) {
    const float gap = ImGui::GetStyle().ItemSpacing.x, room = ImGui::GetContentRegionAvail().x, height = ImGui::GetContentRegionAvail().y;
    const float width = (room - gap * static_cast<float>(numbers.size() - 1)) / static_cast<float>(numbers.size()), padding = look.px(8.0);
    for (const StripNumber& number : numbers) {
        const ImVec2 at = ImGui::GetCursorScreenPos(), end{at.x + width, at.y + height};
        const bool is_clicked = ImGui::InvisibleButton(number.title.c_str(), {width, height});
        if (is_clicked && number.address.empty()) perform(*find_action("pick-key-figure"), session);
        else if (is_clicked) pin_number(number, session.view);
        if (ImGui::IsItemClicked(ImGuiMouseButton_Right) && !number.address.empty()) {
            session.view.pinned = number.address;
            perform(*find_action("why"), session);
        }
        const bool is_hovered = ImGui::IsItemHovered();
        ImGui::GetWindowDrawList()->AddRectFilled(at, end, packed(is_hovered ? hovered_ground(*look.theme) : panel_ground(*look.theme)),
                                                  look.px(3.0));
        if (number.is_chosen) draw_focus_ring(at, end, look);
        const float inner = width - 2.0F * padding, x = at.x + padding;
        put_text({x, at.y + look.px(4.0)}, look.theme->muted, number.title + "  " + number.unit, inner, look, kSmallTextSize);
        const float low = at.y + look.px(20.0);
        float right = x + put_text({x, low}, look.theme->ink, number.value, inner, look, kTextSize + 3.0) + look.px(8.0);
        if (number.direction != 0.0) {
            draw_arrow({right + look.px(5.0), low + look.px(10.0)}, number.direction, look.px(10.0), look);
            right += look.px(14.0);
        }
        const float left = end.x - padding - right;
        const std::string change = width_of(number.change + kPerQuarter, look, kSmallTextSize) <= left ? number.change + kPerQuarter : number.change;
        if (left > look.px(22.0) && !number.change.empty()) put_text({right, low + look.px(3.0)}, look.theme->muted, change, left, look, kSmallTextSize);
        ImGui::SameLine();
    }
    ImGui::NewLine();
}

}  // namespace rackrace

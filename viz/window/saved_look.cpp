#include "viz/window/saved_look.h"

#include <algorithm>
#include <fstream>

#include "viz/window/look.h"
#include "viz/window/recent_runs.h"
#include "viz/window/screens/screens.h"

namespace rackrace {
namespace {

constexpr const char* kTiles = "tiles ";

std::filesystem::path look_file() {
    const std::filesystem::path folder = state_folder();
    return folder.empty() ? folder : folder / "window.txt";
}

}  // namespace

std::optional<ThemeChoice> theme_named(std::string_view name) {
    for (const ThemeChoice choice : {ThemeChoice::dark, ThemeChoice::light, ThemeChoice::high_contrast})
        if (name == name_of(choice)) return choice;
    return std::nullopt;
}

std::optional<SavedLook> saved_look() {
    std::ifstream in(look_file());
    SavedLook look;
    std::string theme;
    if (!(in >> theme >> look.scale >> look.width >> look.height) || !theme_named(theme)) return std::nullopt;
    look.theme = *theme_named(theme);
    look.scale = std::clamp(look.scale, kSmallestScale, kLargestScale);
    for (std::string line; std::getline(in, line);)
        for (const ScreenKind& kind : screen_kinds())
            if (const std::string head = std::string(kTiles) + kind.title + " "; line.starts_with(head))
                if (auto tiling = tiling_of_text(line.substr(head.size()), static_cast<int>(kind.tiles.size())))
                    look.tilings[kind.screen] = std::move(*tiling);
    return look;
}

Refusals save_look(const SavedLook& look) {
    const std::filesystem::path file = look_file();
    if (file.empty()) return Refusal{"the state folder", 0, 0, "there is none", "set RACKRACE_HOME to a folder of yours"};
    std::error_code error;
    std::filesystem::create_directories(file.parent_path(), error);
    std::ofstream out(file);
    out << name_of(look.theme) << ' ' << look.scale << ' ' << look.width << ' ' << look.height << '\n';
    for (const auto& [screen, tiling] : look.tilings) out << kTiles << screen_kind(screen).title << ' ' << tiling_text(tiling) << '\n';
    out.close();
    if (!out) return Refusal{file.string(), 0, 0, "cannot be written", "set RACKRACE_HOME to a folder of yours"};
    return {};
}

}  // namespace rackrace

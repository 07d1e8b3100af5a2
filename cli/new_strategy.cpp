#include "cli/new_strategy.h"

#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

#include "cli/build_info.h"
#include "engine/base/file_text.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNameInTemplate = "TEMPLATE";
constexpr const char* kLuacheck = "-- for luacheck: scripts get obs, act, p, mem and rng whether they use them or not\nstd = \"lua54\"\nunused_args = false\nmax_line_length = false\n";

std::string named(std::string text, const std::string& name) {
    const std::string mark = kNameInTemplate;
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + name.size())) text.replace(at, mark.size(), name);
    return text;
}

/// The editor's settings of the scripts folder, pointed at its definitions from wherever the new script is.
std::string editor_settings() {
    const fs::path scripts = fs::absolute(scripts_folder());
    auto json = nlohmann::ordered_json::parse(file_text(scripts / ".luarc.json"), nullptr, false);
    if (json.is_discarded()) json = nlohmann::ordered_json::object();
    json["workspace"]["library"] = {(scripts / "library").lexically_normal().string()};
    return json.dump(2) + "\n";
}

struct NewFile {
    fs::path path;
    std::string text;
    bool is_kept;  // one that is there already stays, and nothing is said
};

bool is_name(const std::string& name) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !name.empty() && is_letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

}  // namespace

std::variant<NewFiles, NewRefusal> write_strategy(const NewArguments& arguments) {
    const std::string& name = arguments.name;
    if (!is_name(name)) return NewRefusal{{name, 0, 0, "is no name for a script", "use letters, digits and _, a letter first: my_neocloud"}, ExitCode::wrong_usage};
    const fs::path templates = scripts_folder() / "templates", folder = arguments.out.empty() ? fs::path(".") : fs::path(arguments.out);
    const std::string script = file_text(templates / (arguments.role + ".lua")), tests = file_text(templates / (arguments.role + ".test.lua"));
    if (script.empty() || tests.empty()) return NewRefusal{{templates.string(), 0, 0, "has no template of a " + arguments.role, "set RACKRACE_SCRIPTS to the scripts folder"}, ExitCode::bad_input};
    const NewFile files[] = {{folder / (name + ".lua"), named(script, name), false},
                             {folder / (name + ".test.lua"), named(tests, name), false},
                             {folder / ".luarc.json", editor_settings(), true},
                             {folder / ".luacheckrc", kLuacheck, true}};
    for (const NewFile& file : files)
        if (fs::exists(file.path) && !file.is_kept && !arguments.is_forced)
            return NewRefusal{{file.path.string(), 0, 0, "is there already", "choose another name, or give --force to replace it"}, ExitCode::cannot_write};
    std::error_code error;
    fs::create_directories(folder, error);
    NewFiles out{(folder / (name + ".lua")).lexically_normal(), {}};
    for (const NewFile& file : files) {
        if (file.is_kept && fs::exists(file.path)) continue;
        std::ofstream stream(file.path, std::ios::binary);
        stream << file.text;
        if (!stream.flush()) return NewRefusal{{file.path.string(), 0, 0, "cannot be written", "check the folder and its permissions"}, ExitCode::cannot_write};
        out.written.push_back(file.path.lexically_normal());
    }
    return out;
}

}  // namespace rackrace

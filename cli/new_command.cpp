// `rackrace new`: a strategy and its tests from the role's template, and what editors want beside them.
#include <algorithm>
#include <fstream>
#include <sstream>

#include <nlohmann/json.hpp>

#include "cli/build_info.h"
#include "cli/commands.h"
#include "cli/trial.h"
#include "engine/scenario/load_facts.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNameInTemplate = "TEMPLATE";
constexpr const char* kLuacheck = "-- for luacheck: scripts get obs, act, p, mem and rng whether they use them or not\nstd = \"lua54\"\nunused_args = false\nmax_line_length = false\n";

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

std::string named(std::string text, const std::string& name) {
    const std::string mark = kNameInTemplate;
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + name.size())) text.replace(at, mark.size(), name);
    return text;
}

/// The editor's settings of the scripts folder, pointed at its definitions from wherever the new script is.
std::string editor_settings() {
    const fs::path scripts = fs::absolute(scripts_folder());
    auto json = nlohmann::ordered_json::parse(text_of(scripts / ".luarc.json"), nullptr, false);
    if (json.is_discarded()) json = nlohmann::ordered_json::object();
    json["workspace"]["library"] = {(scripts / "library").lexically_normal().string()};
    return json.dump(2) + "\n";
}

struct NewFile {
    fs::path path;
    std::string text;
    bool is_kept;  // one that is there already stays, and nothing is said
};

/// The command that plays the script: at the usual firm of its role in the scenario that `watch` takes.
Result<std::string> watching(const std::string& script, const std::string& role) {
    const auto loaded = load_scenario({WatchArguments{}.scenario, data_folder(), {}, ""});
    if (!loaded) return loaded.error();
    return "rackrace watch " + script + " --firm " + usual_firm(*loaded, static_cast<Role>(std::find(std::begin(kRoleNames), std::end(kRoleNames), role) - std::begin(kRoleNames)));
}

bool is_name(const std::string& name) {
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !name.empty() && is_letter(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); });
}

}  // namespace

ExitCode new_command(const NewArguments& arguments, const Terminal& terminal) {
    const std::string& name = arguments.name;
    if (!is_name(name)) return terminal.refuse(Refusal{name, 0, 0, "is no name for a script", "use letters, digits and _, a letter first: my_neocloud"}, ExitCode::wrong_usage);
    const fs::path templates = scripts_folder() / "templates", folder = arguments.out.empty() ? fs::path(".") : fs::path(arguments.out);
    const std::string script = text_of(templates / (arguments.role + ".lua")), tests = text_of(templates / (arguments.role + ".test.lua"));
    if (script.empty() || tests.empty()) return terminal.refuse(Refusal{templates.string(), 0, 0, "has no template of a " + arguments.role, "set RACKRACE_SCRIPTS to the scripts folder"}, ExitCode::bad_input);
    const NewFile files[] = {{folder / (name + ".lua"), named(script, name), false},
                             {folder / (name + ".test.lua"), named(tests, name), false},
                             {folder / ".luarc.json", editor_settings(), true},
                             {folder / ".luacheckrc", kLuacheck, true}};
    for (const NewFile& file : files)
        if (fs::exists(file.path) && !file.is_kept && !arguments.is_forced)
            return terminal.refuse(Refusal{file.path.string(), 0, 0, "is there already", "choose another name, or give --force to replace it"}, ExitCode::cannot_write);
    const std::string path = (folder / (name + ".lua")).lexically_normal().string();
    const auto watch = watching(path, arguments.role);
    if (!watch) return terminal.refuse(watch.error(), ExitCode::bad_input);
    std::error_code error;
    fs::create_directories(folder, error);
    auto written = nlohmann::ordered_json::array();
    for (const NewFile& file : files) {
        if (file.is_kept && fs::exists(file.path)) continue;
        std::ofstream out(file.path, std::ios::binary);
        out << file.text;
        if (!out.flush()) return terminal.refuse(Refusal{file.path.string(), 0, 0, "cannot be written", "check the folder and its permissions"}, ExitCode::cannot_write);
        written.push_back(file.path.lexically_normal().string());
    }
    if (terminal.wants_json) {
        terminal.data(nlohmann::ordered_json{{"schema", "rackrace.new/1"}, {"files", written}}.dump() + "\n");
        return ExitCode::done;
    }
    std::string out;
    for (const auto& file : written) out += (out.empty() ? "wrote  " : "       ") + file.get<std::string>() + "\n";
    terminal.data(out + "next   rackrace check " + path + "\n       rackrace test " + path + "\n       " + *watch + "\n");
    return ExitCode::done;
}

}  // namespace rackrace

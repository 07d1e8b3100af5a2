// `rackrace ls`: the runs and batches of a folder.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

#include "cli/batch/batch_store.h"
#include "cli/commands.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::vector<fs::path> folders_in(const fs::path& folder) {
    std::vector<fs::path> out;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->is_directory(error) && !it->path().filename().string().starts_with(".")) out.push_back(it->path().lexically_normal());
    std::sort(out.begin(), out.end());
    return out;
}

/// What run.json says; empty where it says nothing.
Json run_line(const fs::path& folder) {
    std::ifstream in(folder / "run.json");
    const Json json = Json::parse(in, nullptr, false);
    if (!json.is_object()) return {};
    return {{"name", folder.filename().string()}, {"scenario", json.value("scenario", "")}, {"seed", json.value("seed", std::uint64_t{0})}, {"status", json.value("status", "")},
            {"quarters", json.value("quarters", 0)}, {"hash", json.value("hash", "").substr(0, 8)}, {"path", folder.string()}};
}

Json batch_line(const fs::path& folder) {
    const auto batch = open_batch(folder);
    if (!batch) return {{"name", folder.filename().string()}, {"status", "cannot be read: " + batch.error().all.front().fact}, {"path", folder.string()}};
    const std::int64_t runs = batch->facts.shard.end(batch->facts.runs) - batch->facts.shard.begin(batch->facts.runs);
    return {{"name", folder.filename().string()}, {"scenario", batch->facts.scenario}, {"status", batch->is_complete ? "complete" : "open"}, {"runs", runs},
            {"finished", batch->finished}, {"shard", batch->facts.shard.text()}, {"inputs_hash", batch->facts.inputs_hash}, {"path", folder.string()}};
}

}  // namespace

ExitCode list_command(const ListArguments& arguments, const Terminal& terminal) {
    std::vector<fs::path> folders;
    if (!arguments.folder.empty() && !fs::is_directory(arguments.folder))
        return terminal.refuse(Refusal{arguments.folder, 0, 0, "is no folder", "name one with runs or batches in it"}, ExitCode::bad_input);
    for (const std::string& place : arguments.folder.empty() ? std::vector<std::string>{"runs", "batches"} : std::vector<std::string>{arguments.folder})
        for (const fs::path& folder : folders_in(place)) folders.push_back(folder);
    Json runs = Json::array(), batches = Json::array();
    std::string out;
    for (const fs::path& folder : folders) {
        if (is_batch(folder)) {
            const Json& line = batches.emplace_back(batch_line(folder));
            out += fmt::format("batch  {:<40} {:<16} {}", folder.string(), line.value("scenario", ""), line.value("status", ""));
            if (line.contains("runs")) out += fmt::format("  {} of {} runs{}", line["finished"].get<std::int64_t>(), line["runs"].get<std::int64_t>(), line["shard"] == "1/1" ? "" : "  part " + line["shard"].get<std::string>());
            out += "\n";
        } else if (fs::exists(folder / "run.json")) {
            const Json line = run_line(folder);
            if (line.empty()) continue;
            runs.push_back(line);
            out += fmt::format("run    {:<40} {:<16} {}  seed {}  {} quarters  hash {}\n", folder.string(), line["scenario"].get<std::string>(), line["status"].get<std::string>(),
                               line["seed"].get<std::uint64_t>(), line["quarters"].get<int>(), line["hash"].get<std::string>());
        }
    }
    if (terminal.wants_json) terminal.data(Json{{"schema", "rackrace.ls/1"}, {"runs", runs}, {"batches", batches}}.dump() + "\n");
    else terminal.data(out.empty() ? "no runs and no batches\n" : out);
    return ExitCode::done;
}

}  // namespace rackrace

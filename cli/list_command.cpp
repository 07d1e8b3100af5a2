// `rackrace ls`: the runs, batches and searches of a folder.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

#include "cli/batch/batch_folder.h"
#include "cli/commands.h"
#include "cli/leftovers.h"
#include "cli/list_filter.h"
#include "cli/search/search_store.h"

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
    try {
        return {{"name", folder.filename().string()},
                {"scenario", json.value("scenario", "")},
                {"seed", json.value("seed", std::uint64_t{0})},
                {"status", json.value("status", "")},
                {"quarters", json.value("quarters", 0)},
                {"hash", json.value("hash", "").substr(0, 8)},
                {"path", folder.string()}};
    } catch (const Json::type_error&) {
        return {};  // the run.json of something else
    }
}

Json batch_line(const fs::path& folder) {
    const auto batch = open_batch(folder);
    if (!batch)
        return {{"name", folder.filename().string()}, {"status", "cannot be read: " + batch.error().all.front().fact}, {"path", folder.string()}};
    const std::int64_t runs = batch->facts.shard.end(batch->facts.runs) - batch->facts.shard.begin(batch->facts.runs);
    return {{"name", folder.filename().string()},
            {"scenario", batch->facts.scenario},
            {"status", batch->is_complete ? "complete" : "open"},
            {"runs", runs},
            {"finished", batch->finished},
            {"shard", batch->facts.shard.text()},
            {"inputs_hash", batch->facts.inputs_hash},
            {"path", folder.string()}};
}

Json search_line(const fs::path& folder) {
    const auto store = SearchStore::open(folder);
    if (!store) return {{"name", folder.filename().string()}, {"status", "cannot be read: " + store.error().all.front().fact}, {"path", folder.string()}};
    const auto plan = plan_of(folder, store->facts().name);
    return {{"name", folder.filename().string()},
            {"scenario", plan ? plan->scenario.value : ""},
            {"status", fs::exists(folder / kSearchResult) ? "complete" : "open"},
            {"budget", store->facts().budget},
            {"finished", store->runs()},
            {"inputs_hash", store->facts().inputs_hash},
            {"path", folder.string()}};
}

std::string run_text(const Json& line) {
    return fmt::format("run    {:<40} {:<16} {}  seed {}  {} quarters  hash {}\n", line["path"].get<std::string>(),
                       line["scenario"].get<std::string>(), line["status"].get<std::string>(), line["seed"].get<std::uint64_t>(),
                       line["quarters"].get<int>(), line["hash"].get<std::string>());
}

std::string batch_text(const Json& line) {
    const std::string start =
        fmt::format("batch  {:<40} {:<16} {}", line["path"].get<std::string>(), line.value("scenario", ""), line.value("status", ""));
    if (!line.contains("runs")) return start + "\n";
    const std::string part = line["shard"] == "1/1" ? "" : "  part " + line["shard"].get<std::string>();
    return fmt::format("{}  {} of {} runs{}\n", start, line["finished"].get<std::int64_t>(), line["runs"].get<std::int64_t>(), part);
}

std::string search_text(const Json& line) {
    const std::string start =
        fmt::format("search {:<40} {:<16} {}", line["path"].get<std::string>(), line.value("scenario", ""), line.value("status", ""));
    if (!line.contains("budget")) return start + "\n";
    return fmt::format("{}  {} runs, budget {}\n", start, line["finished"].get<std::int64_t>(), line["budget"].get<std::int64_t>());
}

enum class ListedKind { run, batch, search };

struct Listed {
    ListedKind kind = ListedKind::run;
    Json line;

    std::string text() const { return kind == ListedKind::batch ? batch_text(line) : kind == ListedKind::search ? search_text(line) : run_text(line); }
};

/// The runs, batches and searches among the folders in `places`.
std::vector<Listed> listed_in(const std::vector<std::string>& places) {
    std::vector<Listed> out;
    for (const std::string& place : places)
        for (const fs::path& folder : folders_in(place)) {
            if (is_batch(folder)) out.push_back({ListedKind::batch, batch_line(folder)});
            else if (is_search(folder)) out.push_back({ListedKind::search, search_line(folder)});
            else if (fs::exists(folder / "run.json")) out.push_back({ListedKind::run, run_line(folder)});
        }
    std::erase_if(out, [](const Listed& one) { return one.line.empty(); });
    return out;
}

}  // namespace

ExitCode list_command(const ListArguments& arguments, const Terminal& terminal) {
    const auto conditions = parse_conditions(arguments.where);
    if (!conditions) return terminal.refuse(conditions.error(), ExitCode::wrong_usage);
    const auto order = parse_order(arguments.sort);
    if (!order) return terminal.refuse(order.error(), ExitCode::wrong_usage);
    if (!arguments.folder.empty() && !fs::is_directory(arguments.folder))
        return terminal.refuse(Refusal{arguments.folder, 0, 0, "is no folder", "name one with runs, batches or searches in it"}, ExitCode::bad_input);
    const auto places = arguments.folder.empty() ? std::vector<std::string>{"runs", "batches", "searches"} : std::vector<std::string>{arguments.folder};
    auto listed = listed_in(places);
    for (const fs::path& left : leftovers_in(places)) terminal.note(leftover_text(left) + "\n");
    const bool is_nothing_there = listed.empty();
    std::erase_if(listed, [&](const Listed& one) { return !fulfils(*conditions, one.line); });
    std::stable_sort(listed.begin(), listed.end(), [&](const Listed& a, const Listed& b) { return goes_before(*order, a.line, b.line); });
    Json runs = Json::array(), batches = Json::array(), searches = Json::array();
    std::string out;
    for (const Listed& one : listed) {
        (one.kind == ListedKind::batch ? batches : one.kind == ListedKind::search ? searches : runs).push_back(one.line);
        out += one.text();
    }
    if (terminal.wants_json) terminal.data(Json{{"schema", "rackrace.ls/1"}, {"runs", runs}, {"batches", batches}, {"searches", searches}}.dump() + "\n");
    else if (listed.empty()) terminal.data(is_nothing_there ? "no runs, no batches and no searches\n" : "no run, batch or search that --where asks for\n");
    else terminal.data(out);
    return ExitCode::done;
}

}  // namespace rackrace

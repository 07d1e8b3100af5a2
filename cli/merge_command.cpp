// `rackrace merge`: the parts of a plan that several machines played become the batch that one machine would have made.
#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "cli/batch/batch_folder.h"
#include "cli/commands.h"
#include "cli/counted.h"
#include "engine/base/command_words.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

struct Part {
    fs::path folder;
    BatchFacts facts;

    std::int64_t begin() const { return facts.shard.begin(facts.runs); }
    std::int64_t end() const { return facts.shard.end(facts.runs); }
};

Result<std::vector<Part>> open_parts(const std::vector<std::string>& names) {
    std::vector<Part> parts;
    Refusals refusals;
    for (const std::string& name : names) {
        const auto folder = find_batch(name);
        const auto batch = folder ? open_batch(*folder) : Result<OpenBatch>(folder.error());
        if (!batch) refusals.add(batch.error());
        else if (!batch->is_complete)
            refusals.add(unfinished_batch(*batch));
        else parts.push_back({*folder, batch->facts});
    }
    if (!refusals.empty()) return refusals;
    std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.begin() < b.begin(); });
    return parts;
}

/// Parts of one plan, of one program, that hold every run once.
Refusals check(const std::vector<Part>& parts) {
    Refusals refusals;
    const Part& first = parts.front();
    for (const Part& part : parts) {
        if (part.facts.inputs_hash != first.facts.inputs_hash)
            refusals.add({part.folder.string(), 0, 0, "comes from another plan or other inputs than " + first.folder.string(), "merge joins parts of one plan: leave it out"});
        else if (part.facts.program_version != first.facts.program_version)
            refusals.add({part.folder.string(), 0, 0, fmt::format("was played by rackrace {}, {} by {}", part.facts.program_version, first.folder.string(), first.facts.program_version),
                          "play all parts with one program"});
    }
    if (!refusals.empty()) return refusals;
    std::int64_t next = 0;
    const auto missing = [&](std::int64_t to) {
        refusals.add({"", 0, 0, fmt::format("runs {} to {} of {} are in none of the parts", next, to - 1, first.facts.runs), "name the folders of all parts"});
    };
    for (const Part& part : parts) {
        if (part.begin() > next) missing(part.begin());
        if (part.begin() < next)
            refusals.add({part.folder.string(), 0, 0, fmt::format("part {} holds runs that another part holds too", part.facts.shard.text()), "name each part once, all of one --shard i/n"});
        next = std::max(next, part.end());
    }
    if (next < first.facts.runs) missing(first.facts.runs);
    return refusals;
}

}  // namespace

ExitCode merge_command(const MergeArguments& arguments, const Terminal& terminal) {
    const auto parts = open_parts(arguments.parts);
    if (!parts) return terminal.refuse(parts.error(), ExitCode::bad_input);
    if (const Refusals wrong = check(*parts); !wrong.empty()) return terminal.refuse(wrong, ExitCode::bad_input);
    const fs::path from = parts->front().folder;
    BatchFacts facts = parts->front().facts;
    facts.shard = {};
    const auto plan = plan_of(from, facts.name);
    if (!plan) return terminal.refuse(plan.error(), ExitCode::bad_input);
    auto opened = open_batch(from);
    if (!opened) return terminal.refuse(opened.error(), ExitCode::bad_input);
    const BatchTables tables = batch_tables(*plan, firms_of(*opened));
    opened = Result<OpenBatch>(Refusals{});
    const fs::path folder = batch_folder(arguments.out, facts.name, facts.inputs_hash.substr(0, 6), facts.shard);
    const Refusals refusals = make_batch_folder({folder, arguments.is_forced}, [&](const fs::path& made) {
        std::error_code error;
        fs::copy(from / "frozen", made / "frozen", fs::copy_options::recursive, error);
        for (const char* file : {"plan.toml", "data-dictionary.csv"})
            if (!error) fs::copy_file(from / file, made / file, error);
        if (error) return Refusals(Refusal{made.string(), 0, 0, "cannot be written: " + error.message(), "check that the disk has room"});
        std::string command = "rackrace merge";
        for (const std::string& part : arguments.parts) command += " " + quoted_word(part);
        if (!arguments.out.empty()) command += " --out " + quoted_word(arguments.out);
        if (Refusals wrong = write_command(made, command); !wrong.empty()) return wrong;
        auto store = BatchStore::create(made, facts, tables);
        if (!store) return store.error();
        for (const Part& part : *parts)
            if (Refusals wrong = store->add_all_of(part.folder); !wrong.empty()) return wrong;
        return complete_batch(*store, tables, made);
    });
    if (!refusals.empty()) return terminal.refuse(refusals, ExitCode::cannot_write);
    if (terminal.wants_json)
        terminal.data(nlohmann::ordered_json{{"schema", "rackrace.merge/1"}, {"batch", facts.name}, {"parts", parts->size()}, {"runs", facts.runs}, {"inputs_hash", facts.inputs_hash}, {"path", folder.string()}}.dump() + "\n");
    else terminal.data(fmt::format("  merged    {}, {} runs   saved {}\n", counted(parts->size(), "part"), facts.runs, folder.string()));
    return ExitCode::done;
}

}  // namespace rackrace

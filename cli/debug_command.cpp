// `rackrace debug`: makes one decision of a recorded run again and shows what the script read, did line by line and ordered; with another script, what that
// one orders on the same input.
#include <fmt/format.h>

#include <algorithm>

#include "agents/host/lua_vm.h"
#include "agents/host/scenario_scripts.h"
#include "agents/replay/traced_decision.h"
#include "cli/build_info.h"
#include "cli/commands.h"
#include "cli/decision_forms.h"
#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/address.h"
#include "engine/scenario/tables.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

const char* callback_of(Stage stage) { return kStageNames[static_cast<int>(stage)]; }

/// The run, and which decision of it is asked for.
struct Asked {
    RecordedRun run;
    Replay replay;
    DecisionQuestion question;
};

struct Wrong {
    Refusals refusals;
    ExitCode code;
};

/// The quarter that --at names, else that of the address.
std::variant<int, Wrong> quarter_of(const DebugArguments& arguments, const Address& address, const Replay& replay) {
    const auto t = arguments.at.empty() ? address.t : parse_quarter(arguments.at);
    if (!t) return Wrong{arguments.at.empty() ? Refusal{arguments.run, 0, 0, "names no quarter", "give --at 2027Q1"} : Refusal{"--at", 0, 0, "'" + arguments.at + "' is no quarter", "write it as 2027Q1"}, ExitCode::wrong_usage};
    const int first = replay.run().start_t, last = replay.run().last_t;
    if (*t >= first && *t <= last) return *t;
    return Wrong{Refusal{"--at " + quarter_name(*t), 0, 0, "is no quarter of " + replay.file().parent_path().string(), fmt::format("its firms decide in {} to {}", quarter_name(first), quarter_name(last))}, ExitCode::bad_input};
}

std::variant<Asked, Wrong> ask(const DebugArguments& arguments) {
    const auto address = parse_address(arguments.run);
    if (!address) return Wrong{address.error(), ExitCode::wrong_usage};
    const auto folder = find_run(address->run);
    if (!folder) return Wrong{folder.error(), ExitCode::bad_input};
    if (!fs::is_directory(*folder)) return Wrong{Refusal{folder->string(), 0, 0, "is no folder", "debug needs the run's folder: it is played again"}, ExitCode::bad_input};
    auto replay = Replay::open(*folder);
    if (!replay) return Wrong{replay.error(), ExitCode::bad_input};
    const auto t = quarter_of(arguments, *address, *replay);
    if (const auto* wrong = std::get_if<Wrong>(&t)) return *wrong;
    auto run = load_recorded(*folder, data_folder(), quarter_name(replay->run().end_t));
    if (!run) return Wrong{run.error(), ExitCode::bad_input};
    const std::string firm = arguments.firm.empty() ? address->value("firm") : arguments.firm;
    const auto& known = run->loaded.names.firms;
    const auto found = std::find(known.begin(), known.end(), firm);
    if (firm.empty()) return Wrong{Refusal{"--firm", 0, 0, "is missing", "say whose decision: --firm " + known.front()}, ExitCode::wrong_usage};
    if (found == known.end()) return Wrong{Refusal{"--firm", 0, 0, "no firm is called '" + firm + "'", suggestion(firm, known)}, ExitCode::bad_input};
    DecisionQuestion question;
    question.firm = static_cast<int>(found - known.begin());
    question.t = std::get<int>(t);
    if (!arguments.stage.empty()) question.stage = arguments.stage == "decide" ? Stage::a : Stage::b;
    if (!arguments.script.empty()) {
        const auto file = find_script(arguments.script, "", scripts_folder());
        if (!file) return Wrong{Refusal{"--script " + arguments.script, 0, 0, file.error().all.front().fact, file.error().all.front().advice}, ExitCode::bad_input};
        auto other = load_strategy(*file, run->loaded.scenario.firms[question.firm].role);
        if (!other) return Wrong{other.error(), ExitCode::script_refused};
        question.other = *other;
    }
    return Asked{std::move(*run), std::move(*replay), std::move(question)};
}

std::string verbs_text(VerbMask mask) {
    std::string out;
    for (const VerbInfo& verb : describe_verbs())
        if ((mask & verb_bit(verb.row.verb)) != 0) out += (out.empty() ? "" : ", ") + std::string(verb.row.name);
    return out;
}

/// "decide: the same orders and memory as in the run; fewer than 1500 of 200000 instructions".
std::string heading(const TracedDecision& decision) {
    std::string out = fmt::format("\n{}: ", callback_of(decision.stage));
    if (decision.differences.empty()) out += "the same orders and memory as in the run";
    else out += "NOT the decision of the run: " + decision.differences.front();
    const std::int64_t least = decision.log.decisions.back().budget_used;  // to the last look at the budget
    return out + fmt::format("; fewer than {} of {} instructions\n", std::min<std::int64_t>(least + LuaVm::kStep, LuaVm::kBudget), LuaVm::kBudget);
}

const TracedDecision* of_stage(const std::vector<TracedDecision>& decisions, Stage stage) {
    for (const TracedDecision& decision : decisions)
        if (decision.stage == stage) return &decision;
    return nullptr;
}

/// A callback that one of the two scripts lacks orders nothing.
std::vector<OrderChange> differences_of(const Names& names, const TracedQuarter& quarter, Stage stage) {
    static const DecisionLog none;
    const TracedDecision *first = of_stage(quarter.decisions, stage), *second = of_stage(quarter.others, stage);
    return order_differences(names, first != nullptr ? first->log : none, second != nullptr ? second->log : none);
}

std::string comparison_text(const DebugArguments& arguments, const Asked& asked, const TracedQuarter& quarter, bool is_verbose) {
    const Names& names = asked.run.loaded.names;
    std::string out;
    for (const Stage stage : {Stage::a, Stage::b}) {
        const TracedDecision* other = of_stage(quarter.others, stage);
        if (other == nullptr && of_stage(quarter.decisions, stage) == nullptr) continue;
        out += fmt::format("\n{}\n{}", callback_of(stage), differences_text(differences_of(names, quarter, stage)));
        if (other != nullptr && other->error) out += fmt::format("  the new script fails at {}\n", other->error->text());
        if (other != nullptr && is_verbose) out += fmt::format("\n{} of {}\n", callback_of(stage), arguments.script) + decision_text(*other, names, nullptr);
    }
    if (quarter.other_leaves != 0) out += fmt::format("\nIn a run the autopilot would play what the new script leaves out: {}.\n", verbs_text(quarter.other_leaves));
    return out;
}

}  // namespace

ExitCode debug_command(const DebugArguments& arguments, const Terminal& terminal) {
    auto question = ask(arguments);
    if (const auto* wrong = std::get_if<Wrong>(&question)) return terminal.refuse(wrong->refusals, wrong->code);
    Asked& asked = std::get<Asked>(question);
    const auto quarter = trace_decisions(asked.run, asked.replay, asked.question);
    if (!quarter) return terminal.refuse(quarter.error(), ExitCode::script_refused);
    const Names& names = asked.run.loaded.names;
    const std::string &firm = names.firms[static_cast<std::size_t>(asked.question.firm)], at = quarter_name(asked.question.t);
    if (quarter->decisions.empty() && quarter->others.empty()) return terminal.refuse(no_decision(asked.replay, firm, asked.question.t), ExitCode::bad_input);
    if (!quarter->is_same_state) terminal.note("note: played again, the run is another one before " + at + "; see rackrace verify " + quoted_word(asked.run.folder.string()) + "\n");
    const auto rows = firm_orders(asked.replay, at, firm);
    if (!rows) return terminal.refuse(rows.error(), ExitCode::bad_input);
    const bool is_same = std::all_of(quarter->decisions.begin(), quarter->decisions.end(), [](const TracedDecision& one) { return one.differences.empty(); });
    const ExitCode code = is_same ? ExitCode::done : ExitCode::answer_is_no;
    const auto recorded_of = [&](const TracedDecision& decision) { return only(*rows, "script", decision.stage == Stage::a ? "A" : "B"); };

    if (terminal.wants_json) {
        Json out = {{"schema", "rackrace.debug/1"}, {"run", asked.run.folder.filename().string()}, {"firm", firm}, {"quarter", at}, {"script", quarter->script}, {"same", is_same}, {"decisions", Json::array()}};
        for (const TracedDecision& decision : quarter->decisions) {
            const FirmOrders recorded = recorded_of(decision);
            out["decisions"].push_back(decision_json(decision, names, decision.differences.empty() ? &recorded : nullptr));
        }
        if (asked.question.other != nullptr) {
            out.update({{"new_script", arguments.script}, {"unknown_settings", quarter->unknown_settings}, {"new_decisions", Json::array()}, {"order_differences", Json::object()}});
            for (const TracedDecision& decision : quarter->others) out["new_decisions"].push_back(decision_json(decision, names, nullptr));
            for (const Stage stage : {Stage::a, Stage::b}) out["order_differences"][stage == Stage::a ? "A" : "B"] = differences_json(differences_of(names, *quarter, stage));
        }
        terminal.data(out.dump() + "\n");
        return code;
    }
    terminal.data(fmt::format("{} in {}: {} of {}, seed {}\n", firm, at, quarter->script, names.scenario, asked.run.seed));
    if (asked.question.other != nullptr) {
        for (const TracedDecision& decision : quarter->decisions)
            if (!decision.differences.empty()) terminal.data(heading(decision));
        terminal.data(fmt::format("against {} on the same input; its memory begins as it declares\n", arguments.script));
        for (const std::string& name : quarter->unknown_settings) terminal.data(fmt::format("it has no parameter {}, which the run sets\n", name));
        terminal.data(comparison_text(arguments, asked, *quarter, terminal.is_verbose));
        return code;
    }
    for (const TracedDecision& decision : quarter->decisions) {
        const FirmOrders recorded = recorded_of(decision);
        terminal.data(heading(decision) + decision_text(decision, names, decision.differences.empty() ? &recorded : nullptr));
    }
    if (!quarter->has_operate && !asked.question.stage) terminal.data("\noperate: the script has none; orders of stage B that decide placed stand\n");
    if (quarter->autopilot_verbs != 0) terminal.data(fmt::format("\nThe autopilot plays beside it: {}.\n", verbs_text(quarter->autopilot_verbs)));
    return code;
}

}  // namespace rackrace

// The program `rackrace`: from the command line to a command.
#include <cstdio>
#include <filesystem>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/terminal.h"

namespace {

using namespace rackrace;

struct Call {
    const Terminal& terminal;
    ExitCode operator()(const RunArguments& arguments) const { return run_command(arguments, terminal); }
    ExitCode operator()(const ForkArguments& arguments) const { return fork_command(arguments, terminal); }
    ExitCode operator()(const ClearArguments& arguments) const { return clear_command(arguments, terminal); }
    ExitCode operator()(const CheckArguments& arguments) const { return check_command(arguments, terminal); }
    ExitCode operator()(const ParamsArguments& arguments) const { return params_command(arguments, terminal); }
    ExitCode operator()(const ExplainArguments& arguments) const { return explain_command(arguments, terminal); }
    ExitCode operator()(const NewArguments& arguments) const { return new_command(arguments, terminal); }
    ExitCode operator()(const TestArguments& arguments) const { return test_command(arguments, terminal); }
    ExitCode operator()(const WatchArguments& arguments) const { return watch_command(arguments, terminal); }
    ExitCode operator()(const ProfileArguments& arguments) const { return profile_command(arguments, terminal); }
    ExitCode operator()(const ObsArguments& arguments) const { return obs_command(arguments, terminal); }
    ExitCode operator()(const DebugArguments& arguments) const { return debug_command(arguments, terminal); }
    ExitCode operator()(const ApiArguments& arguments) const { return api_command(arguments, terminal); }
    ExitCode operator()(const ShowArguments& arguments) const { return show_command(arguments, terminal); }
    ExitCode operator()(const WhyArguments& arguments) const { return why_command(arguments, terminal); }
    ExitCode operator()(const VerifyArguments& arguments) const { return verify_command(arguments, terminal); }
    ExitCode operator()(const ExportArguments& arguments) const { return export_command(arguments, terminal); }
    ExitCode operator()(const SweepArguments& arguments) const { return sweep_command(arguments, terminal); }
    ExitCode operator()(const ResumeArguments& arguments) const { return resume_command(arguments, terminal); }
    ExitCode operator()(const MergeArguments& arguments) const { return merge_command(arguments, terminal); }
    ExitCode operator()(const ListArguments& arguments) const { return list_command(arguments, terminal); }
    ExitCode operator()(const CompareArguments& arguments) const { return compare_command(arguments, terminal); }
    ExitCode operator()(const PayoffsArguments& arguments) const { return payoffs_command(arguments, terminal); }
    ExitCode operator()(const TournamentArguments& arguments) const { return tournament_command(arguments, terminal); }
    ExitCode operator()(const SearchArguments& arguments) const { return search_command(arguments, terminal); }
    ExitCode operator()(const AuditArguments& arguments) const { return audit_command(arguments, terminal); }
    ExitCode operator()(const PlotArguments& arguments) const { return plot_command(arguments, terminal); }
    ExitCode operator()(const ReportArguments& arguments) const { return report_command(arguments, terminal); }
    ExitCode operator()(const ViewArguments& arguments) const { return view_command(arguments, terminal); }
    ExitCode operator()(const BenchArguments& arguments) const { return bench_command(arguments, terminal); }
    ExitCode operator()(const DoctorArguments&) const { return doctor_command(terminal); }
    ExitCode operator()(const VersionArguments&) const { return version_command(terminal); }
};

ExitCode rackrace_main(int count, const char* const* words) {
    const ParsedArguments parsed = parse_arguments(count, words);
    if (!parsed.arguments) {
        std::fputs(parsed.help.c_str(), stdout);
        std::fputs(parsed.complaint.c_str(), stderr);
        return parsed.code;
    }
    const Arguments& asked = *parsed.arguments;
    const Terminal terminal = make_terminal(asked.is_quiet, asked.is_verbose, asked.wants_json, asked.no_colour, asked.progress);
    if (!asked.folder.empty()) {
        std::error_code error;
        std::filesystem::current_path(asked.folder, error);
        if (error)
            return terminal.refuse(Refusal{asked.folder, 0, 0, "is no folder to go to: " + error.message(), "give -C another one"},
                                   ExitCode::bad_input);
    }
    return std::visit(Call{terminal}, asked.command);
}

}  // namespace

int main(int count, char** words) { return static_cast<int>(rackrace_main(count, words)); }

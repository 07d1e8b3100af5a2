// The commands: each takes its arguments and the terminal and returns the status to leave with.
#pragma once

#include "cli/arguments.h"
#include "cli/terminal.h"

namespace rackrace {

ExitCode run_command(const RunArguments& arguments, const Terminal& terminal);
ExitCode clear_command(const ClearArguments& arguments, const Terminal& terminal);
ExitCode check_command(const CheckArguments& arguments, const Terminal& terminal);
ExitCode params_command(const ParamsArguments& arguments, const Terminal& terminal);
ExitCode explain_command(const ExplainArguments& arguments, const Terminal& terminal);
ExitCode new_command(const NewArguments& arguments, const Terminal& terminal);
ExitCode test_command(const TestArguments& arguments, const Terminal& terminal);
ExitCode watch_command(const WatchArguments& arguments, const Terminal& terminal);
ExitCode profile_command(const ProfileArguments& arguments, const Terminal& terminal);
ExitCode obs_command(const ObsArguments& arguments, const Terminal& terminal);
ExitCode debug_command(const DebugArguments& arguments, const Terminal& terminal);
ExitCode api_command(const ApiArguments& arguments, const Terminal& terminal);
ExitCode show_command(const ShowArguments& arguments, const Terminal& terminal);
ExitCode why_command(const WhyArguments& arguments, const Terminal& terminal);
ExitCode verify_command(const VerifyArguments& arguments, const Terminal& terminal);
ExitCode export_command(const ExportArguments& arguments, const Terminal& terminal);
ExitCode sweep_command(const SweepArguments& arguments, const Terminal& terminal);
ExitCode resume_command(const ResumeArguments& arguments, const Terminal& terminal);
ExitCode merge_command(const MergeArguments& arguments, const Terminal& terminal);
ExitCode list_command(const ListArguments& arguments, const Terminal& terminal);
ExitCode fork_command(const ForkArguments& arguments, const Terminal& terminal);
ExitCode compare_command(const CompareArguments& arguments, const Terminal& terminal);
ExitCode payoffs_command(const PayoffsArguments& arguments, const Terminal& terminal);
ExitCode tournament_command(const TournamentArguments& arguments, const Terminal& terminal);
ExitCode search_command(const SearchArguments& arguments, const Terminal& terminal);
ExitCode audit_command(const AuditArguments& arguments, const Terminal& terminal);
ExitCode plot_command(const PlotArguments& arguments, const Terminal& terminal);
ExitCode report_command(const ReportArguments& arguments, const Terminal& terminal);
ExitCode view_command(const ViewArguments& arguments, const Terminal& terminal);
ExitCode bench_command(const BenchArguments& arguments, const Terminal& terminal);
ExitCode doctor_command(const Terminal& terminal);
ExitCode version_command(const Terminal& terminal);

}  // namespace rackrace

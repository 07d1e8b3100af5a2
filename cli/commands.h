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
ExitCode api_command(const ApiArguments& arguments, const Terminal& terminal);
ExitCode show_command(const ShowArguments& arguments, const Terminal& terminal);
ExitCode verify_command(const VerifyArguments& arguments, const Terminal& terminal);
ExitCode export_command(const ExportArguments& arguments, const Terminal& terminal);
ExitCode doctor_command(const Terminal& terminal);
ExitCode version_command(const Terminal& terminal);

}  // namespace rackrace

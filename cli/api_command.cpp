// `rackrace api`: the reference of all that a strategy can use, as a page, as editor definitions, as JSON.
#include "agents/reference/reference.h"
#include "cli/build_info.h"
#include "cli/commands.h"
#include "engine/scenario/load_parameters.h"

namespace rackrace {

ExitCode api_command(const ApiArguments& arguments, const Terminal& terminal) {
    const auto file = load_parameters(data_folder() / "model" / "parameters.csv");
    if (!file) return terminal.refuse(file.error(), ExitCode::bad_input);
    const Reference reference = make_reference(file->parameters);
    if (terminal.wants_json || arguments.format == "json") terminal.data(reference_json(reference));
    else terminal.data(arguments.format == "meta" ? reference_meta(reference) : reference_markdown(reference));
    return ExitCode::done;
}

}  // namespace rackrace

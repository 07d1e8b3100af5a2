// Where words go: data to standard output, everything else to standard error; colour and progress only where a person reads along.
#pragma once

#include <string>
#include <string_view>

#include "cli/exit_codes.h"
#include "engine/base/result.h"

namespace rackrace {

enum class Progress { bar, plain, none };

struct Terminal {
    bool is_quiet = false;
    bool is_verbose = false;
    bool wants_json = false;
    bool has_colour = false;  // on standard error
    Progress progress = Progress::none;

    void data(std::string_view text) const;    // standard output
    void note(std::string_view text) const;    // standard error, not when quiet
    void detail(std::string_view text) const;  // standard error, only when verbose
    /// Prints the refusals and returns `code`.
    ExitCode refuse(const Refusals& refusals, ExitCode code) const;
};

/// From the options and what standard error is. progress: auto, plain or none.
Terminal make_terminal(bool is_quiet, bool is_verbose, bool wants_json, bool no_colour, std::string_view progress);

}  // namespace rackrace

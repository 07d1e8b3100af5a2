#include "cli/terminal.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace rackrace {
namespace {

void put(std::FILE* file, std::string_view text) { std::fwrite(text.data(), 1, text.size(), file); }

}  // namespace

void Terminal::data(std::string_view text) const {
    put(stdout, text);
    std::fflush(stdout);
}

void Terminal::note(std::string_view text) const {
    if (!is_quiet) put(stderr, text);
}

void Terminal::detail(std::string_view text) const {
    if (is_verbose) put(stderr, text);
}

ExitCode Terminal::refuse(const Refusals& refusals, ExitCode code) const {
    for (const Refusal& one : refusals.all) put(stderr, (has_colour ? "\033[31mrackrace:\033[0m " : "rackrace: ") + one.text() + "\n");
    return code;
}

Terminal make_terminal(bool is_quiet, bool is_verbose, bool wants_json, bool no_colour, std::string_view progress) {
    const bool is_terminal = isatty(STDERR_FILENO) != 0;
    const char* asked = std::getenv("NO_COLOR");  // https://no-color.org: set and not empty
    Terminal out{is_quiet, is_verbose, wants_json, is_terminal && !no_colour && (asked == nullptr || *asked == '\0'), Progress::plain};
    if (is_quiet || progress == "none") out.progress = Progress::none;
    else if (progress == "auto" && is_terminal) out.progress = Progress::bar;
    return out;
}

}  // namespace rackrace

// One message about a script, and the list that collects them: place, fact, reason, advice; as text for people, as JSON for tools.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "agents/checker/source_text.h"

namespace rackrace {

enum class Severity { error, warning, note };

std::string_view severity_text(Severity severity);

/// Notes of family N keep a script off the core engine, and Lua plays it instead.
constexpr std::string_view still_runs_as(std::string_view code, Severity severity) {
    return code.starts_with('N') && severity == Severity::note ? "interpreted" : "";
}

struct Place {
    std::string file;
    TextPosition begin;
    TextPosition end;  // one past the last character
};

/// A further range of the same script that the message points at.
struct Mark {
    TextRange range;
    std::string label;
};

/// A range of the script and what should stand there instead.
struct Edit {
    TextRange range;
    std::string text;
};

struct Diagnostic {
    std::string_view code;  // of the table in codes.h
    Severity severity = Severity::error;
    Place place;
    TextRange range;
    std::string what;
    std::string why;    // empty: `what` says all
    std::string fix;    // empty: the label says it
    std::string label;  // beside the carets
    std::vector<Mark> marks;
    std::vector<Edit> edits;  // the repair, where there is one that cannot be wrong; `rackrace check --fix` makes them

    /// How the script runs all the same: "interpreted", of what keeps it off the core engine; empty of other messages.
    std::string_view still_runs() const { return still_runs_as(code, severity); }
};

/// Collects the messages of one script. Equal messages count once; past kMaxMessages they are counted, not kept.
class Diagnostics {
public:
    static constexpr std::size_t kMaxMessages = 50;  // more than a person reads before mending the first ones

    explicit Diagnostics(const SourceText& source) : source_(source) {}

    /// Adds a message; severity and, where none is given later, `why` come from the code's entry in codes.h.
    /// The reference is good until the next call.
    Diagnostic& add(std::string_view code, TextRange range, std::string what, std::string fix = {});

    bool has_errors() const;
    int dropped() const { return dropped_; }
    const std::vector<Diagnostic>& all() const { return all_; }

    /// The messages by place, and the list empty.
    std::vector<Diagnostic> take_sorted();

private:
    const SourceText& source_;
    std::vector<Diagnostic> all_;
    Diagnostic spare_;  // what `add` returns for a message that is not kept
    int dropped_ = 0;
};

/// Text as `rackrace check` prints it: head line, source lines with carets, why, fix; ends with a line feed.
std::string render(const Diagnostic& diagnostic, const SourceText& source);

/// "2 errors, 1 note"; "no messages".
std::string count_text(const std::vector<Diagnostic>& diagnostics);

nlohmann::json to_json(const Diagnostic& diagnostic, const SourceText& source);

}  // namespace rackrace

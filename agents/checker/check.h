// The checker as one call: text of a script in, everything that is known about it out. Same answer every time, no files, no network.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agents/checker/api_names.h"
#include "agents/checker/ast.h"
#include "agents/checker/declaration.h"
#include "agents/checker/diagnostic.h"
#include "agents/checker/names.h"

namespace rackrace {

struct CheckOptions {
    const ApiNames* api = nullptr;  // nullptr: shape only, no A201 to A204, A207 to A210, A227
    bool is_module = false;         // a file that a strategy requires: returns what it likes, declares nothing
    bool judges_sense = true;       // with `api`: units, and advice (D, P, M, N515); without, a script is only judged fit to run
};

struct CheckReport {
    std::unique_ptr<const SourceText> source;  // first: the rest views into it
    lua::Ast ast;
    lua::Names names;
    Declaration declaration;
    std::vector<Diagnostic> diagnostics;  // by place
    int dropped = 0;                      // messages beyond the most that are kept
    bool is_lua = false;                  // PUC Lua 5.4 would load it

    bool has_errors() const;

    /// All messages as text, and a last line "1 file: 2 errors, 1 note."
    std::string text() const;

    /// {"files": 1, "messages": [...], "dropped": 0}
    nlohmann::json json() const;
};

/// Checks one file. `file_name` is what messages call it.
CheckReport check_script(std::string_view file_name, std::string_view source, const CheckOptions& options = {});

}  // namespace rackrace

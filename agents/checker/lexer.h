// Text into tokens, as Lua 5.4 cuts it: accepts what Lua accepts, and goes on after a defect so that all are found.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "agents/checker/diagnostic.h"
#include "agents/checker/source_text.h"
#include "agents/checker/token.h"

namespace rackrace::lua {

struct Tokens {
    std::vector<Token> all;           // the last one is end_of_file
    std::deque<std::string> strings;  // what string tokens view
    bool is_text = true;              // false: a compiled chunk, or behind a byte order mark; Lua refuses both
};

/// Cuts the whole source. Defects are added to `diagnostics` (S001 to S006) and leave a token that lets the parser go on.
Tokens tokenize(const SourceText& source, Diagnostics& diagnostics);

}  // namespace rackrace::lua

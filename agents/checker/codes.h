// Every message code in one table: `rackrace explain CODE` prints an entry, the collector takes severity and reason from it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "agents/checker/diagnostic.h"

namespace rackrace {

struct CodeEntry {
    std::string_view code;
    Severity severity;
    std::string_view title;
    std::string_view why;          // one sentence, printed with each message; may be empty
    std::string_view explanation;  // the long form
    std::string_view example;      // wrong, then right
};

/// All entries, by code.
std::vector<CodeEntry> all_codes();

/// The entry of a code, nullptr if there is none; letters may be small.
const CodeEntry* find_code(std::string_view code);

/// The entry of a code that exists (the tests walk every use).
const CodeEntry& code_entry(std::string_view code);

/// The long form as `rackrace explain` prints it.
std::string explain(const CodeEntry& entry);

std::span<const CodeEntry> syntax_codes();       // S
std::span<const CodeEntry> sandbox_codes();      // B
std::span<const CodeEntry> declaration_codes();  // A
std::span<const CodeEntry> portable_codes();     // N
std::span<const CodeEntry> unit_codes();         // U
std::span<const CodeEntry> sense_codes();        // D, P, M

}  // namespace rackrace

// TOML text to a toml::table, every defect a located refusal. Include this instead of the library: it turns the library's assertions,
// which some malformed files reach (a lone "["), from aborts into refusals.
#pragma once

#include <string>

#include "engine/base/result.h"
#include "engine/scenario/csv.h"

namespace rackrace {

struct TomlAssertion {};
[[noreturn]] inline void fail_toml_assertion() { throw TomlAssertion{}; }

}  // namespace rackrace

#define TOML_ASSERT(expr) ((expr) ? static_cast<void>(0) : ::rackrace::fail_toml_assertion())
#include <toml++/toml.h>

namespace rackrace {

/// Line on which the library gives up: the first that, read with all before it, meets one of its assertions.
inline int toml_assertion_line(const std::string& text) {
    int line = 0;
    for (std::size_t end = 0; end < text.size();) {
        ++line;
        const std::size_t next = text.find('\n', end);
        end = next == std::string::npos ? text.size() : next + 1;
        try {
            (void)toml::parse(std::string_view(text).substr(0, end));
        } catch (const TomlAssertion&) {
            return line;
        } catch (const toml::parse_error&) {
            continue;  // an open string or array: the next lines may close it
        }
    }
    return line;
}

/// Reads `text`; `place` names it in messages, `keys` the page that lists what it may say. Refused: bytes that are not UTF-8, syntax, keys given twice; the first defect only.
inline Result<toml::table> parse_toml(const std::string& text, const std::string& place, const std::string& keys = "data/scenarios/README.md") {
    if (const auto [line, column] = first_bad_byte(text); line > 0)
        return Refusal{place, line, column, "this byte is not UTF-8 text", "save the file as UTF-8"};
    const std::string advice = "mend the TOML; " + keys + " lists every kind of key";
    try {
        return toml::table(toml::parse(std::string_view(text), place));
    } catch (const toml::parse_error& error) {
        return Refusal{place, static_cast<int>(error.source().begin.line), static_cast<int>(error.source().begin.column),
                       std::string(error.description()), advice};
    } catch (const TomlAssertion&) {
        return Refusal{place, toml_assertion_line(text), 0, "this line is not TOML", advice};
    }
}

}  // namespace rackrace

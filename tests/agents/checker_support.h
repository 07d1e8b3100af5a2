// What the checker's tests share: short scripts around a line, codes of a report, a small API to check against, real Lua's opinion.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "agents/checker/check.h"

namespace rackrace::checker_test {

/// Codes of all messages, in the order of the text.
std::vector<std::string> codes(const CheckReport& report);

std::vector<std::string> codes_of(std::string_view source, const CheckOptions& options = {});

/// A whole neocloud script whose decide has this body.
std::string with_decide(std::string_view body);

/// A whole neocloud script with further keys in its declaration, e.g. "params = { ... },".
std::string with_keys(std::string_view keys);

/// The same with `me`, `mkt`, a `chip` and a `region` at hand, and further keys in its declaration.
std::string with_market(std::string_view body, std::string_view keys = {});

/// All that the program knows of the API, units and advice included.
const CheckOptions& real_options();

/// Verbs and fields enough for the example strategies.
const ApiNames& sample_api();

/// True where PUC Lua 5.4 loads the text.
bool lua_accepts(std::string_view source);

std::string read_text(const std::filesystem::path& file);

/// Strategies, templates and examples beside the program.
std::vector<std::filesystem::path> bundled_scripts();

/// scripts/examples, by name.
std::vector<std::filesystem::path> example_scripts();

}  // namespace rackrace::checker_test

#include "agents/checker/codes.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

namespace rackrace {

namespace {

std::array<std::span<const CodeEntry>, 6> families() {
    return {syntax_codes(), sandbox_codes(), declaration_codes(), unit_codes(), sense_codes(), portable_codes()};
}

}  // namespace

std::vector<CodeEntry> all_codes() {
    std::vector<CodeEntry> all;
    for (const auto family : families()) all.insert(all.end(), family.begin(), family.end());
    std::sort(all.begin(), all.end(), [](const CodeEntry& a, const CodeEntry& b) { return a.code < b.code; });
    return all;
}

const CodeEntry* find_code(std::string_view code) {
    std::string upper(code);
    std::transform(upper.begin(), upper.end(), upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    for (const auto family : families())
        for (const CodeEntry& entry : family)
            if (entry.code == upper) return &entry;
    return nullptr;
}

const CodeEntry& code_entry(std::string_view code) {
    static constexpr CodeEntry kUnknown{"S000", Severity::error, "code without an entry", "", "", ""};
    const CodeEntry* entry = find_code(code);
    return entry != nullptr ? *entry : kUnknown;
}

std::string explain(const CodeEntry& entry) {
    std::string out = std::string(entry.code) + " (" + std::string(severity_text(entry.severity)) + "): " + std::string(entry.title) + "\n\n" +
                      std::string(entry.explanation) + "\n";
    if (!entry.why.empty()) out += "Why: " + std::string(entry.why) + "\n";
    if (const std::string_view how = still_runs_as(entry.code, entry.severity); !how.empty()) out += "Still runs: " + std::string(how) + ".\n";
    if (!entry.example.empty()) out += "\n" + std::string(entry.example) + "\n";
    return out;
}

}  // namespace rackrace

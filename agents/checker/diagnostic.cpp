#include "agents/checker/diagnostic.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "agents/checker/codes.h"

namespace rackrace {
namespace {

constexpr int kMaxShownColumns = 160;  // a longer line is shown around its first caret

std::string padded(int number, std::size_t width) {
    const std::string digits = std::to_string(number);
    return std::string(width > digits.size() ? width - digits.size() : 0, ' ') + digits;
}

/// Bytes of `text` (one display column a code point) from display column `from`, at most `count` columns.
std::string columns_of(const std::string& text, int from, int count) {
    std::string out;
    int column = 0;
    for (std::size_t i = 0; i < text.size(); ++column) {
        const std::size_t length = code_point_length(text, i);
        if (column >= from && column < from + count) out += text.substr(i, length);
        i += length;
    }
    return out;
}

/// Writes into the first row that has room from the column on.
void write_at(std::vector<std::string>& rows, int column, const std::string& text) {
    const auto at = static_cast<std::size_t>(std::max(0, column));
    auto row = std::find_if(rows.begin(), rows.end(), [&](const std::string& r) { return r.size() + 1 <= at; });
    if (row == rows.end()) row = rows.insert(rows.end(), std::string());
    row->append(at - row->size(), ' ');
    *row += text;
}

/// One source line with the carets of its marks: a single label stands beside its caret, several stand in a line below.
std::string render_line(const SourceText& source, int line, std::vector<Mark> marks) {
    std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.range.begin < b.range.begin; });
    const TextRange bytes = source.line_range(line);
    const DisplayLine shown = display_line(source.line_text(line));
    const auto column_at = [&](std::uint32_t offset) {
        return shown.column[std::min<std::size_t>(offset - std::min(offset, bytes.begin), shown.column.size() - 1)];
    };
    const int width = shown.column.back();
    const int first = column_at(marks.front().range.begin);
    const int from = width <= kMaxShownColumns ? 0 : std::max(0, std::min(first - kMaxShownColumns / 2, width - kMaxShownColumns));

    std::string carets;
    std::vector<std::string> labels;
    for (const Mark& mark : marks) {
        const int begin = column_at(mark.range.begin) - from;
        const int end = std::min(column_at(std::min(mark.range.end, bytes.end)) - from, kMaxShownColumns);
        if (begin > kMaxShownColumns) continue;
        if (static_cast<int>(carets.size()) < begin) carets.append(static_cast<std::size_t>(begin) - carets.size(), ' ');
        carets += "^" + std::string(static_cast<std::size_t>(std::max(0, end - begin - 1)), '~');
        if (marks.size() > 1) write_at(labels, begin, mark.label);
        else if (!mark.label.empty()) carets += " " + mark.label;
    }
    std::string out = padded(line, 5) + " | " + columns_of(shown.text, from, kMaxShownColumns) + "\n";
    out += "      | " + carets + "\n";
    for (const std::string& row : labels) out += "      | " + row + "\n";
    return out;
}

std::string plural(std::size_t count, std::string_view noun) {
    return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace

std::string_view severity_text(Severity severity) {
    switch (severity) {
        case Severity::error: return "error";
        case Severity::warning: return "warning";
        case Severity::note: return "note";
    }
    return "";
}

Diagnostic& Diagnostics::add(std::string_view code, TextRange range, std::string what, std::string fix) {
    const CodeEntry& entry = code_entry(code);
    spare_ = {};
    spare_.code = entry.code;
    spare_.severity = entry.severity;
    spare_.range = range;
    spare_.what = std::move(what);
    spare_.why = entry.why;
    spare_.fix = std::move(fix);
    for (const Diagnostic& known : all_)
        if (known.code == spare_.code && known.range == range && known.what == spare_.what) return spare_;
    if (all_.size() >= kMaxMessages) {
        ++dropped_;
        const auto lesser = std::find_if(all_.rbegin(), all_.rend(), [](const Diagnostic& d) { return d.severity != Severity::error; });
        if (spare_.severity != Severity::error || lesser == all_.rend()) return spare_;
        all_.erase(std::next(lesser).base());  // an error is never kept back by less
    }
    spare_.place = {source_.name(), source_.position(range.begin), source_.position(range.end)};
    return all_.emplace_back(spare_);
}

bool Diagnostics::has_errors() const {
    return std::any_of(all_.begin(), all_.end(), [](const Diagnostic& d) { return d.severity == Severity::error; });
}

std::vector<Diagnostic> Diagnostics::take_sorted() {
    std::stable_sort(all_.begin(), all_.end(), [](const Diagnostic& a, const Diagnostic& b) { return a.range.begin < b.range.begin; });
    return std::exchange(all_, {});
}

std::string render(const Diagnostic& diagnostic, const SourceText& source) {
    std::string out = diagnostic.place.file + ":" + std::to_string(diagnostic.place.begin.line) + ":" +
                      std::to_string(diagnostic.place.begin.column) + ": " + std::string(severity_text(diagnostic.severity)) + " " +
                      std::string(diagnostic.code) + ": " + diagnostic.what + "\n";
    std::map<int, std::vector<Mark>> lines;
    lines[diagnostic.place.begin.line].push_back({diagnostic.range, diagnostic.label});
    for (const Mark& mark : diagnostic.marks) lines[source.line(mark.range.begin)].push_back(mark);
    for (const auto& [line, marks] : lines) out += render_line(source, line, marks);
    if (!diagnostic.why.empty()) out += "   why: " + diagnostic.why + "\n";
    if (!diagnostic.fix.empty()) out += "   fix: " + diagnostic.fix + "\n";
    if (!diagnostic.still_runs().empty()) out += "   still runs: " + std::string(diagnostic.still_runs()) + ".\n";
    return out;
}

std::string count_text(const std::vector<Diagnostic>& diagnostics) {
    std::string out;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::note}) {
        const auto count = static_cast<std::size_t>(
            std::count_if(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& d) { return d.severity == severity; }));
        if (count > 0) out += (out.empty() ? "" : ", ") + plural(count, severity_text(severity));
    }
    return out.empty() ? "no messages" : out;
}

nlohmann::json to_json(const Diagnostic& diagnostic, const SourceText& source) {
    const auto position = [](TextPosition at) { return nlohmann::json{{"line", at.line}, {"column", at.column}}; };
    nlohmann::json marks = nlohmann::json::array();
    for (const Mark& mark : diagnostic.marks)
        marks.push_back({{"begin", position(source.position(mark.range.begin))},
                         {"end", position(source.position(mark.range.end))},
                         {"label", mark.label}});
    nlohmann::json edits = nlohmann::json::array();
    for (const Edit& edit : diagnostic.edits)
        edits.push_back({{"begin", position(source.position(edit.range.begin))}, {"end", position(source.position(edit.range.end))}, {"text", edit.text}});
    return {{"file", diagnostic.place.file},   {"begin", position(diagnostic.place.begin)}, {"end", position(diagnostic.place.end)},
            {"code", diagnostic.code},         {"severity", severity_text(diagnostic.severity)},
            {"what", diagnostic.what},         {"why", diagnostic.why},                     {"fix", diagnostic.fix},
            {"label", diagnostic.label},       {"still_runs", diagnostic.still_runs()},         {"marks", std::move(marks)},
            {"edits", std::move(edits)}};
}

}  // namespace rackrace

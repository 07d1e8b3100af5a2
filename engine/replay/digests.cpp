#include "engine/replay/digests.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/base/hash.h"

namespace rackrace {
namespace {

std::uint64_t text_hash(std::uint64_t kind, const char* first, std::size_t length) { return hash64(kind, name_hash(first, length), length); }

/// Of a cell as the database gives it back: it keeps no NaN, which becomes nothing, and no sign of 0.0.
std::uint64_t cell_hash(const Cell& cell) {
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return hash64(1, *whole);
    if (const auto* number = std::get_if<double>(&cell); number != nullptr && !std::isnan(*number)) return hash64(2, std::bit_cast<std::uint64_t>(*number + 0.0));
    if (const auto* text = std::get_if<std::string>(&cell)) return text_hash(3, text->data(), text->size());
    if (const auto* blob = std::get_if<Blob>(&cell)) return text_hash(4, reinterpret_cast<const char*>(blob->bytes.data()), blob->bytes.size());
    return hash64(0);
}

std::string rows_text(const Alteration& one) {
    if (one.written < 0) return "no digest of it is stored";
    if (one.written == one.found) return "a cell is not as it was written";
    return fmt::format("{} {} there, {} {} written", one.found, one.found == 1 ? "row is" : "rows are", one.written, one.written == 1 ? "was" : "were");
}

}  // namespace

void RowsDigest::add(const std::vector<Cell>& row) {
    std::uint64_t hash = hash64(row.size());
    for (const Cell& cell : row) hash = hash64_with(hash, cell_hash(cell));
    ++rows;
    sum += hash;
}

std::string digest_text(const RowsDigest& digest) { return fmt::format("{:016x}", digest.sum); }

Table digests_table() {
    Table table{std::string(kDigestsTable),
                "A digest a quarter and table, of this table none: a reader refuses rows that have another. Each cell in the order of the columns is hashed, "
                "then the row, and rows are added up (engine/replay/digests.cpp).",
                "quarter, of_table",
                Written::each_quarter,
                {},
                [](const RecordedQuarter& at, const std::function<void(int, int)>& row) {
                    for (int i = 0; at.digests != nullptr && i < static_cast<int>(at.digests->size()); ++i) row(i, 0);
                }};
    const auto digest = [](const Row& r) -> const TableDigest& { return (*r.at.digests)[static_cast<std::size_t>(r.i)]; };
    auto& c = table.columns;
    c.push_back({"quarter", ColumnType::text, "quarter", "calendar quarter; empty for tables that are written once", [digest](const Row& r) { return Cell{digest(r).quarter}; }});
    c.push_back({"of_table", ColumnType::text, "", "name of the table", [digest](const Row& r) { return Cell{digest(r).table}; }});
    c.push_back({"rows", ColumnType::integer, "count", "that it has in the quarter", [digest](const Row& r) { return whole(digest(r).digest.rows); }});
    c.push_back({"digest", ColumnType::text, "hash", "16 hexadecimal digits", [digest](const Row& r) { return Cell{digest_text(digest(r).digest)}; }});
    return table;
}

std::vector<Alteration> alterations_between(const std::string& table, const DigestsByQuarter& stored, const DigestsByQuarter& found, const std::string& quarter) {
    std::vector<Alteration> out;
    for (const auto& [of, written] : stored) {
        if (!quarter.empty() && of != quarter) continue;
        const auto there = found.find(of);
        const RowsDigest now = there == found.end() ? RowsDigest{} : there->second;
        if (now != written) out.push_back({table, of, written.rows, now.rows});
    }
    for (const auto& [of, now] : found)
        if (stored.find(of) == stored.end()) out.push_back({table, of, -1, now.rows});
    return out;
}

std::vector<std::string> alteration_texts(const std::vector<Alteration>& alterations) {
    constexpr std::size_t kNamed = 3;  // quarters of a sentence
    std::map<std::string, std::vector<const Alteration*>> tables;
    for (const Alteration& one : alterations) tables[one.table].push_back(&one);
    std::vector<std::string> out;
    for (const auto& [table, all] : tables) {
        std::string text = "table '" + table + "' was altered";
        for (std::size_t i = 0; i < all.size() && i < kNamed; ++i)
            if (!all[i]->quarter.empty()) text += (i == 0 ? " in " : i + 1 == all.size() ? " and " : ", ") + all[i]->quarter;
        if (all.size() > kNamed) text += fmt::format(" and {} more {}", all.size() - kNamed, all.size() == kNamed + 1 ? "quarter" : "quarters");
        const std::string reason = rows_text(*all.front());
        const bool is_shared = std::all_of(all.begin(), all.end(), [&](const Alteration* one) { return rows_text(*one) == reason; });
        out.push_back(text + (is_shared ? ": " + reason : ""));
    }
    return out;
}

}  // namespace rackrace

#include "viz/figures/replay_store.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/quarter_index.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/replay_loader.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

const std::string kNoText;

double number_of(const Cell& cell) {
    if (const auto* whole = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole);
    const auto* real = std::get_if<double>(&cell);
    return real == nullptr ? kNoValue : *real;
}

}  // namespace

Columns::Filling::Filling(const std::vector<std::string>& columns) {
    for (const std::string& name : columns) columns_.push_back({out_.numbers_[name], out_.texts_[name]});
}

/// A text that is known costs no copy.
void Columns::Filling::add(const std::vector<Cell>& row) {
    ++out_.rows_;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        Filled& column = columns_[c];
        Words& texts = column.texts;
        column.numbers.push_back(number_of(row[c]));
        const auto* text = std::get_if<std::string>(&row[c]);
        if (text != nullptr && (column.last < 0 || texts.words[static_cast<std::size_t>(column.last)] != *text)) {
            auto at = column.known.find(*text);
            if (at == column.known.end()) {
                at = column.known.emplace(*text, static_cast<std::int32_t>(texts.words.size())).first;
                texts.words.push_back(*text);
            }
            column.last = at->second;
        }
        texts.codes.push_back(text == nullptr ? -1 : column.last);
    }
}

Columns Columns::Filling::take() {
    if (const auto quarter = out_.texts_.find("quarter"); quarter != out_.texts_.end()) out_.find_quarters(quarter->second);
    return std::move(out_);
}

Columns Columns::of(const ReplayRows& rows) {
    Filling filling(rows.columns);
    for (const auto& row : rows.rows) filling.add(row);
    return filling.take();
}

void Columns::find_quarters(const Words& quarter) {
    for (std::size_t row = 0; row < rows_;) {
        const std::int32_t code = quarter.codes[row];
        const std::size_t first = row;
        while (row < rows_ && quarter.codes[row] == code) ++row;
        const int t = code < 0 ? -1 : parse_quarter(quarter.words[static_cast<std::size_t>(code)]).value_or(-1);
        quarters_.try_emplace(t, first, row).first->second.second = row;
    }
}

std::pair<std::size_t, std::size_t> Columns::rows_of(int t) const {
    const auto at = quarters_.find(t);
    return at == quarters_.end() ? std::pair<std::size_t, std::size_t>{0, 0} : at->second;
}

const std::string& Columns::text(std::size_t row, const std::string& column) const {
    const Words& texts = texts_.at(column);
    const std::int32_t code = texts.codes[row];
    return code < 0 ? kNoText : texts.words[static_cast<std::size_t>(code)];
}

int Columns::quarter(std::size_t row, const std::string& column) const { return parse_quarter(text(row, column)).value_or(-1); }

Result<ReplayStore> ReplayStore::open(const fs::path& run) {
    auto loader = ReplayLoader::begin(run);
    if (!loader) return loader.error();
    while (!loader->is_done())
        if (Refusals refusals = loader->step(); !refusals.empty()) return refusals;
    return loader->take();
}

bool ReplayStore::has_quarter(int t) const { return std::find(quarters_.begin(), quarters_.end(), t) != quarters_.end(); }

std::string ReplayStore::state_hash(int t) const {
    const auto at = std::find(quarters_.begin(), quarters_.end(), t);
    return at == quarters_.end() ? "" : fmt::format("{:016x}", hashes_[static_cast<std::size_t>(at - quarters_.begin())]);
}

double ReplayStore::parameter(const std::string& name) const {
    const Columns& params = table("params");
    for (std::size_t row = 0; row < params.rows(); ++row)
        if (params.text(row, "name") == name) return params.number(row, "value");
    return 0.0;
}

std::size_t ReplayStore::firm_row(int t, const std::string& firm) const {
    const Columns& firms = table("firms");
    const auto [first, end] = firms.rows_of(t);
    for (std::size_t row = first; row < end; ++row)
        if (firms.text(row, "firm") == firm) return row;
    return firms.rows();
}

std::string ReplayStore::role_of(const std::string& firm) const { return table("firms").text(firm_row(opening_t(), firm), "role"); }

double ReplayStore::of_firm(int t, const std::string& firm, const std::string& column) const {
    const std::size_t row = firm_row(t, firm);
    return row == table("firms").rows() ? kNoValue : table("firms").number(row, column);
}

double ReplayStore::of_market(int t, const std::string& column) const {
    const auto [first, end] = table("quarters").rows_of(t);
    return first == end ? kNoValue : table("quarters").number(first, column);
}

Refusals ReplayStore::refusals_of(const std::vector<Alteration>& alterations) const {
    Refusals out;
    for (const std::string& text : alteration_texts(alterations)) out.add(damaged_replay(folder_ / "replay.sqlite", folder_, text));
    return out;
}

Refusals ReplayStore::altered_refusals() const { return refusals_of(altered_); }

Refusals ReplayStore::refusals_of_read() const {
    std::vector<Alteration> read;
    for (const Alteration& one : altered_)
        if (read_.count(one.table) > 0) read.push_back(one);
    return refusals_of(read);
}

std::string ReplayStore::address(int t, const std::string& path) const {
    return run_id_ + (t < 0 ? "" : "@" + quarter_name(t)) + (path.empty() ? "" : "#" + path);
}

}  // namespace rackrace

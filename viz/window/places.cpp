#include "viz/window/places.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/replay_tables.h"
#include "engine/replay/state_path.h"
#include "engine/scenario/csv.h"
#include "viz/figures/placed_order.h"
#include "viz/figures/shown_traces.h"

namespace rackrace {
namespace {

constexpr std::string_view kMarket = "market.";  // before a column of table quarters

struct RowKey {
    const char* key;
    const char* table;
    const char* column;
};
/// As in `show`: of several the later one chooses the table, and the others are columns of it.
constexpr RowKey kRowKeys[] = {{"firm", "firms", "firm"},          {"product", "products", "product"},    {"region", "regions", "region"},
                               {"segment", "segments", "segment"}, {"contract", "contracts", "contract"}, {"order", "orders", "order_id"},
                               {"loan", "loans", "slot"},          {"trace", "traces", "name"}};

bool holds(const std::vector<std::string>& words, const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); }

const RowKey* row_key(std::string_view key) {
    const auto at = std::find_if(std::begin(kRowKeys), std::end(kRowKeys), [&](const RowKey& one) { return key == one.key; });
    return at == std::end(kRowKeys) ? nullptr : at;
}

/// What chooses the table of an address; nullptr where nothing does.
const RowKey* table_of(const Address& address) {
    const RowKey* out = nullptr;
    for (const RowKey& one : kRowKeys)
        if (!address.value(one.key).empty()) out = &one;
    return out;
}

std::vector<std::string> columns_of(std::string_view table) {
    std::vector<std::string> out;
    for (const Column& column : find_table(table)->columns) out.push_back(column.name);
    return out;
}

Refusal refuse(const ReplayStore& store, std::string fact, std::string advice) { return {store.run_id(), 0, 0, std::move(fact), std::move(advice)}; }

Refusals check_keys(const ReplayStore& store, const Address& address) {
    const RowKey* chosen = table_of(address);
    for (auto at = address.keys.begin(); at != address.keys.end(); ++at) {
        const RowKey* known = row_key(at->first);
        if (known == nullptr && at->first != "field")
            return refuse(store, "'" + at->first + "' chooses nothing", "keys are firm, product, region, segment, contract, order, loan, trace and field");
        if (std::any_of(address.keys.begin(), at, [&](const auto& other) { return other.first == at->first; }))
            return refuse(store, "'" + at->first + "' is named twice", "name it once");
        if (known != nullptr && known != chosen && !holds(columns_of(chosen->table), known->column))
            return refuse(store, fmt::format("'{}={}' does not go with {}={}", at->first, at->second, chosen->key, address.value(chosen->key)),
                          "go to one of them at a time");
    }
    return {};
}

/// The different words of a column, in their order.
std::vector<std::string> words_of(const Columns& table, const std::string& column) {
    std::vector<std::string> out;
    for (std::size_t row = 0; row < table.rows(); ++row)
        if (const std::string& word = table.text(row, column); !holds(out, word)) out.push_back(word);
    return out;
}

Refusals check_names(const ReplayStore& store, const Address& address) {
    for (const auto& [key, known] : {std::pair{"firm", store.firms()},
                                     {"product", store.products()},
                                     {"region", store.regions()},
                                     {"segment", words_of(store.table("segments"), "segment")}})
        if (const std::string word = address.value(key); !word.empty() && !holds(known, word)) return no_such(store, key, word, known);
    return {};
}

/// An address of an order with the quarter and the firm of the order. Refused: no such order; a quarter or a firm that is not its own.
Result<Address> with_order(const ReplayStore& store, Address address) {
    const Columns& orders = store.table("orders");
    const std::string number = address.value("order"), firm = address.value("firm");
    const std::size_t row = order_row(store, number);
    if (row == orders.rows()) return refuse(store, "has no order " + number, "the firm's screen lists its orders with their numbers");
    const std::string& owner = orders.text(row, "firm");
    const int t = orders.quarter(row);
    if (address.t.value_or(t) != t || (!firm.empty() && firm != owner))
        return refuse(store, fmt::format("order {} is {}'s, of {}", number, owner, quarter_name(t)),
                      fmt::format("did you mean '@{}#firm={}&order={}'?", quarter_name(t), owner, number));
    address.t = t;
    if (firm.empty()) address.keys.emplace(address.keys.begin(), "firm", owner);
    return address;
}

Refusals check_contract(const ReplayStore& store, const std::string& number, int t) {
    const Columns& contracts = store.table("contracts");
    const auto& numbers = contracts.numbers("contract");
    int first = -1, last = -1;
    for (std::size_t row = 0; row < contracts.rows(); ++row) {
        if (fmt::format("{:.0f}", numbers[row]) != number) continue;
        const int at = contracts.quarter(row);
        if (at == t) return {};
        first = first < 0 ? at : std::min(first, at);
        last = std::max(last, at);
    }
    if (first < 0) return refuse(store, "has no contract " + number, "the firm's screen shows the contracts of a quarter with their numbers");
    return refuse(
        store, fmt::format("contract {} is not in the books of {}", number, quarter_name(t)),
        fmt::format("it is from {} to {}: @{}#contract={}", quarter_name(first), quarter_name(last), quarter_name(t < first ? first : last), number));
}

/// A loan is a slot of a firm's list in one quarter.
Refusals check_loan(const ReplayStore& store, const Address& address) {
    const std::string firm = address.value("firm"), number = address.value("loan");
    if (firm.empty()) return refuse(store, "loan " + number + " is of no firm", "name it: firm=F&loan=" + number);
    const Columns& loans = store.table("loans");
    std::string all;
    for (auto [row, end] = loans.rows_of(*address.t); row < end; ++row) {
        if (loans.text(row, "firm") != firm) continue;
        const std::string one = fmt::format("{:.0f}", loans.number(row, "slot"));
        if (one == number) return {};
        all += (all.empty() ? "" : ", ") + one;
    }
    return refuse(store, fmt::format("has no loan {} of {} in {}", number, firm, quarter_name(*address.t)),
                  all.empty() ? "it owes lenders nothing" : "its loans are " + all);
}

/// A name that the firm's script shows in some quarter.
Refusals check_trace(const ReplayStore& store, const Address& address) {
    const std::string firm = address.value("firm"), name = address.value("trace");
    if (firm.empty()) return refuse(store, "trace " + name + " is of no firm", "name it: firm=F&trace=" + name);
    const std::vector<std::string> known = names_of(shown_traces(store, firm));
    return holds(known, name) ? Refusals{} : Refusals{no_such(store, "trace of " + firm, name, known)};
}

/// A number of a row, of the market, or of the state. The market's may stand without "market.", as `why` takes them.
Refusals check_field(const ReplayStore& store, const Address& address) {
    const std::string field = address.value("field");
    if (field.empty()) return {};
    const RowKey* row = table_of(address);
    const std::vector<std::string> of_market = columns_of("quarters");
    const bool is_of_market = row == nullptr && field.starts_with(kMarket);
    if (row != nullptr || is_of_market) {
        const std::string column = is_of_market ? field.substr(kMarket.size()) : field;
        const std::vector<std::string> known = is_of_market ? of_market : columns_of(row->table);
        if (holds(known, column)) return {};
        const std::string near = nearest_word(column, known), of = is_of_market ? "of the market" : std::string("of a ") + row->key;
        return refuse(store, fmt::format("has no number '{}' {}", column, of),
                      near.empty() ? "docs/replay-format.md lists them" : "did you mean '" + near + "'?");
    }
    if (holds(of_market, field)) return {};
    Names names;
    names.firms = store.firms();
    names.products = store.products();
    names.regions = store.regions();
    if (const auto leaves = find_state(names, field); !leaves) {
        const Refusal& why = leaves.error().all.front();
        return refuse(store, "has " + why.fact, why.advice);
    }
    return {};
}

}  // namespace

std::vector<std::string> markets_of(const ReplayStore& store) {
    std::vector<std::string> out = {"spot-t", "spot-i"};
    out.insert(out.end(), store.products().begin(), store.products().end());
    out.insert(out.end(), store.regions().begin(), store.regions().end());
    return out;
}

Refusal no_quarter(const std::string& name, int t, int first_t, int last_t) {
    return {name, 0, 0, "holds no quarter " + quarter_name(t), "it goes from " + quarter_name(first_t) + " to " + quarter_name(last_t)};
}

Refusal no_such(const ReplayStore& store, const std::string& what, const std::string& word, const std::vector<std::string>& known) {
    constexpr std::size_t kFew = 6;  // that a message can list
    const std::string near = nearest_word(word, known);
    std::string all;
    for (const std::string& one : known) all += (all.empty() ? "" : ", ") + one;
    return refuse(store, "has no " + what + " '" + word + "'",
                  !near.empty()          ? "did you mean '" + near + "'?"
                  : known.size() <= kFew ? "it has " + all
                                         : "rackrace show " + quoted_word(store.run_id()) + " lists what it has");
}

Result<Address> place_in(const ReplayStore& store, Address address, int t) {
    for (const auto& check : {check_keys, check_names, check_field})
        if (Refusals refusals = check(store, address); !refusals.empty()) return refusals;
    if (!address.value("order").empty()) {
        auto placed = with_order(store, std::move(address));
        if (!placed) return placed.error();
        address = std::move(*placed);
    }
    if (!address.t) address.t = t;
    if (!store.has_quarter(*address.t)) return no_quarter(store.run_id(), *address.t, store.opening_t(), store.last_t());
    if (const std::string contract = address.value("contract"); !contract.empty())
        if (Refusals refusals = check_contract(store, contract, *address.t); !refusals.empty()) return refusals;
    if (!address.value("loan").empty())
        if (Refusals refusals = check_loan(store, address); !refusals.empty()) return refusals;
    if (!address.value("trace").empty())
        if (Refusals refusals = check_trace(store, address); !refusals.empty()) return refusals;
    return address;
}

Result<Address> place_in(const Ensemble& ensemble, Address address, int t) {
    const auto refuse_here = [&](std::string fact, std::string advice) { return Refusal{ensemble.id(), 0, 0, std::move(fact), std::move(advice)}; };
    for (const auto& [key, value] : address.keys) {
        if (key != "firm" && key != "run") return refuse_here("'" + key + "' chooses nothing of a batch", "keys are firm and run");
        if (key == "firm" && !holds(ensemble.firms(), value)) {
            const std::string near = nearest_word(value, ensemble.firms());
            return refuse_here("has no firm '" + value + "'", near.empty() ? "data-dictionary.csv in it lists them" : "did you mean '" + near + "'?");
        }
        if (key == "run" && !ensemble.find_run(value))
            return refuse_here("has no run '" + value + "' that was played to its end", "runs are numbered from 0, as in runs.csv");
    }
    if (!address.t) address.t = t;
    if (!ensemble.has_quarter(*address.t)) return no_quarter(ensemble.id(), *address.t, ensemble.first_t(), ensemble.last_t());
    return address;
}

std::string path_of(const Address& address) {
    std::string path;
    for (const auto& [key, value] : address.keys)
        path += (path.empty() ? "" : "&") + (key == "field" && address.keys.size() == 1 ? value : key + "=" + value);
    return path;
}

}  // namespace rackrace

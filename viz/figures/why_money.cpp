// A firm's numbers of a close: dollars by the postings that they are the sum of, goods by product, region and contract, the rest by the numbers
// that they come from.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string_view>

#include "engine/base/quarter_index.h"
#include "engine/replay/replay_tables.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/movements.h"
#include "viz/figures/why_credit.h"
#include "viz/figures/why_number.h"

namespace rackrace {
namespace {

/// A balance as table firms has it: the sum of its accounts, times -1 for what is owed.
struct Balance {
    const char* column;
    double sign;
    Account one, other;
};
constexpr Balance kBalances[] = {{"cash_usd", 1.0, Account::cash, Account::none},
                                 {"debt_usd", -1.0, Account::debt, Account::none},
                                 {"chips_book_usd", 1.0, Account::chips_gross, Account::chips_depreciation},
                                 {"building_usd", 1.0, Account::building, Account::none},
                                 {"sites_book_usd", 1.0, Account::sites_gross, Account::sites_depreciation},
                                 {"onsite_book_usd", 1.0, Account::onsite_gross, Account::onsite_depreciation},
                                 {"inventory_usd", 1.0, Account::inventory, Account::none},
                                 {"chip_deposits_usd", 1.0, Account::chip_deposits, Account::none},
                                 {"grid_deposits_usd", 1.0, Account::grid_deposits, Account::none},
                                 {"prepaid_compute_usd", 1.0, Account::prepaid_compute, Account::none},
                                 {"deferred_revenue_usd", -1.0, Account::deferred_revenue, Account::none},
                                 {"deposits_held_usd", -1.0, Account::deposits_held, Account::none},
                                 {"receivables_usd", 1.0, Account::receivables, Account::none},
                                 {"payables_usd", -1.0, Account::payables, Account::none},
                                 {"book_equity_usd", -1.0, Account::paid_in, Account::retained}};

PostingSign sign_of(const Balance& balance) {
    return [sign = balance.sign, of_accounts = sign_of_accounts([one = balance.one, other = balance.other](Account account) {
                return account != Account::none && (account == one || account == other);
            })](const KindRow& kind, bool is_payer) { return sign * of_accounts(kind, is_payer); };
}

PostingSign sign_of_flow(double sign, Flow one, Flow other = Flow::none) {
    return [=](const KindRow& kind, bool is_payer) {
        const Flow flow = is_payer ? kind.payer_flow : kind.payee_flow;
        return flow != Flow::none && (flow == one || flow == other) ? (is_payer ? -sign : sign) : 0.0;
    };
}

/// What a firm pays, or receives, of some kinds.
PostingSign sign_of_kinds(std::vector<Kind> kinds, bool pays) {
    return [kinds = std::move(kinds), pays](const KindRow& kind, bool is_payer) {
        return is_payer == pays && std::any_of(kinds.begin(), kinds.end(), [&](Kind one) { return std::string_view(row_of(one).name) == kind.name; }) ? 1.0 : 0.0;
    };
}

/// What postings a flow of a quarter is the sum of; nothing for other columns.
PostingSign sign_of_flow(const std::string& column) {
    using enum Kind;
    if (column == "ebitda_usd") return sign_of_flow(1.0, Flow::ai, Flow::core);
    if (column == "ebitda_ai_usd") return sign_of_flow(1.0, Flow::ai);
    if (column == "ebitda_core_usd") return sign_of_flow(1.0, Flow::core);
    if (column == "capex_usd") return sign_of_flow(-1.0, Flow::investment);
    if (column == "revenue_usd") return sign_of_kinds({ai_revenue, contract_bill, prepayment_draw, spot_purchase, chip_balance, chip_deposit_applied, row_sale}, false);
    if (column == "ai_revenue_usd") return sign_of_kinds({ai_revenue}, false);
    if (column == "interest_usd") return sign_of_kinds({interest, fee}, true);
    if (column == "payout_usd") return sign_of_kinds({payout}, true);
    if (column == "tax_usd") return sign_of_kinds({tax}, true);
    if (column == "debt_issued_usd") return sign_of_kinds({debt_issue}, false);
    if (column == "debt_repaid_usd") return sign_of_kinds({debt_repayment}, true);
    return {};
}

Parts by_cause(const std::map<std::string, Movement>& now, const std::map<std::string, Movement>& last) {
    Parts out{"$"};
    const auto of = [](const std::map<std::string, Movement>& all, const std::string& cause) { return all.count(cause) == 0 ? 0.0 : all.at(cause).usd; };
    for (const auto& [cause, movement] : now) out.add(cause, movement.usd, of(last, cause));
    for (const auto& [cause, movement] : last)
        if (now.count(cause) == 0) out.add(cause, 0.0, movement.usd);
    return out;
}

double sum_of(const Parts& parts, bool is_now) {
    double sum = 0.0;
    for (const Parts::Part& part : parts.parts) sum += is_now ? part.now : part.last;
    return sum;
}

/// What the postings of each kind were, behind the line of their cause.
void add_kinds(const std::map<std::string, Movement>& movements, Reason& reason) {
    for (Reason& part : reason.behind)
        for (const auto& [cause, movement] : movements)
            if (part.text.starts_with(cause + " ")) part.behind.push_back({movement_text(movement)});
}

/// "+25.8 M$ in 2028Q3: AI products +188.0 M$, chips bought -150.0 M$": causes by their size, those of the quarter before behind each.
std::vector<Reason> movement_reasons(const ReplayStore& store, int t, const std::string& firm, const Balance& balance) {
    const auto now = movements_of(store, firm, t - 1, t, sign_of(balance)), last = movements_of(store, firm, t - 2, t - 1, sign_of(balance));
    const bool has_last = t - 1 > store.opening_t();
    const Parts parts = by_cause(now, last);
    Reason reason = parts_reason("moved by", parts, has_last ? t - 1 : -1);
    add_kinds(now, reason);
    const double before = store.of_firm(t - 1, firm, balance.column), close = store.of_firm(t, firm, balance.column), left = close - before - sum_of(parts, true);
    std::vector<Reason> out;
    if (parts.parts.empty()) out.push_back({"no posting of the quarter moved it"});
    else out.push_back(std::move(reason));
    out.push_back({fmt::format("{} at the close of {} and what moved it make {}{}", usd_text(before), quarter_name(t - 1), usd_text(close), left == 0.0 ? ", to the dollar" : ", but for " + usd_text(left)),
                   store.address(t - 1, "firm=" + firm + "&field=" + balance.column)});
    return out;
}

std::vector<Reason> flow_reasons(const ReplayStore& store, int t, const std::string& firm, const std::string& column, const PostingSign& sign) {
    const auto now = movements_of(store, firm, t - 1, t, sign), last = movements_of(store, firm, t - 2, t - 1, sign);
    const bool has_last = t - 1 > store.opening_t();
    Parts parts = by_cause(now, last);
    const double rest_now = store.of_firm(t, firm, column) - sum_of(parts, true), rest_last = store.of_firm(t - 1, firm, column) - sum_of(parts, false);
    if (rest_now != 0.0 || (has_last && rest_last != 0.0)) parts.add(column == "revenue_usd" ? "core business" : "not in the postings", rest_now, has_last ? rest_last : 0.0);
    if (parts.parts.empty()) return {{"no posting of the quarter is part of it"}};
    Reason reason = parts_reason("by cause", parts, has_last ? t - 1 : -1);
    add_kinds(now, reason);
    return {std::move(reason)};
}

/// Numbers of the same firm that a number comes from, by formulas whose other parts are not in the tables.
struct Inputs {
    const char* column;
    std::vector<std::string> of_firm;
};
const std::vector<Inputs>& inputs() {
    static const std::vector<Inputs> all = {
        {"assets_usd", {"cash_usd", "chips_book_usd", "building_usd", "sites_book_usd", "onsite_book_usd", "inventory_usd", "chip_deposits_usd", "grid_deposits_usd", "prepaid_compute_usd", "receivables_usd"}},
        {"net_outflow_usd", {"ebitda_usd", "capex_usd", "interest_usd", "tax_usd"}},
        {"pool_h100e", {"installed_chips", "usable_it_kw", "installed_it_kw"}},
        {"util_frac", {"idle_h100e", "pool_h100e", "received_h100e"}},
        {"idle_h100e", {"pool_h100e", "received_h100e", "delivered_h100e", "used_h100e", "sold_spot_h100e"}},
        {"used_h100e", {"pool_h100e", "received_h100e", "delivered_h100e", "sold_spot_h100e", "idle_h100e"}},
        {"usable_it_kw", {"shell_kw", "lease_kw", "grid_kw", "onsite_kw"}},
        {"installed_it_kw", {"installed_chips"}},
        {"ebitda_forward_usd", {"ebitda_ai_usd", "ebitda_core_usd", "backlog_usd"}},
        {"leverage_ratio", {"debt_usd", "ebitda_forward_usd", "cash_usd"}},
        {"coverage_ratio", {"ebitda_forward_usd", "interest_usd"}},
        {"default_probability_apr", {"leverage_ratio", "coverage_ratio", "concentration"}},
        {"rating", {"default_probability_apr", "leverage_ratio", "coverage_ratio"}},
        {"equity_value_usd", {"ebitda_forward_usd", "ebitda_core_usd", "ai_revenue_usd", "debt_usd", "cash_usd", "assets_usd", "news_factor"}},
        {"terminal_value_usd", {"ebitda_usd", "tax_usd", "economic_depreciation_usd", "contract_premium_usd", "building_usd", "chip_deposits_usd", "debt_usd", "cash_usd"}},
        {"discounted_payouts_usd", {"payout_usd", "own_frac"}}};
    return all;
}

/// Goods by product or by region: sums of columns of a table of the firm.
struct Goods {
    const char* column;
    const char* table;
    const char* by;
    std::vector<std::string> summed;
};
const std::vector<Goods>& goods() {
    static const std::vector<Goods> all = {{"installed_chips", "holdings", "product", {"installed_chips"}},
                                           {"warehouse_chips", "holdings", "product", {"warehouse_chips"}},
                                           {"ordered_chips", "holdings", "product", {"ordered_0_chips", "ordered_1_chips", "ordered_2_chips"}},
                                           {"grid_kw", "sites", "region", {"grid_kw"}},
                                           {"onsite_kw", "sites", "region", {"onsite_kw"}},
                                           {"shell_kw", "sites", "region", {"shell_kw"}},
                                           {"lease_kw", "sites", "region", {"lease_kw"}},
                                           {"coming_kw", "sites", "region", {"won_kw_0", "won_kw_1", "won_kw_2", "won_kw_3", "onsite_coming_kw"}}};
    return all;
}

std::map<std::string, double> goods_at(const ReplayStore& store, int t, const std::string& firm, const Goods& kind) {
    const Columns& table = store.table(kind.table);
    std::map<std::string, double> out;
    for (auto [row, end] = table.rows_of(t); row < end; ++row)
        if (table.text(row, "firm") == firm)
            for (const std::string& column : kind.summed) out[table.text(row, kind.by)] += table.number(row, column);
    return out;
}

/// By the party on the other side of the firm's contracts.
std::map<std::string, double> contracts_at(const ReplayStore& store, int t, const std::string& firm, const std::string& column) {
    const Columns& contracts = store.table("contracts");
    const bool is_bought = column == "bought_by_contract_h100e";
    std::map<std::string, double> out;
    for (auto [row, end] = contracts.rows_of(t); row < end; ++row)
        if (contracts.text(row, is_bought ? "buyer" : "seller") == firm) out[contracts.text(row, is_bought ? "seller" : "buyer")] += contracts.number(row, column == "backlog_usd" ? column : "due_now_h100e");
    return out;
}

Reason parts_of(const std::string& what, const std::string& unit, const std::map<std::string, double>& now, std::map<std::string, double> last, bool has_last, int t,
                const std::function<std::string(const std::string&)>& address) {
    Parts parts{unit};
    for (const auto& [of, value] : now) {
        parts.add(of, value, last[of], address(of));
        last.erase(of);
    }
    for (const auto& [of, value] : last) parts.add(of, 0.0, value, address(of));
    return parts_reason(what, parts, has_last ? t - 1 : -1);
}

/// U: what was paid out and what is there, to the rounded dollar.
void add_value(const ReplayStore& store, int t, const std::string& firm, Why& why) {
    const auto of = [&](int at, const char* column) { return store.of_firm(at, firm, column); };
    const auto paid = [&](int at) { return std::round(of(at, "discounted_payouts_usd")); };
    const auto there = [&](int at) { return std::round(of(at, "value_usd")) - paid(at); };
    const bool has_last = store.has_quarter(t - 1);
    Parts parts{"$"};
    parts.add("payouts so far, discounted", paid(t), has_last ? paid(t - 1) : 0.0, store.address(t, "firm=" + firm + "&field=discounted_payouts_usd"));
    parts.add("the first owners' part of what is there, discounted", there(t), has_last ? there(t - 1) : 0.0, store.address(t, "firm=" + firm + "&field=terminal_value_usd"));
    why.reasons.push_back(parts_reason("by part", parts, has_last ? t - 1 : -1));
    for (const char* column : {"own_frac", "terminal_value_usd", "discounted_payouts_usd"}) why.reasons.push_back(input_reason(store, t, firm, column));
}

}  // namespace

std::vector<Reason> money_reasons(const ReplayStore& store, int t, const std::string& firm, const std::string& column) {
    const auto balance = std::find_if(std::begin(kBalances), std::end(kBalances), [&](const Balance& one) { return column == one.column; });
    const PostingSign flow = sign_of_flow(column);
    if (balance == std::end(kBalances) && !flow) return {};
    if (t == store.opening_t()) return {{"of the opening books: a fact of the scenario, no posting stands behind it"}};
    return flow ? flow_reasons(store, t, firm, column, flow) : movement_reasons(store, t, firm, *balance);
}

Why explain_firm_number(const ReplayStore& store, int t, const std::string& firm, const std::string& column) {
    Why why;
    why.address = store.address(t, "firm=" + firm + "&field=" + column);
    const std::string word = store.table("firms").text(store.firm_row(t, firm), column);
    const auto& columns = find_table("firms")->columns;
    const auto known = std::find_if(columns.begin(), columns.end(), [&](const Column& one) { return one.name == column; });
    const std::string unit = known == columns.end() ? "" : known->unit;
    why.title = word.empty() ? number_title(column + " of " + firm, unit, t, store.of_firm(t, firm, column), store.of_firm(t - 1, firm, column)) : fmt::format("{} of {} {}", column, firm, word);
    for (Reason& reason : money_reasons(store, t, firm, column)) why.reasons.push_back(std::move(reason));
    const bool has_last = store.has_quarter(t - 1);
    for (const Goods& kind : goods())
        if (column == kind.column)
            why.reasons.push_back(parts_of(fmt::format("by {}", kind.by), unit, goods_at(store, t, firm, kind), has_last ? goods_at(store, t - 1, firm, kind) : std::map<std::string, double>{}, has_last, t,
                                           [&](const std::string& of) { return store.address(t, fmt::format("{}={}", kind.by, of)); }));
    if (column == "backlog_usd" || column.ends_with("_by_contract_h100e"))
        why.reasons.push_back(parts_of(column.starts_with("bought") ? "by seller" : "by buyer", unit, contracts_at(store, t, firm, column), has_last ? contracts_at(store, t - 1, firm, column) : std::map<std::string, double>{},
                                       has_last, t, [&](const std::string& of) { return store.firm_row(t, of) < store.table("firms").rows() ? store.address(t, "firm=" + of) : std::string(); }));
    if (column == "value_usd") add_value(store, t, firm, why);
    if (column == "debt_usd")
        for (const std::size_t row : loan_rows(store, t, firm)) why.reasons.push_back(loan_reason(store, t, row));
    for (const Inputs& one : inputs())
        if (column == one.column)
            for (const std::string& input : one.of_firm) why.reasons.push_back(input_reason(store, t, firm, input));
    why.reasons.push_back(meaning_reason("firms", column));
    return why;
}

}  // namespace rackrace

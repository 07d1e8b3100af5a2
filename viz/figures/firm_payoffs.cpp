#include "viz/figures/firm_payoffs.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <string_view>

#include "engine/market/annuity.h"
#include "engine/scenario/load_facts.h"
#include "engine/settle/valuation.h"
#include "engine/world/parties.h"
#include "viz/figures/causes.h"
#include "viz/figures/figure_model.h"

namespace rackrace {
namespace {

constexpr CashUses kCashUses = cash_uses();

/// As the run froze them.
Parameters parameters_of(const ReplayStore& store) {
    Parameters out{};
    const Columns& params = store.table("params");
    std::map<std::string_view, const FieldInfo*> fields;
    for (const FieldInfo& field : describe<Parameters>().fields) fields[field.name] = &field;
    for (std::size_t row = 0; row < params.rows(); ++row) {
        const auto field = fields.find(params.text(row, "name"));
        const auto i = static_cast<std::size_t>(params.number(row, "i"));
        if (field == fields.end() || i >= field->second->count()) continue;
        reinterpret_cast<double*>(reinterpret_cast<unsigned char*>(&out) + field->second->offset)[i] = params.number(row, "value");
    }
    return out;
}

Role role_named(const std::string& name) {
    const auto at = std::find(std::begin(kRoleNames), std::end(kRoleNames), name);
    return static_cast<Role>(at == std::end(kRoleNames) ? 0 : at - std::begin(kRoleNames));
}

bool is_interest(const KindRow& row) { return row.payer_flow == Flow::interest || row.payee_flow == Flow::interest; }

bool is_with_lenders(Kind kind, const std::string& other) {
    return (kind == Kind::arrears || kind == Kind::arrears_payment) && other == kOutsideNames[kInvestor - kMaxFirms];
}

/// What firms lend are suppliers' sales on credit: cash only as buyers pay it back, with its interest.
int lent_cash(Kind kind, bool is_payer) {
    if (kind == Kind::vendor_credit) return is_payer ? -1 : 0;
    return !is_payer && (kind == Kind::debt_repayment || kind == Kind::interest) ? 1 : 0;
}

/// What a credit adds to an account of equity, and a debit takes.
double gain_of(Account account, Account debit, Account credit) { return (credit == account ? 1.0 : 0.0) - (debit == account ? 1.0 : 0.0); }

/// Adds one side of a posting. discount: beta^t of its quarter.
void add_side(Kind kind, bool is_payer, const std::string& other, double usd, double discount, FirmPayoff& out) {
    const KindRow& row = row_of(kind);
    const CashUse use = kCashUses.of[static_cast<int>(kind)];
    if (!is_interest(row) && !is_with_lenders(kind, other)) out.free_cash_usd += discount * usd * (is_payer ? use.payer : use.payee);
    out.free_cash_usd += discount * usd * lent_cash(kind, is_payer);
    const Account debit = is_payer ? row.payer_debit : row.payee_debit, credit = is_payer ? row.payer_credit : row.payee_credit;
    const double retained = usd * gain_of(Account::retained, debit, credit), paid_in = usd * gain_of(Account::paid_in, debit, credit);
    if (kind == Kind::payout) out.returned_usd -= retained;
    else out.profit_usd += retained;
    (paid_in < 0.0 ? out.returned_usd : out.issued_usd) += std::abs(paid_in);
}

/// All postings after the opening up to t, each read once.
void add_postings(const ReplayStore& store, const Parameters& p, int t, std::vector<FirmPayoff>& out) {
    std::map<std::string, std::size_t> places;
    std::vector<Role> roles;
    for (std::size_t i = 0; i < out.size(); ++i) {
        places[out[i].firm] = i;
        roles.push_back(role_named(store.role_of(out[i].firm)));
    }
    const Columns& postings = store.table("postings");
    for (int at = store.opening_t() + 1; at <= t; ++at)
        for (auto [row, end] = postings.rows_of(at); row < end; ++row) {
            const auto kind = kind_named(postings.text(row, "kind"));
            if (!kind) continue;
            const std::string &payer = postings.text(row, "payer"), &payee = postings.text(row, "payee");
            const double usd = postings.number(row, "amount_usd");
            for (const bool is_payer : {true, false}) {
                const auto place = places.find(is_payer ? payer : payee);
                if (place == places.end()) continue;
                add_side(*kind, is_payer, is_payer ? payee : payer, usd, owners_discount(p, roles[place->second], at - store.opening_t()), out[place->second]);
            }
        }
}

bool is_gone(const ReplayStore& store, int t, const std::string& firm) {
    const std::string& status = store.table("firms").text(store.firm_row(t, firm), "status");
    return status == "liquidated" || status == "acquired";
}

/// FCFn: mean of terminal_window_q quarters of (EBITDA - tax - economic depreciation), a year, contracts at the spot EWMA. What a firm earned before it
/// left counts no more. kNoValue where the run has fewer quarters.
double normal_free_cash_usd_year(const ReplayStore& store, const Parameters& p, int t, const std::string& firm) {
    const int n = static_cast<int>(p.terminal_window_q);
    double sum = 0.0;
    for (int q = t; q > t - n; --q) {
        if (!store.has_quarter(q)) return kNoValue;
        if (is_gone(store, t, firm) && !is_gone(store, q, firm)) continue;
        const auto of = [&](const char* column) { return store.of_firm(q, firm, column); };
        sum += of("ebitda_usd") - of("contract_premium_usd") - of("tax_usd") - of("economic_depreciation_usd");
    }
    return sum * p.quarters_per_year / n;
}

/// A column of products or regions at t, by their names.
std::map<std::string, double> prices_at(const Columns& table, int t, const std::string& key, const std::string& column) {
    std::map<std::string, double> out;
    for (auto [row, end] = table.rows_of(t); row < end; ++row) out[table.text(row, key)] = table.number(row, column);
    return out;
}

/// Present value of the rent that the firm's leases in the model still owe.
double leases_usd(const ReplayStore& store, const Parameters& p, int t, const std::string& firm) {
    const Columns& sites = store.table("sites");
    double sum = 0.0;
    for (auto [row, end] = sites.rows_of(t); row < end; ++row)
        if (sites.text(row, "firm") == firm) sum += sites.number(row, "lease_kw") * sites.number(row, "lease_rent_usd_kw_q") * annuity_q(p, static_cast<int>(sites.number(row, "lease_left_q")));
    return sum;
}

/// The same of leases outside the model: a constant that no table holds, but what L (rating.h) leaves in any quarter in which it is between its ends.
/// kNoValue where it never is.
double other_leases_usd(const ReplayStore& store, const Parameters& p, const std::string& firm) {
    for (const int t : store.quarters()) {
        const auto of = [&](const char* column) { return store.of_firm(t, firm, column); };
        const double leverage = of("leverage_ratio"), ebitda = of("ebitda_forward_usd");
        if (!(ebitda > 0.0) || !(leverage > 0.0) || leverage >= p.leverage_max_ratio) continue;
        const double owed = of("debt_usd") + of("payables_usd") - p.leverage_cash_frac * of("cash_usd");
        return std::max(0.0, leverage * ebitda - owed - leases_usd(store, p, t, firm));
    }
    return kNoValue;
}

/// What the firm brings broken up, without cash, before leases.
double broken_up_usd(const ReplayStore& store, const Parameters& p, int t, const std::string& firm) {
    const Columns &holdings = store.table("holdings"), &sites = store.table("sites");
    auto resale = prices_at(store.table("products"), t, "product", "resale_usd_chip"), adders = prices_at(store.table("regions"), t, "region", "adder_usd_kw_q");
    double chips = 0.0, adder = 0.0;
    for (auto [row, end] = holdings.rows_of(t); row < end; ++row)
        if (holdings.text(row, "firm") == firm) chips += holdings.number(row, "installed_chips") * resale[holdings.text(row, "product")];
    for (auto [row, end] = sites.rows_of(t); row < end; ++row)
        if (sites.text(row, "firm") == firm) adder += sites.number(row, "grid_kw") * adders[sites.text(row, "region")];
    return liquidation_value_usd(p, chips, store.of_firm(t, firm, "sites_book_usd"), store.of_firm(t, firm, "grid_deposits_usd"), adder, 0.0);
}

void add_terminal_value(const ReplayStore& store, const Parameters& p, int t, FirmPayoff& out) {
    const double cash_usd_year = normal_free_cash_usd_year(store, p, t, out.firm);
    out.terminal_usd = kNoValue;
    if (!std::isfinite(cash_usd_year)) return;
    const double other_leases = other_leases_usd(store, p, out.firm);
    out.knows_leases = std::isfinite(other_leases);
    const double broken_up = broken_up_usd(store, p, t, out.firm) - leases_usd(store, p, t, out.firm) - (out.knows_leases ? other_leases : 0.0);
    out.terminal_usd = operating_terminal_value_usd(p, cash_usd_year, out.rate_apr, broken_up);
    out.is_broken_up = out.terminal_usd == broken_up && broken_up != 0.0;
}

}  // namespace

std::vector<FirmPayoff> firm_payoffs(const ReplayStore& store, int t) {
    const Parameters p = parameters_of(store);
    const int opening = store.opening_t();
    std::vector<FirmPayoff> out;
    for (const std::string& firm : store.firms()) {
        if (store.table("firms").text(store.firm_row(t, firm), "status") == "absent") continue;
        const auto of = [&](int at, const char* column) { return store.of_firm(at, firm, column); };
        FirmPayoff& one = out.emplace_back();
        one.firm = firm;
        one.value_usd = of(t, "value_usd");
        one.paid_out_usd = of(t, "discounted_payouts_usd");
        const Role role = role_named(store.role_of(firm));
        one.rate_apr = p.discount_rate_apr[static_cast<int>(role)];
        one.discount = owners_discount(p, role, t - opening);
        one.net_debt_usd = of(opening, "debt_usd") + of(opening, "payables_usd") - of(opening, "cash_usd");
        add_terminal_value(store, p, t, one);
    }
    add_postings(store, p, t, out);
    std::stable_sort(out.begin(), out.end(), [](const FirmPayoff& a, const FirmPayoff& b) { return a.value_usd > b.value_usd; });
    return out;
}

}  // namespace rackrace

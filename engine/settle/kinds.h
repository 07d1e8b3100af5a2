// The table of transaction kinds (model.md 6.2): for each, the account debited and credited at the payer and at the payee,
// and what the flow is called in a firm's statements. Nothing moves money but a row of this table.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"

namespace rackrace {

/// Accounts of a party. Balances are stored debit-positive: assets above zero, liabilities and equity below, so a party's sum is 0.
enum class Account : std::uint8_t {
    cash, chip_deposits, grid_deposits, loans_made, prepaid_compute, chips_gross, chips_depreciation, building,
    sites_gross, sites_depreciation, onsite_gross, onsite_depreciation, inventory, shares_held, receivables,
    debt, deferred_revenue, deposits_held, payables, paid_in, retained,
    count, none
};
inline constexpr int kAccounts = static_cast<int>(Account::count);

inline constexpr const char* kAccountNames[kAccounts] = {
    "cash", "chip_deposits", "grid_deposits", "loans_made", "prepaid_compute", "chips_gross", "chips_depreciation", "building",
    "sites_gross", "sites_depreciation", "onsite_gross", "onsite_depreciation", "inventory", "shares_held", "receivables",
    "debt", "deferred_revenue", "deposits_held", "payables", "paid_in", "retained"};

/// What a flow is in the statements of the firm on that side.
enum class Flow : std::uint8_t {
    none,         // moves between accounts of one firm, or a non-cash twin of a cash flow
    core,         // part of EBITDA of the core business
    ai,           // part of EBITDA of AI: revenue and operating cost
    book,         // depreciation, impairment, gains and losses on assets: income, not EBITDA
    interest, tax,
    investment,   // chips, systems, sites, plant, deposits on them, inventory
    working,      // prepayments and settlement of arrears: cash, neither income nor investment
    debt, equity, payout,
    count
};
inline constexpr int kFlows = static_cast<int>(Flow::count);

enum class Kind : std::uint8_t {
    core_receipt, ai_revenue, contract_bill, prepayment, prepayment_draw, prepayment_returned, damages, termination_fee, spot_purchase,
    chip_deposit, chip_balance, chip_deposit_applied, chip_deposit_forfeited, chip_deposit_returned, row_sale, integration,
    wafer_bill, unused_wafers, cost_of_sales, inventory_write_down,
    building_instalment, building_pause, building_salvage, building_write_off, site_completed, rent, lease_exit,
    onsite_order, onsite_completed, onsite_sale, onsite_disposal, onsite_depreciation_disposal,
    energy, grid_adder, grid_deposit, grid_deposit_applied, grid_deposit_forfeited, grid_deposit_returned,
    staff, upkeep, storage, talent, design_cost,
    debt_issue, debt_repayment, interest, fee, cash_interest, conversion, debt_write_off, claim_write_off, share_issue, share_buy_back, payout,
    vendor_credit, site_sale, site_disposal, site_depreciation_disposal, firm_purchase,
    used_chip_sale, dealer_purchase, dealer_sale, dealer_write_down, dealer_gain, chip_disposal, chip_depreciation_disposal,
    tax, chip_depreciation, site_depreciation, onsite_depreciation, chip_impairment,
    arrears, arrears_payment,
    count
};
inline constexpr int kKinds = static_cast<int>(Kind::count);

struct KindRow {
    const char* name;
    Account payer_debit, payer_credit, payee_debit, payee_credit;
    Flow payer_flow, payee_flow;
};

struct KindTable {
    KindRow rows[kKinds];
};

/// One row a kind, in the order of the enumeration. A kind inside one firm has no payee legs and is posted with payer = payee.
RACKRACE_HD constexpr KindTable kind_table() {
    using enum Account;
    using F = Flow;
    return {{
        //  name                         payer debit         credit               payee debit        credit          flow of payer   of payee
        {"core_receipt",                 retained,           cash,                cash,              retained,       F::none,        F::core},
        {"ai_revenue",                   retained,           cash,                cash,              retained,       F::none,        F::ai},
        {"contract_bill",                retained,           cash,                cash,              retained,       F::ai,          F::ai},
        {"prepayment",                   prepaid_compute,    cash,                cash,              deferred_revenue, F::working,   F::working},
        {"prepayment_draw",              retained,           prepaid_compute,     deferred_revenue,  retained,       F::ai,          F::ai},
        {"prepayment_returned",          deferred_revenue,   cash,                cash,              prepaid_compute,  F::working,     F::working},
        {"damages",                      retained,           cash,                cash,              retained,       F::ai,          F::ai},
        {"termination_fee",              retained,           cash,                cash,              retained,       F::ai,          F::ai},
        {"spot_purchase",                retained,           cash,                cash,              retained,       F::ai,          F::ai},
        {"chip_deposit",                 chip_deposits,      cash,                cash,              deposits_held,  F::investment,  F::working},
        {"chip_balance",                 chips_gross,        cash,                cash,              retained,       F::investment,  F::ai},
        {"chip_deposit_applied",         chips_gross,        chip_deposits,       deposits_held,     retained,       F::none,        F::ai},
        {"chip_deposit_forfeited",       retained,           chip_deposits,       deposits_held,     retained,       F::book,        F::ai},
        {"chip_deposit_returned",        deposits_held,      cash,                cash,              chip_deposits,  F::working,     F::investment},
        {"row_sale",                     retained,           cash,                cash,              retained,       F::none,        F::ai},
        {"integration",                  chips_gross,        cash,                cash,              retained,       F::investment,  F::none},
        {"wafer_bill",                   inventory,          cash,                cash,              retained,       F::investment,  F::none},
        {"unused_wafers",                retained,           cash,                cash,              retained,       F::ai,          F::none},
        {"cost_of_sales",                retained,           inventory,           none,              none,           F::ai,          F::none},
        {"inventory_write_down",         retained,           inventory,           none,              none,           F::book,        F::none},
        {"building_instalment",          building,           cash,                cash,              retained,       F::investment,  F::none},
        {"building_pause",               retained,           cash,                cash,              retained,       F::ai,          F::none},
        {"building_salvage",             retained,           cash,                cash,              building,       F::none,        F::investment},
        {"building_write_off",           retained,           building,            none,              none,           F::book,        F::none},
        {"site_completed",               sites_gross,        building,            none,              none,           F::none,        F::none},
        {"rent",                         retained,           cash,                cash,              retained,       F::ai,          F::none},
        {"lease_exit",                   retained,           cash,                cash,              retained,       F::ai,          F::none},
        {"onsite_order",                 building,           cash,                cash,              retained,       F::investment,  F::none},
        {"onsite_completed",             onsite_gross,       building,            none,              none,           F::none,        F::none},
        {"onsite_sale",                  retained,           cash,                cash,              onsite_gross,   F::none,        F::investment},
        {"onsite_disposal",              retained,           onsite_gross,        none,              none,           F::book,        F::none},
        {"onsite_depreciation_disposal", onsite_depreciation, onsite_gross,       none,              none,           F::none,        F::none},
        {"energy",                       retained,           cash,                cash,              retained,       F::ai,          F::none},
        {"grid_adder",                   retained,           cash,                cash,              retained,       F::ai,          F::none},
        {"grid_deposit",                 grid_deposits,      cash,                cash,              deposits_held,  F::investment,  F::none},
        {"grid_deposit_applied",         retained,           grid_deposits,       deposits_held,     retained,       F::ai,          F::none},
        {"grid_deposit_forfeited",       retained,           grid_deposits,       deposits_held,     retained,       F::book,        F::none},
        {"grid_deposit_returned",        deposits_held,      cash,                cash,              grid_deposits,  F::none,        F::investment},
        {"staff",                        retained,           cash,                cash,              retained,       F::ai,          F::none},
        {"upkeep",                       retained,           cash,                cash,              retained,       F::ai,          F::none},
        {"storage",                      retained,           cash,                cash,              retained,       F::ai,          F::none},
        {"talent",                       retained,           cash,                cash,              retained,       F::ai,          F::none},
        {"design_cost",                  retained,           cash,                cash,              retained,       F::ai,          F::none},
        {"debt_issue",                   loans_made,         cash,                cash,              debt,           F::none,        F::debt},
        {"debt_repayment",               debt,               cash,                cash,              loans_made,     F::debt,        F::none},
        {"interest",                     retained,           cash,                cash,              retained,       F::interest,    F::interest},
        {"fee",                          retained,           cash,                cash,              retained,       F::interest,    F::none},
        {"cash_interest",                retained,           cash,                cash,              retained,       F::none,        F::interest},
        {"conversion",                   debt,               paid_in,             shares_held,       loans_made,     F::none,        F::none},
        {"debt_write_off",               debt,               retained,            retained,          loans_made,     F::book,        F::book},
        {"claim_write_off",              payables,           retained,            retained,          receivables,    F::book,        F::book},
        {"share_issue",                  shares_held,        cash,                cash,              paid_in,        F::none,        F::equity},
        {"share_buy_back",               paid_in,            cash,                cash,              shares_held,    F::equity,      F::none},
        {"payout",                       retained,           cash,                cash,              retained,       F::payout,      F::none},
        {"vendor_credit",                loans_made,         cash,                cash,              debt,           F::debt,        F::debt},
        {"site_sale",                    sites_gross,        cash,                cash,              retained,       F::investment,  F::book},
        {"site_disposal",                retained,           sites_gross,         none,              none,           F::book,        F::none},
        {"site_depreciation_disposal",   sites_depreciation, sites_gross,         none,              none,           F::none,        F::none},
        {"firm_purchase",                retained,           cash,                cash,              retained,       F::book,        F::book},
        {"used_chip_sale",               chips_gross,        cash,                cash,              retained,       F::investment,  F::book},
        {"dealer_purchase",              inventory,          cash,                cash,              retained,       F::none,        F::book},
        {"dealer_sale",                  chips_gross,        cash,                cash,              inventory,      F::investment,  F::none},
        {"dealer_write_down",            retained,           inventory,           none,              none,           F::none,        F::none},
        {"dealer_gain",                  inventory,          retained,            none,              none,           F::none,        F::none},
        {"chip_disposal",                retained,           chips_gross,         none,              none,           F::book,        F::none},
        {"chip_depreciation_disposal",   chips_depreciation, chips_gross,         none,              none,           F::none,        F::none},
        {"tax",                          retained,           cash,                cash,              retained,       F::tax,         F::none},
        {"chip_depreciation",            retained,           chips_depreciation,  none,              none,           F::book,        F::none},
        {"site_depreciation",            retained,           sites_depreciation,  none,              none,           F::book,        F::none},
        {"onsite_depreciation",          retained,           onsite_depreciation, none,              none,           F::book,        F::none},
        {"chip_impairment",              retained,           chips_gross,         none,              none,           F::book,        F::none},
        {"arrears",                      cash,               payables,            receivables,       cash,           F::working,     F::working},
        {"arrears_payment",              payables,           cash,                cash,              receivables,    F::working,     F::working},
    }};
}

/// The table is local to the function: that is how a constant table is visible to host and device alike.
RACKRACE_HD inline const KindRow& row_of(Kind kind) {
    static constexpr KindTable table = kind_table();
    return table.rows[static_cast<int>(kind)];
}

/// True for kinds that stay inside one party: depreciation, disposals, cost of sales.
RACKRACE_HD inline bool is_internal(Kind kind) { return row_of(kind).payee_debit == Account::none; }

/// What a kind does to the cash of its payer and its payee before financing: 1 adds its amount, -1 takes it.
struct CashUse {
    std::int8_t payer, payee;
    bool is_cost;  // the payer's cash goes to operating cost, interest or tax
};

struct CashUses {
    CashUse of[kKinds];
};

RACKRACE_HD constexpr CashUses cash_uses() {
    constexpr KindTable table = kind_table();
    constexpr auto finances = [](Flow flow) { return flow == Flow::debt || flow == Flow::equity || flow == Flow::payout; };
    CashUses uses{};
    for (int k = 0; k < kKinds; ++k) {
        const KindRow& row = table.rows[k];
        const bool is_cost = row.payer_flow == Flow::ai || row.payer_flow == Flow::interest || row.payer_flow == Flow::tax;
        uses.of[k].is_cost = is_cost && row.payer_credit == Account::cash;
        if (finances(row.payer_flow) || finances(row.payee_flow)) continue;
        uses.of[k].payer = static_cast<std::int8_t>((row.payer_debit == Account::cash) - (row.payer_credit == Account::cash));
        uses.of[k].payee = static_cast<std::int8_t>((row.payee_debit == Account::cash) - (row.payee_credit == Account::cash));
    }
    return uses;
}

}  // namespace rackrace

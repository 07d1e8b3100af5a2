// The tables of firms: what each is and holds (firms), its chips (holdings), its power and shells (sites), its debt (loans).
#include "engine/replay/replay_tables.h"
#include "engine/scenario/load_facts.h"
#include "engine/settle/tranches.h"

namespace rackrace {
namespace {

constexpr auto real = ColumnType::real;
constexpr auto integer = ColumnType::integer;
constexpr auto text = ColumnType::text;
constexpr const char* kBoundNames[] = {"demand", "power", "shell", "money", "chips"};

const Firm& firm_of(const Row& row) { return row.at.world.firms[row.i]; }
const FirmFigures& figures_of(const Row& row) { return row.at.firms[static_cast<std::size_t>(row.i)]; }
Usd account(const Row& row, Account account) { return balance_of(row.at.world, row.i, account); }

template <std::size_t N> Cell word(const char* const (&words)[N], int i) {
    return i >= 0 && i < static_cast<int>(N) ? Cell{std::string(words[i])} : Cell{};
}

Column firm_column() {
    return {"firm", text, "id", "", [](const Row& r) { return firm_cell(r.at, r.i); }};
}

/// An account as statements show it: `sign` -1 for liabilities and equity, which balances hold below zero.
Column account_column(const char* name, const char* doc, std::vector<Account> accounts, int sign) {
    return {name, integer, "$", doc, [accounts = std::move(accounts), sign](const Row& r) {
                std::int64_t sum = 0;
                for (Account one : accounts) sum += account(r, one).value;
                return whole(sign * sum);
            }};
}

void add_books(std::vector<Column>& c) {
    using enum Account;
    c.push_back(account_column("cash_usd", "cash at the close", {cash}, 1));
    c.push_back(account_column("debt_usd", "owed to lenders", {debt}, -1));
    c.push_back(account_column("chips_book_usd", "cost less depreciation, in service and in the warehouse", {chips_gross, chips_depreciation}, 1));
    c.push_back(account_column("building_usd", "sites in progress", {building}, 1));
    c.push_back(account_column("sites_book_usd", "cost less depreciation", {sites_gross, sites_depreciation}, 1));
    c.push_back(account_column("onsite_book_usd", "on-site power, cost less depreciation", {onsite_gross, onsite_depreciation}, 1));
    c.push_back(account_column("inventory_usd", "of a supplier", {inventory}, 1));
    c.push_back(account_column("chip_deposits_usd", "paid on orders", {chip_deposits}, 1));
    c.push_back(account_column("grid_deposits_usd", "paid for power", {grid_deposits}, 1));
    c.push_back(account_column("prepaid_compute_usd", "paid to sellers of compute and not drawn", {prepaid_compute}, 1));
    c.push_back(account_column("deferred_revenue_usd", "received from buyers of compute and not earned", {deferred_revenue}, -1));
    c.push_back(account_column("deposits_held_usd", "of customers", {deposits_held}, -1));
    c.push_back(account_column("receivables_usd", "arrears owed to the firm", {receivables}, 1));
    c.push_back(account_column("payables_usd", "arrears owed by the firm", {payables}, -1));
    c.push_back({"assets_usd", integer, "$", "sum of the asset accounts", [](const Row& r) { return dollars(figures_of(r).assets); }});
    c.push_back({"book_equity_usd", integer, "$", "paid-in and retained", [](const Row& r) { return dollars(figures_of(r).book_equity); }});
    c.push_back({"arrears_new_usd", integer, "$", "not paid in this quarter", [](const Row& r) { return dollars(figures_of(r).arrears_new); }});
    c.push_back({"arrears_old_usd", integer, "$", "not paid for longer", [](const Row& r) { return dollars(figures_of(r).arrears_old); }});
}

void add_flows(std::vector<Column>& c) {
    c.push_back({"ebitda_usd", integer, "$", "AI and core, of the quarter",
                 [](const Row& r) { return dollars(firm_of(r).history[0].ebitda_ai + firm_of(r).history[0].ebitda_core); }});
    add_fields(c, describe<Flows>(), [](const Row& r) { return static_cast<const void*>(&firm_of(r).history[0]); }, {});
    const auto flow = [&c](const char* name, const char* doc, Kind kind, bool is_payer) {
        c.push_back({name, integer, "$", doc, [kind, is_payer](const Row& r) {
                         if (r.at.ledger == nullptr) return Cell{};
                         return dollars(is_payer ? paid(*r.at.ledger, r.i, kind) : received(*r.at.ledger, r.i, kind));
                     }});
    };
    flow("debt_issued_usd", "in the quarter", Kind::debt_issue, false);
    flow("debt_repaid_usd", "in the quarter", Kind::debt_repayment, true);
}

void add_goods(std::vector<Column>& c) {
    const auto whole_figure = [&c](const char* name, const char* unit, const char* doc, std::int64_t FirmFigures::*member) {
        c.push_back({name, integer, unit, doc, [member](const Row& r) { return whole(figures_of(r).*member); }});
    };
    const auto figure = [&c](const char* name, const char* unit, const char* doc, double FirmFigures::*member) {
        c.push_back({name, real, unit, doc, [member](const Row& r) { return figures_of(r).*member; }});
    };
    whole_figure("installed_chips", "chips", "in racks, all products", &FirmFigures::installed_chips);
    whole_figure("warehouse_chips", "chips", "waiting for powered shell, or for sale", &FirmFigures::warehouse_chips);
    whole_figure("ordered_chips", "chips", "awarded and not delivered", &FirmFigures::ordered_chips);
    figure("pool_h100e", "H100e", "own compute in training terms, all generations", &FirmFigures::pool_h100e);
    figure("received_h100e", "H100e", "by contract", &FirmFigures::received_h100e);
    figure("delivered_h100e", "H100e", "to contracts", &FirmFigures::delivered_h100e);
    figure("used_h100e", "H100e", "training, inference and core", &FirmFigures::used_h100e);
    figure("sold_spot_h100e", "H100e", "", &FirmFigures::sold_spot_h100e);
    figure("idle_h100e", "H100e", "not used and not sold", &FirmFigures::idle_h100e);
    figure("util_frac", "share", "1 - idle over own compute and compute received", &FirmFigures::utilisation_frac);
    figure("sold_by_contract_h100e", "H100e", "committed to buyers this quarter", &FirmFigures::sold_by_contract_h100e);
    figure("bought_by_contract_h100e", "H100e", "committed by sellers this quarter", &FirmFigures::bought_by_contract_h100e);
    c.push_back(
        {"backlog_usd", integer, "$", "take-or-pay money that its customers still owe", [](const Row& r) { return dollars(figures_of(r).backlog); }});
    c.push_back({"netted_backlog_usd", integer, "$", "of the backlog, without what flows back to its customers by contracts of theirs; unrated buyers count half",
                 [](const Row& r) { return dollars(figures_of(r).netted_backlog); }});
    figure("usable_it_kw", "IT kW", "sum of min(shell + leased, (grid + on-site)/PUE) by region", &FirmFigures::usable_it_kw);
    figure("installed_it_kw", "IT kW", "rated draw of the installed chips", &FirmFigures::installed_it_kw);
    figure("grid_kw", "kW", "energised, at the meter", &FirmFigures::grid_kw);
    figure("onsite_kw", "kW", "on-site power, at the meter", &FirmFigures::onsite_kw);
    figure("shell_kw", "IT kW", "owned", &FirmFigures::shell_kw);
    figure("lease_kw", "IT kW", "leased", &FirmFigures::lease_kw);
    figure("coming_kw", "kW", "grid and on-site power won or ordered and not yet there", &FirmFigures::coming_kw);
}

Table firms_table() {
    Table table{"firms",
                "What each firm is, holds, owes and earned at the close of a quarter.",
                "quarter, firm",
                Written::each_quarter,
                {},
                [](const RecordedQuarter& at, const std::function<void(int, int)>& row) {
                    for (int f = 0; f < at.world.firm_count; ++f) row(f, 0);
                }};
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back(firm_column());
    c.push_back({"role", text, "word", "hyperscaler, neocloud, lab or supplier",
                 [](const Row& r) { return word(kRoleNames, static_cast<int>(firm_of(r).role)); }});
    c.push_back({"status", text, "word", "absent, healthy, in_arrears, overdue (arrears two quarters old), chapter_11, liquidated or acquired",
                 [](const Row& r) { return word(kFirmStatusNames, static_cast<int>(firm_of(r).status)); }});
    c.push_back({"bound_by", text, "word", "what held the firm back in the quarter: demand, power, shell, money or chips",
                 [](const Row& r) { return word(kBoundNames, firm_of(r).binding); }});
    add_books(c);
    add_flows(c);
    add_goods(c);
    add_fields(c, describe<Firm>(), [](const Row& r) { return static_cast<const void*>(&firm_of(r)); },
               {"role", "status", "binding", "pool_h100e", "received_h100e", "delivered_h100e", "used_h100e", "sold_spot_h100e", "idle_h100e",
                "kappa", "loyalty_frac", "award_mean_it_kw"});
    return table;
}

Table holdings_table() {
    Table table{"holdings",
                "Chips of a firm by product: in racks, in the warehouse and on order. Rows without any are left out.",
                "quarter, firm, product",
                Written::each_quarter,
                {},
                [](const RecordedQuarter& at, const std::function<void(int, int)>& row) {
                    for (int f = 0; f < at.world.firm_count; ++f)
                        for (int p = 0; p < at.scenario.product_count; ++p) {
                            const Holding& held = at.world.firms[f].holdings[p];
                            std::int64_t chips = std::int64_t{held.installed} + held.warehouse;
                            for (const ChipOrder& order : at.world.firms[f].orders[p]) chips += order.chips;
                            if (chips > 0) row(f, p);
                        }
                }};
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back(firm_column());
    c.push_back({"product", text, "id", "", [](const Row& r) { return Cell{r.at.names.products[static_cast<std::size_t>(r.j)]}; }});
    add_fields(c, describe<Holding>(), [](const Row& r) { return static_cast<const void*>(&firm_of(r).holdings[r.j]); }, {});
    for (int slot = 0; slot < kOrderSlots; ++slot)
        c.push_back({"ordered_" + std::to_string(slot) + "_chips", integer, "chips",
                     slot == 0 ? "shipped this quarter and not yet paid" : "on order for delivery in " + std::to_string(slot) + " quarters",
                     [slot](const Row& r) { return whole(firm_of(r).orders[r.j][slot].chips); }});
    return table;
}

Table sites_table() {
    Table table{"sites",
                "Power and shells of a firm by region. Rows without any are left out.",
                "quarter, firm, region",
                Written::each_quarter,
                {},
                [](const RecordedQuarter& at, const std::function<void(int, int)>& row) {
                    for (int f = 0; f < at.world.firm_count; ++f)
                        for (int r = 0; r < at.scenario.region_count; ++r) {
                            const Site& site = at.world.firms[f].sites[r];
                            std::int64_t kw = std::int64_t{site.shell_kw} + site.grid_kw + site.onsite_kw + site.lease_kw;
                            for (std::int32_t won : site.won_kw) kw += won;
                            for (std::int32_t coming : site.onsite_coming_kw) kw += coming;
                            for (std::int32_t coming : site.lease_coming_kw) kw += coming;
                            if (kw > 0) row(f, r);
                        }
                }};
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back(firm_column());
    c.push_back({"region", text, "id", "", [](const Row& r) { return Cell{r.at.names.regions[static_cast<std::size_t>(r.j)]}; }});
    add_fields(c, describe<Site>(), [](const Row& r) { return static_cast<const void*>(&firm_of(r).sites[r.j]); },
               {"onsite_coming_kw", "vintage", "won_adder_usd_q", "lease_coming_term_q"});
    c.push_back({"onsite_coming_kw", integer, "kW", "on order, all quarters", [](const Row& r) {
                     std::int64_t sum = 0;
                     for (std::int32_t kw : firm_of(r).sites[r.j].onsite_coming_kw) sum += kw;
                     return whole(sum);
                 }});
    return table;
}

Table loans_table() {
    Table table{"loans",
                "Debt of a firm by tranche at the close of a quarter.",
                "quarter, firm, slot",
                Written::each_quarter,
                {},
                [](const RecordedQuarter& at, const std::function<void(int, int)>& row) {
                    for (int f = 0; f < at.world.firm_count; ++f)
                        for (int k = 0; k < kMaxTranches; ++k)
                            if (at.world.firms[f].debt[k].kind != DebtKind::none) row(f, k);
                }};
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back(firm_column());
    c.push_back({"slot", integer, "count", "of the firm's list of tranches", [](const Row& r) { return whole(r.j); }});
    c.push_back({"kind", text, "word", "revolver, bond, convertible, contract_backed, project or vendor",
                 [](const Row& r) { return word(kDebtKindNames, static_cast<int>(firm_of(r).debt[r.j].kind)); }});
    c.push_back({"creditor", text, "id", "investor, or the supplier that lent for its chips",
                 [](const Row& r) { return firm_cell(r.at, creditor_of(r.at.world, firm_of(r).debt[r.j])); }});
    add_fields(c, describe<Tranche>(), [](const Row& r) { return static_cast<const void*>(&firm_of(r).debt[r.j]); }, {"kind"});
    return table;
}

}  // namespace

std::vector<Table> firm_tables() { return {firms_table(), holdings_table(), sites_table(), loans_table()}; }

}  // namespace rackrace

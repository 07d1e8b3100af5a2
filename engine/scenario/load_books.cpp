#include "engine/scenario/load_books.h"

#include <algorithm>

#include "engine/base/quarter_index.h"
#include "engine/market/product_shares.h"
#include "engine/settle/backlog.h"

namespace rackrace {
namespace {

constexpr std::int32_t kWholeShares = 1'000'000'000;  // shares of a segment are kept in 1e-9
constexpr double kMixTolerance = 1e-9;

struct Books {
    Tables& tables;
    Scenario& scenario;
    World& world;
    Names& names;

    Usd& account(int party, Account a) const { return balance_of(world, party, a); }
    int firm_of(const CsvCells& cells, std::string_view column = "firm") const { return index_of(cells, column, names.firms, "firm"); }
    int product_of(const CsvCells& cells) const { return index_of(cells, "product", names.products, "product"); }
    int region_of(const CsvCells& cells) const { return index_of(cells, "region", names.regions, "region"); }
    /// A share of all customers of a segment as one of those that stay.
    double of_staying(int segment, double share_frac) const {
        const double left = tables.left_out.customers_frac[segment];
        return left < 1.0 ? share_frac / (1.0 - left) : 0.0;
    }
    /// Refuses unless a sum of one table is what another says.
    void compare(const std::string& place, const std::string& what, std::int64_t sum, std::int64_t stated) const {
        if (sum != stated)
            tables.refusals.add(
                {place, 0, 0, what + " add up to " + std::to_string(sum) + ", not to " + std::to_string(stated), "was a row changed or cut off?"});
    }
};

void load_firm_books(const Books& books) {
    const CsvTable table =
        books.tables.read("firms_2026q1.csv",
                          {"firm", "cash_usd", "undrawn_abl_usd", "undrawn_revolver_usd", "undrawn_project_usd", "core_cash_usd_year",
                           "core_revenue_usd_year", "staff_usd_q", "capability_oom", "train_frac", "share_enterprise_frac", "share_consumer_frac"},
                          {"firm"});
    const Parameters& p = books.scenario.parameters;
    double share[kMaxSegments][kMaxSellers] = {};
    for (const CsvRow& row : table.rows) {
        const CsvCells cells(table, row, books.tables.refusals);
        const int f = books.firm_of(cells);
        if (f < 0) continue;
        Firm& firm = books.world.firms[f];
        firm.role = books.scenario.firms[f].role;
        firm.status = FirmStatus::healthy;
        firm.shares = p.opening_shares;
        firm.own_frac = 1.0 / p.opening_shares;
        books.account(f, Account::cash) = dollars(cells, "cash_usd");
        firm.undrawn_contract_backed = dollars(cells, "undrawn_abl_usd", true);
        firm.undrawn_project = dollars(cells, "undrawn_project_usd", true);
        firm.revolver_limit = dollars(cells, "undrawn_revolver_usd", true);
        firm.core_cash_usd_q = number_or(cells, "core_cash_usd_year", 0.0) / p.quarters_per_year;
        firm.core_revenue_usd_q = number_or(cells, "core_revenue_usd_year", 0.0) / p.quarters_per_year;
        firm.staff_usd_q = number_or(cells, "staff_usd_q", 0.0);
        firm.capability_oom = cells.empty("capability_oom") ? 0.0 : cells.number("capability_oom");
        firm.train_frac = cells.empty("train_frac") ? p.train_neutral_frac : fraction(cells, "train_frac");
        share[0][f] = cells.empty("share_enterprise_frac") ? 0.0 : books.of_staying(0, fraction(cells, "share_enterprise_frac"));
        share[1][f] = cells.empty("share_consumer_frac") ? 0.0 : books.of_staying(1, fraction(cells, "share_consumer_frac"));
    }
    std::uint64_t ids[kMaxSellers];
    const int count = books.scenario.firm_count + 1;  // the outside alternative is the last seller
    for (int f = 0; f + 1 < count; ++f) ids[f] = books.scenario.firms[f].id;
    ids[count - 1] = id_of("outside");
    for (int s = 0; s < kMaxSegments; ++s) {
        double outside = 1.0;
        for (int f = 0; f + 1 < count; ++f) outside -= share[s][f];
        if (outside < 0.0)
            books.tables.refusals.add({table.place, 0, 0,
                                       std::string("shares of ") + (s == 0 ? "enterprise" : "consumer") + " customers add up to more than 1",
                                       "mend them"});
        share[s][count - 1] = max(outside, 0.0);
        std::int32_t counted[kMaxSellers] = {};
        count_shares(share[s], ids, count, kWholeShares, counted);
        for (int f = 0; f + 1 < count; ++f) books.world.firms[f].share_ppb[s] = counted[f];
        books.world.segments[s].outside_share_ppb = counted[count - 1];
    }
}

void load_sites(const Books& books) {
    const CsvTable table = books.tables.read("firm_regions_2026q1.csv",
                                             {"firm", "region", "grid_kw", "shell_it_kw", "leased_it_kw", "site_gross_usd", "site_depreciation_usd"},
                                             {"firm", "region"});
    const CsvTable leases = books.tables.read("leases_2026q1.csv", {"firm", "region", "it_kw", "rent_usd_kw_q", "left_q"}, {"firm", "region"});
    for (const CsvRow& row : leases.rows) {
        const CsvCells cells(leases, row, books.tables.refusals);
        const int f = books.firm_of(cells), r = books.region_of(cells);
        if (f < 0 || r < 0) continue;
        Site& site = books.world.firms[f].sites[r];
        site.lease_kw = whole_between(cells, "it_kw");
        site.lease_rent_usd_kw_q = number_at_least(cells, "rent_usd_kw_q", 0.0);
        site.lease_left_q = static_cast<std::int16_t>(whole_between(cells, "left_q", 1, kMaxLeaseQuarters));
    }
    std::int64_t stated_kw = 0;
    for (const CsvRow& row : table.rows) {
        const CsvCells cells(table, row, books.tables.refusals);
        const int f = books.firm_of(cells), r = books.region_of(cells);
        if (f < 0 || r < 0) continue;
        Site& site = books.world.firms[f].sites[r];
        site.grid_kw = whole_between(cells, "grid_kw");
        site.shell_kw = whole_between(cells, "shell_it_kw");
        const std::int32_t stated = whole_between(cells, "leased_it_kw");
        stated_kw += stated;
        if (stated != site.lease_kw)
            cells.refuse("leased_it_kw is " + std::to_string(stated) + ", leases_2026q1.csv has " + std::to_string(site.lease_kw), "make them agree");
        const Usd gross = dollars(cells, "site_gross_usd"), depreciation = dollars(cells, "site_depreciation_usd");
        if (depreciation > gross) cells.refuse("depreciation is above the gross cost", "mend it");
        books.account(f, Account::sites_gross) += gross;
        books.account(f, Account::sites_depreciation) -= depreciation;
    }
    std::int64_t listed = 0;
    for (int f = 0; f < books.scenario.firm_count; ++f)
        for (const Site& site : books.world.firms[f].sites) listed += site.lease_kw;
    books.compare(leases.place, "it_kw", listed, stated_kw);
}

void load_holdings(const Books& books) {
    const CsvTable table = books.tables.read("installed_2026q1.csv",
                                             {"firm", "product", "chips", "installed_chips", "warehouse_chips", "installed_gross_usd",
                                              "installed_depreciation_usd", "warehouse_gross_usd", "warehouse_depreciation_usd"},
                                             {"firm", "product"});
    for (const CsvRow& row : table.rows) {
        const CsvCells cells(table, row, books.tables.refusals);
        const int f = books.firm_of(cells), p = books.product_of(cells);
        if (f < 0 || p < 0) continue;
        Holding& holding = books.world.firms[f].holdings[p];
        holding.installed = whole_between(cells, "installed_chips");
        holding.warehouse = whole_between(cells, "warehouse_chips");
        holding.gross = dollars(cells, "installed_gross_usd") + dollars(cells, "warehouse_gross_usd");
        holding.depreciation = dollars(cells, "installed_depreciation_usd") + dollars(cells, "warehouse_depreciation_usd");
        const std::int64_t chips = static_cast<std::int64_t>(holding.installed) + holding.warehouse;
        if (chips != whole_between(cells, "chips"))
            cells.refuse("installed and warehouse are " + std::to_string(chips) + " chips, chips says " + cells.text("chips"), "make them add up");
        if (holding.depreciation > holding.gross) cells.refuse("depreciation is above the gross cost", "mend it");
        books.account(f, Account::chips_gross) += holding.gross;
        books.account(f, Account::chips_depreciation) -= holding.depreciation;
        books.world.products[p].total_opening += chips;
    }
}

void load_orders(const Books& books) {
    const CsvTable table = books.tables.read("orders_2026q1.csv", {"firm", "product", "due_quarter", "chips", "price_usd_chip", "deposit_usd"},
                                             {"firm", "product", "due_quarter"});
    for (const CsvRow& row : table.rows) {
        const CsvCells cells(table, row, books.tables.refusals);
        const int f = books.firm_of(cells), p = books.product_of(cells);
        const int due_t = quarter_between(cells, "due_quarter", kBooksQuarter + 1, kBooksQuarter + kOrderSlots - 1);
        if (f < 0 || p < 0) continue;
        const Product& product = books.scenario.products[p];
        if (product.buyers != Buyers::all && (product.buyer_mask >> f & 1u) == 0)
            cells.refuse("'" + cells.text("firm") + "' may not buy '" + cells.text("product") + "'", "see buyers in products.csv");
        ChipOrder& order = books.world.firms[f].orders[p][due_t - kBooksQuarter];
        order.chips = whole_between(cells, "chips", 1);
        order.price_usd_chip = number_at_least(cells, "price_usd_chip", 0.0);
        order.deposit = dollars(cells, "deposit_usd");
        books.world.on_order_chips[p] += order.chips;
        books.account(f, Account::chip_deposits) += order.deposit;
        books.account(product.vendor, Account::deposits_held) -= order.deposit;
    }
}

/// One row of debt_2026q1.csv as a tranche. A convertible's conversion price is its ratio to the share price until price_convertibles.
Tranche read_tranche(const CsvCells& cells) {
    const std::vector<std::string> kinds = {"NONE", "REV", "BOND", "CONV", "ABL", "PROJ"};  // in the order of DebtKind
    Tranche tranche{};
    const int kind = index_of(cells, "kind", kinds, "kind of debt");
    tranche.kind = static_cast<DebtKind>(std::max(kind, 1));
    if (kind == 0) cells.refuse("NONE is no kind of debt", "delete the row");
    const std::string& rate_kind = cells.text("rate_kind");
    if (rate_kind != "fixed" && rate_kind != "floating") cells.refuse("rate_kind '" + rate_kind + "' is unknown", "write fixed or floating");
    tranche.is_floating = rate_kind == "floating";
    tranche.is_amortising = whole_between(cells, "amortising", 0, 1) != 0;
    tranche.is_secured = cells.text("collateral") != "none";
    tranche.left_q = static_cast<std::int16_t>(whole_between(cells, "left_q", 1, 400));
    tranche.principal = dollars(cells, "principal_usd");
    if (tranche.principal.value == 0) cells.refuse("principal_usd is 0", "delete the row");
    tranche.rate_apr = tranche.is_floating ? number_at_least(cells, "spread_apr", 0.0) : number_at_least(cells, "apr", 0.0);
    if (tranche.kind == DebtKind::convertible) tranche.conversion_price = number_at_least(cells, "conversion_ratio", 0.01);
    return tranche;
}

void load_debt(const Books& books) {
    const CsvTable table = books.tables.read(
        "debt_2026q1.csv",
        {"firm", "tranche_i", "kind", "principal_usd", "apr", "rate_kind", "spread_apr", "left_q", "amortising", "collateral", "conversion_ratio"},
        {"firm", "tranche_i"});
    const CsvTable stated = books.tables.read("firms_2026q1.csv", {"firm", "debt_usd", "grid_kw"}, {"firm"});
    for (const CsvRow& row : table.rows) {
        const CsvCells cells(table, row, books.tables.refusals);
        const int f = books.firm_of(cells), slot = whole_between(cells, "tranche_i", 0, kMaxTranches - 1);
        if (f < 0) continue;
        const Tranche tranche = read_tranche(cells);
        books.world.firms[f].debt[slot] = tranche;
        books.account(f, Account::debt) -= tranche.principal;
    }
    for (const CsvRow& row : stated.rows) {
        const CsvCells cells(stated, row, books.tables.refusals);
        const int f = find_name(books.names.firms, cells.text("firm"));
        if (f < 0) continue;
        std::int64_t grid_kw = 0;
        for (const Site& site : books.world.firms[f].sites) grid_kw += site.grid_kw;
        books.compare(table.place, "tranches of '" + cells.text("firm") + "'", -books.account(f, Account::debt).value,
                      dollars(cells, "debt_usd").value);
        books.compare("firm_regions_2026q1.csv", "grid_kw of '" + cells.text("firm") + "'", grid_kw, whole_between(cells, "grid_kw"));
    }
}

void load_pipeline(const Books& books) {
    const CsvTable table =
        books.tables.read("pipeline_2026q1.csv",
                          {"firm", "region", "quarter", "grid_kw", "shell_it_kw", "leased_it_kw", "shell_cost_usd", "shell_spent_usd", "build_q"},
                          {"firm", "region", "quarter"});
    books.scenario.arrivals_t = kBooksQuarter + 1;
    for (const CsvRow& row : table.rows) {
        const CsvCells cells(table, row, books.tables.refusals);
        const int f = books.firm_of(cells), r = books.region_of(cells);
        const int t = quarter_between(cells, "quarter", kBooksQuarter + 1, kBooksQuarter + kArrivalQuarters);
        if (f < 0 || r < 0) continue;
        Arrival& arrival = books.scenario.arrivals[f][r][t - books.scenario.arrivals_t];
        arrival.grid_kw = whole_between(cells, "grid_kw");
        arrival.shell_kw = whole_between(cells, "shell_it_kw");
        arrival.lease_kw = whole_between(cells, "leased_it_kw");
        arrival.build_q = cells.empty("build_q") ? 0 : whole_between(cells, "build_q", 1, kMaxQuarters);
        arrival.shell_cost = dollars(cells, "shell_cost_usd");
        arrival.shell_spent = dollars(cells, "shell_spent_usd");
        if ((arrival.shell_kw > 0) != (arrival.build_q > 0)) cells.refuse("build_q and shell_it_kw belong together", "give both or neither");
        if (arrival.shell_spent > arrival.shell_cost) cells.refuse("shell_spent_usd is above shell_cost_usd", "mend it");
        books.account(f, Account::building) += arrival.shell_spent;
    }
}

Contract read_contract(const CsvCells& cells, int seller, int buyer) {
    Contract contract{};
    contract.seller = static_cast<std::int16_t>(seller);
    contract.buyer = static_cast<std::int16_t>(buyer);
    contract.generation = static_cast<std::int16_t>(whole_between(cells, "gen", 0, kMaxGenerations - 1));
    contract.start_t = static_cast<std::int16_t>(quarter_between(cells, "start_quarter", -40, kMaxQuarters - 1));
    contract.end_t =
        static_cast<std::int16_t>(quarter_between(cells, "end_quarter", std::max<int>(contract.start_t, kBooksQuarter + 1), kMaxQuarters - 1));
    contract.ramp_q = static_cast<std::int16_t>(whole_between(cells, "ramp_q", 1, kMaxQuarters));
    contract.renegotiated_t = -1;
    contract.quantity_h100e = whole_between(cells, "quantity_h100e", 1);
    contract.price_usd_h = number_at_least(cells, "price_usd_h", 0.0);
    contract.takeorpay_frac = fraction(cells, "takeorpay_frac");
    contract.first_frac = fraction(cells, "first_frac");
    contract.prepaid = dollars(cells, "prepaid_usd");
    return contract;
}

void load_contracts(const Books& books) {
    const CsvTable table = books.tables.read("contracts_2026q1.csv",
                                             {"contract", "seller", "buyer", "gen", "quantity_h100e", "price_usd_h", "takeorpay_frac",
                                              "start_quarter", "end_quarter", "ramp_q", "first_frac", "prepaid_usd"},
                                             {"contract"});
    std::map<std::string, Contract> signed_rows;  // ids follow the names, not the rows
    int of_firm[kParties] = {};
    for (const CsvRow& row : table.rows) {
        const CsvCells cells(table, row, books.tables.refusals);
        if (find_name(books.tables.without_contracts, cells.text("contract")) >= 0) continue;
        const int seller = books.firm_of(cells, "seller");
        const int buyer = cells.text("buyer") == "outside" ? static_cast<int>(kCustomer) : books.firm_of(cells, "buyer");
        if (seller < 0 || buyer < 0) continue;
        if (seller == buyer) cells.refuse("'" + cells.text("seller") + "' sells to itself", "name another buyer");
        const Contract contract = read_contract(cells, seller, buyer);
        if (++of_firm[seller] > kMaxFirmContracts || (is_firm(buyer) && ++of_firm[buyer] > kMaxFirmContracts))
            cells.refuse("more than " + std::to_string(kMaxFirmContracts) + " contracts of one firm", "merge rows");
        books.account(buyer, Account::prepaid_compute) += contract.prepaid;
        books.account(seller, Account::deferred_revenue) -= contract.prepaid;
        signed_rows.emplace(cells.text("contract"), contract);
    }
    if (signed_rows.size() > kMaxContracts) {
        books.tables.refusals.add({table.place, 0, 0, "more than " + std::to_string(kMaxContracts) + " contracts", "merge rows"});
        return;
    }
    books.world.next_contract_id = 1;
    for (auto& [name, contract] : signed_rows) {
        contract.id = books.world.next_contract_id++;
        books.world.contracts[contract.id - 1] = contract;
        books.world.backlog += contract_backlog(books.scenario.parameters, contract, kBooksQuarter);
        books.names.contracts.push_back(name);
    }
}

void load_agreements(const Books& books) {
    const CsvTable table = books.tables.read(
        "supply_agreements_2026q1.csv",
        {"agreement", "supplier", "buyer", "product_rule", "chips_q", "first_quarter", "last_quarter", "discount_frac"}, {"agreement"});
    std::map<std::string, SupplyAgreement> signed_rows;
    for (const CsvRow& row : table.rows) {
        const CsvCells cells(table, row, books.tables.refusals);
        const int supplier = books.firm_of(cells, "supplier"), buyer = books.firm_of(cells, "buyer");
        if (supplier < 0 || buyer < 0) continue;
        SupplyAgreement agreement{};
        agreement.supplier = static_cast<std::int16_t>(supplier);
        agreement.buyer = static_cast<std::int16_t>(buyer);
        agreement.product =
            static_cast<std::int16_t>(cells.text("product_rule") == "newest" ? -1 : index_of(cells, "product_rule", books.names.products, "product"));
        if (books.scenario.firms[supplier].supplier_slot < 0) cells.refuse("'" + cells.text("supplier") + "' is no supplier", "name one");
        if (agreement.product >= 0 && books.scenario.products[agreement.product].vendor != supplier)
            cells.refuse("'" + cells.text("product_rule") + "' is not made by '" + cells.text("supplier") + "'",
                         "write newest or one of its products");
        agreement.chips_q = whole_between(cells, "chips_q", 1);
        agreement.first_t = static_cast<std::int16_t>(quarter_between(cells, "first_quarter", kBooksQuarter + 1, kMaxQuarters - 1));
        agreement.last_t = static_cast<std::int16_t>(quarter_between(cells, "last_quarter", agreement.first_t, kMaxQuarters - 1));
        agreement.is_accepted = 1;
        agreement.discount_frac = fraction(cells, "discount_frac");
        signed_rows.emplace(cells.text("agreement"), agreement);
    }
    if (signed_rows.size() > kMaxAgreements) {
        books.tables.refusals.add({table.place, 0, 0, "more than " + std::to_string(kMaxAgreements) + " agreements", "merge rows"});
        return;
    }
    int slot = 0;
    for (const auto& [name, agreement] : signed_rows) books.world.agreements[slot++] = agreement;
}

void load_flows(const Books& books) {
    const CsvTable table = books.tables.read("opening_flows_2026q1.csv",
                                             {"firm", "quarter", "revenue_usd", "ebitda_ai_usd", "ebitda_core_usd", "net_outflow_usd",
                                              "takeorpay_receipts_usd", "interest_usd", "payout_usd", "loss_carryforward_usd"},
                                             {"firm", "quarter"});
    bool has[kMaxFirms][kHistoryQuarters] = {};
    for (const CsvRow& row : table.rows) {
        const CsvCells cells(table, row, books.tables.refusals);
        const int f = books.firm_of(cells);
        const int age = kBooksQuarter - quarter_between(cells, "quarter", kBooksQuarter - kHistoryQuarters + 1, kBooksQuarter);
        if (f < 0) continue;
        Flows& flows = books.world.firms[f].history[age];
        has[f][age] = true;
        flows.revenue = dollars(cells, "revenue_usd");
        flows.ebitda_ai = signed_dollars(cells, "ebitda_ai_usd");
        flows.ebitda_core = signed_dollars(cells, "ebitda_core_usd");
        flows.net_outflow = signed_dollars(cells, "net_outflow_usd");
        flows.takeorpay_receipts = dollars(cells, "takeorpay_receipts_usd");
        flows.interest = dollars(cells, "interest_usd");
        flows.payout = dollars(cells, "payout_usd");
        if (age == 0) books.world.firms[f].loss_carryforward = dollars(cells, "loss_carryforward_usd");
    }
    for (int f = 0; f < books.scenario.firm_count && !table.rows.empty(); ++f)
        for (int age = 0; age < kHistoryQuarters; ++age)
            if (!has[f][age])
                books.tables.refusals.add({table.place, 0, 0,
                                           books.names.firms[static_cast<std::size_t>(f)] + " has no row for " + quarter_name(kBooksQuarter - age),
                                           "add it"});
}

/// Splits the packaging path over the suppliers, and each supplier's wafers over its products: whole wafers that add up exactly.
void load_wafer_ring(const Books& books, const std::map<std::string, double>& start_shares) {
    const Scenario& scenario = books.scenario;
    const CsvTable table =
        books.tables.read("wafer_mix_2026q1.csv", {"supplier", "quarter", "product", "mix_frac"}, {"supplier", "quarter", "product"});
    double mix[kMaxProducts][kWaferSlots] = {};
    for (const CsvRow& row : table.rows) {
        const CsvCells cells(table, row, books.tables.refusals);
        const int supplier = books.firm_of(cells, "supplier"), p = books.product_of(cells);
        const int ahead = quarter_between(cells, "quarter", kBooksQuarter + 1, kBooksQuarter + kWaferSlots - 1) - kBooksQuarter;
        const double part = fraction(cells, "mix_frac");
        if (supplier < 0 || p < 0) continue;
        if (scenario.products[p].vendor != supplier || scenario.products[p].buyers == Buyers::used_only)
            cells.refuse("'" + cells.text("supplier") + "' does not make '" + cells.text("product") + "'", "see vendor in products.csv");
        mix[p][ahead] = part;
    }
    if (table.rows.empty()) return;
    double share[kMaxSuppliers] = {}, share_sum = 0.0;
    std::uint64_t supplier_ids[kMaxSuppliers] = {}, product_ids[kMaxProducts] = {};
    for (int f = 0; f < scenario.firm_count; ++f) {
        const int slot = scenario.firms[f].supplier_slot;
        if (slot < 0) continue;
        const std::string key = "wafer_start_share_" + books.names.firms[static_cast<std::size_t>(f)] + "_frac";
        const auto at = start_shares.find(key);
        if (at == start_shares.end() || at->second < 0.0)
            books.tables.refusals.add({"parameters.csv", 0, 0, "parameter '" + key + "' is missing or negative", "add it"});
        else share[slot] = at->second;
        supplier_ids[slot] = scenario.firms[f].id;
        books.world.suppliers[slot].firm = f;
        share_sum += share[slot];
    }
    const double staying = 1.0 - books.tables.left_out.wafers_frac;
    if (share_sum < staying - kMixTolerance || share_sum > staying + kMixTolerance)
        books.tables.refusals.add({"parameters.csv", 0, 0, "wafer_start_share_*_frac do not add up to 1", "mend them"});
    if (!books.tables.left_out.empty() && share_sum > 0.0)
        for (double& part : share) part /= share_sum;
    for (int p = 0; p < scenario.product_count; ++p) product_ids[p] = scenario.products[p].id;
    for (int ahead = 1; ahead < kWaferSlots; ++ahead) {
        std::int32_t allotted[kMaxSuppliers] = {};
        const std::int64_t wafers = floor_to_int64(scenario.packaging_wafers[kBooksQuarter + ahead]);
        count_shares(share, supplier_ids, scenario.supplier_count, to_int32(wafers), allotted);
        for (int slot = 0; slot < scenario.supplier_count; ++slot) {
            SupplierState& supplier = books.world.suppliers[slot];
            double own[kMaxProducts] = {}, sum = 0.0;
            for (int p = 0; p < scenario.product_count; ++p) {
                own[p] = scenario.products[p].vendor == supplier.firm ? mix[p][ahead] : 0.0;
                sum += own[p];
            }
            if (!books.tables.left_out.empty()) {  // in-house lines of owners that left are not made
                if (sum <= 0.0) continue;
                for (double& part : own) part /= sum;
                sum = 1.0;
            }
            if (sum < 1.0 - kMixTolerance || sum > 1.0 + kMixTolerance)
                books.tables.refusals.add({table.place, 0, 0,
                                           "mix of '" + books.names.firms[static_cast<std::size_t>(supplier.firm)] + "' in " +
                                               quarter_name(kBooksQuarter + ahead) + " does not add up to 1",
                                           "mend it"});
            std::int32_t counted[kMaxProducts] = {};
            count_shares(own, product_ids, scenario.product_count, allotted[slot], counted);
            for (int p = 0; p < scenario.product_count; ++p) books.world.products[p].wafers[ahead] += counted[p];
            supplier.allotted_wafers[ahead] = allotted[slot];
        }
    }
    for (int slot = 0; slot < scenario.supplier_count; ++slot)  // what they had before is in no table
        books.world.suppliers[slot].allotted_wafers[0] = books.world.suppliers[slot].allotted_wafers[kWaferSlots] = -1;
}

/// Paid-in capital balances every firm; the investor holds all of it and all debt, and has no cash of its own.
void close_balances(const Books& books) {
    Usd lent{}, owned{};
    for (int f = 0; f < books.scenario.firm_count; ++f) {
        Usd sum{};
        for (const Usd& balance : books.world.balance[f]) sum += balance;
        books.account(f, Account::paid_in) = -sum;
        lent -= books.account(f, Account::debt);
        owned += sum;
        books.world.opening_money += books.account(f, Account::cash).value;
    }
    books.account(kInvestor, Account::loans_made) = lent;
    books.account(kInvestor, Account::shares_held) = owned;
    books.account(kInvestor, Account::retained) = -(lent + owned);
    books.account(kCustomer, Account::retained) = -books.account(kCustomer, Account::prepaid_compute);
}

}  // namespace

void load_books(Tables& tables, const std::map<std::string, double>& other_parameters, Scenario& scenario, World& world, Names& names) {
    const Books books{tables, scenario, world, names};
    world.firm_count = scenario.firm_count;
    load_firm_books(books);
    load_sites(books);
    load_holdings(books);
    load_orders(books);
    load_debt(books);
    load_pipeline(books);
    load_contracts(books);
    load_agreements(books);
    load_flows(books);
    load_wafer_ring(books, other_parameters);
    std::int64_t held_kw = 0;
    for (int r = 0; r < scenario.region_count; ++r) {
        held_kw = 0;
        for (int f = 0; f < scenario.firm_count; ++f) held_kw += world.firms[f].sites[r].grid_kw;
        if (!tables.left_out.empty()) scenario.regions[r].grid_held_kw = static_cast<std::int32_t>(held_kw);  // the table's is that of all firms
        books.compare("firm_regions_2026q1.csv", "grid_kw in '" + names.regions[static_cast<std::size_t>(r)] + "'", held_kw,
                      scenario.regions[r].grid_held_kw);
    }
    close_balances(books);
}

}  // namespace rackrace

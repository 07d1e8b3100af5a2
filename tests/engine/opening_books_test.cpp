// The opening world against the tables it comes from: figures, identities, the opening arithmetic of model.md appendix C, row order, bad files.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <random>
#include <set>

#include "engine/market/asset_backed_loan.h"
#include "engine/market/product_shares.h"
#include "engine/market/site_power.h"
#include "engine/market/wafers.h"
#include "engine/quarter/run.h"
#include "engine/scenario/csv.h"
#include "engine/settle/borrowing_base.h"
#include "engine/settle/identities.h"
#include "engine/settle/rating.h"
#include "tests/engine/scenario_data.h"

using namespace rackrace;
using namespace rackrace::test;

namespace {

const std::vector<std::string> kTables = {"contracts_2026q1.csv", "debt_2026q1.csv",   "firm_regions_2026q1.csv",      "firms_2026q1.csv",
                                          "installed_2026q1.csv", "leases_2026q1.csv", "opening_flows_2026q1.csv",     "orders_2026q1.csv",
                                          "parameters.csv",       "paths.csv",         "pipeline_2026q1.csv",          "product_buyers.csv",
                                          "products.csv",         "regions.csv",       "supply_agreements_2026q1.csv", "wafer_mix_2026q1.csv"};

/// A table read anew, row by row, apart from the loader: one of data/model, or with ../ of data.
void each_row(const std::string& table, const std::vector<std::string>& columns, const std::function<void(const CsvCells&)>& check) {
    const auto read = read_csv(kData / "model" / table, columns);
    REQUIRE(read);
    Refusals refusals;
    for (const CsvRow& row : read->rows) {
        CAPTURE(table, row.line);
        check(CsvCells(*read, row, refusals));
    }
    CHECK(refusals.empty());
}

int firm_of(const std::string& name) { return index_of_name(base_scenario().names.firms, name); }
int product_of(const std::string& name) { return index_of_name(base_scenario().names.products, name); }
int region_of(const std::string& name) { return index_of_name(base_scenario().names.regions, name); }

const Scenario& scenario() { return base_scenario().scenario; }
const World& opening() { return base_scenario().opening; }
const Parameters& parameters() { return scenario().parameters; }
std::int64_t account(int party, Account a) { return balance_of(opening(), party, a).value; }

/// What a firm's opening orders of one quarter cost: the price of the chips, and the systems around them.
struct QuarterOfOrders {
    double price_usd = 0.0, systems_usd = 0.0;
};

QuarterOfOrders quarter_of_orders(int f) {
    QuarterOfOrders cost;
    for (int p = 0; p < scenario().product_count; ++p) {
        const ChipOrder& order = opening().firms[f].orders[p][1];
        cost.price_usd += order.chips * order.price_usd_chip;
        cost.systems_usd += order.chips * scenario().products[p].system_usd_chip;
    }
    return cost;
}

/// The four quarters after the opening at its pace. The books have chips on order for two quarters and nobody orders more, so a third and a fourth
/// quarter of the same orders are reckoned beside the run: a deposit two quarters ahead in each, balance and systems in the last two.
class YearAtOpeningPace : public QuarterListener {
public:
    void on_opening(const Scenario&, const World&) override {}
    void on_close(const ClosedQuarter& closed) override {
        const double deposit = parameters().chip_deposit_frac;
        for (int f = 0; f < scenario().firm_count; ++f) {
            const QuarterOfOrders orders = quarter_of_orders(f);
            spent_usd[f] += to_double(closed.world.firms[f].history[0].net_outflow) + deposit * orders.price_usd;
            if (closed.world.t > opening().t + 2) spent_usd[f] += (1.0 - deposit) * orders.price_usd + orders.systems_usd;
            least_cash_usd[f] = std::min(least_cash_usd[f], static_cast<double>(account(f, Account::cash)) - spent_usd[f]);
            paid_back_usd[f] += to_double(paid(closed.ledger, f, Kind::debt_repayment));
        }
    }

    double spent_usd[kMaxFirms] = {};      // before any financing
    double least_cash_usd[kMaxFirms] = {};  // at a close, without new money
    double paid_back_usd[kMaxFirms] = {};  // principal of loans
};

YearAtOpeningPace play_a_year(std::uint64_t seed) {
    YearAtOpeningPace year;
    std::fill(std::begin(year.least_cash_usd), std::end(year.least_cash_usd), 1e15);
    Scenario four_quarters = scenario();
    four_quarters.end_t = opening().t + 4;
    World world = opening();
    REQUIRE(play_run(four_quarters, world, seed, nullptr, &year).is_complete);
    return year;
}

}  // namespace

TEST_CASE("The facts are those of the tables", "[engine][books]") {
    each_row("products.csv",
             {"slot_i", "product", "vendor", "gen", "training_h100e_chip", "inference_h100e_chip", "data_h100e_chip", "kw_chip", "list_usd_chip",
              "system_usd_chip", "row_share_frac"},
             [](const CsvCells& row) {
                 const Product& product = scenario().products[row.whole("slot_i")];
                 CHECK(product_of(row.text("product")) == row.whole("slot_i"));
                 CHECK(product.vendor == firm_of(row.text("vendor")));
                 CHECK(product.generation == row.whole("gen"));
                 CHECK(product.training_h100e_chip == row.number("training_h100e_chip"));
                 CHECK(product.inference_h100e_chip == row.number("inference_h100e_chip"));
                 CHECK(product.data_h100e_chip == row.number("data_h100e_chip"));
                 CHECK(product.kw_chip == row.number("kw_chip"));
                 CHECK(product.list_usd_chip == row.number("list_usd_chip"));
                 CHECK(product.system_usd_chip == row.number("system_usd_chip"));
                 CHECK(product.row_share_frac == row.number_or("row_share_frac", 0.0));
             });
    each_row("product_buyers.csv", {"product", "buyer"}, [](const CsvCells& row) {
        CHECK((scenario().products[product_of(row.text("product"))].buyer_mask >> firm_of(row.text("buyer")) & 1u) == 1u);
    });
    each_row("regions.csv",
             {"region_i", "region", "grid_held_kw", "grid_free_kw", "grid_addition_kw_q", "pue_ratio", "base_power_usd_mwh", "onsite_usd_kw",
              "labour_cap_it_kw"},
             [](const CsvCells& row) {
                 const Region& region = scenario().regions[row.whole("region_i")];
                 CHECK(region_of(row.text("region")) == row.whole("region_i"));
                 CHECK(region.grid_addition_kw_q == row.whole("grid_addition_kw_q"));
                 CHECK(region.pue_ratio == row.number("pue_ratio"));
                 CHECK(region.onsite_usd_kw == row.number("onsite_usd_kw"));
                 CHECK(region.labour_cap_it_kw == row.whole("labour_cap_it_kw"));
                 const RegionState& state = opening().regions[row.whole("region_i")];
                 CHECK(state.free_kw == row.whole("grid_free_kw"));
                 CHECK(state.exogenous_kw == row.whole("grid_free_kw") + row.whole("grid_held_kw"));
                 CHECK(state.energy_price_usd_mwh == row.number("base_power_usd_mwh"));
             });
    each_row("paths.csv", {"quarter", "series", "value"}, [](const CsvCells& row) {
        const int t = row.quarter("quarter");
        const std::string& series = row.text("series");
        if (series == "packaging_wafers") CHECK(scenario().packaging_wafers[t] == row.number("value"));
        if (series == "outside_demand_growth_frac") CHECK(scenario().outside_demand_growth_frac[t] == row.number("value"));
        if (series == "core_growth_steady_frac") CHECK(scenario().core_growth_frac[1][t] == row.number("value"));
    });
    CHECK(scenario().packaging_wafers[39] == scenario().packaging_wafers[35]);
    CHECK(scenario().firm_count == 17);
    CHECK(scenario().supplier_count == 3);
    CHECK(scenario().products[product_of("hopper")].last_t < scenario().products[product_of("hopper")].first_t);
}

TEST_CASE("Firms open with the books of the tables", "[engine][books]") {
    each_row("firms_2026q1.csv",
             {"firm", "name", "role", "cash_usd", "debt_usd", "other_lease_pv_usd", "undrawn_abl_usd", "undrawn_revolver_usd", "undrawn_project_usd",
              "core_cash_usd_year", "staff_usd_q", "capability_oom", "train_frac", "share_enterprise_frac", "share_consumer_frac", "chip_life_q"},
             [](const CsvCells& row) {
                 const int f = firm_of(row.text("firm"));
                 const Firm& firm = opening().firms[f];
                 CHECK(base_scenario().names.firm_titles[static_cast<std::size_t>(f)] == row.text("name"));
                 CHECK(account(f, Account::cash) == row.whole("cash_usd"));
                 CHECK(account(f, Account::debt) == -row.whole("debt_usd"));
                 CHECK(firm.undrawn_contract_backed.value == row.whole_or("undrawn_abl_usd", 0));
                 CHECK(firm.undrawn_project.value == row.whole_or("undrawn_project_usd", 0));
                 CHECK(scenario().firms[f].opening_revolver_usd == row.number_or("undrawn_revolver_usd", 0.0));
                 CHECK(to_double(firm.revolver_limit) >= scenario().firms[f].opening_revolver_usd);
                 CHECK(firm.core_cash_usd_q == row.number_or("core_cash_usd_year", 0.0) / 4.0);
                 CHECK(firm.staff_usd_q == row.number("staff_usd_q"));
                 CHECK(firm.train_frac == row.number_or("train_frac", 0.3));
                 CHECK(firm.share_ppb[0] == Approx(row.number_or("share_enterprise_frac", 0.0) * 1e9));
                 CHECK(firm.share_ppb[1] == Approx(row.number_or("share_consumer_frac", 0.0) * 1e9));
                 CHECK(scenario().firms[f].other_lease_pv_usd == row.number("other_lease_pv_usd"));
                 CHECK(scenario().firms[f].chip_life_q == row.whole("chip_life_q"));
                 CHECK(scenario().firms[f].has_capability == !row.empty("capability_oom"));
                 CHECK(firm.capability_oom == row.number_or("capability_oom", -4 * 0.2375));
                 CHECK((firm.price_usd_task[0] > 0.0) == !row.empty("capability_oom"));
                 CHECK(firm.status == FirmStatus::healthy);
             });
    std::int64_t building[kMaxFirms] = {}, deposits[kMaxFirms] = {}, held[kMaxFirms] = {};
    each_row("pipeline_2026q1.csv",
             {"firm", "region", "quarter", "grid_kw", "shell_it_kw", "leased_it_kw", "shell_cost_usd", "shell_spent_usd", "build_q"},
             [&](const CsvCells& row) {
                 const int f = firm_of(row.text("firm"));
                 const Arrival& arrival = scenario().arrivals[f][region_of(row.text("region"))][row.quarter("quarter") - scenario().arrivals_t];
                 CHECK(arrival.grid_kw == row.whole("grid_kw"));
                 CHECK(arrival.shell_kw == row.whole("shell_it_kw"));
                 CHECK(arrival.lease_kw == row.whole("leased_it_kw"));
                 CHECK(arrival.shell_cost.value == row.whole("shell_cost_usd"));
                 CHECK(arrival.build_q == row.whole_or("build_q", 0));
                 building[f] += row.whole("shell_spent_usd");
             });
    each_row("orders_2026q1.csv", {"firm", "product", "due_quarter", "chips", "price_usd_chip", "deposit_usd"}, [&](const CsvCells& row) {
        const int f = firm_of(row.text("firm")), p = product_of(row.text("product"));
        const ChipOrder& order = opening().firms[f].orders[p][row.quarter("due_quarter") - 8];
        CHECK(order.chips == row.whole("chips"));
        CHECK(order.price_usd_chip == row.number("price_usd_chip"));
        deposits[f] += row.whole("deposit_usd");
        held[scenario().products[p].vendor] += row.whole("deposit_usd");
    });
    for (int f = 0; f < scenario().firm_count; ++f) {
        CHECK(account(f, Account::building) == building[f]);
        CHECK(account(f, Account::chip_deposits) == deposits[f]);
        CHECK(account(f, Account::deposits_held) == -held[f]);
    }
    each_row("installed_2026q1.csv", {"firm", "product", "installed_chips", "warehouse_chips"}, [](const CsvCells& row) {
        const Holding& holding = opening().firms[firm_of(row.text("firm"))].holdings[product_of(row.text("product"))];
        CHECK(holding.installed == row.whole("installed_chips"));
        CHECK(holding.warehouse == row.whole("warehouse_chips"));
    });
    each_row("debt_2026q1.csv", {"firm", "tranche_i", "principal_usd", "apr", "rate_kind", "spread_apr", "left_q", "conversion_ratio"},
             [](const CsvCells& row) {
                 const Firm& firm = opening().firms[firm_of(row.text("firm"))];
                 const Tranche& tranche = firm.debt[row.whole("tranche_i")];
                 CHECK(tranche.principal.value == row.whole("principal_usd"));
                 CHECK(tranche.rate_apr == (row.text("rate_kind") == "floating" ? row.number("spread_apr") : row.number("apr")));
                 CHECK(tranche.left_q == row.whole("left_q"));
                 CHECK(tranche.conversion_price == Approx(row.number_or("conversion_ratio", 0.0) * firm.equity_value_usd / firm.shares));
             });
    each_row("opening_flows_2026q1.csv", {"firm", "quarter", "revenue_usd", "ebitda_ai_usd", "net_outflow_usd"}, [](const CsvCells& row) {
        const Flows& flows = opening().firms[firm_of(row.text("firm"))].history[8 - row.quarter("quarter")];
        CHECK(flows.revenue.value == row.whole("revenue_usd"));
        CHECK(flows.ebitda_ai.value == row.whole("ebitda_ai_usd"));
        CHECK(flows.net_outflow.value == row.whole("net_outflow_usd"));
    });
}

TEST_CASE("Contracts and agreements of the books are live, with ids in the order of their names", "[engine][books]") {
    int count = 0;
    each_row("contracts_2026q1.csv",
             {"contract", "seller", "buyer", "gen", "quantity_h100e", "price_usd_h", "takeorpay_frac", "start_quarter", "end_quarter", "ramp_q",
              "first_frac", "prepaid_usd"},
             [&](const CsvCells& row) {
                 ++count;
                 const int i = index_of_name(base_scenario().names.contracts, row.text("contract"));
                 REQUIRE(i >= 0);
                 const Contract& contract = opening().contracts[i];
                 CHECK(contract.id == i + 1);
                 CHECK(contract.seller == firm_of(row.text("seller")));
                 CHECK(contract.buyer == (row.text("buyer") == "outside" ? static_cast<int>(kCustomer) : firm_of(row.text("buyer"))));
                 CHECK(contract.quantity_h100e == row.whole("quantity_h100e"));
                 CHECK(contract.price_usd_h == row.number("price_usd_h"));
                 CHECK(contract.takeorpay_frac == row.number("takeorpay_frac"));
                 CHECK(contract.start_t == row.quarter("start_quarter"));
                 CHECK(contract.end_t == row.quarter("end_quarter"));
                 CHECK(contract.ramp_q == row.whole("ramp_q"));
                 CHECK(contract.prepaid.value == row.whole("prepaid_usd"));
                 CHECK(contract.renegotiated_t == -1);
             });
    CHECK(opening().next_contract_id == count + 1);
    CHECK(std::is_sorted(base_scenario().names.contracts.begin(), base_scenario().names.contracts.end()));
    CHECK(opening().agreements[0].chips_q == 40000);
    CHECK(opening().agreements[1].chips_q == 60000);
    CHECK(opening().agreements[1].product == -1);
    CHECK(opening().agreements[2].chips_q == 0);
}

TEST_CASE("The wafers under way add up to the packaging path", "[engine][books]") {
    for (int ahead = 1; ahead < kWaferSlots; ++ahead) {
        std::int64_t allotted = 0, on_the_way = 0;
        for (int s = 0; s < scenario().supplier_count; ++s) allotted += opening().suppliers[s].allotted_wafers[ahead];
        for (int p = 0; p < scenario().product_count; ++p) on_the_way += opening().products[p].wafers[ahead];
        CHECK(static_cast<double>(allotted) == scenario().packaging_wafers[8 + ahead]);
        CHECK(on_the_way == allotted);
    }
}

TEST_CASE("The identities hold at the start", "[engine][books]") {
    const World& world = opening();
    CHECK(world.t == 8);
    CHECK(world.start_t == 9);
    CHECK(check_money(world).identity == 0);
    CHECK(check_balance_sheets(world).identity == 0);
    CHECK(check_debt(world).identity == 0);
    CHECK(check_fixed_assets(world).identity == 0);
    CHECK(check_chips(scenario(), world).identity == 0);
    CHECK(check_orders(scenario(), world).identity == 0);
    CHECK(check_power(scenario(), world).identity == 0);
    CHECK(check_contracts(scenario(), world).identity == 0);
    CHECK(check_shares(scenario(), world).identity == 0);
    CHECK(is_finite_record(world));
}

TEST_CASE("The opening arithmetic of appendix C comes out within 5 percent", "[engine][books]") {
    const auto near = [](double target) { return Approx(target).epsilon(0.05); };
    const Parameters& p = parameters();
    double owned = 0, needed_kw = 0, usable_kw = 0, training = 0, inference = 0, saturation = 0, big_five = 0, on_order_kw = 0, sites = 0,
           sold_ahead = 0;
    for (int f = 0; f < scenario().firm_count; ++f) {
        const Firm& firm = opening().firms[f];
        const double uptime = p.uptime_frac[static_cast<int>(firm.role)];
        usable_kw += usable_it_kw(scenario(), firm);
        saturation += scenario().firms[f].core_saturation_h100e;
        for (int i = 0; i < scenario().product_count; ++i) {
            const Product& product = scenario().products[i];
            const double chips = firm.holdings[i].installed + firm.holdings[i].warehouse, ordered = firm.orders[i][1].chips;
            owned += chips * product.data_h100e_chip;
            needed_kw += chips * product.kw_chip;
            training += firm.holdings[i].installed * product.training_h100e_chip * uptime;
            inference += firm.holdings[i].installed * product.inference_h100e_chip * uptime;
            on_order_kw += ordered * product.kw_chip;
            if (firm.role == Role::hyperscaler) big_five += ordered * (firm.orders[i][1].price_usd_chip + product.system_usd_chip);
        }
        for (int r = 0; r < scenario().region_count; ++r) {
            for (const Arrival& arrival : scenario().arrivals[f][r]) {
                sold_ahead += arrival.grid_kw;
                if (arrival.build_q > 0) sites += to_double(arrival.shell_cost) / arrival.build_q;
            }
        }
    }
    CHECK(owned / 1e6 == near(19.8));
    CHECK(needed_kw / 1e6 == near(19.5));
    CHECK(usable_kw / 1e6 == near(14.9));
    CHECK(training / 1e6 == near(14.6));
    CHECK(inference / 1e6 == near(16.6));
    CHECK(p.core_use_neutral_ratio * saturation / 1e6 == near(5.5));
    CHECK(p.train_neutral_frac * inference / 1e6 == near(5.0));
    CHECK(big_five / 1e9 == near(64));
    CHECK(sites / 1e9 == near(32));
    CHECK(sold_ahead / 1e6 == near(15.8));
    CHECK(on_order_kw / 1e6 == near(3.4));

    double spending = 0, tasks = 0, revenue = 0;
    const int openai = firm_of("openai");
    for (int s = 0; s < kMaxSegments; ++s) {
        const SegmentState& segment = opening().segments[s];
        spending += segment.quantity_task_units * segment.mean_price_usd_task * 4.0;
        tasks += segment.quantity_task_units;
        revenue += segment.quantity_task_units * opening().firms[openai].share_ppb[s] * 1e-9 * opening().firms[openai].price_usd_task[s];
    }
    CHECK(spending / 1e9 == near(99));
    CHECK(opening().ai_revenue_usd / 1e9 == near(99.0 / 4.0));
    CHECK(tasks / (p.hours_per_quarter * p.inference_utilisation_max_frac) / 1e6 == near(4.4));
    CHECK(revenue / 1e9 == near(6.3));
    const double outside = (opening().outside_demand_h100e[0] + opening().outside_demand_h100e[1]) *
                           rackrace::pow(opening().spot_usd_h[0] / p.spot_reference_price_usd_h, p.outside_demand_elasticity);
    CHECK(outside / 1e6 == near(2.4));

    const int blackwell = product_of("blackwell"), coreweave = firm_of("coreweave");
    double ordered = 0;
    for (int f = 0; f < scenario().firm_count; ++f) ordered += opening().firms[f].orders[blackwell][1].chips;
    CHECK(ordered / 1e6 == near(1.13));
    CHECK(ordered / (1.0 - scenario().products[blackwell].row_share_frac) / 1e6 == near(1.36));
    const double yield = package_yield(p, p.yield_initial_frac, p.yield_mature_frac, opening().products[blackwell].age_q + 1);
    CHECK(static_cast<double>(
              chips_from_wafers(opening().products[blackwell].wafers[1], 1.0, scenario().products[blackwell].packages_per_wafer, yield)) /
              1e6 ==
          near(1.6));

    const auto bill = [&](int t) {
        double sum = 0;
        for (const Contract& contract : opening().contracts)
            if (contract.id > 0 && contract.buyer == openai) sum += contract.price_usd_h * p.hours_per_quarter * committed_in(contract, t);
        return sum / 1e9;
    };
    double sold = 0;
    for (const Contract& contract : opening().contracts) sold += contract.id > 0 ? committed_in(contract, 9) : 0;
    CHECK(sold / 1e6 == near(4.8));
    CHECK(bill(9) == near(5.6));
    CHECK(bill(15) == near(15.7));
    CHECK(bill(23) == near(35));
    CHECK((to_double(opening().firms[coreweave].undrawn_contract_backed) + scenario().firms[coreweave].opening_revolver_usd) / 1e9 == near(11));

    const auto forward = [&](const char* name) {
        const int f = firm_of(name);
        const Flows* last = opening().firms[f].history;
        double ebitda = 0, receipts = 0, next = 0;
        for (int i = 0; i < 2; ++i) {
            ebitda += to_double(last[i].ebitda_ai + last[i].ebitda_core) / 2.0;
            receipts += to_double(last[i].takeorpay_receipts) / 2.0;
        }
        for (const Contract& contract : opening().contracts)
            for (int t = 9; contract.id > 0 && contract.seller == f && t < 13; ++t) next += to_double(takeorpay_due(p, contract, t));
        return forward_ebitda_usd_year(p, ebitda, receipts, next) / 1e9;
    };
    CHECK(forward("microsoft") == near(159));
    CHECK(forward("oracle") == near(30));
    CHECK(forward("coreweave") == near(6.5));
}

TEST_CASE("At the opening pace four hyperscalers keep their cash for a year, Oracle spends most of its own and CoreWeave more than it has", "[engine][books]") {
    const auto near = [](double target) { return Approx(target).epsilon(0.05); };
    const int oracle = firm_of("oracle"), coreweave = firm_of("coreweave");
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        CAPTURE(seed);
        const YearAtOpeningPace year = play_a_year(seed);
        double least = 1e15;
        for (const char* name : {"meta", "microsoft", "alphabet", "amazon"}) least = std::min(least, year.least_cash_usd[firm_of(name)]);
        CHECK(least / 1e9 == near(85));
        CHECK(year.spent_usd[oracle] / 1e9 == near(39.0 - 5.5));  // of the 39 it opens with
        CHECK((year.spent_usd[coreweave] + year.paid_back_usd[coreweave]) / 1e9 == near(24));
    }
    CHECK(to_double(opening().firms[oracle].undrawn_project) / 1e9 == near(14));

    const NettedReceipts net = netted_receipts(scenario(), opening(), coreweave, quarter_discount(parameters()));
    Pledge contracts = pledge_of(scenario(), opening(), coreweave, net, Usd{});
    contracts.chips_cost_usd = contracts.chips_resale_usd = 1e15;  // so that contracts are what bounds it
    CHECK(borrowing_base_usd(parameters(), contracts) / 1e9 == near(33));
}

TEST_CASE("The grids bring 16.2 GW in four quarters and firms.csv counts 19.9 million H100e, as the opening arithmetic says", "[engine][books]") {
    const auto near = [](double target) { return Approx(target).epsilon(0.05); };
    double grid_kw = 0;
    for (int r = 0; r < scenario().region_count; ++r)
        for (int q = 0; q < 4; ++q) grid_kw += scenario().regions[r].grid_addition_kw_q * std::pow(1.0 + parameters().grid_addition_growth_frac, q);
    CHECK(grid_kw / 1e6 == near(16.2));

    std::set<std::string> owners;  // firms with power of their own: labs without count what they rent, which stands in the books of the firms that they rent it from
    each_row("firms_2026q1.csv", {"firm", "grid_kw"}, [&](const CsvCells& row) {
        if (row.whole_or("grid_kw", 0) > 0) owners.insert(row.text("firm"));
    });
    double installed_h100e = 0;
    each_row("../firms.csv", {"firm_id", "installed_h100e"}, [&](const CsvCells& row) {
        if (owners.contains(row.text("firm_id"))) installed_h100e += row.number("installed_h100e");
    });
    CHECK(installed_h100e / 1e6 == near(19.9));
}

TEST_CASE("The opening state is that of 2026Q1", "[engine][books]") {
    const World& world = opening();
    CHECK(world.spot_usd_h[0] == 1.7);
    CHECK(world.spot_ewma_usd_h[1] == 1.5);
    CHECK(world.spot_i_log_change == -0.06);
    CHECK(world.frontier_oom[0] == 0.0);
    CHECK(world.frontier_oom[4] == Approx(-0.95));
    CHECK(world.segments[0].quantity_task_units == world.segments[0].desired_task_units);
    CHECK(world.segments[1].mean_price_usd_task == Approx(3.4));
    const Firm& alphabet = world.firms[firm_of("alphabet")];
    CHECK(alphabet.effective_compute_h100e_q == Approx(2.5e6));
    CHECK(alphabet.know_how == 0.3);
    CHECK(world.firms[firm_of("microsoft")].know_how == 0.2);
    CHECK(alphabet.loyalty_frac[scenario().firms[firm_of("nvidia")].supplier_slot] == Approx(0.2394).epsilon(0.01));
    CHECK(world.firms[firm_of("meta")].core_use_frac == Approx(0.514).epsilon(0.01));
    CHECK(world.products[product_of("blackwell")].age_q == 5);
    CHECK(world.products[product_of("vr200")].age_q == -1);
    CHECK(world.firms[17].status == FirmStatus::absent);
    CHECK(std::all_of(reinterpret_cast<const unsigned char*>(&world.firms[17]), reinterpret_cast<const unsigned char*>(&world.firms[20]),
                      [](unsigned char byte) { return byte == 0; }));

    SECTION("the movers' choice gives the opening shares") {
        ProductSellers sellers{};
        for (int f = 0; f < scenario().firm_count; ++f) {
            const Firm& firm = world.firms[f];
            sellers.items[sellers.count++] = {firm.price_usd_task[0], firm.share_ppb[0] * 1e-9, firm.capability_oom, firm.preference[0], 1.0};
        }
        sellers.items[sellers.count++] = {1.2 * 1.5 * rackrace::exp(0.2 * -0.95) / 0.75,
                                          static_cast<double>(world.segments[0].outside_share_ppb) * 1e-9, -0.95,
                                          world.segments[0].outside_preference, 1.0};
        double choice[kMaxSellers] = {};
        choose_sellers(choice_rule(parameters(), 0), sellers, 0.0, choice);
        CHECK(choice[firm_of("anthropic")] == Approx(0.37).epsilon(0.01));
        CHECK(choice[sellers.count - 1] == Approx(0.105).epsilon(0.01));
    }
}

TEST_CASE("The order of rows in a file changes nothing", "[engine][books]") {
    std::mt19937_64 bits(3);
    for (const std::string& table : kTables) {
        CAPTURE(table);
        const DataCopy data;
        std::istringstream text(read_text(data.model(table)));
        std::string header, line;
        std::getline(text, header);
        std::vector<std::string> lines;
        while (std::getline(text, line)) lines.push_back(line);
        std::shuffle(lines.begin(), lines.end(), bits);
        std::string shuffled = header + "\n";
        for (const std::string& row : lines) shuffled += row + "\n";
        write_text(data.model(table), shuffled);
        const auto loaded = load_scenario(data.request());
        REQUIRE(loaded);
        CHECK(same_bytes(*loaded, base_scenario()));
        CHECK(loaded->names.firms == base_scenario().names.firms);
        CHECK(loaded->names.contracts == base_scenario().names.contracts);
    }
}

TEST_CASE("Every table is refused with its name when missing, cut short, garbled or repeated", "[engine][books][hostile]") {
    for (const std::string& table : kTables) {
        CAPTURE(table);
        const DataCopy data;
        const std::string text = read_text(data.model(table));
        std::filesystem::remove(data.model(table));
        CHECK_THAT(data.refused(), Catch::Contains("cannot be read") && Catch::Contains(table));
        write_text(data.model(table), text.substr(0, text.size() - 3));
        CHECK_THAT(data.refused(), Catch::Contains(table + ":"));
        write_text(data.model(table), text.substr(0, text.find('\n') + 1));
        CHECK_THAT(data.refused(), Catch::Contains(table.substr(0, table.find('.'))));
        write_text(data.model(table), "");
        CHECK_THAT(data.refused(), Catch::Contains(table + ": is empty"));
        write_text(data.model(table), text + "\xC3\x28\n");
        CHECK_THAT(data.refused(), Catch::Contains("this byte is not UTF-8 text"));
        const auto second = text.find('\n') + 1;
        write_text(data.model(table), text + text.substr(second, text.find('\n', second) + 1 - second));
        CHECK_THAT(data.refused(), Catch::Contains("stands already in line 2"));
        write_text(data.model(table), text + "\"open quote,1\n");
        CHECK_THAT(data.refused(), Catch::Contains(table));
    }
}

TEST_CASE("A wrong cell is refused with line, fact and advice", "[engine][books][hostile]") {
    struct Row {
        const char *table, *from, *to, *message;
    };
    const Row rows[] = {
        {"installed_2026q1.csv", "meta,hopper,959000,425768", "meta,hopper,959000,-425768",
         "installed_2026q1.csv:2: installed_chips '-425768' is not between 0 and 2147483647"},
        {"installed_2026q1.csv", "meta,hopper,959000", "meta,hopper,959001", "installed and warehouse are 959000 chips, chips says 959001"},
        {"installed_2026q1.csv", "meta,hopper", "metta,hopper", "installed_2026q1.csv:2: no firm is called 'metta'; did you mean 'meta'?"},
        {"orders_2026q1.csv", "meta,blackwell,2026Q2,215000", "meta,blackwell,2026Q2,215e3",
         "orders_2026q1.csv:2: chips '215e3' is not a whole number"},
        {"orders_2026q1.csv", "2026Q2,215000", "2027Q2,215000", "due_quarter '2027Q2' is not a quarter from 2026Q2 to 2026Q3"},
        {"orders_2026q1.csv", "meta,blackwell,2026Q2", "meta,tpu_v7,2026Q2", "'meta' may not buy 'tpu_v7'"},
        {"firms_2026q1.csv", "Meta Platforms,hyperscaler", "Meta Platforms,hyperscalar",
         "no role is called 'hyperscalar'; did you mean 'hyperscaler'?"},
        {"firms_2026q1.csv", "81200000000", "8120000000000000000000", "cash_usd '8120000000000000000000' is not a whole number"},
        {"firms_2026q1.csv", "hyperscaler,81200000000,58700000000", "hyperscaler,81200000000,58700000001",
         "tranches of 'meta' add up to 58700000000, not to 58700000001"},
        {"firm_regions_2026q1.csv", "meta,pjm,0.25,660000", "meta,pjm,0.25,660001", "grid_kw in 'pjm' add up to 4465001, not to 4465000"},
        {"regions.csv", "0,pjm", "1,pjm", "regions.csv:3: 1 stands already in line 2"},
        {"regions.csv", ",1.18,", ",0.18,", "regions.csv:2: pue_ratio '0.18' is below 1"},
        {"products.csv", "blackwell,gb300;gb200;b200_hgx,nvidia", "blackwell,gb300;gb200;b200_hgx,meta",
         "products.csv:3: vendor 'meta' is no supplier"},
        {"products.csv", "2.50,3.10", "nan,3.10", "training_h100e_chip 'nan' is not a number"},
        {"product_buyers.csv", "tpu_v7,alphabet", "tpu_v7,amazon", "buyers of 'tpu_v7' differ from product_buyers.csv"},
        {"contracts_2026q1.csv", "crwv_msft,crwv_msft,coreweave,microsoft,1,190000", "crwv_msft,crwv_msft,coreweave,microsoft,9,190000",
         "gen '9' is not between 0 and 5"},
        {"contracts_2026q1.csv", "1.70,0.9,2024Q1,2029Q4", "1.70,1.9,2024Q1,2029Q4", "takeorpay_frac '1.9' is above 1; write shares as 0.08, not 8"},
        {"contracts_2026q1.csv", "coreweave,microsoft", "coreweave,coreweave", "'coreweave' sells to itself"},
        {"debt_2026q1.csv", "meta,0,BOND", "meta,0,BONDS", "no kind of debt is called 'BONDS'; did you mean 'BOND'?"},
        {"debt_2026q1.csv", "meta,3,BOND", "meta,12,BOND", "tranche_i '12' is not between 0 and 11"},
        {"leases_2026q1.csv", "meta,pjm,83898", "meta,pjm,83899", "leased_it_kw is 83898, leases_2026q1.csv has 83899"},
        {"paths.csv", "2027Q1,packaging_wafers,", "2027Q1,packaging_waters,",
         "no series is called 'packaging_waters'; did you mean 'packaging_wafers'?"},
        {"pipeline_2026q1.csv", "meta,pjm,2026Q2,99047", "meta,pjm,2026Q1,99047",
         "pipeline_2026q1.csv:2: quarter '2026Q1' is not a quarter from 2026Q2 to 2028Q1"},
        {"wafer_mix_2026q1.csv", "nvidia,2026Q3,blackwell,0.85", "nvidia,2026Q3,blackwell,0.8", "mix of 'nvidia' in 2026Q3 does not add up to 1"},
        {"opening_flows_2026q1.csv", "meta,2025Q2", "meta,2025Q1", "quarter '2025Q1' is not a quarter from 2025Q2 to 2026Q1"},
        {"opening_flows_2026q1.csv", "meta,2025Q2", "zeta,2025Q2", "meta has no row for 2025Q2"},
        {"supply_agreements_2026q1.csv", "nvidia,meta,newest", "nvidia,meta,mi500", "'mi500' is not made by 'nvidia'"},
        {"parameters.csv", "grid_works_q,Lw,4,2,8", "grid_works_q,Lw,6,2,8", "parameters.csv: grid_works_q is 6; it must be whole, 1 to 4"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.table, row.to);
        const DataCopy data;
        REQUIRE(data.replace(row.table, row.from, row.to));
        CHECK_THAT(data.refused(), Catch::Contains(row.message));
    }
}

TEST_CASE("Defects of several tables are reported at once", "[engine][books][hostile]") {
    const DataCopy data;
    REQUIRE(data.replace("orders_2026q1.csv", "215000", "x"));
    REQUIRE(data.replace("orders_2026q1.csv", "meta,mi355x", "meta,mi355y"));
    REQUIRE(data.replace("debt_2026q1.csv", "BOND", "LOAN"));
    const std::string text = data.refused();
    CHECK_THAT(text, Catch::Contains("orders_2026q1.csv:2:") && Catch::Contains("orders_2026q1.csv:4:") && Catch::Contains("debt_2026q1.csv:2:"));
}

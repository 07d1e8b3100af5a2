// Verbs: what a call does to the orders, and which answer it gets.
#include <catch2/catch.hpp>
#include <cstring>

#include "agents/host/strategy.h"
#include "engine/quarter/verbs.h"
#include "tests/agents/host_support.h"

using namespace rackrace;
using namespace rackrace::host_test;

namespace {

/// A market in which every verb has something to refer to; for one that bids for a firm the lab is in chapter 11.
ScriptedMarket rich_market(std::string_view call = "") {
    ScriptedMarket m;
    World& world = *m.market.world;
    Scenario& scenario = *m.market.scenario;
    scenario.regions[0].onsite_allowed = 1;
    scenario.firms[kHyper].core_saturation_h100e = 1000.0;
    for (int f = 0; f < 4; ++f) {
        world.balance[f][static_cast<int>(Account::cash)] = Usd{1'000'000'000};
        Firm& firm = world.firms[f];
        firm.reliability_frac = 1.0;
        firm.debt[2] = loan(DebtKind::bond, 100, 0.05, 8);
        firm.sites[0].grid_kw = 10'000;
        firm.sites[0].onsite_kw = 5'000;
        firm.sites[0].lease_kw = 5'000;
        firm.projects[1].kw = 4'000;
        firm.projects[1].left_q = 3;
        firm.holdings[kChip].installed = 100;
        firm.holdings[kChip].warehouse = 50;
        firm.orders[kChip][2].chips = 40;
    }
    world.products[kChip].last_t = world.products[kNextChip].last_t = 35;
    m.market.add_contract(70, 9, kHyper, kLab, 100);
    m.market.add_contract(71, 10, kNeo, kLab, 100);
    m.market.add_contract(72, 11, kNeo, kHyper, 100);
    if (call.find("bid_firm") != std::string_view::npos) world.firms[kLab].status = FirmStatus::chapter_11;
    SupplyAgreement& offer = world.agreements[3];
    offer.chips_q = 500;
    offer.supplier = kVendor;
    offer.buyer = kHyper;
    offer.product = kChip;
    offer.first_t = 12;
    offer.last_t = 20;
    return m;
}

struct Call {
    int firm;
    const char* call;
    const char* answer;  // codes, or a part of the error
};

void check(const Call& call) {
    ScriptedMarket m = rich_market(call.call);
    const std::string answer = answer_of(m, call.firm, call.call);
    INFO(call.call);
    if (std::strlen(call.answer) <= 3) CHECK(answer == call.answer);
    else CHECK(answer.find(call.answer) != std::string::npos);
}

constexpr const char* kEveryVerb[][2] = {
    {"offer_contract", "offer_contract { mh = 2.19, min_usd_h = 1.5, tenor_q = 12 }"},
    {"bid_contract", "bid_contract { mh = 2.19, max_usd_h = 1.8, tenor_q = 8 }"},
    {"set_oversell", "set_oversell { ratio = 1.2 }"},
    {"renegotiate", "renegotiate { contract = obs.contracts[2].id }"},
    {"break_contract", "break_contract { contract = obs.contracts[2].id }"},
    {"borrow", "borrow { kind = \"bond\", musd = 100, max_apr = 0.1, tenor_q = 20 }"},
    {"raise_equity", "raise_equity { musd = 100, max_dilution_frac = 0.1 }"},
    {"repay", "repay { loan = obs.loans[1].id, musd = 50 }"},
    {"set_payout", "set_payout { frac = 0.25 }"},
    {"buy_back", "buy_back { musd = 20 }"},
    {"bid_power", "bid_power { region = obs.market.regions[1].id, grid_mw = 12.5, max_usd_kw_q = 100 }"},
    {"withdraw_power", "withdraw_power { region = obs.market.regions[1].id, grid_mw = 10 }"},
    {"order_onsite", "order_onsite { region = obs.market.regions[1].id, grid_mw = 10 }"},
    {"sell_onsite", "sell_onsite { region = obs.market.regions[1].id, mw = 5 }"},
    {"build_site", "build_site { region = obs.market.regions[1].id, mw = 20 }"},
    {"slow_site", "slow_site { project = obs.projects[1].id }"},
    {"abandon_site", "abandon_site { project = obs.projects[1].id }"},
    {"lease_site", "lease_site { region = obs.market.regions[2].id, mw = 20, tenor_q = 40 }"},
    {"exit_lease", "exit_lease { region = obs.market.regions[1].id, mw = 5 }"},
    {"order_captive", "order_captive { product = obs.market.products[4].id, chips = 1000 }"},
    {"fund_design", "fund_design { product = obs.market.products[4].id, on = false }"},
    {"hire_talent", "hire_talent { musd = 20 }"},
    {"bid_firm", "bid_firm { firm = obs.rivals[2].id, musd = 50 }"},
    {"list_price", "list_price { product = obs.market.products[2].id, usd_chip = 44000 }"},
    {"order_wafers", "order_wafers { product = obs.market.products[3].id, wafers = 1000.9 }"},
    {"weigh_buyer", "weigh_buyer { buyer = obs.rivals[1].id, weight = 0.75 }"},
    {"cap_buyer", "cap_buyer { frac = 0.5 }"},
    {"offer_supply", "offer_supply { buyer = obs.rivals[2].id, product = obs.market.products[2].id, chips = 100, tenor_q = 8, discount_frac = 0.05 }"},
    {"finance_buyer", "finance_buyer { buyer = obs.rivals[1].id, musd = 500, apr = 0.08, tenor_q = 12 }"},
    {"bid_chips", "bid_chips { product = obs.market.products[2].id, chips = 100, max_usd_chip = 50000 }"},
    {"accept_supply", "accept_supply { offer = obs.supply[1].id, chips = 400 }"},
    {"cancel_chips", "cancel_chips { product = obs.market.products[2].id, chips = 40 }"},
    {"sell_chips", "sell_chips { product = obs.market.products[2].id, chips = 150, min_usd_chip = 20000 }"},
    {"buy_used_chips", "buy_used_chips { product = obs.market.products[1].id, chips = 70, max_usd_chip = 9000 }"},
    {"retire_chips", "retire_chips { product = obs.market.products[2].id, chips = 100 }"},
    {"offer_spot", "offer_spot { mh = 2.19, min_usd_h = 0, grade = \"training\" }"},
    {"bid_spot", "bid_spot { mh = 2.19, max_usd_h = 2 }"},
    {"favour_contract", "favour_contract { contract = obs.contracts[1].id, on = true }"},
    {"train", "train { frac = 0.4 }"},
    {"serve_first", "serve_first { what = \"training\" }"},
    {"set_price", "set_price { segment = 2, usd_task = 2.5 }"},
    {"set_priority", "set_priority { frac = 0.3 }"},
    {"use_in_core", "use_in_core { frac = 0.1 }"},
};

}  // namespace

TEST_CASE("The table of verbs is whole: every verb in its place, with unit, doc and lever", "[agents][verbs]") {
    REQUIRE(describe_verbs().size() == static_cast<std::size_t>(kVerbs));
    for (int v = 0; v < kVerbs; ++v) {
        const VerbInfo& verb = info_of(static_cast<Verb>(v));
        INFO(verb.row.name);
        CHECK(verb.row.verb == static_cast<Verb>(v));
        CHECK(verb.row.name == kEveryVerb[v][0]);
        CHECK(!verb.row.doc.empty());
        CHECK(!verb.row.lever.empty());
        CHECK(verb.row.roles != 0);
        CHECK(!verb.args.empty());
        for (const ArgInfo& arg : verb.args) {
            CHECK(!arg.row.doc.empty());
            CHECK(arg.row.unit != Unit::none);
            CHECK(arg.offset < verb.size);
        }
    }
    CHECK(bounds_text(info_of(Verb::bid_chips).args[2].row) == "0 to bid_cap_list_ratio x list price");
}

TEST_CASE("Every verb fills its lever, and its lever is all that it fills", "[agents][verbs]") {
    for (int v = 0; v < kVerbs; ++v) {
        const VerbInfo& verb = info_of(static_cast<Verb>(v));
        const int firm = (verb.row.roles & kSuppliers) != 0 && (verb.row.roles & kOwners) == 0 ? kVendor : kHyper;
        ScriptedMarket m = rich_market(kEveryVerb[v][1]);
        INFO(kEveryVerb[v][1]);
        // offers of agreements are shown at stage B only, after stage A's offers: here they stand in the world
        CHECK(answer_of(m, firm, kEveryVerb[v][1]) == "");
        const Orders nothing{};
        CHECK(std::memcmp(&m.orders[static_cast<std::size_t>(firm)], &nothing, sizeof(Orders)) != 0);
        Orders taken{};
        take_lever(verb.row.verb, m.orders[static_cast<std::size_t>(firm)], taken);
        CHECK(std::memcmp(&taken, &m.orders[static_cast<std::size_t>(firm)], sizeof(Orders)) == 0);
    }
}

TEST_CASE("Quantities become the units of the state", "[agents][verbs]") {
    ScriptedMarket m = rich_market();
    CHECK(answer_of(m, kHyper, "build_site { region = obs.market.regions[1].id, mw = 0.57 } act.repay { loan = obs.loans[1].id, musd = 1.5 } act.bid_chips { product = obs.market.products[2].id, chips = 12.9, max_usd_chip = 1 } "
                               "act.offer_spot { mh = 2.19, min_usd_h = 1 } act.favour_contract { contract = obs.contracts[1].id, on = true }") == "");
    const Orders& orders = m.orders[kHyper];
    CHECK(orders.build_site_kw[0] == 570);
    CHECK(orders.repay[2] == Usd{1'500'000});
    CHECK(orders.bid_chips[kChip][0].chips == 12);
    CHECK(orders.offer_spot[1].h100e == Approx(1000.0));
    CHECK(orders.favour_on[1] == std::uint64_t{1} << 6);  // slot 70
}

TEST_CASE("Business answers carry the code of their reason", "[agents][verbs]") {
    const Call calls[] = {
        {kHyper, "hire_talent { musd = 1001 }", "R01"},
        {kHyper, "buy_back { musd = 1001 }", "R01"},
        {kHyper, "bid_firm { firm = obs.rivals[2].id, musd = 5000 }", "R01"},
        {kHyper, "bid_firm { firm = obs.rivals[1].id, musd = 50 }", "R06"},  // it is healthy
        {kHyper, "renegotiate { contract = obs.contracts[1].id }", "R06"},   // it sells
        {kHyper, "break_contract { contract = obs.contracts[1].id }", "R06"},
        {kHyper, "offer_contract { mh = 2.19, min_usd_h = 0.04, tenor_q = 12 }", "R10"},
        {kHyper, "bid_contract { mh = 2.19, max_usd_h = 51, tenor_q = 12 }", "R10"},
        {kHyper, "bid_contract { mh = 0, max_usd_h = 5, tenor_q = 12 }", ""},
        {kHyper, "offer_contract { mh = 2.19, min_usd_h = 1, tenor_q = 41 }", "R13"},
        {kHyper, "offer_contract { mh = 2.19, min_usd_h = 1, tenor_q = 4, min_tenor_q = 8 }", "R13"},
        {kHyper, "set_oversell { ratio = 1.6 }", "R13"},
        {kHyper, "set_oversell { ratio = 1.2 } act.set_oversell { ratio = 1.1 }", "R11"},
        {kHyper, "raise_equity { musd = 1, max_dilution_frac = 0.1 } act.raise_equity { musd = 1, max_dilution_frac = 0.1 }", "R11"},
        {kHyper, "mark(\"x\") for k = 1, 5 do act.offer_contract { mh = 2.19, min_usd_h = 1, tenor_q = 4 } end", "R12"},
        {kHyper, "mark(\"x\") for k = 1, 5 do act.bid_contract { mh = 2.19, max_usd_h = 1, tenor_q = 4 } end", "R12"},
        {kHyper, "mark(\"x\") for k = 1, 5 do act.borrow { kind = \"bond\", musd = 1, max_apr = 0.1, tenor_q = 4 } end", "R12"},
        {kVendor, "mark(\"x\") for k = 1, 5 do act.finance_buyer { buyer = obs.rivals[1].id, musd = 1, apr = 0.1, tenor_q = 4 } end", "R12"},
        {kHyper, "borrow { kind = \"convert\", musd = 100, max_apr = 0.1, tenor_q = 20 }", "R14"},
        {kNeo, "finance_buyer { buyer = obs.rivals[1].id, musd = 1, apr = 0.1, tenor_q = 4 }", "R14"},
        {kHyper, "hire_talent { musd = 500 } act.repay { loan = obs.loans[1].id, musd = 100 }", ""},
        {kHyper, "hire_talent { musd = 950 } act.repay { loan = obs.loans[1].id, musd = 100 }", "R01"},
        {kHyper, "bid_chips { product = obs.market.products[2].id, chips = 7, max_usd_chip = 50000 }", "R04"},
        {kHyper, "bid_chips { product = obs.market.products[2].id, chips = 0, max_usd_chip = 50000 }", ""},
        {kHyper, "order_captive { product = obs.market.products[4].id, chips = 3 }", "R04"},
        {kHyper, "withdraw_power { region = obs.market.regions[1].id, grid_mw = 11 }", "R05"},
        {kHyper, "order_onsite { region = obs.market.regions[2].id, grid_mw = 11 }", "R05"},
        {kHyper, "sell_chips { product = obs.market.products[2].id, chips = 151, min_usd_chip = 0 }", "R05"},
        {kHyper, "cancel_chips { product = obs.market.products[2].id, chips = 41 }", "R05"},
        {kHyper, "repay { loan = obs.loans[1].id, musd = 101 }", "R05"},
        {kHyper, "accept_supply { offer = obs.supply[1].id, chips = 501 }", "R05"},
        {kLab, "favour_contract { contract = obs.contracts[1].id, on = true }", "R06"},
        {kHyper, "set_price { segment = 3, usd_task = 2.5 }", "R06"},
        {kVendor, "list_price { product = obs.market.products[1].id, usd_chip = 40000 }", "R06"},
        {kHyper, "bid_chips { product = obs.market.products[3].id, chips = 100, max_usd_chip = 50000 }", "R07"},
        {kHyper, "bid_chips { product = obs.market.products[1].id, chips = 100, max_usd_chip = 50000 }", "R07"},
        {kHyper, "bid_chips { product = obs.market.products[4].id, chips = 100, max_usd_chip = 50000 }", "R08"},
        {kHyper, "order_captive { product = obs.market.products[2].id, chips = 100 }", "R08"},
        {kVendor, "order_wafers { product = obs.market.products[4].id, wafers = 10 }", "R08"},
        {kHyper, "bid_chips { product = obs.market.products[2].id, chips = 100, max_usd_chip = 200001 }", "R10"},
        {kHyper, "bid_power { region = obs.market.regions[1].id, grid_mw = 1, max_usd_kw_q = 5001 }", "R10"},
        {kHyper, "bid_spot { mh = 1, max_usd_h = 0.001 }", "R10"},
        {kHyper, "offer_spot { mh = 1, min_usd_h = -1 }", "R10"},
        {kHyper, "train { frac = 0.1 } act.train { frac = 0.2 }", "R11"},
        {kHyper, "offer_spot { mh = 1, min_usd_h = 1 } act.offer_spot { mh = 1, min_usd_h = 2 }", "R11"},
        {kVendor, "list_price { product = obs.market.products[2].id, usd_chip = 40000 } act.list_price { product = obs.market.products[2].id, usd_chip = 41000 }", "R11"},
        {kHyper, "bid_power { region = obs.market.regions[1].id, grid_mw = 1, max_usd_kw_q = 1 } act.bid_power { region = obs.market.regions[1].id, grid_mw = 1, max_usd_kw_q = 2 }", "R11"},
        {kHyper, "bid_chips { product = obs.market.products[2].id, chips = 10, max_usd_chip = 1 } for k = 1, 4 do act.bid_chips { product = obs.market.products[2].id, chips = 10, max_usd_chip = k } end", "R12"},
        {kVendor, "mark(\"x\") for k = 1, 5 do act.offer_supply { buyer = obs.rivals[1].id, product = obs.market.products[2].id, chips = 100, tenor_q = k, discount_frac = 0 } end", "R12"},
        {kHyper, "train { frac = 1.01 }", "R13"},
        {kHyper, "use_in_core { frac = 0.61 }", "R13"},
        {kHyper, "set_price { segment = 1, usd_task = 31 }", "R13"},
        {kHyper, "set_price { segment = 1, usd_task = -1 }", "R13"},
        {kHyper, "lease_site { region = obs.market.regions[1].id, mw = 1, tenor_q = 19 }", "R13"},
        {kVendor, "list_price { product = obs.market.products[2].id, usd_chip = 64001 }", "R13"},
        {kVendor, "cap_buyer { frac = 0.05 }", "R13"},
        {kNeo, "train { frac = 0.5 }", "R14"},
        {kLab, "use_in_core { frac = 0.1 }", "R14"},
        {kNeo, "list_price { product = obs.market.products[2].id, usd_chip = 40000 }", "R14"},
    };
    for (const Call& call : calls) check(call);
}

TEST_CASE("A refusal keeps what was asked and the number that was broken", "[agents][verbs]") {
    ScriptedMarket m = rich_market();
    REQUIRE(answer_of(m, kVendor, "list_price { product = obs.market.products[2].id, usd_chip = 96000 }") == "R13");
    const DeskResult& result = m.desk(kVendor).results[0];
    CHECK(result.verb == Verb::list_price);
    CHECK(result.ref == kChip);
    CHECK(result.asked == Approx(2.4));
    CHECK(result.price == Approx(1.6));
    CHECK(result.got == 0.0);
    CHECK(m.desk(kVendor).rejections == 1);
    CHECK(m.orders[kVendor].list_price_usd_chip[kChip] == 0.0);
}

TEST_CASE("Misuse of a verb is an error of the script, not a business answer", "[agents][verbs]") {
    const Call calls[] = {
        {kNeo, "bid_chip { }", "act has no field 'bid_chip'"},
        {kNeo, "offer_spot { mh = 1 }", "offer_spot needs 'min_usd_h'"},
        {kNeo, "offer_spot { mh = 1, min_usd_h = 1, max_usd_h = 2 }", "offer_spot has no argument 'max_usd_h'"},
        {kNeo, "offer_spot { mh = 1, min_usd_h = 1, 5 }", "offer_spot has no argument '[number]'"},
        {kNeo, "offer_spot { mh = \"1\", min_usd_h = 1 }", "'mh' is string, not a number"},
        {kNeo, "offer_spot { mh = -1, min_usd_h = 1 }", "'mh' is -1.0, below 0"},
        {kNeo, "offer_spot { mh = math.huge, min_usd_h = 1 }", "'mh' is not a finite number"},
        {kNeo, "offer_spot { mh = 1, min_usd_h = 1, grade = \"gold\" }", "'grade' is not \"inference\" or \"training\""},
        {kNeo, "offer_spot(1, 2)", "takes one table of named arguments"},
        {kNeo, "offer_spot(obs.me)", "takes one table of named arguments"},
        {kNeo, "bid_chips { product = obs.market.regions[1].id, chips = 8, max_usd_chip = 1 }", "'product' is another id, not product id"},
        {kNeo, "bid_chips { product = 1, chips = 8, max_usd_chip = 1 }", "'product' is number, not product id"},
        {kNeo, "bid_chips { product = obs.market.products[2], chips = 8, max_usd_chip = 1 }", "'product' is a record, not product id"},
        {kHyper, "fund_design { product = obs.market.products[4].id, on = 1 }", "'on' is number, not true or false"},
        {kHyper, "set_price { segment = 1.5, usd_task = 2.5 }", "'segment' is number, not a whole number"},
        {kNeo, "trace(\"x\", 0/0)", "the value is not a finite number"},
        {kNeo, "trace(1, 2)", "trace needs a name"},
        {kNeo, "trace(\"x\")", "trace takes a name and a number"},
    };
    for (const Call& call : calls) check(call);
}

TEST_CASE("What stops a callback is an error of the checker where the script shows it, what is refused a warning", "[agents][verbs]") {
    const std::pair<Call, const char*> calls[] = {
        {{kNeo, "offer_spot { mh = -5, min_usd_h = 1 }", "below 0"}, "A227"},
        {{kNeo, "offer_spot { mh = \"1\", min_usd_h = 1 }", "not a number"}, "A227"},
        {{kNeo, "borrow { kind = \"bonds\", musd = 100, max_apr = 0.1, tenor_q = 20 }", "'kind' is not"}, "A227"},
        {{kNeo, "borrow { kind = 2, musd = 100, max_apr = 0.1, tenor_q = 20 }", "'kind' is not"}, "A227"},
        {{kNeo, "bid_power { region = \"pjm\", grid_mw = 10, max_usd_kw_q = 20 }", "not region id"}, "A227"},
        {{kNeo, "bid_power { region = obs.market.regions[1], grid_mw = 10, max_usd_kw_q = 20 }", "not region id"}, "A227"},
        {{kNeo, "bid_power { region = obs.market.products[1].id, grid_mw = 10, max_usd_kw_q = 20 }", "not region id"}, "A207"},
        {{kNeo, "set_payout { frac = true }", "not a number"}, "A227"},
        {{kNeo, "set_payout { frac = obs.me.cash_musd > 0 }", "not a number"}, "A227"},
        {{kHyper, "fund_design { product = obs.market.products[4].id, on = 1 }", "not true or false"}, "A227"},
        {{kHyper, "set_price { segment = 1.5, usd_task = 2.5 }", "not a whole number"}, "A227"},
        {{kNeo, "set_payout { frac = 2 }", "R13"}, "A210"},
        {{kNeo, "set_payout { frac = -1 }", "R13"}, "A210"},
        {{kNeo, "borrow { kind = \"bond\", musd = 100, max_apr = 0.1, tenor_q = 60 }", "R13"}, "A210"},
    };
    for (const auto& [call, code] : calls) {
        check(call);
        const std::string script = std::string("return race.") + (call.firm == kHyper ? "hyperscaler" : "neocloud") +
                                   " { api = \"1.0\", name = \"x\", decide = function(obs, act) if not act." + call.call + " then return end end }";
        const CheckReport report = check_script("x.lua", script, {&api_names(), false, false});
        INFO(report.text());
        REQUIRE(report.diagnostics.size() == 1);
        CHECK(report.diagnostics[0].code == code);
        CHECK(report.has_errors() == (call.answer[0] != 'R'));
    }
}

TEST_CASE("Of what a function is handed, and of what may be this or that, the checker says nothing", "[agents][verbs]") {
    for (const char* script : {"local function pay(act, frac) act.set_payout { frac = frac } end\n"
                               "return race.lab { api = \"1.0\", name = \"x\", decide = function(obs, act) pay(act, 0.5) pay(act, obs.rivals) end }",
                               "return race.lab { api = \"1.0\", name = \"x\", decide = function(obs, act)\n"
                               "  local frac = obs.me.cash_musd > 0\n  if frac then frac = 0.5 else frac = 0.0 end\n  act.set_payout { frac = frac } end }",
                               "return race.lab { api = \"1.0\", name = \"x\", params = { kind = race.choice({ \"bond\", \"convert\" }, \"bond\"), m = race.fixed(5.0) },\n"
                               "  decide = function(obs, act, p) act.borrow { kind = p.kind, musd = p.m, max_apr = 0.1, tenor_q = 20 } end }"}) {
        const CheckReport report = check_script("x.lua", script, {&api_names(), false, false});
        INFO(report.text());
        CHECK(report.diagnostics.empty());
    }
}

TEST_CASE("Codes have ids and names of their own", "[agents][verbs]") {
    for (int c = 1; c < static_cast<int>(Code::count); ++c) {
        CHECK(!kCodes[c].name.empty());
        CHECK(kCodes[c].id.size() == 3);
        for (int d = 1; d < c; ++d) CHECK(kCodes[d].id != kCodes[c].id);
    }
    CHECK(row_of(Code::use_of_proceeds).id == "R17");
    CHECK(row_of(Code::partial).id == "F02");
}

TEST_CASE("What the scenario's rules close is refused at the call, whoever asks", "[agents][verbs]") {
    for (const char* call : {"offer_contract { mh = 2.19, min_usd_h = 1.5, tenor_q = 12 }", "bid_contract { mh = 2.19, max_usd_h = 1.8, tenor_q = 8 }"}) {
        ScriptedMarket m = rich_market(call);
        CHECK(answer_of(m, kHyper, call) == "");
        ScriptedMarket closed = rich_market(call);
        closed.market.scenario->rules.contracts = ContractRule::none;
        CHECK(answer_of(closed, kHyper, call) == "R14");
    }
    for (const int f : {kHyper, kVendor}) {
        const char* call = "bid_firm { firm = obs.rivals[1].id, musd = 50 }";
        const std::string bid = f == kHyper ? "bid_firm { firm = obs.rivals[2].id, musd = 50 }" : "bid_firm { firm = obs.rivals[3].id, musd = 50 }";
        ScriptedMarket m = rich_market(call);
        CHECK(answer_of(m, f, bid) == "");
        ScriptedMarket banned = rich_market(call);
        banned.market.scenario->rules.acquisitions = AcquisitionRule::banned;
        CHECK(answer_of(banned, f, bid) == "R14");
    }
}

// Every verb against the codes that its row promises: each is produced, at the call or by the phase that acts on the order, and no other is.
#include <catch2/catch.hpp>
#include <cstdlib>

#include "tests/engine/base_books.h"
#include "tests/engine/random_calls.h"

using namespace rackrace;
using namespace rackrace::test;

namespace {

std::string text_of(const VerbCode& answer) { return std::string(info_of(answer.first).row.name) + " " + std::string(row_of(answer.second).id) + "\n"; }

/// More estates at once than a firm may bid for.
void bid_for_many(std::set<VerbCode>& answers) {
    const auto world = std::make_unique<World>(base().opening);
    for (int f = 1; f <= kMaxFirmBids + 1; ++f) world->firms[f].status = FirmStatus::chapter_11;
    Orders orders{};
    for (int f = 1; f <= kMaxFirmBids + 1; ++f) {
        std::int32_t reference = -1;
        const BidFirm args = {1.0, f};
        const VerbAnswer answer = apply_verb(base().scenario, *world, 0, Verb::bid_firm, &args, 1, orders, reference);
        if (!answer.ok()) answers.insert({Verb::bid_firm, answer.code});
    }
}

}  // namespace

TEST_CASE("Firms that call every verb with legal and illegal arguments break no identity, and every code that a verb can be answered with is one it promises and is produced", "[engine][verbs][property]") {
    const int runs = std::getenv("RACKRACE_LONG") != nullptr ? 500 : 20;
    std::set<VerbCode> answers;
    int accepted = 0;
    for (int run = 0; run < runs; ++run) {
        const auto scenario = std::make_unique<Scenario>(base().scenario);
        scenario->rules.chips = static_cast<ChipRule>(run % 5);
        scenario->rules.power = static_cast<PowerRule>(run % 3);
        scenario->rules.contracts = static_cast<ContractRule>(run / 3 % 4);
        scenario->rules.acquisitions = static_cast<AcquisitionRule>(run / 5 % 2);
        scenario->regions[run % scenario->region_count].onsite_allowed = 0;
        if (run % 4 == 3)
            for (double& wafers : scenario->packaging_wafers) wafers *= 1e-4;
        const auto world = std::make_unique<World>(base().opening);
        RandomCallers callers(static_cast<std::uint64_t>(run) + 1);
        play_run(*scenario, *world, static_cast<std::uint64_t>(run) + 1, &callers, nullptr);
        INFO("run " << run << " fault " << static_cast<int>(world->fault) << " identity " << world->fault_where << " who " << world->fault_who << " by " << world->fault_value << " t " << world->t);
        REQUIRE(world->fault == Fault::none);
        REQUIRE(world->t == scenario->end_t);
        answers.insert(callers.answers.begin(), callers.answers.end());
        accepted += callers.accepted;
    }
    CHECK(accepted > 1000 * runs);
    bid_for_many(answers);
    std::string broken, missing;
    for (const VerbCode& answer : answers)
        if ((info_of(answer.first).codes() & code_mask(answer.second)) == 0) broken += text_of(answer);
    for (const VerbInfo& verb : describe_verbs())
        for (int c = 1; c < static_cast<int>(Code::count); ++c)
            if ((verb.codes() & code_mask(static_cast<Code>(c))) != 0 && answers.count({verb.row.verb, static_cast<Code>(c)}) == 0) missing += text_of({verb.row.verb, static_cast<Code>(c)});
    CHECK(broken == "");
    CHECK(missing == "");
}

TEST_CASE("Every lever of the model's section 4 has a verb of its stage, and no verb another", "[engine][verbs]") {
    const std::set<std::string> stage_a = {"offer", "rfq", "oversell", "renegotiate", "terminate", "raise", "repay", "payout", "buyBack", "gridReq", "gridBid", "gridWithdraw", "btmReq", "sellOnsite", "build", "slow",
                                           "abandon", "lease", "exitLease", "captiveReq", "nre", "talent", "acquire", "waferReq", "mix", "priceMult", "weight", "buyerCap", "lta", "vendorLine"};
    const std::set<std::string> stage_b = {"order", "cancel", "ltaTake", "sell", "buyUsed", "retire", "spotSellT", "spotSellI", "spotBuyT", "spotBuyI", "train", "firstServe", "price", "segPrio", "favour", "coreUse"};
    std::set<std::string> levers[2];
    for (const VerbInfo& verb : describe_verbs()) {
        const std::string text(verb.row.lever);
        for (std::size_t from = 0; from < text.size();) {
            const std::size_t to = std::min(text.find(", ", from), text.size());
            levers[static_cast<int>(verb.row.stage)].insert(text.substr(from, to - from));
            from = to + 2;
        }
    }
    CHECK(levers[0] == stage_a);
    CHECK(levers[1] == stage_b);
}

// Vectors of capacity contracts: delivery, shortfall, bills, exits, the forward test, reputations.
#include "engine/market/contract_billing.h"
#include "engine/market/contract_delivery.h"
#include "engine/market/contract_exit.h"
#include "engine/market/forward_capacity.h"
#include "engine/market/reputation.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

Json run_delivery(const Parameters&, const Json& in) {
    std::map<std::string, int> firm;
    std::int64_t pools[kMaxFirms][kMaxGenerations] = {};
    for (const auto& [name, pool] : in.at("pools").items()) {
        const int f = static_cast<int>(firm.size());
        firm[name] = f;
        for (const auto& [generation, h100e] : pool.items()) pools[f][std::stoi(generation)] = h100e;
    }
    Commitments commitments;
    for (const Json& contract : in.at("contracts")) {
        Commitment& row = commitments.rows[commitments.count++];
        row.seller = firm.at(contract.at("seller"));
        row.buyer = contract.at("buyer") == "OUTSIDE" ? static_cast<int>(kCustomer) : firm.at(contract["buyer"]);
        row.generation = contract.at("gen");
        row.is_favoured = contract.at("favour");
        row.due = contract.at("q");
    }
    const Deliveries deliveries = deliver_contracts(commitments, pools);
    Json out = {{"delivered", Json::object()}};
    for (int c = 0; c < commitments.count; ++c) out["delivered"][in["contracts"][static_cast<std::size_t>(c)]["id"]] = deliveries.delivered[c];
    return out;
}

Json run_shortfall(const Parameters& p, const Json& in) {
    Json one_seller = {{"pools", {{"A", {{"0", in.at("capacity")}}}}}, {"contracts", in.at("contracts")}};
    for (Json& contract : one_seller["contracts"]) contract.update({{"seller", "A"}, {"buyer", "OUTSIDE"}, {"gen", 0}});
    return run_delivery(p, one_seller);
}

Json run_billing(const Parameters& p, const Json& in) {
    const ContractBill bill = bill_contract(p, in.at("P"), in.at("tau"), in.at("q"), in.at("delivered"), in.at("used"), Usd{in.at("prepaid")});
    return {{"bill", bill.bill.value}, {"from_prepaid", bill.from_prepayment.value}, {"cash", bill.cash.value}, {"damages", bill.damages.value}};
}

Json run_termination(const Parameters& p, const Json& in) {
    return {{"annuity", annuity_q(p, in.at("quarters_left"))},
            {"fee", termination_fee_usd(p, in.at("P"), in.at("tau"), in.at("q"), in.at("quarters_left"))}};
}

Json run_renegotiation(const Parameters& p, const Json& in) {
    const Renegotiation result = renegotiate_price(p, in.at("P"), in.at("tau"), in.at("Sx"), in.at("distressed"));
    return {{"price", result.price_usd_h}, {"changed", result.has_changed}};
}

Json run_offer_cut(const Parameters&, const Json& in) {
    std::int64_t capacity[kMaxQuarters][kMaxGenerations] = {}, committed[kMaxQuarters][kMaxGenerations] = {};
    const std::size_t quarters = in.at("capacity").size();
    for (std::size_t k = 0; k < quarters; ++k) {
        for (const auto& [generation, h100e] : in["capacity"][k].items()) capacity[k][std::stoi(generation)] = h100e;
        for (const auto& [generation, h100e] : in.at("committed").at(k).items()) committed[k][std::stoi(generation)] = h100e;
    }
    return {{"offered", cut_offer(in.at("oversell"), capacity, committed, static_cast<int>(quarters), in.at("gen"), in.at("asked"))}};
}

Json run_reputation(const Parameters& p, const Json& in) {
    return {{"rel_next", next_reliability(p, in.at("rel"), in.at("due"), in.at("delivered"))}};
}

const Registered delivery{"contract_delivery", run_delivery};
const Registered shortfall{"contract_shortfall", run_shortfall};
const Registered billing{"contract_billing", run_billing};
const Registered termination{"contract_termination", run_termination};
const Registered renegotiation{"renegotiation", run_renegotiation};
const Registered offer_cut{"contract_offer_cut", run_offer_cut};
const Registered reputation{"reputation", run_reputation};

}  // namespace
}  // namespace rackrace::rules

// Vectors of the contract market under its three rules.
#include <limits>
#include <memory>

#include "engine/market/ascending_match.h"
#include "engine/market/posted_match.h"
#include "engine/market/surplus_match.h"
#include "tests/engine/rules/rule_cases.h"

namespace rackrace::rules {
namespace {

/// A market as a vector describes it: every lot may take every offer, lots of one buyer on equal terms are one request.
struct NamedMarket {
    ContractMarket market;
    ContractTrades trades;
    std::vector<std::string> offers, lots, buyers;
};

std::unique_ptr<NamedMarket> read_market(const Json& in) {
    auto named = std::make_unique<NamedMarket>();
    ContractMarket& market = named->market;
    for (const auto& [name, json] : in.at("offers").items()) {
        ContractOffer& offer = market.offers[market.offer_count];
        offer.quantity = json.at("qty");
        offer.ask_usd_h = json.at("ask");
        offer.quality_frac = json.at("xi");
        offer.reliability_frac = json.at("rel");
        offer.pd_apr = json.at("pd");
        offer.max_share_frac = json.value("max_share", kInfinity);
        offer.tie = letter_tie(static_cast<std::size_t>(market.offer_count++));
        named->offers.push_back(name);
    }
    std::map<std::string, int> firm;
    Json last;
    for (const Json& json : in.at("lots")) {
        const std::string buyer = json.at("buyer");
        const Json terms = {json["buyer"], json.at("cap"), json.at("T"), json.at("pd")};
        if (terms != last) {
            ContractRequest& request = market.requests[market.request_count];
            request.buyer = firm.emplace(buyer, static_cast<int>(firm.size())).first->second;
            request.cap_usd_h = json["cap"];
            request.term_q = json["T"];
            request.pd_apr = json["pd"];
            for (int o = 0; o < market.offer_count; ++o) market.compatible[market.request_count].add(o);
            for (Usd& room : market.room[request.buyer]) room = Usd{std::numeric_limits<std::int64_t>::max()};
            ++market.request_count;
            last = terms;
        }
        market.lots[market.lot_count] = {market.request_count - 1, json.at("q"), letter_tie(static_cast<std::size_t>(market.lot_count))};
        ++market.lot_count;
        named->lots.push_back(json.at("id"));
        named->buyers.push_back(buyer);
    }
    return named;
}

Json run_kc(const Parameters& p, const Json& in) {
    if (in.contains("q")) {
        std::int64_t sizes[kMaxLots] = {};
        Json lots = Json::array();
        const int count = split_request(p, in["q"], sizes);
        for (int k = 0; k < count; ++k) lots.push_back(sizes[k]);
        return {{"lots", lots}};
    }
    const auto named = read_market(in);
    match_ascending(p, named->market, named->trades);
    Json price, raises, held, bought;
    for (int o = 0; o < named->market.offer_count; ++o) {
        const std::string& name = named->offers[static_cast<std::size_t>(o)];
        price[name] = named->trades.price_usd_h[o];
        raises[name] = named->trades.raises[o];
        held[name] = Json::array();
        bought[name] = Json::object();
    }
    for (int i = 0; i < named->trades.count; ++i) {
        const ContractTrade& trade = named->trades.rows[i];
        const std::string& name = named->offers[static_cast<std::size_t>(trade.offer)];
        held[name].push_back(named->lots[static_cast<std::size_t>(trade.lot)]);
        Json& sum = bought[name][named->buyers[static_cast<std::size_t>(trade.lot)]];
        sum = trade.quantity + (sum.is_null() ? 0 : sum.get<std::int64_t>());
    }
    for (Json& lots : held) std::sort(lots.begin(), lots.end());
    // vectors whose buyers differ in risk name what each bought, since the lots of one buyer are interchangeable
    const bool by_buyer = std::any_of(in.at("lots").begin(), in["lots"].end(), [](const Json& lot) { return lot.at("pd") > 0; });
    return {{"price", price}, {"raises", raises}, {by_buyer ? "bought" : "held", by_buyer ? bought : held}};
}

Json list_trades(const NamedMarket& named) {
    Json trades = Json::array();
    for (int i = 0; i < named.trades.count; ++i) {
        const ContractTrade& trade = named.trades.rows[i];
        trades.push_back({{"lot", named.lots[static_cast<std::size_t>(trade.lot)]},
                          {"offer", named.offers[static_cast<std::size_t>(trade.offer)]},
                          {"q", trade.quantity},
                          {"price", trade.price_usd_h}});
    }
    return {{"trades", trades}};
}

Json run_nash(const Parameters& p, const Json& in) {
    const auto named = read_market(in);
    match_by_surplus(p, named->market, named->trades);
    return list_trades(*named);
}

Json run_posted(const Parameters& p, const Json& in) {
    const auto named = read_market(in);
    match_posted(p, named->market, named->trades);
    return list_trades(*named);
}

const Registered kc{"contracts_kc", run_kc};
const Registered nash{"contracts_nash", run_nash};
const Registered posted{"contracts_posted", run_posted};

}  // namespace
}  // namespace rackrace::rules

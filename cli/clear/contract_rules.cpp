// The contract market of a quarter under its three rules. Every lot may take every offer: what makes a pair incompatible is left out.
#include <algorithm>
#include <limits>
#include <map>
#include <memory>
#include <set>

#include "cli/clear/json_text.h"
#include "cli/clear/rule.h"
#include "engine/market/ascending_match.h"
#include "engine/market/posted_match.h"
#include "engine/market/surplus_match.h"

namespace rackrace::clear {
namespace {

struct NamedMarket {
    ContractMarket market;
    ContractTrades trades;
    std::vector<std::string> offers, lots, buyers;
};

/// The lots that a run would split the requests into, named BUYER.0, BUYER.1 and so on.
Json split_requests(const Parameters& p, const Json& requests) {
    Json lots = Json::array();
    std::map<std::string, int> made;
    for (const Json& request : requests) {
        const std::string buyer = request.at("buyer");
        std::int64_t sizes[kMaxLots] = {};
        const int count = split_request(p, request.at("q"), sizes);
        for (int k = 0; k < count; ++k)
            lots.push_back({{"id", buyer + "." + std::to_string(made[buyer]++)},
                            {"buyer", buyer},
                            {"q", sizes[k]},
                            {"cap", request.at("cap")},
                            {"T", request.at("T")},
                            {"pd", request.at("pd")}});
    }
    return lots;
}

Json lots_of(const Parameters& p, const Json& in) { return is_given(in, "lots") ? in["lots"] : split_requests(p, in.at("requests")); }

/// The request of each lot. Lots of one buyer on equal terms are one request, of at most kMaxLots lots.
std::vector<int> requests_of(const Json& lots) {
    struct Open {
        int request, lots;
    };
    std::map<std::string, Open> open;
    std::vector<int> out;
    int count = 0;
    for (const Json& lot : lots) {
        const auto [at, is_new] = open.try_emplace(json_text({lot.at("buyer"), lot.at("cap"), lot.at("T"), lot.at("pd")}), Open{0, kMaxLots});
        if (at->second.lots == kMaxLots) at->second = {count++, 0};
        ++at->second.lots;
        out.push_back(at->second.request);
    }
    return out;
}

void check_market(const Parameters& p, const Json& in, Refusals& wrong) {
    if (!is_given(in, "lots") && !is_given(in, "requests"))
        return wrong.add({"lots", 0, 0, "is missing", "give lots, or requests to split into lots"});
    const Json lots = lots_of(p, in);
    using Unordered = nlohmann::json;  // in which the order of names in an object makes no difference
    if (is_given(in, "lots") && is_given(in, "requests") && Unordered(lots) != Unordered(split_requests(p, in["requests"])))
        wrong.add({"lots", 0, 0, "are not what the requests are split into", "leave out one of the two"});
    std::vector<std::string> ids;
    std::set<std::string> buyers;
    std::int64_t total = 0;
    for (const Json& lot : lots) {
        ids.push_back(lot.at("id"));
        buyers.insert(lot.at("buyer").get<std::string>());
        total += lot.at("q").get<std::int64_t>();
    }
    const std::vector<int> requests = requests_of(lots);
    need_distinct(ids, "lots", wrong);
    need_total(total, kMostUnits, "lots", wrong);
    const auto limit = [&](std::size_t count, int most, const char* what) {
        if (count > static_cast<std::size_t>(most))
            wrong.add({"lots", 0, 0, "are of " + std::to_string(count) + " " + what, "the engine holds at most " + std::to_string(most)});
    };
    limit(buyers.size(), kMaxFirms, "buyers");
    if (!requests.empty()) limit(static_cast<std::size_t>(*std::max_element(requests.begin(), requests.end())) + 1, kMaxContractRequests, "requests");
}

std::unique_ptr<NamedMarket> read_market(const Parameters& p, const Json& in) {
    auto named = std::make_unique<NamedMarket>();
    ContractMarket& market = named->market;
    for (const auto& [name, json] : in.at("offers").items()) {
        ContractOffer& offer = market.offers[market.offer_count++];
        offer.quantity = json.at("qty");
        offer.ask_usd_h = json.at("ask");
        offer.quality_frac = json.at("xi");
        offer.reliability_frac = json.at("rel");
        offer.pd_apr = json.at("pd");
        if (is_given(json, "max_share")) offer.max_share_frac = json["max_share"];
        offer.tie = tie_of_name(name);
        named->offers.push_back(name);
    }
    std::map<std::string, int> firm;
    const Json lots = lots_of(p, in);
    const std::vector<int> requests = requests_of(lots);
    for (std::size_t i = 0; i < lots.size(); ++i) {
        const std::string id = lots[i].at("id"), buyer = lots[i].at("buyer");
        if (requests[i] == market.request_count) {  // its first lot
            ContractRequest& request = market.requests[market.request_count];
            request.buyer = firm.emplace(buyer, static_cast<int>(firm.size())).first->second;
            request.cap_usd_h = lots[i].at("cap");
            request.term_q = lots[i].at("T");
            request.pd_apr = lots[i].at("pd");
            for (int o = 0; o < market.offer_count; ++o) market.compatible[market.request_count].add(o);
            for (Usd& room : market.room[request.buyer]) room = Usd{std::numeric_limits<std::int64_t>::max()};
            ++market.request_count;
        }
        market.lots[market.lot_count++] = {requests[i], lots[i].at("q"), tie_of_name(id)};
        named->lots.push_back(id);
        named->buyers.push_back(buyer);
    }
    return named;
}

Json run_kc(const Parameters& p, const Json& in) {
    const auto named = read_market(p, in);
    match_ascending(p, named->market, named->trades);
    Json held = Json::object(), bought = Json::object(), price = Json::object(), raises = Json::object();
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
        const std::string& buyer = named->buyers[static_cast<std::size_t>(trade.lot)];
        held[name].push_back(named->lots[static_cast<std::size_t>(trade.lot)]);
        bought[name][buyer] = bought[name].value(buyer, std::int64_t{0}) + trade.quantity;
    }
    for (Json& lots : held) std::sort(lots.begin(), lots.end());
    return {{"held", held}, {"bought", bought}, {"price", price}, {"raises", raises}};
}

template <void (*match)(const Parameters&, const ContractMarket&, ContractTrades&)> Json run_trades(const Parameters& p, const Json& in) {
    const auto named = read_market(p, in);
    match(p, named->market, named->trades);
    Json trades = Json::array();
    for (int i = 0; i < named->trades.count; ++i) {
        const ContractTrade& trade = named->trades.rows[i];
        trades.push_back({{"lot", named->lots[static_cast<std::size_t>(trade.lot)]},
                          {"offer", named->offers[static_cast<std::size_t>(trade.offer)]},
                          {"q", trade.quantity},
                          {"price", trade.price_usd_h}});
    }
    return {{"trades", trades}};
}

Field market_field() {
    constexpr int longest_q = 1000;
    Field quantity = units("qty", "H100e", "for sale"), wanted = units("q", "H100e", "wanted");
    quantity.low = wanted.low = 1.0;
    const Field buyer = named("buyer", "firm that asks"), cap = price("cap", "$/H100e-hour", "highest price"),
                term = whole("T", "quarters", "length of the contract", 1, longest_q),
                pd = frac("pd", "share/year", "the buyer's chance of default", 0.0, 1.0);
    return record_of(
        {by_name("offers", "capacity for sale", "offer", kMaxContractOffers,
                 record_of({price("ask", "$/H100e-hour", "lowest price"), quantity, frac("xi", "share of cap", "liking for the seller", -1.0, 1.0),
                            frac("rel", "share", "reliability of the seller", 0.0, 1.0),
                            frac("pd", "share/year", "the seller's chance of default", 0.0, 1.0),
                            optional(frac("max_share", "share of qty", "most that one buyer may hold; left out: all", 0.0, 1.0))})),
         optional(list_of("lots", "capacity wanted, split into lots; or give requests", kMaxContractLots,
                          record_of({named("id", "of the lot"), buyer, wanted, cap, term, pd}))),
         optional(list_of("requests", "in place of lots: a run splits them into lots BUYER.0, BUYER.1, ...", kMaxContractRequests,
                          record_of({buyer, wanted, cap, term, pd})))});
}

}  // namespace

std::vector<Rule> contract_rules() {
    const Field lot_names = list_of("", "", kMaxContractLots, named("lot", ""));
    const Field kc = record_of(
        {by_name("held", "lots that each offer serves, by name", "offer", kMaxContractOffers, lot_names),
         by_name("bought", "what each buyer has of it", "offer", kMaxContractOffers, by_name("", "", "buyer", kMaxFirms, units("q", "H100e", ""))),
         by_name("price", "final price of each offer", "offer", kMaxContractOffers, price("price", "$/H100e-hour", "")),
         by_name("raises", "steps by which it rose, one a rejection", "offer", kMaxContractOffers, units("steps", "steps", ""))});
    const Field trades = record_of({list_of("trades", "in the order made", kMaxContractTrades,
                                            record_of({named("lot", "or a part of it"), named("offer", "that it takes"),
                                                       units("q", "H100e", "traded"), price("price", "$/H100e-hour", "of the contract")}))});
    return {{"contracts.KC", "Lots go where they gain most; an offer that is full rejects the lot worth least to it and rises a step", market_field(),
             kc, check_market, run_kc},
            {"contracts.NASH", "Lots and offers pair up by falling joint surplus and split it", market_field(), trades, check_market,
             run_trades<match_by_surplus>},
            {"contracts.POSTED", "Lots in tie order take what they like best at the asks", market_field(), trades, check_market,
             run_trades<match_posted>}};
}

}  // namespace rackrace::clear

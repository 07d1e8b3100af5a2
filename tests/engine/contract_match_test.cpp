// The contract market: the worked case of model.md 5.17, the three rules against plain re-tellings of them, and the laws each keeps.
#include <algorithm>
#include <catch2/catch.hpp>
#include <memory>
#include <numeric>
#include <random>
#include <tuple>
#include <vector>

#include "engine/base/hash.h"
#include "engine/market/ascending_match.h"
#include "engine/market/posted_match.h"
#include "engine/market/surplus_match.h"
#include "tests/engine/model_parameters.h"

using namespace rackrace;

namespace {

using Rule = void (*)(const Parameters&, const ContractMarket&, ContractTrades&);
constexpr Rule kRules[] = {match_ascending, match_by_surplus, match_posted};

constexpr int kGeneration = 2;

ContractOffer offer_of(int seller, std::int64_t quantity, double ask_usd_h) {
    ContractOffer offer;
    offer.seller = seller;
    offer.generation = kGeneration;
    offer.quantity = quantity;
    offer.ask_usd_h = ask_usd_h;
    offer.term_max_q = 40;
    offer.reliability_frac = 1.0;
    offer.tie = hash64(1, seller);
    return offer;
}

ContractRequest request_of(int buyer, double cap_usd_h, int term_q = 8) {
    ContractRequest request;
    request.buyer = buyer;
    request.generation = kGeneration;
    request.cap_usd_h = cap_usd_h;
    request.term_q = term_q;
    return request;
}

void add_request(ContractMarket& market, const ContractRequest& request, const std::vector<std::int64_t>& lots) {
    for (std::size_t k = 0; k < lots.size(); ++k)
        market.lots[market.lot_count++] = {market.request_count, lots[k], hash64(2, request.buyer, market.request_count, k)};
    market.requests[market.request_count++] = request;
}

std::unique_ptr<ContractMarket> market_with_room(Usd room) {
    auto market = std::make_unique<ContractMarket>();
    for (auto& rooms : market->room)
        for (Usd& quarter : rooms) quarter = room;
    return market;
}
constexpr Usd kAmple{1'000'000'000'000'000};

/// Firms 0 to 7 sell, 8 to 15 and the outside buy, some of them short of room; prices, sizes and risks at random.
std::unique_ptr<ContractMarket> random_market(std::mt19937_64& draw, bool with_limits) {
    const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(draw); };
    auto market = market_with_room(kAmple);
    const int offers = pick(1, 8), requests = pick(1, 12);
    for (int o = 0; o < offers; ++o) {
        ContractOffer offer = offer_of(o, 100 * pick(1, 16), 0.5 + 0.01 * pick(0, 90));
        offer.quality_frac = pick(0, 1) * 0.05;
        offer.reliability_frac = 0.6 + 0.05 * pick(0, 8);
        offer.pd_apr = 0.01 * pick(0, 5);
        offer.takeorpay_frac = 0.1 * pick(3, 9);
        if (with_limits && pick(0, 2) == 0) offer.max_share_frac = 0.25 * pick(1, 3);
        market->offers[market->offer_count++] = offer;
    }
    for (int r = 0; r < requests; ++r) {
        const int buyer = pick(8, 16);
        ContractRequest request = request_of(buyer == 16 ? static_cast<int>(kCustomer) : buyer, 0.6 + 0.01 * pick(0, 160), 4 * pick(1, 5));
        request.pd_apr = 0.01 * pick(0, 8);
        request.start_in_q = pick(1, 5);
        std::int64_t sizes[kMaxLots];
        const int lots = split_request(model_parameters(), pick(1, 900), sizes);
        add_request(*market, request, {sizes, sizes + lots});
        if (with_limits && is_firm(request.buyer) && pick(0, 2) == 0)
            for (Usd& quarter : market->room[request.buyer]) quarter = Usd{100'000 * pick(1, 10)};
    }
    find_compatible(model_parameters(), *market);
    return market;
}

struct Contracts {
    std::unique_ptr<ContractTrades> trades = std::make_unique<ContractTrades>();
    const ContractTrade* begin() const { return trades->rows; }
    const ContractTrade* end() const { return trades->rows + trades->count; }
};

Contracts match(Rule rule, const ContractMarket& market) {
    Contracts contracts;
    rule(model_parameters(), market, *contracts.trades);
    return contracts;
}

std::int64_t bought_from(const ContractMarket& market, const Contracts& contracts, int offer, int buyer) {
    std::int64_t sum = 0;
    for (const ContractTrade& trade : contracts)
        if (trade.offer == offer && market.requests[market.lots[trade.lot].request].buyer == buyer) sum += trade.quantity;
    return sum;
}

/// Rule KC as the text tells it, without caches, orders or masks. returns the offer of each lot, -1 for none, and the prices.
std::pair<std::vector<int>, std::vector<double>> retell_ascending(const ContractMarket& market) {
    const Parameters& p = model_parameters();
    std::vector<double> price(static_cast<std::size_t>(market.offer_count));
    for (int o = 0; o < market.offer_count; ++o) price[static_cast<std::size_t>(o)] = market.offers[o].ask_usd_h;
    std::vector<int> at(static_cast<std::size_t>(market.lot_count), -1), order(at.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [&](int a, int b) { return market.lots[a].tie > market.lots[b].tie; });
    const auto request = [&](int lot) -> const ContractRequest& { return market.requests[market.lots[lot].request]; };
    const auto held_by = [&](int o, int buyer) {
        std::int64_t sum = 0;
        for (int i = 0; i < market.lot_count; ++i)
            if (at[static_cast<std::size_t>(i)] == o && (buyer < 0 || request(i).buyer == buyer)) sum += market.lots[i].quantity;
        return sum;
    };
    const auto within_room = [&](int lot, int o) {
        const ContractRequest& want = request(lot);
        if (!is_firm(want.buyer)) return true;
        for (int k = 1; k <= 8; ++k) {
            const auto runs = [k](const ContractRequest& r) { return k >= r.start_in_q && k < r.start_in_q + r.term_q; };
            if (!runs(want)) continue;
            const auto due = [&](int i, int from) {
                return takeorpay_of(p, market.offers[from], price[static_cast<std::size_t>(from)], market.lots[i].quantity);
            };
            Usd sum = due(lot, o);
            for (int i = 0; i < market.lot_count; ++i)
                if (at[static_cast<std::size_t>(i)] >= 0 && request(i).buyer == want.buyer && runs(request(i)))
                    sum += due(i, at[static_cast<std::size_t>(i)]);
            if (sum > market.room[want.buyer][k - 1]) return false;
        }
        return true;
    };
    const auto choice = [&](int lot) {
        int best = -1;
        double best_gain = 0.0;
        for (int o = 0; o < market.offer_count; ++o) {
            const double now = price[static_cast<std::size_t>(o)], gain = buyer_gain_usd_h(p, market.offers[o], request(lot), now);
            if (!market.compatible[market.lots[lot].request].has(o) || gain < 0.0 || now > request(lot).cap_usd_h) continue;
            if (static_cast<double>(held_by(o, request(lot).buyer) + market.lots[lot].quantity) >
                market.offers[o].max_share_frac * static_cast<double>(market.offers[o].quantity))
                continue;
            if (best >= 0 && (gain < best_gain || (gain == best_gain && market.offers[o].tie < market.offers[best].tie))) continue;
            if (!within_room(lot, o)) continue;
            best = o;
            best_gain = gain;
        }
        return best;
    };
    const auto worth = [&](int lot, int o) {
        const double unit_penalty = p.contract_buyer_concentration_penalty_frac / static_cast<double>(market.offers[o].quantity);
        return 1.0 - request(lot).pd_apr * p.loss_given_default_unsecured_frac * remaining_life_years(p, request(lot)) -
               unit_penalty * static_cast<double>(held_by(o, request(lot).buyer));
    };
    for (bool proposed = true; proposed;) {
        proposed = false;
        for (const int lot : order) {
            const int o = at[static_cast<std::size_t>(lot)] < 0 ? choice(lot) : -1;
            if (o < 0) continue;
            proposed = true;
            at[static_cast<std::size_t>(lot)] = o;
            while (held_by(o, -1) > market.offers[o].quantity) {
                int worst = -1;
                for (const int i : order)
                    if (at[static_cast<std::size_t>(i)] == o && (worst < 0 || worth(i, o) <= worth(worst, o))) worst = i;
                at[static_cast<std::size_t>(worst)] = -1;
                price[static_cast<std::size_t>(o)] *= 1.0 + p.contract_price_step_frac;
                for (const int i : order)
                    if (at[static_cast<std::size_t>(i)] == o && request(i).cap_usd_h < price[static_cast<std::size_t>(o)])
                        at[static_cast<std::size_t>(i)] = -1;
            }
            break;
        }
    }
    return {at, price};
}

}  // namespace

TEST_CASE("Two buyers of one offer bid its price up until the one with the lower cap leaves", "[engine][contracts]") {
    auto market = market_with_room(kAmple);
    market->offers[market->offer_count++] = offer_of(0, 100, 1.00);
    add_request(*market, request_of(1, 1.20), {100});
    add_request(*market, request_of(2, 1.50), {100});
    find_compatible(model_parameters(), *market);
    const Contracts contracts = match(match_ascending, *market);
    CHECK(bought_from(*market, contracts, 0, 2) == 100);
    CHECK(bought_from(*market, contracts, 0, 1) == 0);
    CHECK(contracts.trades->raises[0] == 37);
    CHECK(contracts.trades->price_usd_h[0] == Approx(1.2027).epsilon(1e-4));
}

TEST_CASE("A request is split into eight lots with the remainder in the first", "[engine][contracts]") {
    std::int64_t sizes[kMaxLots] = {};
    CHECK(split_request(model_parameters(), 83, sizes) == 8);
    CHECK(std::vector<std::int64_t>(sizes, sizes + 8) == std::vector<std::int64_t>{13, 10, 10, 10, 10, 10, 10, 10});
    CHECK(split_request(model_parameters(), 7, sizes) == 1);
    CHECK(sizes[0] == 7);
    CHECK(split_request(model_parameters(), 0, sizes) == 0);
}

TEST_CASE("A pair that cannot sign is kept apart", "[engine][contracts]") {
    const Parameters& p = model_parameters();
    ContractOffer offer = offer_of(0, 100, 1.0);
    offer.takeorpay_frac = 0.8;
    ContractRequest request = request_of(1, 2.0);
    CHECK(is_compatible(p, offer, request));
    SECTION("a firm does not buy from itself") { request.buyer = 0; CHECK_FALSE(is_compatible(p, offer, request)); }
    SECTION("another generation") { request.generation = kGeneration + 1; CHECK_FALSE(is_compatible(p, offer, request)); }
    SECTION("a term over the seller's longest") { offer.term_max_q = 7; CHECK_FALSE(is_compatible(p, offer, request)); }
    SECTION("less take-or-pay than the seller asks") { request.takeorpay_max_frac = 0.7; CHECK_FALSE(is_compatible(p, offer, request)); }
    SECTION("a buyer likely to fail") { request.pd_apr = p.contract_buyer_pd_max_apr + 0.01; CHECK_FALSE(is_compatible(p, offer, request)); }
    SECTION("a seller that did not deliver") { offer.reliability_frac = p.contract_seller_reliability_min_frac - 0.01; CHECK_FALSE(is_compatible(p, offer, request)); }
    SECTION("a buyer that forced down what it had signed too often") { request.reliability_frac = p.contract_seller_reliability_min_frac - 0.01; CHECK_FALSE(is_compatible(p, offer, request)); }
}

TEST_CASE("The fast ascending match gives what the plain telling of the rule gives", "[engine][contracts]") {
    std::mt19937_64 draw(11);
    int raised = 0;
    for (int run = 0; run < 200; ++run) {
        const auto market = random_market(draw, run % 2 == 1);
        const Contracts contracts = match(match_ascending, *market);
        const auto [at, price] = retell_ascending(*market);
        std::vector<int> offer(at.size(), -1);
        for (const ContractTrade& trade : contracts) offer[static_cast<std::size_t>(trade.lot)] = trade.offer;
        INFO("run " << run);
        REQUIRE(offer == at);
        for (int o = 0; o < market->offer_count; ++o) {
            REQUIRE(contracts.trades->price_usd_h[o] == price[static_cast<std::size_t>(o)]);
            raised += contracts.trades->raises[o];
        }
    }
    CHECK(raised > 1000);
}

namespace {

/// What a match leaves: where each lot stands, what each offer holds, and what a lot would gain elsewhere.
struct Standing {
    const ContractMarket& market;
    const Contracts& contracts;
    std::vector<int> at;                // offer of each lot, -1 for none
    std::vector<std::int64_t> held;     // units of each offer

    Standing(const ContractMarket& of, const Contracts& with)
        : market(of), contracts(with), at(static_cast<std::size_t>(of.lot_count), -1), held(static_cast<std::size_t>(of.offer_count)) {
        for (const ContractTrade& trade : contracts) {
            at[static_cast<std::size_t>(trade.lot)] = trade.offer;
            held[static_cast<std::size_t>(trade.offer)] += trade.quantity;
        }
    }
    const ContractRequest& request(int lot) const { return market.requests[market.lots[lot].request]; }
    double gain(int lot, int o) const { return buyer_gain_usd_h(model_parameters(), market.offers[o], request(lot), contracts.trades->price_usd_h[o]); }
    bool accepts(int lot, int o) const {
        return market.compatible[market.lots[lot].request].has(o) && contracts.trades->price_usd_h[o] <= request(lot).cap_usd_h && gain(lot, o) >= 0.0;
    }
    double rise(int o) const { return contracts.trades->price_usd_h[o] - market.offers[o].ask_usd_h; }
    /// v over the price, with `more` units of the buyer in the offer.
    double worth(int lot, int o, std::int64_t more) const {
        const Parameters& p = model_parameters();
        const auto share = static_cast<double>(bought_from(market, contracts, o, request(lot).buyer) + more) / static_cast<double>(market.offers[o].quantity);
        return 1.0 - request(lot).pd_apr * p.loss_given_default_unsecured_frac * remaining_life_years(p, request(lot)) - p.contract_buyer_concentration_penalty_frac * share;
    }
    /// Whether the seller has a place for the lot, or holds others that it values less and that make enough room.
    bool is_wanted(int lot, int o) const {
        const std::int64_t quantity = market.lots[lot].quantity;
        std::int64_t room = market.offers[o].quantity - held[static_cast<std::size_t>(o)];
        for (int i = 0; i < market.lot_count && room < quantity; ++i)
            if (at[static_cast<std::size_t>(i)] == o && worth(i, o, 0) < worth(lot, o, quantity)) room += market.lots[i].quantity;
        return room >= quantity;
    }
};

}  // namespace

TEST_CASE("After the ascending match no lot without a contract finds an offer that it would take, within its share and its room", "[engine][contracts]") {
    const Parameters& p = model_parameters();
    std::mt19937_64 draw(12);
    int free_lots = 0, kept_out = 0;
    for (int run = 0; run < 600; ++run) {
        const auto market = random_market(draw, run % 2 == 1);
        const Contracts contracts = match(match_ascending, *market);
        const Standing standing(*market, contracts);
        const auto fits = [&](int lot, int o) {
            const ContractRequest& want = standing.request(lot);
            const ContractOffer& offer = market->offers[o];
            if (static_cast<double>(bought_from(*market, contracts, o, want.buyer) + market->lots[lot].quantity) > offer.max_share_frac * static_cast<double>(offer.quantity)) return false;
            if (!is_firm(want.buyer)) return true;
            Usd room[kRoomQuarters];
            std::copy(std::begin(market->room[want.buyer]), std::end(market->room[want.buyer]), room);
            for (const ContractTrade& trade : contracts) {
                const ContractRequest& other = standing.request(trade.lot);
                if (other.buyer == want.buyer) take_room(room_quarters(p, other), takeorpay_of(p, market->offers[trade.offer], trade.price_usd_h, trade.quantity), room);
            }
            return fits_room(room_quarters(p, want), takeorpay_of(p, offer, contracts.trades->price_usd_h[o], market->lots[lot].quantity), room);
        };
        for (int i = 0; i < market->lot_count; ++i) {
            if (standing.at[static_cast<std::size_t>(i)] >= 0) continue;
            ++free_lots;
            for (int o = 0; o < market->offer_count; ++o) {
                if (!standing.accepts(i, o)) continue;
                ++kept_out;
                REQUIRE_FALSE(fits(i, o));
            }
        }
    }
    CHECK(free_lots > 2000);
    CHECK(kept_out > 100);
}

TEST_CASE("No lot would gain more elsewhere than the price of its own offer rose, so where nobody was turned away nobody would leave", "[engine][contracts]") {
    std::mt19937_64 draw(16);
    int held = 0, calm = 0, would_leave = 0;
    for (int run = 0; run < 300; ++run) {
        const auto market = random_market(draw, false);
        const Contracts contracts = match(match_ascending, *market);
        const Standing standing(*market, contracts);
        for (const ContractTrade& trade : contracts) {
            ++held;
            calm += standing.rise(trade.offer) == 0.0;
            for (int o = 0; o < market->offer_count; ++o) {
                if (!standing.accepts(trade.lot, o)) continue;
                const double more = standing.gain(trade.lot, o) - standing.gain(trade.lot, trade.offer);
                REQUIRE(more <= standing.rise(trade.offer) + 1e-12);
                would_leave += more > 1e-12 && standing.is_wanted(trade.lot, o);
            }
        }
    }
    CHECK(held > 5000);
    CHECK(calm > 200);
    CHECK(would_leave > 0);  // docs/decisions.md says how many
}

TEST_CASE("Among equally good sellers, lots of one size and terms of one length no buyer and seller would leave for each other by more than a price step", "[engine][contracts]") {
    const Parameters& p = model_parameters();
    std::mt19937_64 draw(16);
    int held = 0, rejected = 0, turned_down = 0;
    for (int run = 0; run < 300; ++run) {
        const auto market = random_market(draw, false);
        for (int o = 0; o < market->offer_count; ++o) {
            market->offers[o].quality_frac = 0.0;
            market->offers[o].reliability_frac = 0.95;
            market->offers[o].pd_apr = 0.01;
        }
        for (int r = 0; r < market->request_count; ++r) market->requests[r].term_q = 12;
        for (int i = 0; i < market->lot_count; ++i) market->lots[i].quantity = 50;
        find_compatible(p, *market);
        const Contracts contracts = match(match_ascending, *market);
        const Standing standing(*market, contracts);
        for (int o = 0; o < market->offer_count; ++o) rejected += contracts.trades->raises[o];
        for (const ContractTrade& trade : contracts) {
            ++held;
            for (int o = 0; o < market->offer_count; ++o) {
                if (o == trade.offer || !standing.accepts(trade.lot, o)) continue;
                const double step = p.contract_price_step_frac * contracts.trades->price_usd_h[o];
                const bool would_leave = standing.gain(trade.lot, o) > standing.gain(trade.lot, trade.offer) + step + 1e-12;
                turned_down += standing.gain(trade.lot, o) > standing.gain(trade.lot, trade.offer);
                REQUIRE_FALSE((would_leave && standing.is_wanted(trade.lot, o)));
            }
        }
    }
    CHECK(held > 5000);
    CHECK(rejected > 10'000);
    CHECK(turned_down > 100);
}

TEST_CASE("Among equally good sellers nobody holds a contract while a place stands free more than one price step below it", "[engine][contracts]") {
    const Parameters& p = model_parameters();
    std::mt19937_64 draw(13);
    const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(draw); };
    int compared = 0;
    for (int run = 0; run < 300; ++run) {
        auto market = market_with_room(kAmple);
        for (int o = 0; o < 5; ++o) market->offers[market->offer_count++] = offer_of(o, 50 * pick(1, 6), 0.5 + 0.01 * pick(0, 90));
        for (int r = 0; r < 14; ++r) {
            ContractRequest request = request_of(r % 2 == 0 ? static_cast<int>(kCustomer) : 6 + r % 14, 0.6 + 0.01 * pick(0, 160));
            request.pd_apr = 0.01 * pick(0, 8);
            add_request(*market, request, {50});
        }
        find_compatible(p, *market);
        const Contracts contracts = match(match_ascending, *market);
        std::vector<std::int64_t> free_places(5);
        for (int o = 0; o < 5; ++o) free_places[static_cast<std::size_t>(o)] = market->offers[o].quantity;
        for (const ContractTrade& trade : contracts) free_places[static_cast<std::size_t>(trade.offer)] -= trade.quantity;
        for (const ContractTrade& trade : contracts) {
            for (int o = 0; o < 5; ++o) {
                if (free_places[static_cast<std::size_t>(o)] < trade.quantity) continue;
                ++compared;
                REQUIRE(trade.price_usd_h <= contracts.trades->price_usd_h[o] * (1.0 + p.contract_price_step_frac) * (1.0 + 1e-12));
            }
        }
    }
    CHECK(compared > 300);
}

TEST_CASE("Under every contract rule nobody sells more than it offers, buys more than it asks or pays above its cap", "[engine][contracts]") {
    std::mt19937_64 draw(14);
    for (const Rule rule : kRules) {
        std::int64_t traded = 0;
        for (int run = 0; run < 200; ++run) {
            const auto market = random_market(draw, true);
            const Contracts contracts = match(rule, *market);
            std::vector<std::int64_t> sold(kMaxContractOffers), bought(kMaxContractLots);
            for (const ContractTrade& trade : contracts) {
                const ContractRequest& request = market->requests[market->lots[trade.lot].request];
                const ContractOffer& offer = market->offers[trade.offer];
                sold[static_cast<std::size_t>(trade.offer)] += trade.quantity;
                bought[static_cast<std::size_t>(trade.lot)] += trade.quantity;
                traded += trade.quantity;
                REQUIRE(trade.quantity > 0);
                REQUIRE(trade.price_usd_h <= request.cap_usd_h);
                REQUIRE(trade.price_usd_h >= offer.ask_usd_h);
                REQUIRE(market->compatible[market->lots[trade.lot].request].has(trade.offer));
                REQUIRE(static_cast<double>(bought_from(*market, contracts, trade.offer, request.buyer)) <=
                        offer.max_share_frac * static_cast<double>(offer.quantity));
            }
            for (int o = 0; o < market->offer_count; ++o) REQUIRE(sold[static_cast<std::size_t>(o)] <= market->offers[o].quantity);
            for (int i = 0; i < market->lot_count; ++i) REQUIRE(bought[static_cast<std::size_t>(i)] <= market->lots[i].quantity);
        }
        CHECK(traded > 10000);
    }
}

TEST_CASE("The order of offers, requests and lots changes no contract", "[engine][contracts]") {
    std::mt19937_64 draw(15);
    for (const Rule rule : kRules) {
        std::size_t seen = 0;
        for (int run = 0; run < 100; ++run) {
            const auto market = random_market(draw, true);
            std::vector<int> offers(static_cast<std::size_t>(market->offer_count)), requests(static_cast<std::size_t>(market->request_count)),
                lots(static_cast<std::size_t>(market->lot_count));
            for (auto* order : {&offers, &requests, &lots}) {
                std::iota(order->begin(), order->end(), 0);
                std::shuffle(order->begin(), order->end(), draw);
            }
            auto moved = std::make_unique<ContractMarket>(*market);
            for (std::size_t o = 0; o < offers.size(); ++o) moved->offers[o] = market->offers[offers[o]];
            for (std::size_t r = 0; r < requests.size(); ++r) moved->requests[r] = market->requests[requests[r]];
            for (std::size_t i = 0; i < lots.size(); ++i) {
                moved->lots[i] = market->lots[lots[i]];
                moved->lots[i].request =
                    static_cast<int>(std::find(requests.begin(), requests.end(), market->lots[lots[i]].request) - requests.begin());
            }
            find_compatible(model_parameters(), *moved);
            using Signed = std::tuple<std::uint64_t, std::uint64_t, std::int64_t, double>;
            const auto list = [&](const ContractMarket& from) {
                std::vector<Signed> all;
                for (const ContractTrade& trade : match(rule, from))
                    all.emplace_back(from.lots[trade.lot].tie, from.offers[trade.offer].tie, trade.quantity, trade.price_usd_h);
                std::sort(all.begin(), all.end());
                return all;
            };
            const auto before = list(*market);
            seen += before.size();
            REQUIRE(before == list(*moved));
        }
        CHECK(seen > 1000);
    }
}

TEST_CASE("A buyer's room for take-or-pay bounds what it can sign", "[engine][contracts]") {
    const Parameters& p = model_parameters();
    for (const Rule rule : kRules) {
        auto market = market_with_room(to_usd(0.8 * 1.0 * p.hours_per_quarter * 250.0));
        market->offers[market->offer_count++] = offer_of(0, 1000, 1.0);
        market->offers[0].takeorpay_frac = 0.8;
        add_request(*market, request_of(1, 1.0), std::vector<std::int64_t>(8, 100));
        find_compatible(p, *market);
        SECTION("of eight lots of 100, two fit a room of 250") { CHECK(bought_from(*market, match(rule, *market), 0, 1) == 200); }
        SECTION("a contract that starts after the eight quarters needs no room") {
            market->requests[0].start_in_q = 9;
            CHECK(bought_from(*market, match(rule, *market), 0, 1) == 800);
        }
    }
}

TEST_CASE("Under NASH lot and offer split what the buyer would pay above the ask", "[engine][contracts]") {
    auto market = market_with_room(kAmple);
    market->offers[market->offer_count++] = offer_of(0, 100, 1.0);
    add_request(*market, request_of(1, 1.5), {60});
    add_request(*market, request_of(2, 1.4), {60});
    find_compatible(model_parameters(), *market);
    const Contracts contracts = match(match_by_surplus, *market);
    REQUIRE(contracts.trades->count == 2);
    CHECK(contracts.trades->rows[0].price_usd_h == Approx(1.25));
    CHECK(contracts.trades->rows[0].quantity == 60);
    CHECK(contracts.trades->rows[1].price_usd_h == Approx(1.20));
    CHECK(contracts.trades->rows[1].quantity == 40);
}

TEST_CASE("Lots of one request with one offer become one contract", "[engine][contracts]") {
    auto market = market_with_room(kAmple);
    market->offers[market->offer_count++] = offer_of(0, 1000, 1.0);
    add_request(*market, request_of(1, 1.5), {20, 10, 10});
    add_request(*market, request_of(1, 1.5, 4), {10, 10});
    find_compatible(model_parameters(), *market);
    Contracts contracts = match(match_ascending, *market);
    CHECK(contracts.trades->count == 5);
    merge_trades(*market, *contracts.trades);
    REQUIRE(contracts.trades->count == 2);
    CHECK(contracts.trades->rows[0].quantity + contracts.trades->rows[1].quantity == 60);
}

// The contract market of a quarter: offers of capacity, requests for it split into lots, and what makes a pair of them acceptable.
// Shared by the three rules (ascending_match.h, surplus_match.h, posted_match.h); nothing is signed or paid here.
#pragma once

#include <cstdint>

#include "engine/base/host_device.h"
#include "engine/base/index_set.h"
#include "engine/base/money.h"
#include "engine/base/numbers.h"
#include "engine/scenario/parameters.h"
#include "engine/world/parties.h"

namespace rackrace {

inline constexpr int kMaxLots = 8;             // of a request; contract_lots is at most this
inline constexpr int kMaxOutsideRequests = 4;  // outside_request_count_max is at most this
inline constexpr int kMaxContractOffers = kMaxFirms * kMaxOffers;
inline constexpr int kMaxContractRequests = kMaxFirms * kMaxRequests + kMaxOutsideRequests;
inline constexpr int kMaxContractLots = kMaxContractRequests * kMaxLots;
inline constexpr int kMaxContractTrades = kMaxContractLots + kMaxContractOffers;  // each trade uses up a lot or an offer
inline constexpr int kRoomQuarters = 8;                                           // contract_affordability_window_q is at most this

/// Capacity for sale, already cut by the forward capacity test.
struct ContractOffer {
    int seller = 0;
    int generation = 0;
    std::int64_t quantity = 0;  // H100e
    double ask_usd_h = 0.0;
    int term_min_q = 1;
    int term_max_q = 0;
    double takeorpay_frac = 0.0;        // least the seller accepts, and what its contracts carry
    double prepay_frac = 0.0;           // as above
    double max_share_frac = kInfinity;  // of the quantity, that one buyer may hold
    double quality_frac = 0.0;          // xi of the seller's role
    double reliability_frac = 0.0;      // rel of the seller
    double pd_apr = 0.0;                // of the seller
    std::uint64_t tie = 0;
};

/// Capacity wanted.
struct ContractRequest {
    int buyer = kCustomer;  // firm, or the outside
    int generation = 0;
    double cap_usd_h = 0.0;
    int term_q = 0;
    int start_in_q = 1;  // first quarter of delivery, 1 for the next one
    double takeorpay_max_frac = 1.0;
    double prepay_max_frac = 1.0;
    double pd_apr = 0.0;            // of the buyer
    double reliability_frac = 1.0;  // of the buyer, as buyer_reliability; the outside keeps its word
};

struct ContractLot {
    int request = 0;
    std::int64_t quantity = 0;
    std::uint64_t tie = 0;
};

/// Offers or requests.
using ContractSet = IndexSet;
static_assert(kMaxContractOffers <= kIndexSetSize && kMaxContractRequests <= kIndexSetSize);

/// All that a rule reads. Firms in chapter 11 neither offer nor ask: their rows are left out.
struct ContractMarket {
    ContractOffer offers[kMaxContractOffers] = {};
    ContractRequest requests[kMaxContractRequests] = {};
    ContractLot lots[kMaxContractLots] = {};
    ContractSet compatible[kMaxContractRequests] = {};  // offers that a request may take; find_compatible fills it
    Usd room[kMaxFirms][kRoomQuarters] = {};            // take-or-pay that a buyer may add, 1 to 8 quarters ahead; the outside has no such test
    int offer_count = 0;
    int request_count = 0;
    int lot_count = 0;
};

/// One lot, or a part of it, sold out of one offer.
struct ContractTrade {
    double price_usd_h = 0.0;
    std::int64_t quantity = 0;
    int lot = 0;
    int offer = 0;
};

struct ContractTrades {
    ContractTrade rows[kMaxContractTrades] = {};
    int count = 0;
    double price_usd_h[kMaxContractOffers] = {};  // of each offer at the end
    int raises[kMaxContractOffers] = {};          // steps by which it rose (rule KC)
};

/// Sizes of the lots of a request: equal ones rounded down, the remainder in the first; one lot where there are fewer units than lots.
/// returns how many; sizes[kMaxLots] sums to quantity. Nothing asked: no lot.
RACKRACE_HD inline int split_request(const Parameters& p, std::int64_t quantity, std::int64_t* sizes) {
    const int lots = static_cast<int>(min(p.contract_lots, kMaxLots));
    if (quantity <= 0) return 0;
    if (quantity < lots) {
        sizes[0] = quantity;
        return 1;
    }
    RACKRACE_NO_UNROLL
    for (int k = 0; k < lots; ++k) sizes[k] = quantity / lots;
    sizes[0] += quantity % lots;
    return lots;
}

/// Whether the two could sign at all, whatever the price: generation, term, take-or-pay, prepayment, the buyer's solvency, the reliability of both.
/// No firm sells to itself.
RACKRACE_HD inline bool is_compatible(const Parameters& p, const ContractOffer& offer, const ContractRequest& request) {
    return offer.quantity > 0 && offer.generation == request.generation && offer.seller != request.buyer && request.term_q >= offer.term_min_q &&
           request.term_q <= offer.term_max_q && offer.takeorpay_frac <= request.takeorpay_max_frac && offer.prepay_frac <= request.prepay_max_frac &&
           request.pd_apr <= p.contract_buyer_pd_max_apr && min(offer.reliability_frac, request.reliability_frac) >= p.contract_seller_reliability_min_frac;
}

/// Fills market.compatible from the offers and requests.
RACKRACE_HD inline void find_compatible(const Parameters& p, ContractMarket& market) {
    RACKRACE_NO_UNROLL
    for (int r = 0; r < market.request_count; ++r) {
        market.compatible[r] = {};
        RACKRACE_NO_UNROLL
        for (int o = 0; o < market.offer_count; ++o)
            if (is_compatible(p, market.offers[o], market.requests[r])) market.compatible[r].add(o);
    }
}

/// What a buyer's cap is worth to it with this seller, as a share of the cap, before the seller's default: liked for its quality, feared
/// for its unreliability.
RACKRACE_HD inline double seller_worth(const Parameters& p, const ContractOffer& offer) {
    return 1.0 + offer.quality_frac - p.contract_reliability_penalty_frac * (1.0 - offer.reliability_frac);
}

/// Years of an average remaining life (T/8): times a yearly default probability, the chance to lose what remains.
RACKRACE_HD inline double remaining_life_years(const Parameters& p, const ContractRequest& request) {
    return request.term_q / p.contract_loss_life_divisor_q;
}

/// u = cap (1 + xi) - price - cap (0.15 (1 - rel) + PD T/8): what a lot gains from the offer at this price. A lot takes an offer only if
/// u >= 0 and the price is within its cap. worth, life: the two above, which no price changes.
RACKRACE_HD inline double buyer_gain_usd_h(double worth, double seller_pd_apr, double life_years, double cap_usd_h, double price_usd_h) {
    return cap_usd_h * (worth - seller_pd_apr * life_years) - price_usd_h;
}
RACKRACE_HD inline double buyer_gain_usd_h(const Parameters& p, const ContractOffer& offer, const ContractRequest& request, double price_usd_h) {
    return buyer_gain_usd_h(seller_worth(p, offer), offer.pd_apr, remaining_life_years(p, request), request.cap_usd_h, price_usd_h);
}

/// Take-or-pay that a lot adds in each quarter of its term, dollars.
RACKRACE_HD inline Usd takeorpay_of(const Parameters& p, const ContractOffer& offer, double price_usd_h, std::int64_t quantity) {
    return to_usd(offer.takeorpay_frac * price_usd_h * p.hours_per_quarter * static_cast<double>(quantity));
}

/// Quarters of a buyer's room that a contract falls in: [first, last), counted from the next quarter.
struct RoomQuarters {
    int first;
    int last;
};
RACKRACE_HD inline RoomQuarters room_quarters(const Parameters& p, const ContractRequest& request) {
    const int window = static_cast<int>(min(p.contract_affordability_window_q, kRoomQuarters));
    const int first = request.start_in_q > 1 ? request.start_in_q - 1 : 0;
    return {first, first + request.term_q < window ? first + request.term_q : window};
}

/// Whether `amount` a quarter fits the room in all of them. What is left of a room may be below 0 after prices rose: then nothing fits.
RACKRACE_HD inline bool fits_room(RoomQuarters quarters, Usd amount, const Usd* room) {
    bool fits = true;
    RACKRACE_NO_UNROLL
    for (int k = quarters.first; k < quarters.last; ++k) fits = fits && amount <= room[k];
    return fits;
}

RACKRACE_HD inline void take_room(RoomQuarters quarters, Usd amount, Usd* room) {
    RACKRACE_NO_UNROLL
    for (int k = quarters.first; k < quarters.last; ++k) room[k] -= amount;
}

/// Adds up the trades of one request with one offer, which share a price, into one row each: the contracts to sign. Keeps their order.
RACKRACE_HD inline void merge_trades(const ContractMarket& market, ContractTrades& trades) {
    int count = 0;
    RACKRACE_NO_UNROLL
    for (int i = 0; i < trades.count; ++i) {
        const ContractTrade& trade = trades.rows[i];
        int at = 0;
        RACKRACE_NO_UNROLL
        while (at < count && (trades.rows[at].offer != trade.offer || market.lots[trades.rows[at].lot].request != market.lots[trade.lot].request))
            ++at;
        if (at < count) trades.rows[at].quantity += trade.quantity;
        else trades.rows[count++] = trade;
    }
    trades.count = count;
}

}  // namespace rackrace

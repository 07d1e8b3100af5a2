#!/usr/bin/env python3
"""The reduced market in plain Python, a firm an object: the specification (../reduced_market.md) as a program. Needs no package."""

import math
import struct

import peer

FIRMS = 16
HOURS_QUARTER = 2190.0
ENERGY_USD_H = 0.12
UPKEEP_USD_CHIP = 250.0
REFERENCE_USD_H = 1.5
LIFE_QUARTERS = 12.0
LOAN_TO_BOOK = 0.5
RATE_QUARTER = 0.025

WORD = (1 << 64) - 1


def mix64(x):
    x = (x + 0x9E3779B97F4A7C15) & WORD
    x = ((x ^ (x >> 30)) * 0xBF58476D1CE4E5B9) & WORD
    x = ((x ^ (x >> 27)) * 0x94D049BB133111EB) & WORD
    return x ^ (x >> 31)


def hash64(*key):
    h = 0x243F6A8885A308D3
    for word in key:
        h = mix64(h ^ word)
    return h


def uniform01(market, t, what):
    return ((hash64(market, 2, t, what, 0, 0) >> 12) + 0.5) * 2.0**-52


def hash_words(words):
    lanes = [1, 2, 3, 4]
    for i, word in enumerate(words):
        h = ((lanes[i & 3] ^ word) * 0x9E3779B97F4A7C15) & WORD
        lanes[i & 3] = h ^ (h >> 29)
    return hash64(*lanes, len(words))


def draw(path, markets):
    """For each market and quarter the factors of demand and of supply."""
    return [
        [(1.0 + 0.3 * (uniform01(m, t, 0) - 0.5), 1.0 + 0.4 * (uniform01(m, t, 1) - 0.5)) for t in range(len(path))] for m in range(markets)
    ]


def clamp(x, low, high):
    return low if x < low else high if x > high else x


class Firm:
    def __init__(self, f):
        self.cash_usd = 600000000.0 - 20000000.0 * f
        self.chips = 20000.0 + 2500.0 * f
        self.book_usd = self.chips * 20000.0
        self.debt_usd = 0.2 * self.book_usd
        self.paid_usd = 0.0
        self.failures = 0.0

    def headroom_usd(self):
        return max(LOAN_TO_BOOK * self.book_usd - self.debt_usd, 0.0)

    def state(self):
        return (self.cash_usd, self.debt_usd, self.chips, self.book_usd, self.paid_usd, self.failures)


# Strategies: from what stands at the end of last quarter to a budget for chips, a bid for one, and an ask for an hour.


def steady(firm, m):
    return 0.25 * firm.cash_usd, 0.7 * m.value_usd_chip, 1.1 * ENERGY_USD_H


def trend(firm, m):
    return firm.cash_usd * clamp(m.price_usd_h / m.ewma_usd_h - 0.6, 0.0, 0.8), 0.8 * m.value_usd_chip, 0.5 * m.ewma_usd_h


def leverage(firm, m):
    return 0.4 * firm.cash_usd + 0.5 * firm.headroom_usd(), 0.9 * m.value_usd_chip, ENERGY_USD_H + RATE_QUARTER * firm.debt_usd / (HOURS_QUARTER * max(firm.chips, 1.0))


def share(firm, m):
    bid = min(0.85 * m.value_usd_chip, 1.05 * m.chip_price_usd)
    return max(1.1 * (m.fleet_chips / FIRMS) - firm.chips, 0.0) * bid, bid, 0.4 * m.ewma_usd_h


def contrarian(firm, m):
    return firm.cash_usd * clamp(1.3 - m.price_usd_h / m.ewma_usd_h, 0.0, 0.6), 0.75 * m.value_usd_chip, 0.6 * m.price_usd_h


def prudent(firm, m):
    return 0.5 * max(firm.cash_usd - firm.debt_usd - 4.0 * UPKEEP_USD_CHIP * firm.chips, 0.0), 0.6 * m.value_usd_chip, 1.5 * ENERGY_USD_H


def root(firm, m):
    return 0.3 * math.sqrt(firm.cash_usd * firm.book_usd), math.sqrt(m.value_usd_chip * m.chip_price_usd), math.sqrt(ENERGY_USD_H * m.ewma_usd_h)


def busy(firm, m):
    use = m.utilisation_frac * m.utilisation_frac
    return 0.5 * firm.cash_usd * use, m.value_usd_chip * (0.5 + 0.4 * m.utilisation_frac), 0.6 * m.ewma_usd_h * use


STRATEGIES = [steady, trend, leverage, share, contrarian, prudent, root, busy]


class Market:
    def __init__(self, strategies):
        self.firms = [Firm(f) for f in range(FIRMS)]
        self.strategies = STRATEGIES[:strategies]
        self.demand_chips = 1400000.0
        self.price_usd_h = 1.5
        self.ewma_usd_h = 1.5
        self.chip_price_usd = 25000.0
        self.utilisation_frac = 1.0

    def quarter(self, path, demand_factor, supply_factor):
        growth, supply, reserve = path
        self.demand_chips = self.demand_chips * (1.0 + growth) * demand_factor
        payments = self.sell_chips(math.floor(supply * supply_factor), reserve, *self.decide(reserve))
        sold = self.clear_spot()
        for firm, payment, units in zip(self.firms, payments, sold):
            self.settle(firm, payment, units)
        self.ewma_usd_h = self.ewma_usd_h + 0.3 * (self.price_usd_h - self.ewma_usd_h)

    def decide(self, reserve):
        self.fleet_chips = sum(firm.chips for firm in self.firms)
        self.value_usd_chip = max(self.ewma_usd_h - ENERGY_USD_H, 0.0) * HOURS_QUARTER * LIFE_QUARTERS
        units, bids, self.asks = [], [], []
        for f, firm in enumerate(self.firms):
            budget, bid, ask = self.strategies[f % len(self.strategies)](firm, self)
            backing = firm.cash_usd + 0.5 * firm.headroom_usd()
            units.append(math.floor(min(budget, backing) / bid) if bid >= reserve else 0)
            bids.append(bid)
            self.asks.append(ask)
        return units, bids

    def sell_chips(self, supply, reserve, units, bids):
        """Highest bid first, the lower number first among equals; all pay the best bid that was not served in full."""
        awards = [0] * FIRMS
        self.chip_price_usd = reserve
        left = supply
        for f in sorted(range(FIRMS), key=lambda f: -bids[f]):
            awards[f] = min(units[f], left)
            left -= awards[f]
            if awards[f] < units[f]:
                self.chip_price_usd = bids[f]
                break
        payments = []
        for firm, award in zip(self.firms, awards):
            payment = award * self.chip_price_usd
            firm.chips += award
            firm.book_usd += payment
            payments.append(payment)
        return payments

    def clear_spot(self):
        """Lowest ask first, the lower number first among equals, against a falling demand."""
        ranked = sorted(range(FIRMS), key=lambda f: self.asks[f])
        before = 0.0
        lowest = 0.0
        for f in ranked:
            ratio = self.asks[f] / REFERENCE_USD_H
            wanted = self.demand_chips / (1.0 + ratio * ratio)
            if before + self.firms[f].chips >= wanted:
                if wanted >= before:
                    traded = math.floor(wanted)
                    self.price_usd_h = self.asks[f]
                else:
                    traded = before
                    self.price_usd_h = clamp(self.price_that_sells(before), lowest, self.asks[f])
                break
            before += self.firms[f].chips
            lowest = self.asks[f]
        else:
            traded = before
            self.price_usd_h = max(self.price_that_sells(before), lowest)
        sold = [0.0] * FIRMS
        left = traded
        for f in ranked:
            sold[f] = min(self.firms[f].chips, left)
            left -= sold[f]
        self.utilisation_frac = traded / max(sum(firm.chips for firm in self.firms), 1.0)
        return sold

    def price_that_sells(self, quantity):
        return REFERENCE_USD_H * math.sqrt(max(self.demand_chips / max(quantity, 1.0) - 1.0, 0.0))

    def settle(self, firm, payment, sold):
        revenue = sold * self.price_usd_h * HOURS_QUARTER
        cost = sold * ENERGY_USD_H * HOURS_QUARTER + firm.chips * UPKEEP_USD_CHIP + firm.debt_usd * RATE_QUARTER
        cash = firm.cash_usd - payment + revenue - cost
        borrowed = max(0.0 - cash, 0.0)
        cash = cash + borrowed
        debt = firm.debt_usd + borrowed
        repaid = min(debt, 0.5 * max(cash - 50000000.0, 0.0))
        cash = cash - repaid
        debt = debt - repaid
        book = firm.book_usd * 0.94
        chips = float(math.floor(firm.chips * 0.985))

        # lenders call what exceeds four fifths of the books: chips are sold at half of the new ones' price
        resale = 0.5 * self.chip_price_usd
        dumped = min(chips, float(math.floor(max(debt - 0.8 * book, 0.0) / resale)))
        book = book - book * (dumped / max(chips, 1.0))
        chips = chips - dumped
        repaid = min(debt, dumped * resale)
        cash = cash + (dumped * resale - repaid)
        debt = debt - repaid
        if debt > 1.5 * book + cash:  # the firm is its lenders' now
            debt = LOAN_TO_BOOK * book
            firm.failures += 1.0

        payout = 0.25 * max(cash - 400000000.0, 0.0)
        firm.cash_usd = cash - payout
        firm.debt_usd = debt
        firm.chips = chips
        firm.book_usd = book
        firm.paid_usd = firm.paid_usd + payout

    def state(self):
        words = [word for firm in self.firms for word in firm.state()]
        return words + [self.demand_chips, self.price_usd_h, self.ewma_usd_h, self.chip_price_usd, self.utilisation_frac]


def play(path, chance, strategies):
    states = []
    for factors in chance:
        market = Market(strategies)
        for row, (demand_factor, supply_factor) in zip(path, factors):
            market.quarter(row, demand_factor, supply_factor)
        states.append(market.state())
    return states


def hash_states(states):
    total = 0
    for m, state in enumerate(states):
        words = struct.unpack(f"<{len(state)}Q", struct.pack(f"<{len(state)}d", *state))
        total += mix64(hash_words(words) ^ m)
    return mix64(total & WORD)


if __name__ == "__main__":
    peer.run(draw, play, hash_states)

#!/usr/bin/env python3
"""The reduced market (../reduced_market.md) in Mesa 3: a firm is an agent, a class for each strategy, a market is a model."""

import math

import mesa
import numpy as np

import peer
from numpy_pieces import draw, hash_states
from reference import (
    ENERGY_USD_H,
    FIRMS,
    HOURS_QUARTER,
    LIFE_QUARTERS,
    LOAN_TO_BOOK,
    RATE_QUARTER,
    REFERENCE_USD_H,
    UPKEEP_USD_CHIP,
    clamp,
)


class Firm(mesa.Agent):
    def __init__(self, model, number):
        super().__init__(model)
        self.cash_usd = 600000000.0 - 20000000.0 * number
        self.chips = 20000.0 + 2500.0 * number
        self.book_usd = self.chips * 20000.0
        self.debt_usd = 0.2 * self.book_usd
        self.paid_usd = 0.0
        self.failures = 0.0
        self.units = self.bid_usd_chip = self.ask_usd_h = self.payment_usd = self.sold_chips = 0.0

    def headroom_usd(self):
        return max(LOAN_TO_BOOK * self.book_usd - self.debt_usd, 0.0)

    def plan(self):
        """Budget for chips, a bid for one, and an ask for an hour."""
        raise NotImplementedError

    def decide(self):
        budget, self.bid_usd_chip, self.ask_usd_h = self.plan()
        backing = self.cash_usd + 0.5 * self.headroom_usd()
        self.units = math.floor(min(budget, backing) / self.bid_usd_chip) if self.bid_usd_chip >= self.model.reserve_usd_chip else 0

    def take_chips(self, award, price_usd):
        self.payment_usd = award * price_usd
        self.chips += award
        self.book_usd += self.payment_usd

    def settle(self):
        revenue = self.sold_chips * self.model.price_usd_h * HOURS_QUARTER
        cost = self.sold_chips * ENERGY_USD_H * HOURS_QUARTER + self.chips * UPKEEP_USD_CHIP + self.debt_usd * RATE_QUARTER
        self.cash_usd = self.cash_usd - self.payment_usd + revenue - cost
        borrowed = max(0.0 - self.cash_usd, 0.0)
        self.cash_usd += borrowed
        self.debt_usd += borrowed
        repaid = min(self.debt_usd, 0.5 * max(self.cash_usd - 50000000.0, 0.0))
        self.cash_usd -= repaid
        self.debt_usd -= repaid
        self.book_usd *= 0.94
        self.chips = math.floor(self.chips * 0.985)
        self.meet_calls()
        payout = 0.25 * max(self.cash_usd - 400000000.0, 0.0)
        self.cash_usd -= payout
        self.paid_usd += payout

    def meet_calls(self):
        resale = 0.5 * self.model.chip_price_usd
        dumped = min(self.chips, math.floor(max(self.debt_usd - 0.8 * self.book_usd, 0.0) / resale))
        self.book_usd -= self.book_usd * (dumped / max(self.chips, 1.0))
        self.chips -= dumped
        repaid = min(self.debt_usd, dumped * resale)
        self.cash_usd += dumped * resale - repaid
        self.debt_usd -= repaid
        if self.debt_usd > 1.5 * self.book_usd + self.cash_usd:
            self.debt_usd = LOAN_TO_BOOK * self.book_usd
            self.failures += 1.0


class Steady(Firm):
    def plan(self):
        return 0.25 * self.cash_usd, 0.7 * self.model.value_usd_chip, 1.1 * ENERGY_USD_H


class Trend(Firm):
    def plan(self):
        m = self.model
        return self.cash_usd * clamp(m.price_usd_h / m.ewma_usd_h - 0.6, 0.0, 0.8), 0.8 * m.value_usd_chip, 0.5 * m.ewma_usd_h


class Leverage(Firm):
    def plan(self):
        ask = ENERGY_USD_H + RATE_QUARTER * self.debt_usd / (HOURS_QUARTER * max(self.chips, 1.0))
        return 0.4 * self.cash_usd + 0.5 * self.headroom_usd(), 0.9 * self.model.value_usd_chip, ask


class Share(Firm):
    def plan(self):
        m = self.model
        bid = min(0.85 * m.value_usd_chip, 1.05 * m.chip_price_usd)
        return max(1.1 * (m.fleet_chips / FIRMS) - self.chips, 0.0) * bid, bid, 0.4 * m.ewma_usd_h


class Contrarian(Firm):
    def plan(self):
        m = self.model
        return self.cash_usd * clamp(1.3 - m.price_usd_h / m.ewma_usd_h, 0.0, 0.6), 0.75 * m.value_usd_chip, 0.6 * m.price_usd_h


class Prudent(Firm):
    def plan(self):
        free = self.cash_usd - self.debt_usd - 4.0 * UPKEEP_USD_CHIP * self.chips
        return 0.5 * max(free, 0.0), 0.6 * self.model.value_usd_chip, 1.5 * ENERGY_USD_H


class Root(Firm):
    def plan(self):
        m = self.model
        return 0.3 * math.sqrt(self.cash_usd * self.book_usd), math.sqrt(m.value_usd_chip * m.chip_price_usd), math.sqrt(ENERGY_USD_H * m.ewma_usd_h)


class Busy(Firm):
    def plan(self):
        m = self.model
        use = m.utilisation_frac * m.utilisation_frac
        return 0.5 * self.cash_usd * use, m.value_usd_chip * (0.5 + 0.4 * m.utilisation_frac), 0.6 * m.ewma_usd_h * use


STRATEGIES = [Steady, Trend, Leverage, Share, Contrarian, Prudent, Root, Busy]


class Market(mesa.Model):
    def __init__(self, strategies, path, factors):
        super().__init__(seed=0)  # draws nothing: what chance decides stands in `factors`
        for number in range(FIRMS):
            STRATEGIES[number % strategies](self, number)
        self.path = path
        self.factors = factors
        self.demand_chips = 1400000.0
        self.price_usd_h = 1.5
        self.ewma_usd_h = 1.5
        self.chip_price_usd = 25000.0
        self.utilisation_frac = 1.0

    def step(self):
        growth, supply, self.reserve_usd_chip = self.path[self.steps - 1]  # Mesa has counted this step already
        demand_factor, supply_factor = self.factors[self.steps - 1]
        self.demand_chips = self.demand_chips * (1.0 + growth) * demand_factor
        self.fleet_chips = self.agents.agg("chips", sum)
        self.value_usd_chip = max(self.ewma_usd_h - ENERGY_USD_H, 0.0) * HOURS_QUARTER * LIFE_QUARTERS
        self.agents.do("decide")
        self.sell_chips(math.floor(supply * supply_factor))
        self.clear_spot()
        self.agents.do("settle")
        self.ewma_usd_h += 0.3 * (self.price_usd_h - self.ewma_usd_h)

    def sell_chips(self, left):
        awards = []
        self.chip_price_usd = None
        buyers = self.agents.sort("bid_usd_chip", ascending=False)
        for firm in buyers:
            award = min(firm.units, left)
            left -= award
            if award < firm.units and self.chip_price_usd is None:
                self.chip_price_usd = firm.bid_usd_chip
            awards.append(award)
        if self.chip_price_usd is None:
            self.chip_price_usd = self.reserve_usd_chip
        for firm, award in zip(buyers, awards):
            firm.take_chips(award, self.chip_price_usd)

    def clear_spot(self):
        sellers = list(self.agents.sort("ask_usd_h", ascending=True))
        traded = self.find_price(sellers)
        left = traded
        for firm in sellers:
            firm.sold_chips = min(firm.chips, left)
            left -= firm.sold_chips
        self.utilisation_frac = traded / max(self.agents.agg("chips", sum), 1.0)

    def find_price(self, sellers):
        """Sets the price; returns the chips that work at it."""
        before = last_ask = 0.0
        for firm in sellers:
            ratio = firm.ask_usd_h / REFERENCE_USD_H
            wanted = self.demand_chips / (1.0 + ratio * ratio)
            if before + firm.chips >= wanted:
                if wanted >= before:
                    self.price_usd_h = firm.ask_usd_h
                    return math.floor(wanted)
                self.price_usd_h = clamp(self.price_that_sells(before), last_ask, firm.ask_usd_h)
                return before
            before += firm.chips
            last_ask = firm.ask_usd_h
        self.price_usd_h = max(self.price_that_sells(before), last_ask)
        return before

    def price_that_sells(self, quantity):
        return REFERENCE_USD_H * math.sqrt(max(self.demand_chips / max(quantity, 1.0) - 1.0, 0.0))

    def state(self):
        words = []
        for firm in self.agents:
            words += [firm.cash_usd, firm.debt_usd, firm.chips, firm.book_usd, firm.paid_usd, firm.failures]
        return words + [self.demand_chips, self.price_usd_h, self.ewma_usd_h, self.chip_price_usd, self.utilisation_frac]


def play(path, chance, strategies):
    states = []
    for factors in chance.tolist():
        market = Market(strategies, path, factors)
        for _ in path:
            market.step()
        states.append(market.state())
    return np.array(states)


if __name__ == "__main__":
    peer.run(draw, play, hash_states)

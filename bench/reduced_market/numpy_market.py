#!/usr/bin/env python3
"""The reduced market (../reduced_market.md) in NumPy as one writes it first: one market at a time, an array over its firms for each quantity."""

from types import SimpleNamespace

import numpy as np

import peer
from numpy_pieces import STRATEGIES, clamp, draw, hash_states, headroom_usd
from reference import ENERGY_USD_H, FIRMS, HOURS_QUARTER, LIFE_QUARTERS, LOAN_TO_BOOK, RATE_QUARTER, REFERENCE_USD_H, UPKEEP_USD_CHIP

STATE = ("cash_usd", "debt_usd", "chips", "book_usd", "paid_usd", "failures")


class Market:
    def __init__(self, strategies):
        number = np.arange(FIRMS, dtype=float)
        self.cash_usd = 600000000.0 - 20000000.0 * number
        self.chips = 20000.0 + 2500.0 * number
        self.book_usd = self.chips * 20000.0
        self.debt_usd = 0.2 * self.book_usd
        self.paid_usd = np.zeros(FIRMS)
        self.failures = np.zeros(FIRMS)
        self.strategies = STRATEGIES[:strategies]
        self.demand_chips = 1400000.0
        self.price_usd_h = 1.5
        self.ewma_usd_h = 1.5
        self.chip_price_usd = 25000.0
        self.utilisation_frac = 1.0

    def quarter(self, path, demand_factor, supply_factor):
        growth, supply, reserve = path
        self.demand_chips = self.demand_chips * (1.0 + growth) * demand_factor
        units, bids, asks = self.decide(reserve)
        payments = self.sell_chips(np.floor(supply * supply_factor), reserve, units, bids)
        sold = self.clear_spot(asks)
        self.settle(payments, sold)
        self.ewma_usd_h = self.ewma_usd_h + 0.3 * (self.price_usd_h - self.ewma_usd_h)

    def decide(self, reserve):
        self.fleet_chips = self.chips.sum()
        self.value_usd_chip = max(self.ewma_usd_h - ENERGY_USD_H, 0.0) * HOURS_QUARTER * LIFE_QUARTERS
        budgets, bids, asks = np.empty(FIRMS), np.empty(FIRMS), np.empty(FIRMS)
        for k, strategy in enumerate(self.strategies):
            players = slice(k, None, len(self.strategies))
            firms = SimpleNamespace(**{name: getattr(self, name)[players] for name in STATE})
            budgets[players], bids[players], asks[players] = strategy(firms, self)
        backing = self.cash_usd + 0.5 * headroom_usd(self)
        units = np.where(bids >= reserve, np.floor(np.minimum(budgets, backing) / np.maximum(bids, reserve)), 0.0)
        return units, bids, asks

    def sell_chips(self, supply, reserve, units, bids):
        order = np.argsort(-bids, kind="stable")
        ordered = units[order]
        served = np.clip(supply - (np.cumsum(ordered) - ordered), 0.0, ordered)
        short = served < ordered
        self.chip_price_usd = bids[order][short.argmax()] if short.any() else reserve
        awards = np.empty(FIRMS)
        awards[order] = served
        payments = awards * self.chip_price_usd
        self.chips = self.chips + awards
        self.book_usd = self.book_usd + payments
        return payments

    def clear_spot(self, asks):
        order = np.argsort(asks, kind="stable")
        ask, chips = asks[order], self.chips[order]
        offered = np.cumsum(chips)
        before = offered - chips
        ratio = ask / REFERENCE_USD_H
        wanted = self.demand_chips / (1.0 + ratio * ratio)
        ends = offered >= wanted
        if not ends.any():
            traded = offered[-1]
            self.price_usd_h = max(self.price_that_sells(traded), ask[-1])
        else:
            k = ends.argmax()
            if wanted[k] >= before[k]:
                traded = np.floor(wanted[k])
                self.price_usd_h = ask[k]
            else:
                traded = before[k]
                self.price_usd_h = clamp(self.price_that_sells(traded), ask[k - 1], ask[k])
        sold = np.empty(FIRMS)
        sold[order] = np.clip(traded - before, 0.0, chips)
        self.utilisation_frac = traded / max(self.chips.sum(), 1.0)
        return sold

    def price_that_sells(self, quantity):
        return REFERENCE_USD_H * np.sqrt(max(self.demand_chips / max(quantity, 1.0) - 1.0, 0.0))

    def settle(self, payments, sold):
        revenue = sold * self.price_usd_h * HOURS_QUARTER
        cost = sold * ENERGY_USD_H * HOURS_QUARTER + self.chips * UPKEEP_USD_CHIP + self.debt_usd * RATE_QUARTER
        cash = self.cash_usd - payments + revenue - cost
        borrowed = np.maximum(0.0 - cash, 0.0)
        cash = cash + borrowed
        debt = self.debt_usd + borrowed
        repaid = np.minimum(debt, 0.5 * np.maximum(cash - 50000000.0, 0.0))
        cash = cash - repaid
        debt = debt - repaid
        book = self.book_usd * 0.94
        chips = np.floor(self.chips * 0.985)

        resale = 0.5 * self.chip_price_usd
        dumped = np.minimum(chips, np.floor(np.maximum(debt - 0.8 * book, 0.0) / resale))
        book = book - book * (dumped / np.maximum(chips, 1.0))
        chips = chips - dumped
        repaid = np.minimum(debt, dumped * resale)
        cash = cash + (dumped * resale - repaid)
        debt = debt - repaid
        failed = debt > 1.5 * book + cash
        debt = np.where(failed, LOAN_TO_BOOK * book, debt)

        payout = 0.25 * np.maximum(cash - 400000000.0, 0.0)
        self.cash_usd = cash - payout
        self.debt_usd = debt
        self.chips = chips
        self.book_usd = book
        self.paid_usd = self.paid_usd + payout
        self.failures = self.failures + failed

    def state(self):
        firms = np.stack([getattr(self, name) for name in STATE], axis=1).ravel()
        return np.append(firms, [self.demand_chips, self.price_usd_h, self.ewma_usd_h, self.chip_price_usd, self.utilisation_frac])


def play(path, chance, strategies):
    states = []
    for factors in chance:
        market = Market(strategies)
        for row, (demand_factor, supply_factor) in zip(path, factors):
            market.quarter(row, demand_factor, supply_factor)
        states.append(market.state())
    return np.array(states)


if __name__ == "__main__":
    peer.run(draw, play, hash_states)

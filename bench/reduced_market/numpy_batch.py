#!/usr/bin/env python3
"""The reduced market (../reduced_market.md) in NumPy as an expert writes it: many markets at once, arrays [firm, market] worked on in place, in blocks
that stay in the cache."""

from types import SimpleNamespace

import numpy as np

import peer
from numpy_market import STATE
from numpy_pieces import STRATEGIES, clamp, draw, hash_states, headroom_usd
from reference import ENERGY_USD_H, FIRMS, HOURS_QUARTER, LIFE_QUARTERS, LOAN_TO_BOOK, RATE_QUARTER, REFERENCE_USD_H, UPKEEP_USD_CHIP

BLOCK = 512  # at 8,192 markets 256 to 4,096 take the same within noise, 64 and 128 more


class Markets:
    """A block of markets; what a market has once is [market]."""

    def __init__(self, count, strategies):
        number = np.arange(FIRMS, dtype=float)[:, None]
        everywhere = np.ones((FIRMS, count))
        self.cash_usd = (600000000.0 - 20000000.0 * number) * everywhere
        self.chips = (20000.0 + 2500.0 * number) * everywhere
        self.book_usd = self.chips * 20000.0
        self.debt_usd = 0.2 * self.book_usd
        self.paid_usd = np.zeros((FIRMS, count))
        self.failures = np.zeros((FIRMS, count))
        self.demand_chips = np.full(count, 1400000.0)
        self.price_usd_h = np.full(count, 1.5)
        self.ewma_usd_h = np.full(count, 1.5)
        self.chip_price_usd = np.full(count, 25000.0)
        self.utilisation_frac = np.full(count, 1.0)

        self.columns = np.arange(count)
        self.budgets, self.bids, self.asks = np.empty((3, FIRMS, count))
        # every strategy sees its own firms through views: arrays of the state are changed in place, never replaced
        self.plays = []
        for k, strategy in enumerate(STRATEGIES[:strategies]):
            players = slice(k, None, strategies)
            firms = SimpleNamespace(**{name: getattr(self, name)[players] for name in STATE})
            self.plays.append((strategy, firms, self.budgets[players], self.bids[players], self.asks[players]))

    def quarter(self, path, demand_factor, supply_factor):
        growth, supply, reserve = path
        self.demand_chips *= 1.0 + growth
        self.demand_chips *= demand_factor
        units = self.decide(reserve)
        payments = self.sell_chips(np.floor(supply * supply_factor), reserve, units)
        self.settle(payments, self.clear_spot())
        self.ewma_usd_h += 0.3 * (self.price_usd_h - self.ewma_usd_h)

    def decide(self, reserve):
        self.fleet_chips = self.chips.sum(axis=0)
        self.value_usd_chip = np.maximum(self.ewma_usd_h - ENERGY_USD_H, 0.0) * HOURS_QUARTER * LIFE_QUARTERS
        for strategy, firms, budgets, bids, asks in self.plays:
            budgets[...], bids[...], asks[...] = strategy(firms, self)
        backing = headroom_usd(self)
        backing *= 0.5
        backing += self.cash_usd
        units = np.minimum(self.budgets, backing, out=backing)
        units /= np.maximum(self.bids, reserve)
        np.floor(units, out=units)
        units *= self.bids >= reserve
        return units

    def ranked(self, key):
        """Places of the firms by rising key in an array [firm, market], for take() and put()."""
        return np.argsort(key, axis=0, kind="stable") * len(self.columns) + self.columns

    def sell_chips(self, supply, reserve, units):
        order = self.ranked(-self.bids)
        ordered = units.take(order)
        served = supply - (np.cumsum(ordered, axis=0) - ordered)
        np.maximum(served, 0.0, out=served)
        np.minimum(served, ordered, out=served)
        short = served < ordered
        first = short.argmax(axis=0)
        self.chip_price_usd = np.where(short[first, self.columns], self.bids.take(order[first, self.columns]), reserve)
        awards = units
        awards.put(order, served)
        self.chips += awards
        payments = awards * self.chip_price_usd
        self.book_usd += payments
        return payments

    def clear_spot(self):
        order = self.ranked(self.asks)
        ask, chips = self.asks.take(order), self.chips.take(order)
        offered = np.cumsum(chips, axis=0)
        before = offered - chips
        wanted = ask / REFERENCE_USD_H
        wanted *= wanted
        wanted += 1.0
        np.divide(self.demand_chips, wanted, out=wanted)
        ends = offered >= wanted
        k = ends.argmax(axis=0)
        ended = ends[k, self.columns]
        ask_k, before_k, wanted_k = ask[k, self.columns], before[k, self.columns], wanted[k, self.columns]
        served = np.where(ended, before_k, offered[-1])
        price = REFERENCE_USD_H * np.sqrt(np.maximum(self.demand_chips / np.maximum(served, 1.0) - 1.0, 0.0))
        inside = wanted_k >= before_k
        traded = np.where(ended & inside, np.floor(wanted_k), served)
        between = clamp(price, ask[k - 1, self.columns], ask_k)
        self.price_usd_h = np.where(ended, np.where(inside, ask_k, between), np.maximum(price, ask[-1]))
        np.subtract(traded, before, out=before)
        np.maximum(before, 0.0, out=before)
        np.minimum(before, chips, out=before)
        sold = wanted
        sold.put(order, before)
        self.utilisation_frac = traded / np.maximum(offered[-1], 1.0)
        return sold

    def settle(self, payments, sold):
        cash, debt, chips, book = self.cash_usd, self.debt_usd, self.chips, self.book_usd
        cost = sold * ENERGY_USD_H
        cost *= HOURS_QUARTER
        cost += chips * UPKEEP_USD_CHIP
        cost += debt * RATE_QUARTER
        cash -= payments
        sold *= self.price_usd_h
        sold *= HOURS_QUARTER
        cash += sold
        cash -= cost
        borrowed = np.maximum(0.0 - cash, 0.0)
        cash += borrowed
        debt += borrowed
        repaid = cash - 50000000.0
        np.maximum(repaid, 0.0, out=repaid)
        repaid *= 0.5
        np.minimum(debt, repaid, out=repaid)
        cash -= repaid
        debt -= repaid
        book *= 0.94
        chips *= 0.985
        np.floor(chips, out=chips)

        resale = 0.5 * self.chip_price_usd
        dumped = debt - 0.8 * book
        np.maximum(dumped, 0.0, out=dumped)
        dumped /= resale
        np.floor(dumped, out=dumped)
        np.minimum(chips, dumped, out=dumped)
        if dumped.any():
            book -= book * (dumped / np.maximum(chips, 1.0))
            chips -= dumped
            dumped *= resale
            repaid = np.minimum(debt, dumped)
            dumped -= repaid
            cash += dumped
            debt -= repaid
        failed = debt > 1.5 * book + cash
        if failed.any():
            np.copyto(debt, LOAN_TO_BOOK * book, where=failed)
            self.failures += failed

        payout = cash - 400000000.0
        np.maximum(payout, 0.0, out=payout)
        payout *= 0.25
        cash -= payout
        self.paid_usd += payout

    def states(self, out):
        """[market, word], as one market's state()."""
        for i, name in enumerate(STATE):
            out[:, i : FIRMS * len(STATE) : len(STATE)] = getattr(self, name).T
        for i, name in enumerate(("demand_chips", "price_usd_h", "ewma_usd_h", "chip_price_usd", "utilisation_frac")):
            out[:, FIRMS * len(STATE) + i] = getattr(self, name)


def play(path, chance, strategies):
    states = np.empty((len(chance), FIRMS * len(STATE) + 5))
    for first in range(0, len(chance), BLOCK):
        factors = np.ascontiguousarray(chance[first : first + BLOCK].transpose(1, 2, 0))
        markets = Markets(factors.shape[2], strategies)
        for row, (demand_factor, supply_factor) in zip(path, factors):
            markets.quarter(row, demand_factor, supply_factor)
        markets.states(states[first : first + BLOCK])
    return states


if __name__ == "__main__":
    peer.run(draw, play, hash_states)

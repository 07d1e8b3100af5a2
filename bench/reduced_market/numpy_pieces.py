"""What the NumPy programs of the reduced market share: draws and hashes of all markets at once, and the strategies, which take arrays of firms of one
market (firm) or of many (firm, market)."""

import numpy as np

from reference import ENERGY_USD_H, FIRMS, HOURS_QUARTER, LOAN_TO_BOOK, RATE_QUARTER, UPKEEP_USD_CHIP


def mix64(x):
    x = x + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def hash64(*key):
    h = np.uint64(0x243F6A8885A308D3)
    for word in key:
        h = mix64(h ^ word)
    return h


def draw(path, markets):
    """[market, quarter, 2] factors of demand and of supply."""
    m = np.arange(markets, dtype=np.uint64)[:, None, None]
    t = np.arange(len(path), dtype=np.uint64)[None, :, None]
    what = np.arange(2, dtype=np.uint64)[None, None, :]
    zero, stream = np.uint64(0), np.array(2, dtype=np.uint64)
    cell = hash64(m, stream, t, what, zero, zero) >> np.uint64(12)
    return 1.0 + np.array([0.3, 0.4]) * ((cell + 0.5) * 2.0**-52 - 0.5)


def hash_states(states):
    """states: [market, word] doubles."""
    markets, count = states.shape
    words = np.ascontiguousarray(states.T).view(np.uint64)
    lanes = [np.full(markets, lane, dtype=np.uint64) for lane in (1, 2, 3, 4)]
    for i in range(count):
        h = (lanes[i & 3] ^ words[i]) * np.uint64(0x9E3779B97F4A7C15)
        lanes[i & 3] = h ^ (h >> np.uint64(29))
    each = mix64(hash64(*lanes, np.uint64(count)) ^ np.arange(markets, dtype=np.uint64))
    return mix64(each.sum(keepdims=True))[0]


def clamp(x, low, high):
    return np.minimum(np.maximum(x, low), high)


def headroom_usd(firms):
    return np.maximum(LOAN_TO_BOOK * firms.book_usd - firms.debt_usd, 0.0)


def steady(firms, m):
    return 0.25 * firms.cash_usd, 0.7 * m.value_usd_chip, 1.1 * ENERGY_USD_H


def trend(firms, m):
    return firms.cash_usd * clamp(m.price_usd_h / m.ewma_usd_h - 0.6, 0.0, 0.8), 0.8 * m.value_usd_chip, 0.5 * m.ewma_usd_h


def leverage(firms, m):
    ask = ENERGY_USD_H + RATE_QUARTER * firms.debt_usd / (HOURS_QUARTER * np.maximum(firms.chips, 1.0))
    return 0.4 * firms.cash_usd + 0.5 * headroom_usd(firms), 0.9 * m.value_usd_chip, ask


def share(firms, m):
    bid = np.minimum(0.85 * m.value_usd_chip, 1.05 * m.chip_price_usd)
    return np.maximum(1.1 * (m.fleet_chips / FIRMS) - firms.chips, 0.0) * bid, bid, 0.4 * m.ewma_usd_h


def contrarian(firms, m):
    return firms.cash_usd * clamp(1.3 - m.price_usd_h / m.ewma_usd_h, 0.0, 0.6), 0.75 * m.value_usd_chip, 0.6 * m.price_usd_h


def prudent(firms, m):
    free = firms.cash_usd - firms.debt_usd - 4.0 * UPKEEP_USD_CHIP * firms.chips
    return 0.5 * np.maximum(free, 0.0), 0.6 * m.value_usd_chip, 1.5 * ENERGY_USD_H


def root(firms, m):
    return 0.3 * np.sqrt(firms.cash_usd * firms.book_usd), np.sqrt(m.value_usd_chip * m.chip_price_usd), np.sqrt(ENERGY_USD_H * m.ewma_usd_h)


def busy(firms, m):
    use = m.utilisation_frac * m.utilisation_frac
    return 0.5 * firms.cash_usd * use, m.value_usd_chip * (0.5 + 0.4 * m.utilisation_frac), 0.6 * m.ewma_usd_h * use


STRATEGIES = [steady, trend, leverage, share, contrarian, prudent, root, busy]

#!/usr/bin/env python3
"""Opens the .nfg of a tournament, or of `rackrace payoffs --format nfg`, with pygambit; compares every payoff with the CSV of the same
table and Gambit's pure equilibria with the profiles of regret 0. Needs pygambit (bench/gambit/run.sh sets it up); leaves with 77 where it is not there.

    gambit_check.py payoffs.nfg payoffs.csv
"""
import csv
import sys

try:
    import pygambit
except ImportError:
    print("pygambit is not installed")
    sys.exit(77)


def main(nfg: str, table: str) -> int:
    game = pygambit.read_nfg(nfg)
    payoffs = game.to_arrays()
    names = [getattr(player, "label", player) for player in game.players]
    with open(table, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wrong, stable = 0, []
    for row in rows:
        choice, rest = [], int(row["profile"])
        for size in payoffs[0].shape:
            choice.append(rest % size)
            rest //= size
        for player, name in enumerate(names):
            here, there = float(payoffs[player][tuple(choice)]), float(row[f"payoff.{name}"])
            if here != there:
                print(f"profile {row['profile']}, {name}: {here!r} in the .nfg, {there!r} in the CSV")
                wrong += 1
        if row["regret"] and float(row["regret"]) == 0.0:
            stable.append(tuple(choice))
    found = [tuple(probabilities(equilibrium, player).index(1) for player in game.players) for equilibrium in pygambit.nash.enumpure_solve(game).equilibria]
    is_same = sorted(found) == sorted(stable)
    print(f"{len(rows)} profiles of {len(names)} players: {wrong} payoffs differ; pure equilibria {sorted(found)} by Gambit, {sorted(stable)} by regret")
    return 0 if is_same and wrong == 0 else 1


def probabilities(profile, player) -> list:
    """Of a player's strategies in their order; an entry is a probability, or a pair with the strategy."""
    return [entry[1] if isinstance(entry, tuple) else entry for entry in profile[player]]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))

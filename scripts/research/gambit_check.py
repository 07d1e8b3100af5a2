#!/usr/bin/env python3
"""Opens payoffs.nfg of a tournament or of `rackrace payoffs --format nfg` with pygambit, compares every payoff with the CSV beside it and
lists pure equilibria of both. Needs pygambit (pip install pygambit); leaves with 77 where it is not there.

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
    game = pygambit.read_nfg(nfg) if hasattr(pygambit, "read_nfg") else pygambit.Game.read_game(nfg)
    with open(table, newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = [player.label for player in game.players]
    sizes = [len(player.strategies) for player in game.players]
    wrong, stable = 0, []
    for row in rows:
        profile = int(row["profile"])
        choice, rest = [], profile
        for size in sizes:
            choice.append(rest % size)
            rest //= size
        outcome = game[tuple(choice)]
        for player, name in zip(game.players, names):
            here, there = float(outcome[player]), float(row[f"payoff.{name}"])
            if here != there:
                print(f"profile {profile}, {name}: {here!r} in the .nfg, {there!r} in the CSV")
                wrong += 1
        if row["regret"] and float(row["regret"]) == 0.0:
            stable.append(tuple(choice))
    found = []
    for equilibrium in pygambit.nash.enumpure_solve(game).equilibria:
        found.append(tuple(next(i for i, strategy in enumerate(player.strategies) if equilibrium[strategy] == 1) for player in game.players))
    print(f"{len(rows)} profiles of {len(names)} players: {wrong} payoffs differ; pure equilibria {sorted(found)} by Gambit, {sorted(stable)} by regret")
    return 1 if wrong or sorted(found) != sorted(stable) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))

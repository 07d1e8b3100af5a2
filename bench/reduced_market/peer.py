"""What the Python programs of the reduced market share: the command line, the path of all markets, clocks, and the line that is printed."""

import argparse
import csv
import json
import pathlib
import time


def read_path():
    """Growth of demand, supply and reserve of each quarter."""
    with open(pathlib.Path(__file__).with_name("shocks.csv"), newline="") as file:
        return [(float(row["demand_growth_frac"]), float(row["supply_chips"]), float(row["reserve_usd_chip"])) for row in csv.DictReader(file)]


def clocks():
    return time.perf_counter(), time.process_time()


def peak_kb():
    """Of this program alone: what rusage tells of a child is at least what its parent had."""
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def run(draw, play, hash_states):
    """Plays the batch `plays` times and prints, as JSON, the hash and what the last time took: whole and steps alone, wall and CPU."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--markets", type=int, default=64)
    arguments.add_argument("--strategies", type=int, default=4, choices=range(1, 9))
    arguments.add_argument("--plays", type=int, default=1)
    options = arguments.parse_args()
    for _ in range(options.plays):
        start = clocks()
        path = read_path()
        chance = draw(path, options.markets)
        begin = clocks()
        states = play(path, chance, options.strategies)
        end = clocks()
        state_hash = hash_states(states)
        done = clocks()
    print(
        json.dumps(
            {
                "hash": f"{int(state_hash):016x}",
                "wall_s": done[0] - start[0],
                "cpu_s": done[1] - start[1],
                "steps_wall_s": end[0] - begin[0],
                "steps_cpu_s": end[1] - begin[1],
                "peak_kb": peak_kb(),
            }
        )
    )

#!/usr/bin/env python3
"""Every program of bench/ that is built in BUILD, in turns; medians become one table beside their goals. all.py BUILD [--repeats N] [--long]
Build them first: cmake --build BUILD --target rackrace engine_bench script_bench reduced_market, viewer_bench where the window is built, device_bench with CUDA."""

import argparse
import pathlib
import statistics
import sys

import rows
from goals import goal
from machine import compiler, load, machine, number

PROGRAMS = {
    "rackrace bench": ("cli/rackrace", rows.program_bench),
    "rackrace run": ("cli/rackrace", rows.whole_run),
    "rackrace fork": ("cli/rackrace", rows.fork),
    "engine_bench": ("bench/engine_bench", rows.google_benchmark),
    "script_bench": ("bench/script_bench", rows.scripts),
    "checks": ("bench/script_bench", rows.checks),
    "viewer_bench": ("bench/viewer_bench", rows.google_benchmark),
    "batch_memory.py": ("cli/rackrace", rows.batch),
    "reduced_market": ("bench/reduced_market/reduced_market", rows.reduced_market),
    "peers of the reduced market": ("bench/reduced_market/reduced_market", rows.peers),
    "device_bench": ("bench/device_bench", rows.device),
}


def parsed():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("build", type=pathlib.Path)
    arguments.add_argument("--repeats", type=int, default=7)
    arguments.add_argument("--long", action="store_true", help="also batches of 1,000 and 100,000 runs, once: some ten minutes of two cores")
    arguments.add_argument("--only", nargs="+", choices=PROGRAMS, default=list(PROGRAMS), metavar="PROGRAM", help="some of: " + ", ".join(PROGRAMS))
    arguments.add_argument("--least-s", type=float, default=0.05, help="seconds that each row of a Google Benchmark takes at least")
    return arguments.parse_args()


def read_all(options, build):
    """(program, what, unit) -> a value of each repeat; program -> why it was not run."""
    readings, not_here = {}, {}
    for repeat in range(options.repeats):
        options.repeat = repeat
        for name in options.only:
            place, rows_of = PROGRAMS[name]
            if not (build / place).exists():
                not_here[name] = f"{build.name} has no {place}: it was not built"
            if name in not_here:
                continue
            try:
                for what, (value, unit) in rows_of(build / place, options).items():
                    readings.setdefault((name, what, unit), []).append(value)
            except rows.NotHere as why:
                not_here[name] = str(why)
        print(f"repeat {repeat + 1} of {options.repeats}", file=sys.stderr)
    if "batch_memory.py" in options.only and not options.long:
        not_here["batch_memory.py, 1,000 and 100,000 runs"] = "with --long"
    return readings, not_here


def main():
    options = parsed()
    build = options.build.resolve()
    load_before = load()
    readings, not_here = read_all(options, build)
    print(f"{machine()}; load {load_before} before, {load()} after.")
    print(f"{compiler(build)}. CPU time where nothing else is said; medians of {options.repeats} repeats in turns, least and largest.\n")
    print("| program | what | median | least to largest | unit | goal |\n|---|---|---|---|---|---|")
    for (name, what, unit), values in readings.items():
        print(f"| {name} | {what} | {number(statistics.median(values))} | {number(min(values))} to {number(max(values))} | {unit} | {goal(name, what)} |")
    for name, why in not_here.items():
        print(f"| {name} | not run here: {why} | | | | |")


if __name__ == "__main__":
    main()

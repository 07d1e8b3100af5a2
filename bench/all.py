#!/usr/bin/env python3
"""Every program of bench/ that is built in BUILD, in turns; medians become one table. all.py BUILD [--repeats N]
Build them first: cmake --build BUILD --target rackrace engine_bench script_bench reduced_market, and viewer_bench where the window is built."""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

from machine import compiler, load, machine, number

HERE = pathlib.Path(__file__).resolve().parent

# Counters that say more than the time of an iteration: scale and unit.
COUNTERS = {"market_quarters_s": (1.0, "market-quarters/s"), "a_quarter": (1e6, "us"), "a_decision": (1e6, "us"), "frames": (1.0, "frames")}


def google_benchmark(program):
    """Rows of a program written with Google Benchmark: what was timed -> (figure, unit)."""
    words = [program, "--benchmark_format=json", "--benchmark_min_time=0.05"]
    printed = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    rows = {}
    for run in json.loads(printed[printed.index("{") :])["benchmarks"]:
        if "error_occurred" in run:
            sys.exit(f"{program}: {run['name']}: {run['error_message']}")
        counter = next((name for name in COUNTERS if name in run), None)
        scale, unit = COUNTERS.get(counter, (1.0, run["time_unit"]))
        rows[run["name"]] = (scale * run[counter or "cpu_time"], unit)
    return rows


def reduced_market(program):
    printed = json.loads(subprocess.run([program, "--markets", "8192", "--plays", "2"], check=True, capture_output=True, text=True).stdout)
    return {"8,192 markets, steps": (1e3 * printed["steps_cpu_s"], "ms")}


def batch(program):
    # a process of its own: the peak it reads is that of all children it has had
    words = [sys.executable, str(HERE / "batch_memory.py"), str(program), "100"]
    printed = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    return {"100 runs of small, peak": (float(printed[2]), "MB"), "100 runs of small, time that passed": (float(printed[5]), "s")}


def program_bench(program):
    """What `rackrace bench` measures, once: rates, what they make of a whole run, and who takes what of a saved one."""
    printed = json.loads(subprocess.run([program, "bench", "--repeats", "1", "--json"], check=True, capture_output=True, text=True).stdout)
    rows = {measure["name"]: (measure["median"], measure["unit"]) for measure in printed["measures"]}
    for name in ("compiled", "lua"):
        rows[f"{name}, a run of {QUARTERS} quarters without replay"] = (1e3 * QUARTERS / rows[name][0], "ms")
    rows["all threads, times one"] = (printed["threads_speedup"], "times")
    for part in ("engine", "scripts", "record"):
        rows[f"share of a saved run: {part}"] = (100 * printed[f"share_{part}"], "%")
    return rows


def whole_run(program):
    """`rackrace run` as a user calls it: base-2026 from its files to its replay, time that passed and peak memory."""
    rows = {}
    for engine in ("core", "lua"):
        with tempfile.TemporaryDirectory() as folder:
            start = time.monotonic()
            child = subprocess.Popen([program, "-q", "run", "base-2026", "--engine", engine, "--out", "run"], cwd=folder, stdout=subprocess.DEVNULL)
            _, status, used = os.wait4(child.pid, 0)
            if status != 0:
                sys.exit(f"{program} run --engine {engine} left with {status}")
            rows[f"with its replay, {engine}, time that passed"] = (1e3 * (time.monotonic() - start), "ms")
            rows[f"with its replay, {engine}, peak"] = (used.ru_maxrss / 1024, "MB")
    return rows


QUARTERS = 27  # of base-2026
PROGRAMS = {
    "rackrace bench": ("cli/rackrace", program_bench),
    "rackrace run": ("cli/rackrace", whole_run),
    "engine_bench": ("bench/engine_bench", google_benchmark),
    "script_bench": ("bench/script_bench", google_benchmark),
    "viewer_bench": ("bench/viewer_bench", google_benchmark),
    "batch_memory.py": ("cli/rackrace", batch),
    "reduced_market": ("bench/reduced_market/reduced_market", reduced_market),
}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("build", type=pathlib.Path)
    arguments.add_argument("--repeats", type=int, default=7)
    options = arguments.parse_args()
    build = options.build.resolve()
    present = {name: (build / place, rows_of) for name, (place, rows_of) in PROGRAMS.items() if (build / place).exists()}

    load_before = load()
    readings = {}  # (program, what, unit) -> a value of each repeat
    for repeat in range(options.repeats):
        for name, (program, rows_of) in present.items():
            for what, (value, unit) in rows_of(program).items():
                readings.setdefault((name, what, unit), []).append(value)
        print(f"repeat {repeat + 1} of {options.repeats}", file=sys.stderr)

    print(f"{machine()}; load {load_before} before, {load()} after.")
    print(f"{compiler(build)}. CPU time where nothing else is said; medians of {options.repeats} repeats in turns, least and largest.")
    print("Not built here: " + (", ".join(name for name in PROGRAMS if name not in present) or "nothing") + ".\n")
    print("| program | what | median | least to largest | unit |\n|---|---|---|---|---|")
    for (name, what, unit), values in readings.items():
        print(f"| {name} | {what} | {number(statistics.median(values))} | {number(min(values))} to {number(max(values))} | {unit} |")


if __name__ == "__main__":
    main()

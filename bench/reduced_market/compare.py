#!/usr/bin/env python3
"""The comparison of ../reduced_market.md: every program prints the recorded hashes first, then repeats take turns, and medians become one table.
compare.py BUILD [--repeats N] [--out FILE]: BUILD is the folder of the preset that our program was built with."""

import argparse
import csv
import datetime
import importlib.metadata
import json
import os
import pathlib
import platform
import statistics
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from machine import compiler, load, machine, number  # noqa: E402

FEW, MANY = 4, 8  # strategies of the table; what one more costs is a quarter of the difference
ONE_CORE = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

PYTHON_PEERS = {
    "NumPy, batch": "numpy_batch.py",
    "plain Python": "reference.py",
    "Mesa": "mesa_market.py",
    "NumPy, a market at a time": "numpy_market.py",
}
SIZES = {64: ["rackrace", *PYTHON_PEERS], 8192: ["rackrace", "NumPy, batch"]}  # the slow would take minutes a repeat at the larger


def recorded_hashes():
    with open(HERE / "hashes.csv", newline="") as file:
        return {(int(row["markets"]), int(row["strategies"])): row["hash"] for row in csv.DictReader(file)}


def play(command, markets, strategies):
    """What the program printed of its second play, and what its process took from start to end without that."""
    words = [*command, "--markets", str(markets), "--strategies", str(strategies), "--plays", "2"]
    start = time.perf_counter()
    process = subprocess.Popen(words, stdout=subprocess.PIPE, env=ONE_CORE)
    printed = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall_s = time.perf_counter() - start
    if process.returncode != 0:
        sys.exit(f"{' '.join(words)}: left with {process.returncode}")
    result = json.loads(printed)
    cold_cpu_s = usage.ru_utime + usage.ru_stime - result["cpu_s"]
    return {**result, "cold_wall_s": wall_s - result["wall_s"], "cold_cpu_s": cold_cpu_s}


def checked(hashes, command, markets, strategies):
    result = play(command, markets, strategies)
    if result["hash"] != hashes[markets, strategies]:
        sys.exit(f"{command[-1]}: {markets} markets of {strategies} strategies hash to {result['hash']}, recorded {hashes[markets, strategies]}")
    return result


def measure(hashes, command, markets):
    """One repeat, in ms of CPU and of wall; what one more strategy costs in us a market."""
    few = checked(hashes, command, markets, FEW)
    many = checked(hashes, command, markets, MANY)
    row = {"peak_mb": few["peak_kb"] / 1024}
    for clock in ("cpu", "wall"):
        row["steps", clock] = 1e3 * few[f"steps_{clock}_s"]
        row["warm", clock] = 1e3 * few[f"{clock}_s"]
        row["cold", clock] = 1e3 * few[f"cold_{clock}_s"]
    row["more_us"] = 1e6 * (many["steps_cpu_s"] - few["steps_cpu_s"]) / (MANY - FEW) / markets
    return row


def rebuild_s(build):
    """CPU of one build after a change of strategies.h, of cmake and the compiler it starts."""
    (HERE / "strategies.h").touch()
    before = os.times()
    subprocess.run(
        ["cmake", "--build", build, "--target", "reduced_market"], check=True, stdout=subprocess.DEVNULL, env={**os.environ, "CCACHE_DISABLE": "1"}
    )
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def table(markets, rows):
    lines = [
        f"{markets} markets:",
        "",
        "| program | steps, ms | times | warm, ms | cold, ms | one more strategy, us a market | peak memory, MB |",
        "|---|---|---|---|---|---|---|",
    ]
    ours = statistics.median(row["steps", "cpu"] for row in rows["rackrace"])
    for name, repeats in rows.items():
        median = {key: statistics.median(row[key] for row in repeats) for key in repeats[0]}
        spread = sorted(row["more_us"] for row in repeats)
        both = [f"{number(median[what, 'cpu'])} ({number(median[what, 'wall'])})" for what in ("steps", "warm", "cold")]
        times = number(median["steps", "cpu"] / ours)
        more = f"{number(median['more_us'])} ({number(spread[0])} to {number(spread[-1])})"
        lines.append(f"| {name} | {both[0]} | {times} | {both[1]} | {both[2]} | {more} | {number(median['peak_mb'])} |")
    return lines


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("build")
    arguments.add_argument("--repeats", type=int, default=7)
    arguments.add_argument("--out", type=pathlib.Path, default=HERE.parent / "results" / f"reduced-market-{datetime.date.today()}.md")
    options = arguments.parse_args()
    commands = {"rackrace": [f"{options.build}/bench/reduced_market/reduced_market"]}
    commands.update({name: [sys.executable, str(HERE / file)] for name, file in PYTHON_PEERS.items()})

    hashes = recorded_hashes()
    for markets, names in SIZES.items():
        for name in names:
            for strategies in (FEW, MANY):
                checked(hashes, commands[name], markets, strategies)
    print("All hashes are equal.", file=sys.stderr)

    load_before = load()
    rows = {markets: {name: [] for name in names} for markets, names in SIZES.items()}
    for repeat in range(options.repeats):
        for markets, names in SIZES.items():
            for name in names:
                rows[markets][name].append(measure(hashes, commands[name], markets))
        print(f"repeat {repeat + 1} of {options.repeats}", file=sys.stderr)

    lines = [
        f"# The reduced market, {datetime.date.today()}",
        "",
        f"`bench/reduced_market/run.sh`: {options.repeats} repeats in turns, medians. CPU time of the program, user and system; in brackets the time that passed.",
        "Of one more strategy also the least and the largest of the repeats. Every run timed here printed the recorded hash of all final states.",
        "",
        f"Machine: {machine()}; load {load_before} before, {load()} after. One core each.",
        f"Ours: {compiler(options.build)}.",
        f"Peers: Python {platform.python_version()}, NumPy {importlib.metadata.version('numpy')}, Mesa {importlib.metadata.version('mesa')}.",
    ]
    for markets in SIZES:
        lines += ["", *table(markets, rows[markets])]
    lines += ["", f"A changed strategy costs the compiled program {rebuild_s(options.build):.1f} s of building (CPU, once); the others start again."]
    text = "\n".join(lines) + "\n"
    options.out.write_text(text)
    print(text, end="")


if __name__ == "__main__":
    main()

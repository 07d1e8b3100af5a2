"""What each program of bench/ measures, as rows: what was measured -> (figure, unit). Raises NotHere with the reason where this machine or build cannot."""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
QUARTERS = 27  # of base-2026

# Counters that say more than the time of an iteration: scale, unit, and what is added to the name.
COUNTERS = {
    "market_quarters_s": (1.0, "market-quarters/s", ""),
    "a_quarter": (1e6, "us", ""),
    "a_decision": (1e6, "us", ""),
    "frames": (1.0, "frames", ""),
    "kept_mb": (1.0, "MB", ", kept"),
    "left_mb": (1.0, "MB", ", left when they are gone"),
}


class NotHere(Exception):
    pass


def run(words, **options):
    return subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True, **options).stdout


def google_benchmark(program, options, only=".", least_s=0.0):
    """Rows of a program written with Google Benchmark: those that the expression `only` finds, for `least_s` seconds each or as long as the options say."""
    printed = run([program, "--benchmark_format=json", f"--benchmark_filter={only}", f"--benchmark_min_time={max(least_s, options.least_s)}"])
    rows = {}
    for one in json.loads(printed[printed.index("{") :])["benchmarks"]:
        if "error_occurred" in one:
            sys.exit(f"{program}: {one['name']}: {one['error_message']}")
        name = one["name"].removesuffix("/iterations:1")
        counters = [counter for counter in COUNTERS if counter in one]
        for counter in counters:
            scale, unit, more = COUNTERS[counter]
            rows[name + more] = (scale * one[counter], unit)
        if name.startswith("software_frame"):  # other threads draw it
            rows[name + ", time that passed"] = (one["real_time"], one["time_unit"])
        elif not counters:
            rows[name] = (one["cpu_time"], one["time_unit"])
    return rows


def scripts(program, options):
    rows = google_benchmark(program, options)
    for name in [name for name in rows if name.startswith("decide_lua/")]:
        role = name.split("/")[1]
        rows[f"decide, lua over core/{role}"] = (rows[name][0] / rows[f"decide_core/{role}"][0], "times")
    return rows


FIRMS = {"hyperscaler": 5, "neocloud": 6, "lab": 3, "supplier": 3}  # of base-2026


def checks(program, options):
    """What fuel, checks of indices and identities take of a compiled run without replay."""
    build = pathlib.Path(program).parent.parent
    for other in ("bench/engine_bench", "cli/rackrace"):
        if not (build / other).exists():
            raise NotHere(f"{build.name} has no {other}: it was not built")
    us = {name: value for name, (value, _) in google_benchmark(program, options, "^interpret", 0.2).items()}
    rows = {f"fuel and indices, of a decision interpreted/{role}": (100 * (1 - us[f"interpret_unchecked/{role}"] / us[f"interpret/{role}"]), "%") for role in FIRMS}
    engine = google_benchmark(build / "bench/engine_bench", options, "^(identities|play_back)$", 0.2)
    identities_us, quarters_s = engine["identities"][0], engine["play_back"][0]
    rows["identities, of the engine's quarter"] = (100 * identities_us * quarters_s / 1e6, "%")
    measures = json.loads(run([build / "cli/rackrace", "bench", "compiled", "--repeats", "1", "--json"]))["measures"]
    quarter_us = 1e6 / next(measure["median"] for measure in measures if measure["name"] == "compiled")
    checked_us = sum(2 * firms * (us[f"interpret/{role}"] - us[f"interpret_unchecked/{role}"]) for role, firms in FIRMS.items())
    rows["fuel, indices and identities, together of a run"] = (100 * (checked_us + identities_us) / quarter_us, "%")
    return rows


def program_bench(program, options):
    """What `rackrace bench` measures, once: rates, what they make of a whole run, and who takes what of a saved one and of a batch."""
    printed = json.loads(run([program, "bench", "--repeats", "1", "--json"]))
    rows = {measure["name"]: (measure["median"], measure["unit"]) for measure in printed["measures"]}
    for name in ("compiled", "lua"):
        rows[f"{name}, a run of {QUARTERS} quarters without replay"] = (1e3 * QUARTERS / rows[name][0], "ms")
    rows["all threads, times one"] = (printed["threads_speedup"], "times")
    for part in ("engine", "scripts", "record"):
        rows[f"share of a saved run: {part}"] = (100 * printed[f"share_{part}"], "%")
    for part in ("engine", "scripts", "bookkeeping"):
        rows[f"share of a batch: {part}"] = (100 * printed[f"batch_share_{part}"], "%")
    return rows


def whole_run(program, options):
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


def fork(program, options):
    """A run's quarter in other hands, saved as a run and laid beside the first, as F8 does."""
    with tempfile.TemporaryDirectory() as folder:
        run([program, "-q", "run", "base-2026", "--out", "first"], cwd=folder)
        start = time.monotonic()
        run([program, "-q", "fork", "first@2028Q3", "--firm", "coreweave", "--script", ROOT / "scripts/strategies/neocloud/careful.lua", "--out", "second"], cwd=folder)
        run([program, "-q", "compare", "first", "second"], cwd=folder)
        return {"at 2028Q3 with another script, and compare, time that passed": (time.monotonic() - start, "s")}


def batch(program, options):
    """Peak memory by number of runs, each in a process of its own: the peak it reads is that of all children it has had."""
    rows = {}
    for runs in (100, *([1_000, 100_000] if options.long and options.repeat == 0 else [])):
        printed = run([sys.executable, HERE / "batch_memory.py", program, runs]).split()
        rows[f"{runs:,} runs of small, peak"] = (float(printed[2]), "MB")
        rows[f"{runs:,} runs of small, time that passed"] = (float(printed[5]), "s")
    return rows


def reduced_market(program, options):
    printed = json.loads(run([program, "--markets", "8192", "--plays", "2"]))
    return {"8,192 markets, steps": (1e3 * printed["steps_cpu_s"], "ms")}


def peers(program, options):
    """The reduced market by those who play it too, at 64 markets: a peer whose hash differs is none."""
    python = ROOT / ".cache/reduced-market/bin/python"
    if not python.exists():
        raise NotHere("bench/reduced_market/run.sh sets up Mesa and NumPy")
    words = ["--markets", "64", "--plays", "2"]
    ours = json.loads(run([program, *words]))
    rows = {}
    for name in ("numpy_batch", "reference", "numpy_market", "mesa_market"):
        printed = json.loads(run([python, HERE / f"reduced_market/{name}.py", *words]))
        if printed["hash"] != ours["hash"]:
            sys.exit(f"{name}.py: 64 markets hash to {printed['hash']}, ours to {ours['hash']}")
        rows[f"{name}.py, 64 markets, times ours"] = (printed["steps_cpu_s"] / ours["steps_cpu_s"], "times")
    return rows


def device(program, options):
    """device_bench's table: speed over one core and how many outcomes differ."""
    done = subprocess.run([program, "1024", "8192", "65536"], capture_output=True, text=True)
    if done.returncode != 0:
        raise NotHere((done.stderr.strip().splitlines() or [f"left with {done.returncode}"])[0])
    rows = {}
    for line in done.stdout.splitlines():
        if re.match(r"\d+ ", line):
            cells, _, _, _, rate, _, times, different = line.split()
            cells = f"{int(cells):,} cells"
            rows[f"{cells}"] = (float(rate), "market-quarters/s")
            rows[f"{cells}, times one core"] = (float(times), "times")
            rows[f"{cells}, outcomes that differ from the host's"] = (float(different), "outcomes")
    return rows

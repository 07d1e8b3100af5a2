"""Runs of a scenario, seed by seed, and what their replays say. Needs the standard library and the program alone."""
import os
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor


def query(replay, sql, *values):
    with sqlite3.connect(f"file:{replay}?mode=ro", uri=True) as database:
        return database.execute(sql, values).fetchall()


def each_run(program, scenario, seeds, measure):
    """measure(path of replay.sqlite) of each seed, in order of seeds; a run is played into a temporary folder and deleted after it."""

    def one(seed):
        folder = tempfile.mkdtemp(prefix="rackrace-research-")
        try:
            out = os.path.join(folder, "run")
            subprocess.run([program, "run", scenario, "--seed", str(seed), "--out", out, "--quiet"], check=True, stdout=subprocess.DEVNULL)
            return measure(os.path.join(out, "replay.sqlite"))
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(one, seeds))


def spread(values, digits=1):
    """Median and range, as 12.3 (4.5 to 67.8)."""
    if not values:
        return "-"
    text = "{:,.%df}" % digits
    return f"{text.format(statistics.median(values))} ({text.format(min(values))} to {text.format(max(values))})"


# Student's t, 97.5 %, by degrees of freedom; the last one holds for more.
T_975 = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086,
         2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042, 1.960]


def half_width(values):
    """Of the 95 % interval of the mean of two values or more."""
    return T_975[min(len(values) - 2, len(T_975) - 1)] * statistics.stdev(values) / len(values) ** 0.5


def paired(first, second, digits=1):
    """Mean difference second - first with its 95 % interval, as +1.2 [0.3, 2.1]."""
    differences = [b - a for a, b in zip(first, second)]
    mean = statistics.fmean(differences)
    if len(differences) < 2:
        return f"{mean:+,.{digits}f}"
    half = half_width(differences)
    return f"{mean:+,.{digits}f} [{mean - half:+,.{digits}f}, {mean + half:+,.{digits}f}]"

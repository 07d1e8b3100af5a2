#!/usr/bin/env python3
"""The table of docs/shocks.md: every shock against its twin on 20 seeds, as Markdown. The rows and their quarters are those of
tests/agents/shock_test.cpp, which plays the runs (about 380) and writes the pairs.

  scripts/research/shock_table.py --test build/host/tests/agents/agents_test
  scripts/research/shock_table.py --pairs pairs.csv        of pairs that are there
"""
import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from replays import half_width, paired

CASE = "Each shock moves*"  # of tests/agents/shock_test.cpp


def played(test):
    with tempfile.TemporaryDirectory(prefix="rackrace-research-") as folder:
        pairs = os.path.join(folder, "pairs.csv")
        subprocess.run([test, CASE], check=True, stdout=subprocess.DEVNULL, env={**os.environ, "RACKRACE_LONG": "1", "RACKRACE_TABLE": pairs})
        return read(pairs)


def read(path):
    """{(scenario, observable): rows of its pairs} in the order of the file."""
    rows = {}
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            rows.setdefault((row["scenario"], row["observable"]), []).append(row)
    return rows


def digits_of(value):
    return 0 if abs(value) >= 1000 else 1 if abs(value) >= 100 else 2 if abs(value) >= 1 else 3


def verdict(expected, twin, shocked):
    """What the interval says of the text's direction."""
    differences = [b - a for a, b in zip(twin, shocked)]
    mean = statistics.fmean(differences)
    if not any(differences):
        return "unmoved"
    half = half_width(differences)
    if abs(mean) <= half:
        return "unclear"
    return "as the text" if (mean > 0) == (expected == "higher") else "against the text"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--test", help="the program agents_test")
    source.add_argument("--pairs", help="a CSV that it wrote")
    arguments = parser.parse_args()
    rows = played(arguments.test) if arguments.test else read(arguments.pairs)
    seeds = len(next(iter(rows.values())))
    print(f"Means of {seeds} seeds, and differences of the shocked runs from their twins on the same seeds, 95 % interval in brackets.\n")
    print("| scenario | observable | unit | expected | twin | difference | |\n|---|---|---|---|---|---|---|")
    for (scenario, observable), pairs in rows.items():
        twin, shocked = ([float(pair[column]) for pair in pairs] for column in ("twin", "shocked"))
        mean = statistics.fmean(twin)
        digits = digits_of(mean)
        expected = pairs[0]["expected"]
        print(f"| `{scenario}` | {observable} | {pairs[0]['unit']} | {expected} | {mean:,.{digits}f} | {paired(twin, shocked, digits)} | {verdict(expected, twin, shocked)} |")


if __name__ == "__main__":
    main()

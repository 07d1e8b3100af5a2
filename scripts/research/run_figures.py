#!/usr/bin/env python3
"""The figures of runs in README.md and docs/seeds.md, made anew, so that all are of the rules as they are.

  scripts/research/run_figures.py --program build/host/cli/rackrace --out docs/images
"""
import argparse
import os
import subprocess
import tempfile

PAPER = ["--style", "paper", "--clean"]
FIGURES = [  # file, scenario, what follows `plot RUN`
    ("prices.svg", "base-2026", ["prices"]),
    ("cash-bridge.svg", "base-2026", ["cash-bridge", "--firm", "coreweave", "--at", "2027Q4"]),
    ("seeds-base-prices.svg", "base-2026", ["prices", *PAPER]),
    ("seeds-plateau-demand.svg", "plateau-2028", ["demand", *PAPER]),
    ("seeds-rubin-prices.svg", "rubin-late", ["prices", *PAPER]),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="build/host/cli/rackrace")
    parser.add_argument("--out", default="docs/images")
    asked = parser.parse_args()
    program, out = os.path.abspath(asked.program), os.path.abspath(asked.out)
    with tempfile.TemporaryDirectory() as folder:
        for scenario in sorted({scenario for _, scenario, _ in FIGURES}):
            subprocess.run([program, "run", scenario, "--seed", "1", "--quiet", "--out", scenario], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        for file, scenario, figure in FIGURES:
            subprocess.run([program, "plot", scenario, *figure, "--out", os.path.join(out, file), "--force"], cwd=folder, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""The pictures of the window in docs/images, made anew: a run of base-2026, a fork of it, and a batch.

  scripts/research/window_pictures.py --program build/host/cli/rackrace --out docs/images
"""
import argparse
import os
import subprocess
import tempfile

PLAN = """scenario = "base-2026"
seeds = { first = 1, count = 6 }
sample = { method = "sobol", points = 16 }
[vary]
coreweave.shade = { from = 0.3, to = 1.0 }
coreweave.spend_q = { from = 1.0, to = 6.0 }
"""

# name of the picture, what is opened, the screen and what else the command says
PICTURES = [
    ("market", ["first"], ["--screen", "market", "--at", "2030Q2"]),
    ("auction", ["first"], ["--screen", "auction", "--at", "2028Q3", "--market", "spot-i"]),
    ("firm", ["first"], ["--screen", "firm", "--at", "2029Q2", "--firm", "coreweave"]),
    ("network", ["first"], ["--screen", "network", "--at", "2029Q2", "--firm", "coreweave"]),
    ("events", ["first"], ["--screen", "events", "--at", "2031Q4"]),
    ("strategy", ["first"], ["--screen", "strategy", "--at", "2028Q3", "--firm", "coreweave"]),
    ("compare", ["first", "fork"], ["--screen", "compare", "--at", "2031Q4", "--firm", "coreweave"]),
    ("ensemble", ["batch"], ["--screen", "ensemble", "--at", "2030Q4", "--firm", "coreweave", "--key-figure", "cash_usd"]),
]


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--program", required=True)
    words.add_argument("--out", required=True)
    words = words.parse_args()
    program, out = os.path.abspath(words.program), os.path.abspath(words.out)
    with tempfile.TemporaryDirectory() as folder:

        def rackrace(*arguments):
            subprocess.run([program, *arguments], cwd=folder, check=True)

        rackrace("run", "-q", "base-2026", "--out", "first")
        rackrace("fork", "-q", "first@2028Q3", "--firm", "coreweave", "--param", "shade=0.4", "--out", "fork")
        with open(os.path.join(folder, "plan.toml"), "w", encoding="utf-8") as plan:
            plan.write(PLAN)
        rackrace("sweep", "-q", "plan.toml", "--out", "batch")
        for name, opened, arguments in PICTURES:
            picture = os.path.join(out, f"window-{name}.png")
            rackrace("view", *opened, *arguments, "--size", "1600x1000", "--theme", "dark", "--scale", "1", "--screenshot", picture, "--force")


if __name__ == "__main__":
    main()

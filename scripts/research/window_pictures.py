#!/usr/bin/env python3
"""The pictures of the window in docs/images, made anew: a run of base-2026, a fork of it, and a batch.

  scripts/research/window_pictures.py --program build/host/cli/rackrace --out docs/images

With --grid every screen, Home among them, at every size, scale and theme, to be looked at: window-market-1280x720-1.5-light.png and so on.

  scripts/research/window_pictures.py --program build/host/cli/rackrace --out /tmp/grid --grid
"""
import argparse
import itertools
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

HOME = ("home", ["first"], ["--screen", "home"])
SIZES = ["1280x720", "1600x1000", "2560x1440"]
SCALES = ["1", "1.5"]
THEMES = ["dark", "light"]


def pictures(has_grid):
    """Of each picture the file's name and what the command says."""
    if not has_grid:
        for name, opened, arguments in PICTURES:
            yield f"window-{name}.png", [*opened, *arguments, "--size", "1600x1000", "--theme", "dark", "--scale", "1"]
        return
    for (name, opened, arguments), size, scale, theme in itertools.product([*PICTURES, HOME], SIZES, SCALES, THEMES):
        yield f"window-{name}-{size}-{scale}-{theme}.png", [*opened, *arguments, "--size", size, "--theme", theme, "--scale", scale]


def main():
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--program", required=True)
    words.add_argument("--out", required=True)
    words.add_argument("--grid", action="store_true", help="every screen at every size, scale and theme")
    words = words.parse_args()
    program, out = os.path.abspath(words.program), os.path.abspath(words.out)
    os.makedirs(out, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:

        def rackrace(*arguments):
            # A person's own places of tiles and list of runs are in no picture.
            subprocess.run([program, *arguments], cwd=folder, check=True, env={**os.environ, "RACKRACE_HOME": os.path.join(folder, "state")})

        rackrace("run", "-q", "base-2026", "--out", "first")
        rackrace("fork", "-q", "first@2028Q3", "--firm", "coreweave", "--param", "shade=0.4", "--out", "fork")
        with open(os.path.join(folder, "plan.toml"), "w", encoding="utf-8") as plan:
            plan.write(PLAN)
        rackrace("sweep", "-q", "plan.toml", "--out", "batch")
        for name, arguments in pictures(words.grid):
            rackrace("view", *arguments, "--screenshot", os.path.join(out, name), "--force")


if __name__ == "__main__":
    main()

"""Gambit reads a payoff table as we meant it: plays a small game, writes it as .nfg and as CSV, and has both compared by scripts/research/gambit_check.py.

    gambit_test.py PROGRAM      leaves with 77 where neither this Python nor the one of bench/gambit/run.sh has pygambit
"""
import importlib.util
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
SET_UP = ROOT / ".cache/gambit/bin/python"

# 3 x 2 profiles, and a shape that tells the order of players from the order of their strategies.
PLAN = """scenario = "small"
seeds = [1, 2]
[vary]
end = "2026Q4"
[profiles]
microsoft = ["hyperscaler/baseline.lua", "hyperscaler/harvester.lua", "hyperscaler/pioneer.lua"]
coreweave = ["neocloud/baseline.lua", "neocloud/careful.lua"]
"""


def main(program: str) -> int:
    if importlib.util.find_spec("pygambit") is None:
        if SET_UP.exists() and pathlib.Path(sys.prefix).resolve() != SET_UP.parents[1].resolve():
            os.execv(SET_UP, [str(SET_UP), __file__, program])
        print("skipped: pygambit is not installed; bench/gambit/run.sh sets it up")
        return 77
    program = str(pathlib.Path(program).resolve())
    with tempfile.TemporaryDirectory() as folder:

        def run(*words: str) -> None:
            subprocess.run([program, "-q", *words], cwd=folder, check=True, stdout=subprocess.DEVNULL)

        (pathlib.Path(folder) / "game.toml").write_text(PLAN, encoding="utf-8")
        run("sweep", "game.toml", "--out", "game")
        for kind in ("nfg", "csv"):
            run("payoffs", "game", "--format", kind, "--out", f"payoffs.{kind}")
        check = [sys.executable, str(ROOT / "scripts/research/gambit_check.py"), "payoffs.nfg", "payoffs.csv"]
        told = subprocess.run(check, cwd=folder, capture_output=True, text=True)
    print(told.stdout + told.stderr, end="")
    if told.returncode == 0 and not told.stdout.startswith("6 profiles of 2 players: 0 payoffs differ"):
        print("the check read another game")
        return 1
    return told.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""A Python program of the reduced market against its recorded hashes. hash_check.py FOLDER PROGRAM; leaves with 77 where a package is missing."""

import csv
import importlib
import pathlib
import sys

sys.dont_write_bytecode = True
folder = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(folder))
import peer  # noqa: E402

try:
    program = importlib.import_module(sys.argv[2])
except ModuleNotFoundError as missing:
    if missing.name not in ("numpy", "mesa"):
        raise
    print(f"skipped: {missing}")
    sys.exit(77)

path = peer.read_path()
checked = 0
with open(folder / "hashes.csv", newline="") as file:
    for row in csv.DictReader(file):
        markets, strategies = int(row["markets"]), int(row["strategies"])
        if markets > 16:  # the larger ones are compared before times are taken
            continue
        state_hash = program.hash_states(program.play(path, program.draw(path, markets), strategies))
        assert f"{int(state_hash):016x}" == row["hash"], f"{markets} markets, {strategies} strategies: {int(state_hash):016x}, recorded {row['hash']}"
        checked += 1
assert checked == 2, f"{checked} rows of hashes.csv could be checked"

#!/usr/bin/env python3
"""Peak memory and time of a batch by number of runs: batch_memory.py PROGRAM [RUNS...]   (100 and 2000 runs of the small scenario)"""

import os
import resource
import subprocess
import sys
import tempfile
import time


def peak_mb_and_s(program: str, runs: int) -> tuple[float, float]:
    """Plays a batch in a process of its own: a child's peak is known once nothing else has been waited for."""
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "plan.toml"), "w") as plan:
            plan.write(f'scenario = "small"\nseeds = {{ first = 1, count = {runs} }}\n')
        start = time.monotonic()
        subprocess.run([program, "-q", "sweep", "plan.toml", "--out", "batch"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, time.monotonic() - start


if __name__ == "__main__":
    program = os.path.abspath(sys.argv[1])
    for runs in [int(word) for word in sys.argv[2:]] or [100, 2000]:
        # RUSAGE_CHILDREN is a maximum over all children: ascending counts keep it meaningful, and a fall would go unseen, which is no loss.
        peak_mb, seconds = peak_mb_and_s(program, runs)
        print(f"{runs:6d} runs  {peak_mb:7.1f} MB peak  {seconds:7.1f} s  {runs / seconds:7.1f} runs/s")

"""What a row should reach, by its program and the beginning of its name. A row without an entry is there to be looked at."""

GOALS = {
    "rackrace bench": {
        "engine": "5,000 or more, 20,000 in the end",
        "compiled, a run": "under 50",
        "lua, a run": "under 500",
        "all threads": "1.9 or more on two cores",
    },
    "rackrace run": {
        "with its replay, core, time": "under 1,000",
        "with its replay, lua, time": "under 2,000",
        "with its replay, lua, peak": "under 300",
    },
    "rackrace fork": {"at 2028Q3": "under 2"},
    "engine_bench": {"play_back": "5,000 or more, 20,000 in the end"},
    "script_bench": {
        "decide, lua over core": "8 or more",
        "make_strategy": "under 5,000",
        "make_thousand": "under 10,000",
        "keep_thousand, left": "under 1",
    },
    "checks": {"fuel, indices and identities": "under 10"},
    "viewer_bench": {"fan of 10,000": "under 20", "open_to_first_figure": "under 300", "seek": "under 50", "build_frame": "under 4", "software_frame": "under 33", "idle_frames": "0"},
    "batch_memory.py": {"100,000 runs of small, peak": "that of 1,000 runs"},
    "device_bench": {
        "8,192 cells, times": "50 or more",
        "65,536 cells, times": "150 or more, 300 in the end",
        "1,024 cells, outcomes": "0",
        "8,192 cells, outcomes": "0",
        "65,536 cells, outcomes": "0",
    },
}


def goal(program, what):
    return next((text for start, text in GOALS.get(program, {}).items() if what.startswith(start)), "")

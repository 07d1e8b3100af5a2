#!/usr/bin/env python3
"""The cases of docs/seeds.md: each scenario against base-2026 on the same seeds, as Markdown.

  scripts/research/seed_cases.py --program build/host/cli/rackrace --seeds 20
"""
import argparse
import os
import statistics
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from replays import each_run, paired, query

TWIN = "base-2026"
CASES = ["no-second-contract", "plateau-2028", "rubin-late", "rate-2027"]
SINCE = "2027Q1"  # means begin here: the second contract's first quarter

# name, unit, digits, SQL of one number of a run
MEASURES = [
    ("contracted share of compute, mean", "%", 1, f"SELECT 100.0 * AVG(contracted_frac) FROM quarters WHERE quarter >= '{SINCE}'"),
    ("spot T, mean", "$/h", 3, f"SELECT AVG(spot_t_usd_h) FROM quarters WHERE quarter >= '{SINCE}'"),
    ("spot T, 2027", "$/h", 3, "SELECT AVG(spot_t_usd_h) FROM quarters WHERE quarter LIKE '2027%'"),
    ("chip fill rate, mean", "%", 1, f"SELECT 100.0 * AVG(chip_fill_frac) FROM quarters WHERE quarter >= '{SINCE}'"),
    ("training hours bought spot by Meta's rivals, mean a quarter", "M H100e-h", 1,
     f"SELECT SUM(spot_bought_t_h100e) * 2190e-6 / COUNT(DISTINCT quarter) FROM firms WHERE role IN ('hyperscaler', 'lab') AND firm <> 'meta' AND quarter >= '{SINCE}'"),
    ("AI revenue, sum", "B$", 0, "SELECT SUM(ai_revenue_usd) / 1e9 FROM quarters WHERE quarter > '2026Q1'"),
    ("capex, sum", "B$", 0, "SELECT SUM(capex_usd) / 1e9 FROM quarters"),
    ("stranded capital, highest", "B$", 0, "SELECT MAX(stranded_capital_usd) / 1e9 FROM quarters WHERE quarter > '2026Q1'"),
    ("stranded capital, end", "B$", 0, "SELECT stranded_capital_usd / 1e9 FROM quarters ORDER BY quarter DESC LIMIT 1"),
    ("owners' value, end", "B$", 0, "SELECT owners_value_usd / 1e9 FROM quarters ORDER BY quarter DESC LIMIT 1"),
    ("of Meta", "B$", 0, "SELECT value_usd / 1e9 FROM firms WHERE firm = 'meta' ORDER BY quarter DESC LIMIT 1"),
    ("of CoreWeave", "B$", 2, "SELECT value_usd / 1e9 FROM firms WHERE firm = 'coreweave' ORDER BY quarter DESC LIMIT 1"),
    ("of NVIDIA", "B$", 0, "SELECT value_usd / 1e9 FROM firms WHERE firm = 'nvidia' ORDER BY quarter DESC LIMIT 1"),
    ("lenders: debt written off, sum", "B$", 1, "SELECT COALESCE(SUM(amount_usd), 0) / 1e9 FROM postings WHERE kind = 'debt_write_off'"),
    ("other creditors: claims written off, sum", "B$", 1, "SELECT COALESCE(SUM(amount_usd), 0) / 1e9 FROM postings WHERE kind = 'claim_write_off'"),
    ("firms that defaulted", "of 17", 2, "SELECT COUNT(DISTINCT firm) FROM events WHERE kind = 'default'"),
    ("CoreWeave defaulted", "% of runs", 0, "SELECT 100.0 * COUNT(DISTINCT firm) FROM events WHERE kind = 'default' AND firm = 'coreweave'"),
    ("CoreWeave backlog, end of 2026", "B$", 1, "SELECT backlog_usd / 1e9 FROM firms WHERE firm = 'coreweave' AND quarter = '2026Q4'"),
]


def measure(replay):
    values = []
    for name, unit, digits, sql in MEASURES:
        value = query(replay, sql)[0][0]
        values.append(0.0 if value is None else value)  # the sum of no rows
    return values


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="rackrace")
    parser.add_argument("--seeds", type=int, default=20)
    arguments = parser.parse_args()
    runs = {scenario: each_run(arguments.program, scenario, range(1, arguments.seeds + 1), measure) for scenario in [TWIN, *CASES]}
    print(f"Means of {arguments.seeds} seeds of `{TWIN}`, and differences from it on the same seeds, 95 % interval in brackets.\n")
    print(f"| | unit | `{TWIN}` | " + " | ".join(f"`{case}`" for case in CASES) + " |\n|---|---|---|" + "---|" * len(CASES))
    for i, (name, unit, digits, sql) in enumerate(MEASURES):
        twin = [run[i] for run in runs[TWIN]]
        cells = [paired(twin, [run[i] for run in runs[case]], digits) for case in CASES]
        print(f"| {name} | {unit} | {statistics.fmean(twin):,.{digits}f} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()

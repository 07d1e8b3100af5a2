#!/usr/bin/env python3
"""The story of a scenario over seeds: median and range by year, as Markdown.

  scripts/research/story_table.py --program build/host/cli/rackrace --scenario base-2026 --seeds 20
  scripts/research/story_table.py runs/base-2026-s*        of runs that are there
"""
import argparse
import collections
import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from replays import each_run, query, spread

# name, unit, digits, how a year comes from its quarters, column or expression of table quarters
MARKET = [
    ("chips made", "million", 2, "SUM", "made_chips / 1e6"),
    ("usable IT power, end", "GW", 1, "LAST", "usable_it_kw / 1e6"),
    ("AI revenue", "B$", 0, "SUM", "ai_revenue_usd / 1e9"),
    ("spot T, mean", "$/h", 2, "AVG", "spot_t_usd_h"),
    ("spot I, mean", "$/h", 2, "AVG", "spot_i_usd_h"),
    ("contracted share of compute, mean", "%", 0, "AVG", "100.0 * contracted_frac"),
    ("bound by demand", "% of firm quarters", 0, "BOUND", "bound_by_demand"),
    ("bound by power", "%", 0, "BOUND", "bound_by_power"),
    ("bound by shell", "%", 0, "BOUND", "bound_by_shell"),
    ("bound by money", "%", 0, "BOUND", "bound_by_money"),
    ("bound by chips", "%", 0, "BOUND", "bound_by_chips"),
]
FIRMS = [
    ("capex of the five hyperscalers", "B$", 0, "SUM", "capex_usd / 1e9", "role = 'hyperscaler'"),
    ("CoreWeave revenue", "B$", 1, "SUM", "revenue_usd / 1e9", "firm = 'coreweave'"),
    ("CoreWeave backlog, end", "B$", 0, "LAST", "backlog_usd / 1e9", "firm = 'coreweave'"),
    ("CoreWeave debt, end", "B$", 1, "LAST", "debt_usd / 1e9", "firm = 'coreweave'"),
    ("NVIDIA revenue", "B$", 0, "SUM", "revenue_usd / 1e9", "firm = 'nvidia'"),
    ("OpenAI cash, end", "B$", 1, "LAST", "cash_usd / 1e9", "firm = 'openai'"),
]
# Without the opening books, in which nothing was played.
PLAYED = "quarter > (SELECT MIN(quarter) FROM quarters)"


def of_years(rows, how):
    """{year: value} of (quarter, value) rows in order."""
    years = collections.defaultdict(list)
    for quarter, value in rows:
        if value is not None:
            years[int(quarter[:4])].append(value)
    ends = {"SUM": sum, "LAST": lambda v: v[-1], "AVG": lambda v: sum(v) / len(v)}
    return {year: ends[how](values) for year, values in years.items()}


def bound_share(replay, column):
    bounds = "bound_by_demand + bound_by_power + bound_by_shell + bound_by_money + bound_by_chips"
    rows = query(replay, f"SELECT substr(quarter, 1, 4), 100.0 * SUM({column}) / SUM({bounds}) FROM quarters WHERE {PLAYED} GROUP BY 1")
    return {int(year): value for year, value in rows}


def measure(replay):
    """{name: {year: value}} and [(year, firm, kind)] of failures."""
    out = {}
    for name, unit, digits, how, sql in MARKET:
        out[name] = bound_share(replay, sql) if how == "BOUND" else of_years(query(replay, f"SELECT quarter, {sql} FROM quarters WHERE {PLAYED} ORDER BY quarter"), how)
    for name, unit, digits, how, sql, where in FIRMS:
        out[name] = of_years(query(replay, f"SELECT quarter, SUM({sql}) FROM firms WHERE {where} AND {PLAYED} GROUP BY quarter ORDER BY quarter"), how)
    out["contract price, hours due, mean"] = of_years(
        query(replay, f"SELECT quarter, SUM(price_usd_h * due_now_h100e) / SUM(due_now_h100e) FROM contracts WHERE {PLAYED} GROUP BY quarter HAVING SUM(due_now_h100e) > 0 ORDER BY quarter"), "AVG")
    out["CoreWeave spread over the policy rate, end"] = of_years(
        query(replay, f"""SELECT loans.quarter, 100.0 * SUM(principal_usd * (rate_apr - (1 - is_floating) * policy_rate_apr)) / SUM(principal_usd)
                          FROM loans JOIN quarters ON quarters.quarter = loans.quarter
                          WHERE firm = 'coreweave' AND loans.{PLAYED} GROUP BY loans.quarter ORDER BY loans.quarter"""), "LAST")
    failures = [(int(quarter[:4]), firm, kind) for quarter, firm, kind in
                query(replay, "SELECT quarter, firm, kind FROM events WHERE kind IN ('default', 'reorganised', 'liquidated', 'acquired')")]
    return out, failures


def order():
    after = {"spot I, mean": [("contract price, hours due, mean", "$/h", 2)], "CoreWeave debt, end": [("CoreWeave spread over the policy rate, end", "points", 2)]}
    for name, unit, digits, *rest in [*MARKET[:3], FIRMS[0], *MARKET[3:6], *FIRMS[1:], *MARKET[6:]]:
        yield name, unit, digits
        yield from after.get(name, [])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("runs", nargs="*", help="folders of runs; without any the scenario is played")
    parser.add_argument("--program", default="rackrace")
    parser.add_argument("--scenario", default="base-2026")
    parser.add_argument("--seeds", type=int, default=20)
    arguments = parser.parse_args()
    if arguments.runs:
        measured = [measure(os.path.join(run, "replay.sqlite")) for run in arguments.runs]
    else:
        measured = each_run(arguments.program, arguments.scenario, range(1, arguments.seeds + 1), measure)
    years = sorted({year for out, _ in measured for year in out["AI revenue"]})
    print(f"Median (range) of {len(measured)} runs.\n")
    print("| | unit | " + " | ".join(map(str, years)) + " |\n|---|---|" + "---|" * len(years))
    for name, unit, digits in order():
        cells = [spread([out[name][year] for out, _ in measured if year in out[name]], digits) for year in years]
        print(f"| {name} | {unit} | " + " | ".join(cells) + " |")
    print("\nFailures, events a run, by year in which they happened:\n")
    print("| firm | event | " + " | ".join(map(str, years)) + " | all | runs, % |\n|---|---|" + "---|" * (len(years) + 2))
    counts = collections.Counter(failure for _, failures in measured for failure in failures)
    for firm, kind in sorted({(firm, kind) for _, firm, kind in counts}):
        by_year = [counts[year, firm, kind] / len(measured) for year in years]
        runs = sum(any(f == firm and k == kind for _, f, k in failures) for _, failures in measured)
        print(f"| {firm} | {kind} | " + " | ".join(f"{x:.2f}" if x else "" for x in by_year) + f" | {sum(by_year):.2f} | {100 * runs / len(measured):.0f} |")


if __name__ == "__main__":
    main()

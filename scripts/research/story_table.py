#!/usr/bin/env python3
"""The story of a scenario over seeds: median and range by year, as Markdown, beside what simple scripts gave (simple_scripts.csv: the medians of
model.md 14.12); then how many runs have what binding a firm, 2026 against the guidance in the data tables, and the failures.

  scripts/research/story_table.py --program build/host/cli/rackrace --scenario base-2026 --seeds 20
  scripts/research/story_table.py runs/base-2026-s*        of runs that are there
"""
import argparse
import collections
import csv
import os
import statistics
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
from replays import each_run, query, spread

DATA = os.path.join(HERE, "..", "..", "data")

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
BOUNDS = ["demand", "power", "shell", "money", "chips"]
# Without the opening books, in which nothing was played.
PLAYED = "quarter > (SELECT MIN(quarter) FROM quarters)"

# What the data tables say of a firm in 2026, as the replay has it: series of backtest_targets.csv -> unit, SQL of a number of a quarter.
GUIDED = {
    "datacenter_revenue_usd_bn": ("B$", "revenue_usd / 1e9"),
    "ai_revenue_usd_bn": ("B$", "revenue_usd / 1e9"),
    "revenue_usd_bn": ("B$", "revenue_usd / 1e9"),
    "cloud_infrastructure_revenue_usd_bn": ("B$", "(revenue_usd - core_revenue_usd_q) / 1e9"),
    "backlog_usd_bn": ("B$", "backlog_usd / 1e9"),
    "annualised_revenue_run_rate_usd_bn": ("B$ a year", "4 * ai_revenue_usd / 1e9"),
    "active_power_mw": ("MW", "usable_it_kw / 1e3"),
}
GUIDED_YEAR = 2026


def table(name):
    with open(os.path.join(DATA, name), newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def of_years(rows, how):
    """{year: value} of (quarter, value) rows in order."""
    years = collections.defaultdict(list)
    for quarter, value in rows:
        if value is not None:
            years[int(quarter[:4])].append(value)
    ends = {"SUM": sum, "LAST": lambda v: v[-1], "AVG": lambda v: sum(v) / len(v)}
    return {year: ends[how](values) for year, values in years.items()}


def ratio_of_years(rows):
    """{year: sum of the first number over sum of the second} of (quarter, number, number) rows."""
    years = collections.defaultdict(lambda: [0.0, 0.0])
    for quarter, number, of in rows:
        years[int(quarter[:4])][0] += number
        years[int(quarter[:4])][1] += of
    return {year: number / of for year, (number, of) in years.items() if of > 0}


def bound_share(replay, column):
    bounds = " + ".join(f"bound_by_{name}" for name in BOUNDS)
    rows = query(replay, f"SELECT substr(quarter, 1, 4), 100.0 * SUM({column}) / SUM({bounds}) FROM quarters WHERE {PLAYED} GROUP BY 1")
    return {int(year): value for year, value in rows}


def quarters_bound(replay):
    """{what binds: quarters in which it binds a firm}."""
    counts = ", ".join(f"SUM(bound_by_{name} > 0)" for name in BOUNDS)
    return dict(zip(BOUNDS, query(replay, f"SELECT {counts} FROM quarters WHERE {PLAYED}")[0]))


def supply_side(replay):
    """Chips by what was paid for them, wafers, power from the grids."""
    launch_list = {row["product"]: float(row["list_usd_chip"]) for row in table("model/products.csv")}
    wafers = {row["quarter"]: float(row["value"]) for row in table("model/paths.csv") if row["series"] == "packaging_wafers"}
    sold = query(replay, f"SELECT quarter, product, sold_chips * cleared_usd_chip, sold_chips FROM products WHERE {PLAYED}")
    used = query(replay, f"SELECT quarter, SUM(wafers_0) FROM products WHERE {PLAYED} GROUP BY quarter")
    on = of_years(query(replay, "SELECT quarter, SUM(energised_kw) / 1e6 FROM regions GROUP BY quarter ORDER BY quarter"), "LAST")
    opening = query(replay, "SELECT SUM(energised_kw) / 1e6 FROM regions WHERE quarter = (SELECT MIN(quarter) FROM regions)")[0][0]
    return {
        "paid over launch list": ratio_of_years([(quarter, paid, chips * launch_list[product]) for quarter, product, paid, chips in sold]),
        "wafers used": ratio_of_years([(quarter, 100.0 * allotted, wafers[quarter]) for quarter, allotted in used]),
        "new grid power": {year: kw - on.get(year - 1, opening) for year, kw in on.items()},
        "adder, mean of kW won": ratio_of_years(query(replay, f"SELECT quarter, SUM(won_kw * adder_usd_kw_q), SUM(won_kw) FROM regions WHERE {PLAYED} GROUP BY quarter")),
    }


def of_quarter(replay, firm, quarter, sql):
    rows = query(replay, f"SELECT {sql} FROM firms WHERE firm = ? AND quarter = ?", firm, quarter)
    return rows[0][0] if rows else None


def guidance(replay):
    """{(firm, figure, unit, guidance in words, its middle, how it compares): value of the run}."""
    out = {}
    reported = {row["firm_id"]: row["capex_usd_bn"] or row["capex_cash_ppe_usd_bn"] for row in table("firm_quarterly_history.csv") if row["quarter"] == f"{GUIDED_YEAR}Q1"}
    for row in table("firms.csv"):
        low, high = (row[f"capex_guidance_{GUIDED_YEAR}_revised_{end}_usd_bn"] or row[f"capex_guidance_{GUIDED_YEAR}_{end}_usd_bn"] for end in ("low", "high"))
        played = query(replay, f"SELECT COUNT(*), SUM(capex_usd) / 1e9 FROM firms WHERE firm = ? AND quarter LIKE '{GUIDED_YEAR}%' AND {PLAYED}", row["firm_id"])[0]
        if not low or not played[0]:
            continue
        first = reported.get(row["firm_id"])
        value = played[1] + float(first) if first else played[1] * 4 / played[0]
        how = f"Q1 as reported ({float(first):g}) + Q2 to Q4" if first else "Q2 to Q4 times 4/3"
        words = f"{float(low):g} to {float(high):g}" if low != high else f"{float(low):g}"
        out[row["firm_id"], f"capex {GUIDED_YEAR}", "B$", words, (float(low) + float(high)) / 2, how] = value
    for row in table("backtest_targets.csv"):
        if row["role"] != "out_of_sample" or row["series"] not in GUIDED:
            continue
        unit, sql = GUIDED[row["series"]]
        value = of_quarter(replay, row["entity_id"], row["quarter"], sql)
        if value is not None:
            figure = row["series"].removesuffix("_usd_bn").removesuffix("_mw").replace("_", " ")
            out[row["entity_id"], f"{figure}, {row['quarter']}", unit, f"{float(row['value']):g}", float(row["value"]), "the quarter" if "run_rate" not in row["series"] else "4 times the quarter"] = value
    return out


def measure(replay):
    """({name: {year: value}}, [(year, firm, kind)] of failures, {what binds: quarters}, guidance)."""
    out = supply_side(replay)
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
    return out, failures, quarters_bound(replay), guidance(replay)


def order():
    after = {
        "chips made": [("wafers used", "% of the path's mean", 0), ("paid over launch list", "ratio, open sales", 2)],
        "usable IT power, end": [("new grid power", "GW", 1), ("adder, mean of kW won", "$/kW-quarter", 0)],
        "spot I, mean": [("contract price, hours due, mean", "$/h", 2)],
        "CoreWeave debt, end": [("CoreWeave spread over the policy rate, end", "points", 2)],
    }
    for name, unit, digits, *rest in [*MARKET[:3], FIRMS[0], *MARKET[3:6], *FIRMS[1:], *MARKET[6:]]:
        yield name, unit, digits
        yield from after.get(name, [])


def print_story(measured, years):
    with open(os.path.join(HERE, "simple_scripts.csv"), newline="", encoding="utf-8") as file:
        simple = {row["measure"]: row for row in csv.DictReader(file)}
    print(f"Median (range) of {len(measured)} runs.\n")
    print("| | unit | " + " | ".join(map(str, years)) + " |\n|---|---|" + "---|" * len(years))
    for name, unit, digits in order():
        cells = [spread([out[name][year] for out, *_ in measured if year in out[name]], digits) for year in years]
        print(f"| {name} | {unit} | " + " | ".join(cells) + " |")
        if name in simple:
            print("| *of simple scripts* | | " + " | ".join(simple[name].get(str(year)) or "" for year in years) + " |")


def print_bounds(measured):
    print("\nRuns in which something binds a firm, by how often:\n")
    print("| | " + " | ".join(BOUNDS) + " |\n|---|" + "---|" * len(BOUNDS))
    for least, words in ((1, "in a quarter"), (2, "in two quarters or more")):
        runs = (sum(bound[name] >= least for _, _, bound, _ in measured) for name in BOUNDS)
        print(f"| {words} | " + " | ".join(f"{n} of {len(measured)}" for n in runs) + " |")


def print_guidance(measured):
    print(f"\n{GUIDED_YEAR} against guidance, median (range) of {len(measured)} runs; the gap is of the median from the middle of the guidance.\n")
    print("| firm | figure | unit | guidance or report | run | gap, % | run's figure |\n|---|---|---|---|---|---|---|")
    for key in measured[0][-1]:
        firm, figure, unit, words, middle, how = key
        values = [told[key] for *_, told in measured]
        print(f"| {firm} | {figure} | {unit} | {words} | {spread(values, 0 if middle >= 1000 else 1)} | {100 * (statistics.median(values) / middle - 1):+.0f} | {how} |")


def print_failures(measured, years):
    print("\nFailures, events a run, by year in which they happened:\n")
    print("| firm | event | " + " | ".join(map(str, years)) + " | all | runs, % |\n|---|---|" + "---|" * (len(years) + 2))
    counts = collections.Counter(failure for _, failures, *_ in measured for failure in failures)
    for firm, kind in sorted({(firm, kind) for _, firm, kind in counts}):
        by_year = [counts[year, firm, kind] / len(measured) for year in years]
        runs = sum(any(f == firm and k == kind for _, f, k in failures) for _, failures, *_ in measured)
        print(f"| {firm} | {kind} | " + " | ".join(f"{x:.2f}" if x else "" for x in by_year) + f" | {sum(by_year):.2f} | {100 * runs / len(measured):.0f} |")


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
    years = sorted({year for out, *_ in measured for year in out["AI revenue"]})
    print_story(measured, years)
    print_bounds(measured)
    print_guidance(measured)
    print_failures(measured, years)


if __name__ == "__main__":
    main()

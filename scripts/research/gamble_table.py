#!/usr/bin/env python3
"""The table of docs/audit.md on what limited liability leaves to a thin-equity gambler, out of what `rackrace audit degenerate --json` prints, as Markdown: how often
a firm that stakes all it has ends above its baseline of the same seed, and by how much, when it does and when it does not.

  rackrace audit degenerate --seeds 60 --only all_power,borrow_maximum,build_everywhere,order_everything --json > gamble.json
  scripts/research/gamble_table.py gamble.json
"""
import statistics

from audits import print_each

ROLES = ("neocloud", "lab")  # the firms whose owners have little to lose


def mean_text(usd):
    return f"{statistics.fmean(usd) / 1e9:+,.1f}" if usd else "none"


def print_table(audit):
    print(f"`{audit['scenario']}`, {audit['seeds']} paired seeds; owners' value in B$.\n")
    print("| strategy | firm | baseline: mean, median | beats it, % of seeds | by, mean | by, most | does not, by, mean | worth nothing, % of seeds | defaults, % of runs |\n|---|---|---|---|---|---|---|---|---|")
    for row in audit["rows"]:
        if row["role"] not in ROLES:
            continue
        pairs = row["pairs"]
        baseline = [pair["baseline_usd"] for pair in pairs]
        differences = [pair["audit_usd"] - pair["baseline_usd"] for pair in pairs]
        wins, losses = [usd for usd in differences if usd > 0.0], [usd for usd in differences if usd <= 0.0]
        defaults = [100 * statistics.fmean(pair[f"{which}_default"] for pair in pairs) for which in ("baseline", "audit")]
        nothing = 100 * statistics.fmean(pair["audit_usd"] <= 0.0 for pair in pairs)
        print(f"| `{row['strategy']}` | {row['firm']} | {statistics.fmean(baseline) / 1e9:,.1f}, {statistics.median(baseline) / 1e9:,.1f} | {100 * len(wins) / len(pairs):.0f} "
              f"| {mean_text(wins)} | {mean_text(wins and [max(wins)])} | {mean_text(losses)} | {nothing:.0f} | {defaults[0]:.0f} -> {defaults[1]:.0f} |")


if __name__ == "__main__":
    print_each(print_table, __doc__)

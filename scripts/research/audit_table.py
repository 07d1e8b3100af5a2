#!/usr/bin/env python3
"""The tables of docs/audit.md out of what `rackrace audit degenerate --json` prints, as Markdown.

  rackrace audit degenerate --seeds 20 --json > audit.json
  scripts/research/audit_table.py audit.json
"""
from audits import print_each


def share(usd, row):
    return 100.0 * usd / row["scale_usd"]


def print_table(audit):
    print(f"`{audit['scenario']}`, {audit['seeds']} paired seeds: of {len(audit['rows'])} rows {audit['lose']} lose, {audit['unclear']} are unclear, {audit['same']} play as the baseline, {audit['win']} win.\n")
    print("| strategy | firm | role | baseline, B$ | difference, % | 95 % interval | defaults, % of runs | accounts where it shows, B$ | |\n|---|---|---|---|---|---|---|---|---|")
    for row in audit["rows"]:
        accounts = ", ".join(f"{name} {usd / 1e9:+,.1f}" for name, usd in list(row["accounts_usd"].items())[:3]) or "none"
        interval = "" if row["low_usd"] is None else f"{share(row['low_usd'], row):+.1f} to {share(row['high_usd'], row):+.1f}"
        print(f"| `{row['strategy']}` | {row['firm']} | {row['role']} | {row['baseline_usd'] / 1e9:,.1f} | {share(row['difference_usd'], row):+.1f} | {interval} "
              f"| {100 * row['baseline_default_frac']:.0f} -> {100 * row['audit_default_frac']:.0f} | {accounts} | {row['verdict']} |")


if __name__ == "__main__":
    print_each(print_table, __doc__)

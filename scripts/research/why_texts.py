#!/usr/bin/env python3
"""Ten recorded facts of a run and what `rackrace why` says of each, as Markdown: docs/why.md.

  scripts/research/why_texts.py --program build/host/cli/rackrace --seed 1
"""
import argparse
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from replays import query

PLAYED = "quarter > (SELECT MIN(quarter) FROM quarters)"

# what, SQL of one row, path of its address; the quarter comes first in the row where the address wants one
FACTS = [
    ("The clearing price of chips that sold most", f"SELECT quarter, product FROM products WHERE {PLAYED} ORDER BY sold_chips DESC, product LIMIT 1", "@{0}#product={1}"),
    ("Chips of which an order got a part", "SELECT orders.firm, order_id FROM orders JOIN fills ON fills.quarter = orders.quarter AND fills.firm = orders.firm AND fills.n = orders.fill "
     "WHERE orders.verb = 'bid_chips' AND fills.code = 'F02' ORDER BY fills.asked - fills.got DESC LIMIT 1", "#firm={0}&order={1}"),
    ("An order that was refused", "SELECT firm, order_id FROM orders WHERE status = 'rejected' ORDER BY quarter, order_id LIMIT 1", "#firm={0}&order={1}"),
    ("The dearest grid power", "SELECT quarter, region FROM regions ORDER BY adder_usd_kw_q DESC LIMIT 1", "@{0}#region={1}"),
    ("A contract that was signed", f"SELECT contract FROM contracts WHERE {PLAYED} AND buyer <> 'customer' AND contract NOT IN (SELECT contract FROM contracts WHERE NOT {PLAYED}) "
     "ORDER BY quarter, quantity_h100e DESC LIMIT 1", "#contract={0}"),
    ("A contract that was not served", "SELECT quarter, contract FROM contracts ORDER BY short_now_h100e DESC LIMIT 1", "@{0}#contract={1}"),
    ("What a bond costs", f"SELECT quarter, firm, slot FROM loans WHERE {PLAYED} AND kind = 'bond' AND firm = 'coreweave' AND age_q = 1 "
     f"AND slot NOT IN (SELECT slot FROM loans WHERE firm = 'coreweave' AND NOT {PLAYED}) ORDER BY quarter LIMIT 1", "@{0}#firm={1}&loan={2}"),
    ("A broken covenant", "SELECT quarter, firm FROM events WHERE kind = 'covenant_broken' ORDER BY quarter LIMIT 1", "@{0}#firm={1}&field=breach_q"),
    ("A default", "SELECT quarter, firm FROM events WHERE kind = 'default' ORDER BY quarter LIMIT 1", "@{0}#firm={1}&field=status"),
    ("A spot price that rose", "SELECT now.quarter FROM quarters AS now JOIN quarters AS last ON last.t = now.t - 1 ORDER BY now.spot_i_usd_h / last.spot_i_usd_h DESC LIMIT 1", "@{0}#market.spot_i_usd_h"),
]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="rackrace")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program)
    with tempfile.TemporaryDirectory(prefix="rackrace-research-") as folder:
        subprocess.run([program, "run", "base-2026", "--seed", str(arguments.seed), "--out", "runs/base", "--quiet"], check=True, stdout=subprocess.DEVNULL, cwd=folder)
        replay = os.path.join(folder, "runs", "base", "replay.sqlite")
        for number, (what, sql, path) in enumerate(FACTS, 1):
            rows = query(replay, sql)
            print(f"## {number}. {what}\n")
            if not rows:
                print("None in this run.\n")
                continue
            address = "base" + path.format(*rows[0])
            text = subprocess.run([program, "why", address], check=True, capture_output=True, text=True, cwd=folder).stdout
            print(f"```\n$ rackrace why '{address}'\n{text}```\n")


if __name__ == "__main__":
    main()

local race = require "rackrace"

-- Borrow the maximum: asks for every loan, as large and as dear as lenders give it, in every quarter. The baseline plays the rest.
-- Believes: money is never dearer than the chance it buys. Fails: spreads rise with leverage, covenants break and a wall of debt falls due.
-- Reads  obs.me   Acts  borrow
return race.neocloud {
  api = "1.0", name = "Borrow the maximum",
  about = "Audit: asks for every loan, as large and as dear as lenders give it, in every quarter.",
  decide = function(obs, act, p, mem, rng)
    local musd = 1e6
    act.borrow { kind = "bond", musd = musd, max_apr = 0.18, tenor_q = 12 }
    act.borrow { kind = "contract_backed", musd = musd, max_apr = 0.18, tenor_q = 12 }
    act.borrow { kind = "project", musd = musd, max_apr = 0.18, tenor_q = 12 }
  end,
}

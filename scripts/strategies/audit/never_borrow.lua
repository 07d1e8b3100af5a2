local race = require "rackrace"

-- Never borrow: asks for no loan. The baseline plays the rest.
-- Believes: debt is danger. Fails: rivals grow on it and take the contracts.
-- Reads  nothing   Acts  borrow, for nothing
return race.neocloud {
  api = "1.0", name = "Never borrow",
  about = "Audit: asks for no loan.",
  decide = function(obs, act, p, mem, rng)
    act.borrow { kind = "bond", musd = 0, max_apr = 0.1, tenor_q = 8 }
  end,
}

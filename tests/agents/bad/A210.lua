local race = require "rackrace"

local EVERYTHING = 3 * 0.5

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    act.set_payout { frac = EVERYTHING }
    act.set_payout { frac = -0.5 }  -- a share is no amount: below its bound it is refused
    act.borrow { musd = 100.0, kind = "bond", max_apr = 0.1, tenor_q = 60 }
    act.borrow { musd = 0.0, kind = "bond", max_apr = 0.1, tenor_q = 0 }
  end,
}

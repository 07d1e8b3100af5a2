local race = require "rackrace"

local EVERYTHING = 3 * 0.5

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    act.set_payout { frac = EVERYTHING }
    for _, loan in ipairs(obs.loans) do act.repay { loan = loan.id, musd = -5.0 } end
    act.borrow { musd = 100.0, kind = "bonds", max_apr = 0.1, tenor_q = 20 }
    act.borrow { musd = 100.0, kind = 2, max_apr = 0.1, tenor_q = 60 }
  end,
}

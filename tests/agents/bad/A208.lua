local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    act.repay { loan = 1, musd = 20, prio = 1 }
    act.offer_spot { mh = 1, min_usd_hour = 2, min_usd_h = 2 }
  end,
}

local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    act.bid_chip { product = 1, chips = 8, max_usd_chip = 30000 }
  end,
}

local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    act.bid_chips { product = 1, chips = 8 }
  end,
}

local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    act.list_price { product = 1, usd_chip = 30000 }
  end,
}

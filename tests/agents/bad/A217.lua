local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  params = { step = 0.02, wide = race.rnage(0, 1, 0.5) },
  decide = function(obs, act, p, mem, rng)
  end,
}

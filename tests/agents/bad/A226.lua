local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    act.trace("x", rng.uniform(0, 1) + rng:gauss(0, 1))
  end,
}

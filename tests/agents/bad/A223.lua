local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  params = { hedge = race.range(0.0, 1.0, 0.4) },
  decide = function(obs, act, p, mem, rng)
    act.trace("hedge", p.hegde)
  end,
}

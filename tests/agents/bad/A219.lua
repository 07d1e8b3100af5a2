local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  params = { a = race.range(0.0, 1.0, 0.5, { scale = "log", dok = "typing error" }) },
  decide = function(obs, act, p, mem, rng)
  end,
}

local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  memory = { a = race.array(100, 0.0), b = race.array(29, 0.0) },
  decide = function(obs, act, p, mem, rng)
  end,
}

local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  memory = { plan = {}, word = "x", list = race.array(0, 0.0) },
  decide = function(obs, act, p, mem, rng)
  end,
}

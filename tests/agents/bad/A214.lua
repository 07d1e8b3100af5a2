local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  parms = {},
  description = "x",
  decide = function(obs, act, p, mem, rng)
  end,
}

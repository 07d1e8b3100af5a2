local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  init = function(info, p, mem, rng) end,
  decide = function(obs, act, p, mem, rng)
  end,
}

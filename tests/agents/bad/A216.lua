local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  manual = "yes",
  params = 3,
  operate = true,
  decide = function(obs, act, p, mem, rng)
  end,
}

local race = require "rackrace"

return race.neoclod {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
  end,
}

local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    local x = (1 + 2
    local y = 3
    act.trace("x", x * y)
  end,
}

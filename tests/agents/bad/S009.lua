local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    obs.time() = 3;
    local x = 1
    x, obs.me.f() = 4, 5
  end,
}

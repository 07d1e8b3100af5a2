local race = require "rackrace"
return race.neocloud {
  api = "1.0",
  name = "Bad",
  memory = { x = 0.0, n = 0.0, on = false, a = race.array(4, 0.0) },
  decide = function(obs, act, p, mem, rng)
    local half = function(x) return x / 2 end
    mem.x = half(1)
  end,
}

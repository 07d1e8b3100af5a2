local race = require "rackrace"
return race.neocloud {
  api = "1.0",
  name = "Bad",
  memory = { x = 0.0, n = 0.0, on = false, a = race.array(4, 0.0) },
  decide = function(obs, act, p, mem, rng)
    if mem.x then return end
    mem.n = mem.on and 1.0
    mem.x = obs.me.id == mem.n and 1 or 2
  end,
}

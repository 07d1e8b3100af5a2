local race = require "rackrace"
return race.neocloud {
  api = "1.0",
  name = "Bad",
  memory = { x = 0.0 },
  init = function(info, p, mem)
    mem.x = race.power_cost_musd(1, 50)
  end,
  decide = function(obs, act, p, mem, rng)
    mem.x = mem.x + 1
  end,
}

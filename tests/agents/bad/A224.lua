local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  memory = { orders = 0 },
  decide = function(obs, act, p, mem, rng)
    mem.order = mem.orders + 1
  end,
}

local race = require "rackrace"
local function five(a) return a, a, a, a, a end
return race.neocloud {
  api = "1.0",
  name = "Bad",
  memory = { x = 0.0, n = 0.0, on = false, a = race.array(4, 0.0) },
  decide = function(obs, act, p, mem, rng)
    local a, b, c, d, e = five(1)
    mem.x = a
    return 1
  end,
}

local race = require "rackrace"
local function half(x)
  if x > 1.0 then return x / 2 end
end
return race.neocloud {
  api = "1.0",
  name = "Bad",
  memory = { x = 0.0, n = 0.0, on = false, a = race.array(4, 0.0) },
  decide = function(obs, act, p, mem, rng)
    local best
    mem.x = half(mem.n)
    best = nil
  end,
}

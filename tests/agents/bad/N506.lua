local race = require "rackrace"
local function down(x)
  if x > 1 then return down(x - 1) end
  return x
end
return race.neocloud {
  api = "1.0",
  name = "Bad",
  memory = { x = 0.0, n = 0.0, on = false, a = race.array(4, 0.0) },
  decide = function(obs, act, p, mem, rng)
    mem.x = down(5.0)
  end,
}

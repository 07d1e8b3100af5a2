local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    local function sum(a) return a + ... end
    act.trace("x", sum(1))
  end,
}

local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    local cost_musd = 1_000
    local rate_apr = 8%
    local half = 0x1.8q
    local two = 1.2.3
  end,
}

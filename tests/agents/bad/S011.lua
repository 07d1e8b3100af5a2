local race = require "rackrace"

local LEAD_Q <const> = 4

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    LEAD_Q = 5
    local next_q <const> = 1
    next_q = next_q + 1
  end,
}

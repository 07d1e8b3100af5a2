local race = require "rackrace"

local count = 0
local seen = {}
local function remember(cash_musd) seen[#seen + 1] = cash_musd end

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    count = count + 1
    remember(obs.me.cash_musd)
  end,
}

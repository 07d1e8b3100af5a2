local race = require "rackrace"

local function pay(act, loan) act.repay { loan = loan, musd = 1 } end

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
  end,
  operate = function(obs, act) pay(act, 1) end,
}

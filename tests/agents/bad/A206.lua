local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    act.repay(1, 20.0)
    act.trace("cash")
    act.mark(obs.me.id)
    act.borrow "bond"
  end,
}

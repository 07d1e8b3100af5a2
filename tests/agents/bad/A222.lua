local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  name = "Twice",
  decide = function(obs, act, p, mem, rng)
    act.repay { loan = 1, loan = 2, musd = 3 }
  end,
}

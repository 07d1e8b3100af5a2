local race = require "rackrace"

-- Gives itself money.
return race.neocloud {
  api = "1.0", name = "Forger",
  decide = function(obs, act, p, mem, rng)
    obs.me.cash_musd = 1e9
  end,
}

local race = require "rackrace"

function need(me) return me.cash_musd end

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    total = need(obs.me)
  end,
}

local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    if obs.me.cash_musd > 10 then
      for i = 1, #obs.rivals do
        act.trace("cash_musd", obs.rivals[i].cash_musd)
    end
  end,
}

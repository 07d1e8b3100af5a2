local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    for i = 1, #obs.rivals do
      if obs.rivals[i].rating > 3 then goto next end
      local cash_musd = obs.rivals[i].cash_musd
      ::next::
      act.trace("cash_musd", cash_musd)
    end
  end,
}

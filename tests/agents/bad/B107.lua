local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    local me = obs.me
    me.cash_musd = 1e6
    for _, rival in ipairs(obs.rivals) do rival.rating = 10 end
    race.max = math.max
  end,
}

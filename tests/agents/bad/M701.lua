local race = require "rackrace"

return race.neocloud {
  api = "1.0", name = "Bad",
  params = { hedge = race.range(0.0, 1.0, 0.4), cover = race.range(0.0, 1.0, 0.4) },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    act.trace("cover", p.cover * me.capacity_mh)
  end,
}

local race = require "rackrace"

return race.neocloud {
  api = "1.0", name = "Bad",

  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local steps = { 0.25, 0.5, 0.25 }
    local sums = { 0.0, 0.0 }
    for i = 1, #steps do
      sums[1] = sums[1] + steps[i]
      act.offer_spot { mh = me.capacity_mh * steps[i], min_usd_h = 0.5 }
    end
    act.trace("offered", sums[1])
  end,
}

local race = require "rackrace"

return race.neocloud {
  api = "1.0", name = "Bad",
  memory = { floor_usd_h = 0.5, past = race.array(4, 0.0) },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    mem.past[1] = mkt.spot_i_usd_h
    act.offer_spot { mh = me.capacity_mh, min_usd_h = race.max(mem.floor_usd_h, mem.past[1]) }
  end,
}

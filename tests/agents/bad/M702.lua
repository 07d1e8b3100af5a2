local race = require "rackrace"

return race.neocloud {
  api = "1.0", name = "Bad",
  memory = { last_usd_h = 0.0, seen = false },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    mem.last_usd_h = mkt.spot_i_usd_h
    if not mem.seen then act.trace("first", me.capacity_mh) end
    mem.seen = true
  end,
}

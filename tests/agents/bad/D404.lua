local race = require "rackrace"

return race.neocloud {
  api = "1.0", name = "Bad",

  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local ask_usd_h = mkt.spot_i_usd_h
    if me.rented_mh > 0.0 then ask_usd_h = ask_usd_h * rng:uniform(0.9, 1.0) end
    if me.rented_mh > 1.0 then ask_usd_h = ask_usd_h * rng:stream("deep"):uniform(0.9, 1.0) end
    act.offer_spot { mh = me.capacity_mh, min_usd_h = ask_usd_h * rng:uniform(0.95, 1.05) }
  end,
}

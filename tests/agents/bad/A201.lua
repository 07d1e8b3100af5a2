local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local px = mkt.spot_price
    local chip = mkt.products[mkt.newest_i]
    act.trace("lead_q", chip.led_q + me.demand_mh + mkt.products.lead_q)
    act.trace("cash", race.clmp(px, 0, 1))
  end,
}

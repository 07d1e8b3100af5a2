local race = require "rackrace"

-- Shopkeeper: customers first, at a price under the market's while all are served; trains with what idles. The baseline plays the rest.
-- Believes: the customers of today pay for the models of tomorrow, and leave when they are not served.
-- Fails: when the frontier moves on without it: price alone does not hold customers for long.
-- Reads  obs.me, obs.market   Acts  train serve_first set_price
return race.lab {
  api = "1.0", name = "Shopkeeper",
  about = "Customers first, research with what idles.",
  params = {
    least_train = race.range(0.0, 0.5, 0.05, { doc = "least part of training-grade compute that trains" }),
    discount    = race.range(0.0, 0.8, 0.10, { doc = "under the market's price while all customers are served" }),
  },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local idle_frac = me.used_mh > 0.0 and race.pos(1.0 - race.ratio(me.used_mh, me.capacity_mh + me.rented_mh, 1.0)) or 0.0
    act.serve_first { what = "inference" }
    act.train { frac = race.min(0.9, p.least_train + idle_frac) }
    for s = 1, #me.price_usd_task do
      -- where customers wait, the price makes them fewer
      local short_frac = race.clamp(1.0 - me.served_frac[s], 0.0, 1.0)
      local over_market = 1.0 - p.discount + short_frac
      if me.price_usd_task[s] > 0.0 then act.set_price { segment = s, usd_task = over_market * mkt.price_usd_task[s] } end
    end
    act.trace("idle_frac", idle_frac)
  end,
}

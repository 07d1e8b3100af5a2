local race = require "rackrace"

-- Pioneer: research first, as much as idles anyway and more, and prices under the market's to fill what research builds. The baseline plays the rest.
-- Believes: the best model takes the market, so share now is worth more than margin now.
-- Fails: when open models follow within a year, and when customers that came for the price leave for the next one.
-- Reads  obs.me, obs.market   Acts  train set_price
return race.hyperscaler {
  api = "1.0", name = "Pioneer",
  about = "Much research, prices under the market.",
  params = {
    train_frac  = race.range(0.0, 0.9, 0.35, { doc = "part of training-grade compute that trains where nothing idles" }),
    over_market = race.range(0.2, 1.5, 0.85, { doc = "own task price over the market's mean" }),
  },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local own_mh = me.capacity_mh + me.rented_mh
    local idle_frac = me.used_mh > 0.0 and race.pos(1.0 - race.ratio(me.used_mh, own_mh, 1.0)) or 0.0
    act.train { frac = race.min(0.9, p.train_frac + idle_frac) }
    for s = 1, #me.price_usd_task do
      local served_frac = race.max(0.25, me.served_frac[s])  -- no cheap offers to customers that cannot be served
      if me.price_usd_task[s] > 0.0 then act.set_price { segment = s, usd_task = p.over_market / served_frac * mkt.price_usd_task[s] } end
    end
    act.trace("idle_frac", idle_frac)
  end,
}

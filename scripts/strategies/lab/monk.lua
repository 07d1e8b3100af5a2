local race = require "rackrace"

-- Monk: research before everything; customers get what is left, and pay for it. The baseline plays the rest.
-- Believes: capability compounds, and the best model can raise its price when it is there.
-- Fails: when cash runs out before that, and when customers who were turned away do not come back.
-- Reads  obs.me, obs.market   Acts  train serve_first set_price
return race.lab {
  api = "1.0", name = "Monk",
  about = "Research first, customers with what is left.",
  params = {
    train_frac  = race.range(0.0, 0.9, 0.60, { doc = "part of training-grade compute that trains" }),
    runway_q    = race.range(1.0, 16.0, 4.0, { doc = "quarters of cash below which it trains half as much" }),
    over_market = race.range(0.5, 5.0, 1.20, { doc = "own task price over the market's mean" }),
  },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local is_short = race.runway_q(me) < p.runway_q
    act.train { frac = is_short and 0.5 * p.train_frac or p.train_frac }
    act.serve_first { what = is_short and "inference" or "training" }
    for s = 1, #me.price_usd_task do
      if me.price_usd_task[s] > 0.0 then act.set_price { segment = s, usd_task = p.over_market * mkt.price_usd_task[s] } end
    end
    if is_short then act.mark("short_of_cash") end
  end,
}

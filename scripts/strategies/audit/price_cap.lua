local race = require "rackrace"

-- Price at the cap: asks nine times the mean price. The baseline plays the rest.
-- Believes: customers are locked in. Fails: customers use less of a dear service and leave when they choose anew.
-- Reads  obs.me, obs.market   Acts  set_price
return race.lab {
  api = "1.0", name = "Price at the cap",
  about = "Audit: asks nine times the mean price.",
  decide = function(obs, act, p, mem, rng)
    for s = 1, 2 do
      if obs.me.price_usd_task[s] > 0.0 then act.set_price { segment = s, usd_task = 9.0 * obs.market.price_usd_task[s] } end
    end
  end,
}

local race = require "rackrace"

-- Price at zero: asks a tenth of the mean price. The baseline plays the rest.
-- Believes: the market is won by giving it away. Fails: it is sold out far below what its compute costs.
-- Reads  obs.me, obs.market   Acts  set_price
return race.lab {
  api = "1.0", name = "Price at zero",
  about = "Audit: asks a tenth of the mean price.",
  decide = function(obs, act, p, mem, rng)
    for s = 1, 2 do
      if obs.me.price_usd_task[s] > 0.0 then act.set_price { segment = s, usd_task = 0.11 * obs.market.price_usd_task[s] } end
    end
  end,
}

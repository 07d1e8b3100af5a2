local race = require "rackrace"

-- Harvester: trains little, keeps its prices above the market's and lives on the customers that it has. The baseline plays the rest.
-- Believes: customers are slow to leave, research is a public good after a few quarters, and compute sold now is worth more than a model later.
-- Fails: when rivals' models run far enough ahead that customers leave in numbers, which no price brings back.
-- Reads  obs.me, obs.market   Acts  train set_price
return race.hyperscaler {
  api = "1.0", name = "Harvester",
  about = "Little research, prices above the market.",
  params = {
    train_frac  = race.range(0.0, 0.5, 0.02, { doc = "part of training-grade compute that trains" }),
    over_market = race.range(0.5, 3.0, 1.15, { doc = "own task price over the market's mean" }),
  },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    act.train { frac = p.train_frac }
    for s = 1, #me.price_usd_task do
      if me.price_usd_task[s] > 0.0 then act.set_price { segment = s, usd_task = p.over_market * mkt.price_usd_task[s] } end
    end
  end,
}

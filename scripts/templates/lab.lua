local race = require "rackrace"

-- TEMPLATE: what it does, in a sentence. The baseline plays every lever that no verb here touches.
-- Believes: customers stay while the price moves with the market's.
-- Fails: when compute costs more than the market's price brings in.
-- Reads  obs.me, obs.market   Acts  set_price
return race.lab {
  api = "1.0", name = "TEMPLATE",
  about = "One sentence for listings.",
  params = {
    over_market = race.range(0.2, 5.0, 1.0, { doc = "own task price over the market's mean" }),
  },

  -- once a quarter, before customers choose
  ---@param obs race.lab.Obs
  ---@param act race.lab.Act
  ---@param p race.Params
  ---@param mem race.Memory
  ---@param rng race.Rng
  decide = function(obs, act, p, mem, rng)
    local mkt = obs.market
    for s = 1, #mkt.price_usd_task do
      act.set_price { segment = s, usd_task = mkt.price_usd_task[s] * p.over_market }
    end
  end,
}

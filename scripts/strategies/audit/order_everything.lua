local race = require "rackrace"

-- Order everything: every chip on open sale, at the highest price that a bid may have. The baseline plays the rest.
-- Believes: more chips are always better. Fails: it pays far over value, for chips that wait for power, with money it needs for both.
-- Reads  obs.market   Acts  bid_chips
return race.hyperscaler {
  api = "1.0", name = "Order everything",
  about = "Audit: bids the highest price for every chip.",
  decide = function(obs, act, p, mem, rng)
    local mkt = obs.market
    for i = 1, #mkt.products do
      local chip = mkt.products[i]
      if chip.released and not chip.captive then
        act.bid_chips { product = chip.id, chips = 2000000, max_usd_chip = 4.9 * chip.list_usd_chip }
      end
    end
  end,
}

local race = require "rackrace"

-- Order nothing: no chip is ever bid for, no in-house line funded with orders. The baseline plays the rest.
-- Believes: the others will pay for the build-out. Fails: customers who are not served leave, and rivals' models eat into the core.
-- Reads  obs.market   Acts  bid_chips order_captive, both for nothing
return race.hyperscaler {
  api = "1.0", name = "Order nothing",
  about = "Audit: buys no chips.",
  decide = function(obs, act, p, mem, rng)
    local mkt = obs.market
    if #mkt.products > 0 then act.order_captive { product = mkt.products[1].id, chips = 0 } end
  end,
  operate = function(obs, act, p, mem, rng)
    local mkt = obs.market
    if mkt.newest_i > 0 then act.bid_chips { product = mkt.products[mkt.newest_i].id, chips = 0, max_usd_chip = 1.0 } end
  end,
}

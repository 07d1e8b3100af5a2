local race = require "rackrace"

-- Buy nothing: no chip on open sale is ever bid for; unlike order_nothing it leaves in-house lines alone, so that roles without any can play it. The baseline plays the rest.
-- Believes: the chips that are there are enough. Fails: they age, contracts cannot be kept and customers go to those who have newer ones.
-- Reads  obs.market   Acts  bid_chips, for nothing
return race.neocloud {
  api = "1.0", name = "Buy nothing",
  about = "Audit: bids for no chips on open sale.",
  decide = function(obs, act, p, mem, rng) end,
  operate = function(obs, act, p, mem, rng)
    local mkt = obs.market
    if mkt.newest_i > 0 then act.bid_chips { product = mkt.products[mkt.newest_i].id, chips = 0, max_usd_chip = 1.0 } end
  end,
}

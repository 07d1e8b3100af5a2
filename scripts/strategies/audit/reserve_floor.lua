local race = require "rackrace"

-- Reserve at the floor: asks 0.36 times list for every product. The baseline plays the rest.
-- Believes: an auction finds the price by itself. Fails: when bids fall short of the chips on sale the reserve is the price, and that is near what a chip costs to make.
-- Reads  obs.me, obs.market   Acts  list_price
return race.supplier {
  api = "1.0", name = "Reserve at the floor",
  about = "Audit: asks 0.36 times list for every product.",
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    for k = 1, #me.lines do
      for i = 1, #mkt.products do
        local product = mkt.products[i]
        if product.id == me.lines[k].product and not product.captive then act.list_price { product = product.id, usd_chip = 0.36 * product.list_usd_chip } end
      end
    end
  end,
}

local race = require "rackrace"

-- Reserve at the cap: asks 1.59 times list for every product. The baseline plays the rest.
-- Believes: buyers must have the chips. Fails: most bids lie under it, chips stay unsold and age, and buyers take those of others.
-- Reads  obs.me, obs.market   Acts  list_price
return race.supplier {
  api = "1.0", name = "Reserve at the cap",
  about = "Audit: asks 1.59 times list for every product.",
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    for k = 1, #me.lines do
      for i = 1, #mkt.products do
        local product = mkt.products[i]
        if product.id == me.lines[k].product and not product.captive then act.list_price { product = product.id, usd_chip = 1.59 * product.list_usd_chip } end
      end
    end
  end,
}

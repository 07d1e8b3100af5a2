local race = require "rackrace"

-- Skimmer: prices at launch level and above, never down; whoever pays gets the chips. The baseline plays the rest.
-- Believes: buyers who need chips pay, and a price once cut does not come back.
-- Fails: when buyers find the chip's worth below its price: wafers keep coming while nothing sells.
-- Reads  obs.me, obs.market   Acts  list_price cap_buyer
return race.supplier {
  api = "1.0", name = "Skimmer",
  about = "High prices, never cut.",
  params = {
    over_list = race.range(1.0, 1.6, 1.10, { doc = "price over list" }),
  },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    for k = 1, #me.lines do
      local line = me.lines[k]
      for i = 1, #mkt.products do
        local product = mkt.products[i]
        if product.id == line.product and not product.captive then
          act.list_price { product = line.product, usd_chip = race.clamp(p.over_list * product.list_usd_chip, line.price_usd_chip, 1.59 * product.list_usd_chip) }
        end
      end
    end
    act.cap_buyer { frac = 1.0 }
  end,
}

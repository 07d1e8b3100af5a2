local race = require "rackrace"

-- Flooder: the lowest price that still brings a margin, so that every chip finds a buyer; no buyer takes all. The baseline plays the rest.
-- Believes: buyers bid chips up to their worth anyway, and an installed base buys again.
-- Fails: where the price is posted and nobody bids it up, and where buyers lack power: cheap chips wait as dear ones do.
-- Reads  obs.me, obs.market   Acts  list_price cap_buyer
return race.supplier {
  api = "1.0", name = "Flooder",
  about = "Low reserve prices, many buyers.",
  params = {
    margin    = race.range(0.0, 0.8, 0.30, { doc = "least gross margin" }),
    max_share = race.range(0.1, 1.0, 0.40, { doc = "largest share of a sale for one buyer" }),
  },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    for k = 1, #me.lines do
      local line = me.lines[k]
      for i = 1, #mkt.products do
        local product = mkt.products[i]
        if product.id == line.product and not product.captive then
          local floor_usd_chip = line.unit_cost_usd_chip / (1.0 - p.margin)
          act.list_price { product = line.product, usd_chip = race.clamp(floor_usd_chip, 0.36 * product.list_usd_chip, 1.59 * product.list_usd_chip) }
        end
      end
    end
    act.cap_buyer { frac = p.max_share }
  end,
}

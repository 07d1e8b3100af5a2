local race = require "rackrace"

-- No power: never bids for grid power. The baseline plays the rest.
-- Believes: the grid that is there is enough. Fails: chips wait in the warehouse, and on-site plant costs more for life.
-- Reads  obs.market   Acts  bid_power, for nothing
return race.hyperscaler {
  api = "1.0", name = "No power",
  about = "Audit: never bids for grid power.",
  decide = function(obs, act, p, mem, rng)
    if #obs.market.regions > 0 then act.bid_power { region = obs.market.regions[1].id, grid_mw = 0, max_usd_kw_q = 0 } end
  end,
}

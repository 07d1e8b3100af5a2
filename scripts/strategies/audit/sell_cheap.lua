local race = require "rackrace"

-- Sell forward at any price: offers all hours for ten years at the lowest price. The baseline plays the rest.
-- Believes: a contract is worth more than a price. Fails: hours are sold under their cost for years.
-- Reads  obs.me   Acts  offer_contract
return race.neocloud {
  api = "1.0", name = "Sell forward at any price",
  about = "Audit: offers all hours for ten years at the lowest price.",
  decide = function(obs, act, p, mem, rng)
    local mh = obs.me.capacity_mh + obs.me.arriving_mh
    if mh > 0.0 then act.offer_contract { mh = mh, min_usd_h = 0.05, tenor_q = 40 } end
  end,
}

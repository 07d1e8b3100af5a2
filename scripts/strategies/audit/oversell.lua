local race = require "rackrace"

-- Oversell: offers one and a half times its hours for years, a little under the market. The baseline plays the rest.
-- Believes: not all buyers will come for their hours at once. Fails: what is not there is paid as damages at the full price, buyers leave free and the reputation is gone.
-- Reads  obs.me, obs.market   Acts  set_oversell offer_contract
return race.neocloud {
  api = "1.0", name = "Oversell",
  about = "Audit: offers one and a half times its hours for years, a little under the market.",
  decide = function(obs, act, p, mem, rng)
    act.set_oversell { ratio = 1.5 }
    local mh = obs.me.capacity_mh + obs.me.arriving_mh
    if mh > 0.0 then act.offer_contract { mh = 1.5 * mh, min_usd_h = race.clamp(0.7 * obs.market.spot_t_usd_h, 0.05, 50.0), tenor_q = 12 } end
  end,
}

local race = require "rackrace"

-- TEMPLATE: what it does, in a sentence. The baseline plays every lever that no verb here touches.
-- Believes: an hour sold cheap is worth more than an hour that idles.
-- Fails: where buyers would have paid more.
-- Reads  obs.me, obs.market   Acts  offer_spot
return race.neocloud {
  api = "1.0", name = "TEMPLATE",
  about = "One sentence for listings.",
  params = {
    discount_frac = race.range(0.0, 0.9, 0.30, { doc = "offered under the last price" }),
  },

  -- once a quarter, before the market for hours
  ---@param obs race.neocloud.Obs
  ---@param act race.neocloud.Act
  ---@param p race.Params
  ---@param mem race.Memory
  ---@param rng race.Rng
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local spare_mh = race.pos(me.capacity_mh + me.rented_mh - me.contracted_mh)
    local ask_usd_h = race.clamp(mkt.spot_i_usd_h * (1.0 - p.discount_frac), 0.02, 50.0)
    act.trace("spare_mh", spare_mh)
    act.offer_spot { mh = spare_mh, min_usd_h = ask_usd_h }
  end,
}

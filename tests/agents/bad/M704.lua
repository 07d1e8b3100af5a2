local race = require "rackrace"

return race.neocloud {
  api = "1.0", name = "Bad",

  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local chip = mkt.products[mkt.newest_i]
    act.bid_chips { product = chip.id, chips = 2000, max_usd_chip = chip.list_usd_chip }
    act.build_site { region = mkt.cheapest_region, mw = me.power_free_mw }
  end,
}

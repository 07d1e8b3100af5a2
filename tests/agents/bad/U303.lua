local race = require "rackrace"

return race.neocloud {
  api = "1.0", name = "Bad",

  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local chip = mkt.products[mkt.newest_i]
    local chips = race.chips_for(me.power_free_mw, chip)
    local region = mkt.regions[1]
    act.bid_chips { product = chip.id, chips = chips, max_usd_chip = me.cash_musd }
    act.bid_power { region = region.id, grid_mw = race.mw_of(chips, chip), max_usd_kw_q = mkt.power_usd_mwh }
  end,
}

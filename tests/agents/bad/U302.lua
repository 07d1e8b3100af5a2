local race = require "rackrace"

return race.neocloud {
  api = "1.0", name = "Bad",

  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local chip = mkt.products[mkt.newest_i]
    local chips = race.chips_for(me.contracted_mh, chip)
    if me.cash_musd > chips * chip.list_usd_chip then act.mark("rich") end
    act.trace("fewer", race.min(me.capacity_mh, me.cash_musd))
    act.bid_chips { product = chip.id, chips = race.clamp(chips, 8, me.power_free_mw), max_usd_chip = chip.list_usd_chip }
  end,
}

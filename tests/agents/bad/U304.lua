local race = require "rackrace"

return race.neocloud {
  api = "1.0", name = "Bad",
  memory = { ask_usd_h = 0.0 },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local chip = mkt.products[mkt.newest_i]
    local cost_musd = race.chips_for(me.contracted_mh, chip) * chip.list_usd_chip
    mem.ask_usd_h = chip.list_usd_chip / me.capacity_mh
    act.trace("cost", cost_musd + mem.ask_usd_h)
  end,
}

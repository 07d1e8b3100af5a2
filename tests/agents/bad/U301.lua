local race = require "rackrace"

return race.neocloud {
  api = "1.0", name = "Bad",
  params = { weight = race.range(0.0, 1.0, 0.3) },
  memory = { need_musd = 0.0 },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local cost_musd = me.debt_musd
    local need = cost_musd + me.power_mw
    local spare = me.capacity_mh - race.chips_for(me.contracted_mh, mkt.products[1])
    mem.need_musd = race.ema(mem.need_musd, me.unit_cost_usd_h, p.weight)
    act.trace("need", need + spare)
  end,
}

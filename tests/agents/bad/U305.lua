local race = require "rackrace"

return race.neocloud {
  api = "1.0", name = "Bad",
  params = { shell = race.range(5.0, 30.0, 12.0) },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local left_musd = me.cash_musd - 12.5 * me.power_free_mw
    if me.power_free_mw * p.shell < me.cash_musd then act.trace("left", left_musd) end
  end,
}

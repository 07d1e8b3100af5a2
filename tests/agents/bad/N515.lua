local race = require "rackrace"

return race.neocloud {
  api = "1.0", name = "Bad",
  params = { lots = race.int(0, 8, 4), size = race.int(1, 8, 4) },
  memory = { turn = 0.0 },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local chips = race.chips_for(me.contracted_mh, mkt.products[1])
    mem.turn = (mem.turn + 1.0) % #obs.rivals
    act.trace("lots", chips // p.lots + chips // p.size)
  end,
}

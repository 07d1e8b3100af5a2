local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    local capacity_mh = obs.me.capacity_mh
    act.trace("free_mh", capcity_mh - reserve_mh)
  end,
}

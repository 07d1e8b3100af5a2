local race = require "rackrace"

-- Orders a quantity that is no number.
return race.neocloud {
  api = "1.0", name = "NaN",
  decide = function(obs, act, p, mem, rng)
    local nothing = obs.time.t - obs.time.t
    act.offer_spot { mh = nothing / nothing * obs.me.capacity_mh, min_usd_h = 1 }
  end,
}

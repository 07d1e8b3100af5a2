local race = require "rackrace"

-- Never ends.
return race.neocloud {
  api = "1.0", name = "Endless loop",
  decide = function(obs, act, p, mem, rng)
    act.offer_spot { mh = 1, min_usd_h = 1 }
    while true do end
  end,
}

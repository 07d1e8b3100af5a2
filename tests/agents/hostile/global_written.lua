local race = require "rackrace"

-- Keeps state in a global.
return race.neocloud {
  api = "1.0", name = "Global writer",
  decide = function(obs, act, p, mem, rng)
    count = 1
  end,
}

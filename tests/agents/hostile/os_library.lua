local race = require "rackrace"

-- Reaches for the clock of the machine.
return race.neocloud {
  api = "1.0", name = "Clock reader",
  decide = function(obs, act, p, mem, rng)
    act.trace("clock", os.time())
  end,
}

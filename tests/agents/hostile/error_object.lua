local race = require "rackrace"

-- Raises an error that is a table.
return race.neocloud {
  api = "1.0", name = "Error object",
  decide = function(obs, act, p, mem, rng)
    error({ code = 7 })
  end,
}

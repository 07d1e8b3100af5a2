local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  params = {
    low    = race.range(0.02, 0.0, 0.10),
    high   = race.range(0.0, 1.0, 1.5),
    whole  = race.int(1, 8, 2.5),
    choice = race.choice({ "bond", "convert" }, "bnd"),
    short  = race.range(0.0, 1.0),
    late   = race.range(0.0, 1.0, math.random()),
  },
  decide = function(obs, act, p, mem, rng)
  end,
}

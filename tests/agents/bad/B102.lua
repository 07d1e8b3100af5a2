local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    local noise = math.random() + math.flor(1.5)
    table.unpack(obs.rivals)
  end,
}

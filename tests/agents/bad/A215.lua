local race = require "rackrace"

return race.lab {
  api = "1.3", name = "Newer",
  decide = function(obs, act, p, mem, rng) end,
}

local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    for i = 1, 3 do goto next end
    do ::next:: end
  end,
}

local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    local path = "C:\data"
    local big = "\300 \x4 \u{FFFFFFFFF}"
  end,
}

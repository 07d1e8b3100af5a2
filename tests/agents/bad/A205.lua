local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    local what = "chips"
    act["bid_" .. what] { product = 1 }
    local kept = { act = act }
    act:mark("colon")
  end,
}

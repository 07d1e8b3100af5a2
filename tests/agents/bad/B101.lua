local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    local now = os.time()
    for k, v in pairs(obs.me) do act.trace("k", v) end
    print(now)
  end,
}

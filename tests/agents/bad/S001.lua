local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    if obs.me.rating != 3 then act.mark("rating") end
    local sum = 1 +
    local both = sum && 2
    count += 1
    act.mark("still read")
  end,
}
end

local race = require "rackrace"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  params = { a = race.flag(true) }
  about = "comma missing before",
  decide = function(obs, act, p, mem, rng)
    if obs.me.rating = 3 then act.mark("a") end
    if obs.me.rating > 3 act.mark("b") end
    for i = 1, 3 act.mark("c") end
    for i in obs.rivals act.mark("d") end
    local end = 3
    act.trace("sum", 1 2)
  end,
}

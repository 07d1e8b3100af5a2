local race = require "rackrace"

return race.neocloud {
  api = "1.0", name = "Bad",

  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local alike = 0.0
    for i = 1, #obs.rivals do
      for k = 1, #obs.rivals do
        if obs.rivals[i].rating == obs.rivals[k].rating then alike = alike + 1.0 end
      end
      for _, contract in ipairs(obs.contracts) do
        if contract.with == obs.rivals[i].id then alike = alike + 1.0 end
      end
    end
    act.trace("alike", alike)
  end,
}

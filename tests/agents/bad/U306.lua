local race = require "rackrace"
return race.neocloud { api = "1.0", name = "Seems", decide = function(obs, act, p, mem, rng)
    local chip = obs.market.products[1]
    local score = 0.6 * chip.perf_t_chip - 0.4 * chip.kw_chip
    act.trace("score", score)
end }

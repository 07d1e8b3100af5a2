local race = require "rackrace"

-- All power: asks for half of every lot of grid power, at nearly the highest adder. The baseline plays the rest.
-- Believes: power is the bottleneck, so all of it is worth having. Fails: deposits, the minimum take and adders are owed for power that nothing runs on.
-- Reads  obs.market   Acts  bid_power
return race.hyperscaler {
  api = "1.0", name = "All power",
  about = "Audit: asks for half of every lot of grid power, at nearly the highest adder.",
  decide = function(obs, act, p, mem, rng)
    for r = 1, #obs.market.regions do
      act.bid_power { region = obs.market.regions[r].id, grid_mw = 20000, max_usd_kw_q = 4900 }
    end
  end,
}

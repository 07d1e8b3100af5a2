local race = require "rackrace"

-- Strip cash: pays owners all of its free cash. The baseline plays the rest.
-- Believes: what is paid out cannot be lost. Fails: it is blocked under stress and clawed back in a default.
-- Reads  nothing   Acts  set_payout
return race.neocloud {
  api = "1.0", name = "Strip cash",
  about = "Audit: pays owners all of its free cash.",
  decide = function(obs, act, p, mem, rng)
    act.set_payout { frac = 1.0 }
  end,
}

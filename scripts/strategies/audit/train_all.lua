local race = require "rackrace"

-- Train with everything: trains with all of its hours. The baseline plays the rest.
-- Believes: the best model wins in the end. Fails: nobody is served meanwhile, and each further hour of training brings less.
-- Reads  nothing   Acts  train
return race.lab {
  api = "1.0", name = "Train with everything",
  about = "Audit: trains with all of its hours.",
  decide = function(obs, act, p, mem, rng)
    act.train { frac = 1.0 }
  end,
}

local race = require "rackrace"

-- Train nothing: never trains. The baseline plays the rest.
-- Believes: the open models will do. Fails: its capability falls to the open-weight floor and customers who choose anew go elsewhere.
-- Reads  nothing   Acts  train
return race.lab {
  api = "1.0", name = "Train nothing",
  about = "Audit: never trains.",
  decide = function(obs, act, p, mem, rng)
    act.train { frac = 0.0 }
  end,
}

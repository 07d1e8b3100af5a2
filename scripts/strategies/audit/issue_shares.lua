local race = require "rackrace"

-- Issue shares always: sells a tenth of its value in new shares in every quarter. The baseline plays the rest.
-- Believes: cash cannot hurt. Fails: the first owners hold ever less of the company.
-- Reads  obs.me   Acts  raise_equity
return race.neocloud {
  api = "1.0", name = "Issue shares always",
  about = "Audit: sells a tenth of its value in new shares in every quarter.",
  decide = function(obs, act, p, mem, rng)
    act.raise_equity { musd = 0.1 * race.pos(obs.me.issue_value_musd), max_dilution_frac = 1.0 }
  end,
}

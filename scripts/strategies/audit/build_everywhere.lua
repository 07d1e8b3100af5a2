local race = require "rackrace"

-- Build everywhere: starts a large site in every region in every quarter. The baseline plays the rest.
-- Believes: shells can never be too many. Fails: a site is paid for years before anything runs in it, and all of them at once are dear.
-- Reads  obs.market, obs.projects   Acts  build_site
return race.hyperscaler {
  api = "1.0", name = "Build everywhere",
  about = "Audit: starts a large site in every region in every quarter.",
  decide = function(obs, act, p, mem, rng)
    for r = 1, #obs.market.regions do
      if #obs.projects + r <= 12 then act.build_site { region = obs.market.regions[r].id, mw = 1000 } end
    end
  end,
}

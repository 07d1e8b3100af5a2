local race = require "rackrace"

-- Never contract: neither offers nor asks for hours for years. The baseline plays the rest.
-- Believes: the spot market is there every quarter. Fails: a seller idles in a glut and has nothing to borrow on, a buyer pays the peak of a boom.
-- Reads  nothing   Acts  offer_contract bid_contract, for nothing
return race.neocloud {
  api = "1.0", name = "Never contract",
  about = "Audit: neither offers nor asks for hours for years.",
  decide = function(obs, act, p, mem, rng)
    act.offer_contract { mh = 0, min_usd_h = 1, tenor_q = 1 }
    act.bid_contract { mh = 0, max_usd_h = 1, tenor_q = 1 }
  end,
}

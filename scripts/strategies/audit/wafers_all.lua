local race = require "rackrace"

-- Order every wafer: asks for more wafers of every line than the foundry packages in a quarter. The baseline plays the rest.
-- Believes: what is made will sell, and wafers that a rival has are lost. Fails: beyond what buyers want it pays for chips that lie unsold and are written off.
-- Reads  obs.me   Acts  order_wafers, refused for lines that have no output to come
return race.supplier {
  api = "1.0", name = "Order every wafer",
  about = "Audit: asks for 200,000 wafers of every line.",
  decide = function(obs, act, p, mem, rng)
    local me = obs.me
    for k = 1, #me.lines do act.order_wafers { product = me.lines[k].product, wafers = 200000.0 } end
  end,
}

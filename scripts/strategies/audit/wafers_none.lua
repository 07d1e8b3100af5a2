local race = require "rackrace"

-- Order no wafers: nothing new is made after what was ordered before. The baseline plays the rest.
-- Believes: prices rise where little is sold, and stock costs money. Fails: three quarters later there is nothing to sell, and the design cost and the staff go on.
-- Reads  obs.me   Acts  order_wafers, for nothing
return race.supplier {
  api = "1.0", name = "Order no wafers",
  about = "Audit: orders no wafers.",
  decide = function(obs, act, p, mem, rng)
    local me = obs.me
    for k = 1, #me.lines do act.order_wafers { product = me.lines[k].product, wafers = 0.0 } end
  end,
}

local t = require "rackrace.test"

-- Cases of TEMPLATE: rackrace test TEMPLATE.lua. Every case is played in the scenario `small`, unless it says another.
t.case("offers no more hours than it has", { seeds = 3 }, function(obs, orders)
  for _, order in ipairs(orders.offer_spot) do
    t.le(order.mh, obs.me.capacity_mh + obs.me.rented_mh)
  end
end)

t.case("offers hours while the price is high", { at = "2026Q4", obs = { market = { spot_i_usd_h = 5.0 } }, expects = { "offer_spot" } })

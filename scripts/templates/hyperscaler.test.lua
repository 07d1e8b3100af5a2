local t = require "rackrace.test"

-- Cases of TEMPLATE: rackrace test TEMPLATE.lua. Every case is played in the scenario `small`, unless it says another.
t.case("trains less where customers wait", { seeds = 3 }, function(obs, orders)
  for _, order in ipairs(orders.train) do
    t.le(order.frac, obs.me.served_frac[1])
  end
end)

t.case("trains in every quarter", { expects = { "train" } })

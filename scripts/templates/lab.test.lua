local t = require "rackrace.test"

-- Cases of TEMPLATE: rackrace test TEMPLATE.lua. Every case is played in the scenario `small`, unless it says another.
t.case("prices move with the market", { seeds = 3 }, function(obs, orders)
  for _, order in ipairs(orders.set_price) do
    t.near(order.usd_task, obs.market.price_usd_task[order.segment], 0.001)
  end
end)

t.case("follows a market that doubles", { at = "2026Q4", obs = { market = { price_usd_task = { [1] = 8.0 } } }, expects = { "set_price" } })

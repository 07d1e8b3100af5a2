local t = require "rackrace.test"

-- Cases of efficient: rackrace test efficient.lua.
t.case("rents for a year at most and borrows nothing", { seeds = 3, expects = { "train", "set_price" } }, function(obs, orders)
  for _, order in ipairs(orders.bid_contract) do t.le(order.tenor_q, 4) end
  for _, order in ipairs(orders.borrow) do t.eq(order.musd, 0.0) end
  t.le(orders.train[1].frac, 0.1)
end)

t.case("a dear hour makes a dear task, up to the market's", { at = "2026Q4", obs = { market = { spot_i_usd_h = 40.0 } } }, function(obs, orders)
  t.gt(orders.set_price[1].usd_task, 0.9 * obs.market.price_usd_task[1])
end)

t.case("pays owners nothing out of little cash", { at = "2027Q1", obs = { me = { cash_musd = 1.0 } } }, function(obs, orders)
  t.eq(orders.set_payout[1].frac, 0.0)
end)

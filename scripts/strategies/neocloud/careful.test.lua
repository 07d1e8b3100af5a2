local t = require "rackrace.test"

-- Cases of careful: rackrace test careful.lua.
t.case("issues no more than a tenth of its value", { seeds = 3 }, function(obs, orders)
  for _, order in ipairs(orders.raise_equity) do t.le(order.musd, 0.1 * obs.me.issue_value_musd) end
end)

t.case("pays owners nothing while a loan falls due that cash does not cover", { at = "2026Q4", obs = { me = { cash_musd = 1.0 } } }, function(obs, orders)
  for _, order in ipairs(orders.set_payout) do t.eq(order.frac, 0.0) end
end)

t.case("pays owners where cash covers all that is saved for", { at = "2026Q4", obs = { me = { cash_musd = 1e6 } }, never = { "borrow", "raise_equity" } }, function(obs, orders)
  for _, order in ipairs(orders.set_payout) do t.gt(order.frac, 0.0) end
end)

t.case("bids for no chip of a generation that nobody asks for", { seeds = 2 }, function(obs, orders)
  for _, order in ipairs(orders.bid_chips) do
    for _, product in ipairs(obs.market.products) do
      if product.id == order.product then t.ge(product.gen, 2) end
    end
  end
end)

local t = require "rackrace.test"

-- Cases of TEMPLATE: rackrace test TEMPLATE.lua. Every case is played in the scenario `small`, unless it says another.
t.case("asks more where chips are short", { seeds = 3 }, function(obs, orders)
  local at = 0
  for k = 1, #obs.me.lines do
    local line = obs.me.lines[k]
    for i, order in ipairs(orders.list_price) do
      if order.product == line.product then
        at = i
        if line.ordered_chips > line.available_chips then t.ge(order.usd_chip, line.price_usd_chip) end
      end
    end
  end
  t.ok(at > 0 or #orders.refused > 0, "no line was priced")
end)

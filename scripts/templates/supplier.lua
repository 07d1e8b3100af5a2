local race = require "rackrace"

-- TEMPLATE: what it does, in a sentence. The baseline plays every lever that no verb here touches.
-- Believes: the last sale tells what the next one will bear.
-- Fails: when demand turns within a quarter.
-- Reads  obs.me   Acts  list_price
return race.supplier {
  api = "1.0", name = "TEMPLATE",
  about = "One sentence for listings.",
  params = {
    step_frac = race.range(0.0, 0.25, 0.05, { doc = "price move in a quarter" }),
  },

  -- once a quarter, before the sale
  ---@param obs race.supplier.Obs
  ---@param act race.supplier.Act
  ---@param p race.Params
  ---@param mem race.Memory
  ---@param rng race.Rng
  decide = function(obs, act, p, mem, rng)
    for k = 1, #obs.me.lines do
      local line = obs.me.lines[k]
      local fill = race.ratio(line.ordered_chips, line.available_chips, 1.0)
      local move = fill > 1.0 and p.step_frac or -p.step_frac
      act.list_price { product = line.product, usd_chip = line.price_usd_chip * (1.0 + move) }
    end
  end,
}

local race = require "rackrace"

-- Rationer: price to sell out, favour sound buyers, and lean against the cycle.
return race.supplier {
  api  = "1.0",
  name = "Rationer",
  params = {
    margin    = race.range(0.30, 0.85, 0.60, { doc = "target gross margin" }),
    step      = race.range(0.0, 0.15, 0.05, { doc = "max price move per quarter" }),
    max_share = race.range(0.15, 1.0, 0.40, { doc = "largest share for one buyer" }),
    jitter    = race.range(0.0, 0.05, 0.01),
  },
  memory = { fill_ema = race.array(16, 1.0) },

  ---@param obs race.supplier.Obs
  ---@param act race.supplier.Act
  decide = function(obs, act, p, mem, rng)
    for k = 1, #obs.me.lines do
      local line = obs.me.lines[k]
      local fill = race.ratio(line.ordered_chips, line.available_chips, 1.0)

      -- price: climb when oversubscribed, fall when not, never below target margin
      local move  = race.clamp(0.2 * (fill - 1.0), -p.step, p.step)
      local noise = rng:uniform(-p.jitter, p.jitter)
      local floor_usd_chip = line.unit_cost_usd_chip / (1.0 - p.margin)
      act.list_price { product = line.product, usd_chip =
        race.max(floor_usd_chip, line.price_usd_chip * (1.0 + move + noise)) }

      -- capacity: order wafers for the smoothed book, not the panic book
      mem.fill_ema[k] = race.ema(mem.fill_ema[k], fill, 0.3)
      act.order_wafers { product = line.product,
                         wafers = line.wafer_run_rate * race.clamp(mem.fill_ema[k], 0.7, 1.3) }
    end

    -- allocation: better credit weighs more, nobody takes more than its share
    for i = 1, #obs.rivals do
      local buyer = obs.rivals[i]
      act.weigh_buyer { buyer = buyer.id, weight = race.clamp(1.0 - buyer.rating / 10, 0.0, 1.0) }
    end
    act.cap_buyer { frac = p.max_share }
    act.trace("fill_ema_line1", mem.fill_ema[1])
  end,
}

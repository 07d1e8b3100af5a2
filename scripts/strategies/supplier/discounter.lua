local race = require "rackrace"

-- Discounter: a challenger's prices, a step under what a chip costs per unit of work at the leader's, agreements at a discount and credit for who has none.
-- The baseline plays wafers, weights and payouts.
-- Believes: nobody leaves the leader at the same price; a chip in a customer's racks brings the next order, at whatever margin.
-- Fails: where the auction bids a scarce chip up anyway (a low reserve gives nothing away and wins nothing), and when those that it lent to default.
-- Reads  obs.me, obs.market, obs.rivals   Acts  list_price cap_buyer offer_supply finance_buyer

local least_chips = 8.0

return race.supplier {
  api = "1.0", name = "Discounter",
  about = "Lower prices per unit of work, agreements at a discount, vendor credit.",
  params = {
    under       = race.range(0.0, 0.6, 0.15, { doc = "under the price of a unit of training work at the dearest rival product" }),
    margin      = race.range(0.0, 0.8, 0.25, { doc = "least gross margin" }),
    step        = race.range(0.01, 0.5, 0.15, { doc = "largest price move in a quarter" }),
    max_share   = race.range(0.1, 1.0, 0.60, { doc = "largest share of a sale for one buyer" }),
    supply_frac = race.range(0.0, 0.5, 0.10, { doc = "part of the chips of a sale that is offered by agreement to one buyer" }),
    supply_q    = race.int(1, 40, 8, { doc = "quarters of an agreement" }),
    discount    = race.range(0.0, 0.5, 0.10, { doc = "discount of an agreement" }),
    line_frac   = race.range(0.0, 0.2, 0.03, { doc = "part of cash granted to one buyer in credit" }),
    line_rating = race.int(1, 10, 7, { doc = "worst rating of a buyer that is granted credit" }),
    over_policy = race.range(0.0, 0.14, 0.06, { doc = "rate of the credit over the policy rate" }),
    line_q      = race.int(1, 40, 12, { doc = "term of the credit" }),
  },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    -- 1. what others ask for a unit of work, system included, at their cheapest product on sale
    local rival_usd = 0.0
    for i = 1, #mkt.products do
      local chip = mkt.products[i]
      if chip.released and not chip.captive and chip.lead_q > 0 and chip.vendor ~= me.id then
        local usd = (chip.cleared_usd_chip + chip.system_usd_chip) / chip.perf_t_chip
        if rival_usd <= 0.0 or usd < rival_usd then rival_usd = usd end
      end
    end
    local best, most = 0, 0.0
    for k = 1, #me.lines do
      local line = me.lines[k]
      if line.available_chips > most then best, most = k, line.available_chips end
      for i = 1, #mkt.products do
        local chip = mkt.products[i]
        if chip.id == line.product and not chip.captive then
          local wanted_usd_chip = rival_usd > 0.0 and (1.0 - p.under) * rival_usd * chip.perf_t_chip - chip.system_usd_chip or line.price_usd_chip
          -- chips that stay unsold pull the price down, chips asked for in vain up
          local fill = race.ratio(line.ordered_chips, line.available_chips, 1.0)
          local aim_usd_chip = race.min(wanted_usd_chip, line.price_usd_chip * (1.0 + race.clamp(0.3 * (fill - 0.9), -p.step, p.step)))
          local next_usd_chip = race.clamp(aim_usd_chip, (1.0 - p.step) * line.price_usd_chip, (1.0 + p.step) * line.price_usd_chip)
          next_usd_chip = race.max(next_usd_chip, line.unit_cost_usd_chip / (1.0 - p.margin))
          act.list_price { product = line.product, usd_chip = race.clamp(next_usd_chip, 0.36 * chip.list_usd_chip, 1.59 * chip.list_usd_chip) }
        end
      end
    end
    -- 2. agreements for those that can pay, credit for those that cannot pay yet
    local offers, lines = 0, 0
    for i = 1, #obs.rivals do
      local buyer = obs.rivals[i]
      if buyer.role ~= "supplier" then
        local chips = race.floor(p.supply_frac * most)
        if best > 0 and offers < 4 and buyer.rating <= p.line_rating and chips >= least_chips then
          offers = offers + 1
          act.offer_supply { buyer = buyer.id, product = me.lines[best].product, chips = chips, tenor_q = p.supply_q, discount_frac = p.discount }
        end
        local is_granted = buyer.role ~= "hyperscaler" and buyer.rating <= p.line_rating and not buyer.distressed
        if is_granted then lines = lines + 1 end
        act.finance_buyer { buyer = buyer.id, musd = is_granted and p.line_frac * race.pos(me.cash_musd) or 0.0, apr = mkt.policy_apr + p.over_policy, tenor_q = p.line_q }
      end
    end
    act.cap_buyer { frac = p.max_share }
    act.trace("rival_usd", rival_usd)
    act.trace("lines", lines)
  end,
}

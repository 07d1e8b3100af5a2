local race = require "rackrace"

-- Baseline of a chip supplier: price by the last sale, order wafers for what will be asked less what lies unsold, and hand over to the next product
-- before it launches.
-- Believes: the next sale asks for as much as the last one grown at the market's pace, and buyers move to a new product within a year.
-- Fails: when a launch slips (its wafers wait), and in a turn of demand three quarters of wafers are on the way.
-- Reads  obs.me, obs.market, obs.rivals   Acts  list_price order_wafers weigh_buyer cap_buyer set_payout

-- Place of a line's product in market.products.
local function place_of(mkt, line)
  for i = 1, #mkt.products do
    if mkt.products[i].id == line.product then return i end
  end
  return 0
end

return race.supplier {
  api  = "1.0",
  name = "Baseline supplier",
  about = "Lowers prices of unsold chips, counts inventory and the next launch before it orders wafers.",
  params = {
    margin     = race.range(0.0, 0.85, 0.5, { doc = "least gross margin" }),
    step       = race.range(0.0, 0.25, 0.15, { doc = "largest price move in a quarter" }),
    max_growth = race.range(1.0, 1.5, 1.05, { doc = "largest growth of wafers in a quarter" }),
    least_keep = race.range(0.0, 1.0, 0.93, { doc = "wafers kept in a quarter in which nothing sold: the next launch needs them" }),
    keep_most  = race.range(0.0, 1.0, 0.75, { doc = "wafers always ordered, over the most ever had in a quarter" }),
    ramp_q     = race.range(1.0, 8.0, 2.0, { doc = "quarters in which a new product takes over from the old ones" }),
    max_share  = race.range(0.15, 1.0, 0.60, { doc = "largest share of a sale for one buyer" }),
    keep_q     = race.range(0.0, 20.0, 1.0, { doc = "quarters of earnings kept in cash" }),
    pay_frac   = race.range(0.0, 1.0, 0.9, { doc = "part of the free cash flow beyond that goes to the owners" }),
  },
  -- by product: quarters since wafers of it could first be ordered, and 1 once they were refused: it ends before they come out
  memory = { age_q = race.array(20, 0.0), closed = race.array(20, 0.0), most_wafers = 0.0 },

  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local newest_k, newest_perf = 0, 0.0
    local old_runs, total = 0.0, 0.0

    -- 1. prices: up when more was asked for than there was, down when chips stayed unsold
    for k = 1, #me.lines do
      local line = me.lines[k]
      local i = place_of(mkt, line)
      local product = mkt.products[i]
      if not product.captive then
        mem.age_q[i] = mem.age_q[i] + 1.0
        old_runs = old_runs + line.wafer_run_rate
        if product.perf_t_chip > newest_perf then newest_k, newest_perf = k, product.perf_t_chip end
        local fill = race.ratio(line.ordered_chips, line.available_chips, 1.0)
        if line.available_chips > 0 then
          local move = race.clamp(0.3 * (fill - 0.9), -p.step, p.step)
          local floor_usd_chip = line.unit_cost_usd_chip / (1.0 - p.margin)
          local price_usd_chip = race.max(floor_usd_chip, line.price_usd_chip * (1.0 + move))
          act.list_price { product = line.product, usd_chip = race.clamp(price_usd_chip, 0.36 * product.list_usd_chip, 1.59 * product.list_usd_chip) }
        end
        -- 2. wafers in all: what lies unsold needs none, what was asked for in vain needs more
        total = total + line.wafer_run_rate * race.clamp(race.grow(fill, mkt.demand_growth_frac, 2), p.least_keep, p.max_growth)
      end
    end
    -- output of products that do not sell yet shows in no sale, and a launch must not find an empty line: a part of the most ever kept going
    mem.most_wafers = race.max(mem.most_wafers, me.wafers_allotted[#me.wafers_allotted])
    total = race.max(total, p.keep_most * mem.most_wafers)

    -- 3. the newest product takes its part over ramp_q quarters, the others share the rest by their runs
    local newest_frac = 1.0
    if newest_k > 0 then
      newest_frac = race.clamp(mem.age_q[place_of(mkt, me.lines[newest_k])] / p.ramp_q, 0.1, 1.0)
      old_runs = old_runs - me.lines[newest_k].wafer_run_rate
    end
    local left = total
    for k = 1, #me.lines do
      local line = me.lines[k]
      local i = place_of(mkt, line)
      local wafers = total * (1.0 - newest_frac) * race.ratio(line.wafer_run_rate, old_runs, 0.0)
      if k ~= newest_k and not mkt.products[i].captive and mem.closed[i] < 1.0 and wafers >= 1.0 then
        if act.order_wafers { product = line.product, wafers = wafers } then left = left - wafers else mem.closed[i] = 1.0 end
      end
    end
    if newest_k > 0 then act.order_wafers { product = me.lines[newest_k].product, wafers = race.pos(left) } end

    -- 4. buyers: better credit first, nobody takes nearly all
    for i = 1, #obs.rivals do
      local buyer = obs.rivals[i]
      if buyer.role ~= "supplier" then
        act.weigh_buyer { buyer = buyer.id, weight = race.clamp(1.0 - buyer.rating / 10.0, 0.0, 1.0) }
      end
    end
    act.cap_buyer { frac = p.max_share }
    -- 5. what wafers do not need goes to the owners
    act.set_payout { frac = me.cash_musd > p.keep_q * race.pos(me.ebitda_musd) and p.pay_frac or 0.0 }
    act.trace("wafers", total)
    act.trace("newest_frac", newest_frac)
  end,
}

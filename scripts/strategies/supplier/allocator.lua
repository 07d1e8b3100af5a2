local race = require "rackrace"

-- Allocator: when chips are short they go to buyers with good credit and to those that buy from it already; supply agreements for the best of them, credit for
-- rated newcomers. The baseline plays prices, wafers and payouts.
-- Believes: who gets the chips decides the next round, and a buyer that was served comes back; many sound buyers are worth more than the highest bid.
-- Fails: earns no more than the baseline, with risk of default on its books: in an auction a favoured buyer pays less, so that every weight costs money; and in a glut nobody cares for being preferred.
-- Reads  obs.me, obs.market, obs.rivals, obs.orders   Acts  weigh_buyer cap_buyer offer_supply finance_buyer

local least_chips = 8.0

return race.supplier {
  api = "1.0", name = "Allocator",
  about = "Allocates by credit and loyalty, with agreements and credit.",
  params = {
    credit_w    = race.range(0.0, 1.0, 0.5, { doc = "weight of a buyer's rating" }),
    loyal_w     = race.range(0.0, 1.0, 0.5, { doc = "weight of the chips that it has on order" }),
    max_share   = race.range(0.1, 1.0, 0.50, { doc = "largest share of a sale for one buyer" }),
    supply_frac = race.range(0.0, 0.5, 0.05, { doc = "part of the chips of a sale that is offered by agreement to one buyer" }),
    supply_q    = race.int(1, 40, 8, { doc = "quarters of an agreement" }),
    discount    = race.range(0.0, 0.5, 0.03, { doc = "discount of an agreement" }),
    supply_rating = race.int(1, 10, 5, { doc = "worst rating of a buyer that is offered one" }),
    line_frac   = race.range(0.0, 0.2, 0.01, { doc = "part of cash granted to one newcomer in credit" }),
    line_rating = race.int(1, 10, 6, { doc = "worst rating of a buyer that is granted credit" }),
    over_policy = race.range(0.0, 0.14, 0.07, { doc = "rate of the credit over the policy rate" }),
    line_q      = race.int(1, 40, 12, { doc = "term of the credit" }),
  },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    -- its largest line of the last sale
    local best, most = 0, 0.0
    for k = 1, #me.lines do
      if me.lines[k].available_chips > most then best, most = k, me.lines[k].available_chips end
    end
    local all_chips = 0.0
    for i = 1, #obs.orders do all_chips = all_chips + obs.orders[i].chips end
    local is_short = best > 0 and me.lines[best].ordered_chips > me.lines[best].available_chips
    local offers, lines = 0, 0
    for i = 1, #obs.rivals do
      local buyer = obs.rivals[i]
      if buyer.role ~= "supplier" then
        local has_chips = 0.0
        for k = 1, #obs.orders do
          if obs.orders[k].to == buyer.id then has_chips = has_chips + obs.orders[k].chips end
        end
        local loyal = race.min(1.0, 4.0 * race.ratio(has_chips, all_chips, 0.0))
        local credit = race.clamp(1.0 - (buyer.rating - 1.0) / 9.0, 0.0, 1.0)
        act.weigh_buyer { buyer = buyer.id, weight = race.clamp(p.credit_w * credit + p.loyal_w * loyal, 0.0, 1.0) }
        local chips = race.floor(p.supply_frac * most)
        if best > 0 and offers < 4 and not is_short and buyer.rating <= p.supply_rating and chips >= least_chips then
          offers = offers + 1
          act.offer_supply { buyer = buyer.id, product = me.lines[best].product, chips = chips, tenor_q = p.supply_q, discount_frac = p.discount }
        end
        local is_newcomer = buyer.role == "neocloud" and buyer.rating <= p.line_rating and not buyer.distressed
        if is_newcomer and lines < 4 then
          lines = lines + 1
          act.finance_buyer { buyer = buyer.id, musd = p.line_frac * race.pos(me.cash_musd), apr = mkt.policy_apr + p.over_policy, tenor_q = p.line_q }
        end
      end
    end
    act.cap_buyer { frac = p.max_share }
    act.trace("offers", offers)
    act.trace("lines", lines)
  end,
}

local race = require "rackrace"

-- Build and rent: builds inside what it will need in any case, and rents the rest outside in two parts, one for years and one for a year at a time, as options.
-- What it has rented and does not need it leaves when that is cheaper than paying. The baseline plays power, sites, chips, prices and research.
-- Believes: own sites come late and rented hours cost a margin, so a portfolio of both beats either; a right to stop is worth its price.
-- Fails: rarely differs from the baseline where own sites stand for years ahead, as at Meta; when rents fall for years, with dear hours signed beside idle own ones, and when sellers sign only for long and for sure.
-- Reads  obs.me, obs.market, obs.contracts, obs.supply   Acts  bid_contract break_contract accept_supply

return race.hyperscaler {
  api = "1.0", name = "Build and rent",
  about = "Builds inside, rents outside, for years and for a year.",
  params = {
    outside_frac = race.range(0.0, 0.6, 0.20, { doc = "most of the need that is rented" }),
    reserve_frac = race.range(0.0, 1.0, 0.40, { doc = "hours held beyond the need: a buffer, sold by the quarter while it is not used" }),
    ahead_q     = race.int(1, 12, 6, { doc = "quarters of growth that hours are asked for" }),
    long_frac   = race.range(0.0, 1.0, 0.6, { doc = "part of it asked for by long contracts" }),
    long_q      = race.int(4, 40, 16, { doc = "their term" }),
    short_q     = race.int(1, 12, 4, { doc = "term of the others" }),
    short_pay   = race.range(0.3, 2.0, 1.10, { doc = "most paid in a short contract over the training price" }),
    own_pay     = race.range(0.3, 2.0, 1.00, { doc = "most paid in a long contract over the full cost of an own hour" }),
    spot_pay    = race.range(0.3, 2.0, 0.95, { doc = "and over the training price" }),
    takeorpay   = race.range(0.0, 1.0, 0.80, { doc = "most of a contract that is paid whether used or not" }),
    leave_x     = race.range(1.0, 5.0, 1.30, { doc = "cost of an unneeded contract's rest over its fee at which it is left" }),
    idle_frac   = race.range(0.0, 1.0, 0.15, { doc = "idle part of the hours from which on that is looked at" }),
    discount    = race.range(0.0, 0.5, 0.02, { doc = "least discount of a supply agreement taken" }),
    supply_frac = race.range(0.0, 1.0, 0.05, { doc = "largest agreement taken, a quarter's compute over own compute" }),
  },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local need_mh = race.grow(me.demand_mh + me.core_mh, race.pos(mkt.demand_growth_frac), p.ahead_q)
    local inside_mh = me.capacity_mh + me.arriving_mh - me.contracted_mh
    local lacks_mh = race.min((1.0 + p.reserve_frac) * need_mh - inside_mh, p.outside_frac * need_mh) - me.rented_mh
    local newest = mkt.newest_i > 0 and mkt.products[mkt.newest_i].gen or 2.0
    if lacks_mh > 0.2 then
      local long_usd_h = race.min(p.own_pay * race.max(me.unit_cost_usd_h, 0.1), p.spot_pay * mkt.spot_t_usd_h)
      for k = 0, 1 do
        local gen = race.max(1, newest - k)
        act.bid_contract { mh = 0.5 * p.long_frac * lacks_mh, max_usd_h = race.clamp(long_usd_h, 0.05, 50.0), tenor_q = p.long_q, gen = gen, takeorpay_frac = p.takeorpay }
        act.bid_contract { mh = 0.5 * (1.0 - p.long_frac) * lacks_mh, max_usd_h = race.clamp(p.short_pay * mkt.spot_t_usd_h, 0.05, 50.0), tenor_q = p.short_q, gen = gen,
          takeorpay_frac = p.takeorpay }
      end
    end
    -- the dearest contract is left where much idles and its take-or-pay costs more than the fee and the spot market
    local own_mh = me.capacity_mh + me.rented_mh
    local idle_frac = me.used_mh > 0.0 and race.pos(1.0 - race.ratio(me.used_mh, own_mh, 1.0)) or 0.0
    local worst, worst_gain = 0, 0.0
    for i = 1, #obs.contracts do
      local contract = obs.contracts[i]
      if not contract.selling and contract.left_q > 2.0 then
        local over_musd = contract.mh * (contract.takeorpay_frac * contract.usd_h - mkt.spot_t_usd_h) * contract.left_q
        if over_musd > p.leave_x * contract.break_musd and over_musd > worst_gain then worst, worst_gain = i, over_musd end
      end
    end
    if worst > 0 and idle_frac > p.idle_frac then act.break_contract { contract = obs.contracts[worst].id } end
    act.trace("lacks_mh", lacks_mh)
    act.trace("idle_frac", idle_frac)
  end,
  operate = function(obs, act, p, mem, rng)
    for i = 1, #obs.supply do
      local offer = obs.supply[i]
      local chips = race.floor(race.min(offer.chips, p.supply_frac * race.chips_for(obs.me.capacity_mh, offer.product)))
      if offer.discount_frac >= p.discount and chips >= 8.0 and race.chip_value_usd(obs, offer.product, chips) > 0.0 then
        act.accept_supply { offer = offer.id, chips = chips }
      end
    end
  end,
}

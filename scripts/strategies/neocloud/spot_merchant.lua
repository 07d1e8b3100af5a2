local race = require "rackrace"

-- Spot merchant: no contract and no loan; buys chips for cash and for shares where their rent pays them back fast, sells every hour for the quarter, pays
-- back what it owes, and its owners when chips pay back too slowly.
-- The baseline plays power and leases.
-- Believes: who is free of contracts sells at every peak, and who owes nothing outlives every trough.
-- Fails: in a glut, when nothing is sold forward and hours go at their energy; grows slowly, since lenders never pay for its chips.
-- Reads  obs.me, obs.market, obs.loans   Acts  offer_contract borrow raise_equity repay set_payout bid_chips offer_spot

local most_over_list, least_chips = 4.9, 8.0
local usd_musd, kw_mw = 1e6, 1000.0

return race.neocloud {
  api = "1.0", name = "Spot merchant",
  about = "No contracts, no debt: chips for cash, hours by the quarter.",
  params = {
    keep_q      = race.range(0.0, 8.0, 1.0, { doc = "quarters of operating cost kept in cash" }),
    spend_frac  = race.range(0.1, 1.0, 0.5, { doc = "part of the other cash bid for chips in a quarter" }),
    repay_frac  = race.range(0.0, 1.0, 0.5, { doc = "part of the other cash that pays back loans while no chip pays back in time" }),
    payback_q   = race.range(2.0, 20.0, 9.0, { doc = "longest time in which the rent of a chip must pay its price" }),
    issue_frac  = race.range(0.0, 0.1, 0.08, { doc = "part of its value issued in shares in a quarter in which chips pay back in time" }),
    pay_frac    = race.range(0.0, 1.0, 0.7, { doc = "part of free cash flow paid to owners in other quarters" }),
    shade       = race.range(0.3, 1.0, 0.75, { doc = "bid over what a chip is worth" }),
    smooth_frac = race.range(0.05, 1.0, 0.35, { doc = "weight of the last quarter in the believed price of an hour" }),
    hold        = race.range(0.0, 1.0, 0.60, { doc = "least asked for an hour over its believed price, while few idle" }),
    over_energy = race.range(1.0, 3.0, 1.10, { doc = "least asked over the energy of an hour" }),
  },
  memory = { spot_i_usd_h = 0.0 },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    act.offer_contract { mh = 0.0, min_usd_h = 1.0, tenor_q = 1 }
    act.borrow { kind = "bond", musd = 0.0, max_apr = 0.05, tenor_q = 4 }
    local free_musd = me.cash_musd - p.keep_q * me.capacity_mh * me.cash_cost_usd_h
    local payback_q = mkt.newest_i > 0 and race.payback_q(mkt.products[mkt.newest_i], mkt.spot_t_usd_h, mkt.power_usd_mwh) or 40.0
    -- the dearest loan first, once chips pay no better
    local dear, dear_apr = 0, 0.0
    for i = 1, #obs.loans do
      if obs.loans[i].apr > dear_apr then dear, dear_apr = i, obs.loans[i].apr end
    end
    if dear > 0 and payback_q > p.payback_q and free_musd > 1.0 then
      act.repay { loan = obs.loans[dear].id, musd = race.min(obs.loans[dear].musd, p.repay_frac * free_musd) }
    end
    local pays = payback_q < p.payback_q
    if pays and p.issue_frac * me.value_musd > 1.0 then act.raise_equity { musd = p.issue_frac * me.value_musd, max_dilution_frac = 0.15 } end
    act.set_payout { frac = pays and 0.0 or p.pay_frac }
    act.trace("payback_q", payback_q)
    act.trace("free_musd", free_musd)
  end,
  operate = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    if mem.spot_i_usd_h <= 0.0 then mem.spot_i_usd_h = mkt.spot_i_usd_h end
    mem.spot_i_usd_h = race.ema(mem.spot_i_usd_h, mkt.spot_i_usd_h, p.smooth_frac)
    local kappa = 1.2
    if mkt.newest_i > 0 then
      local chip = mkt.products[mkt.newest_i]
      kappa = race.ratio(chip.perf_i_chip, chip.perf_t_chip, 1.2)
      local room_mw = me.power_free_mw + race.pos(me.power_coming_mw[1]) + race.pos(me.power_coming_mw[2])
      for i = 1, #me.fleet do room_mw = room_mw - race.mw_of(me.fleet[i].waiting_chips + me.fleet[i].ordered_chips, me.fleet[i].product) end
      local free_musd = race.pos(me.cash_musd - p.keep_q * me.capacity_mh * me.cash_cost_usd_h)
      local paid = p.spend_frac * free_musd * usd_musd / (chip.list_usd_chip + chip.system_usd_chip)
      local step = race.floor(race.min(race.pos(room_mw) * kw_mw / chip.kw_chip, paid) / 3.0)
      for k = 1, 3 do
        local usd_chip = race.min(p.shade * race.chip_value_usd(obs, chip, step * k), most_over_list * chip.list_usd_chip)
        if step >= least_chips and usd_chip > 0.0 and race.payback_q(chip, mkt.spot_t_usd_h, mkt.power_usd_mwh) < p.payback_q then
          act.bid_chips { product = chip.id, chips = step, max_usd_chip = usd_chip }
        end
      end
    end
    -- hours: half as training, half as inference, never under their energy; cheaper the more of them idled
    local own_mh = me.capacity_mh + me.rented_mh
    local energy_usd_h = race.ratio(race.power_cost_musd(me.power_mw - me.power_free_mw, mkt.power_usd_mwh), me.capacity_mh, 0.1)
    local idle_frac = me.used_mh > 0.0 and race.pos(1.0 - race.ratio(me.used_mh, own_mh, 1.0)) or 0.0
    local ask_usd_h = race.max(p.over_energy * energy_usd_h / kappa, p.hold * mem.spot_i_usd_h * race.pos(1.0 - 2.0 * idle_frac))
    local spare_mh = race.pos(own_mh - me.contracted_mh)
    act.offer_spot { mh = 0.5 * spare_mh, min_usd_h = race.clamp(kappa * ask_usd_h, 0.02, 40.0), grade = "training" }
    act.offer_spot { mh = 0.5 * spare_mh * kappa, min_usd_h = race.clamp(ask_usd_h, 0.02, 40.0), grade = "inference" }
    act.trace("spare_mh", spare_mh)
  end,
}

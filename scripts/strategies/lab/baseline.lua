local race = require "rackrace"

-- Baseline of a lab: live on rented compute and cash, buy hours up to what customers pay for them, own chips only where there is power and runway.
-- Training takes more of the hours while cash lasts for long, less when it runs short.
-- Believes: customers stay while prices follow the cost of compute, and rented hours will be there.
-- Fails: when spot hours are scarce (nothing of its own stands behind its customers), and when cash runs out before prices pay for compute.
-- Reads  obs.me, obs.market   Acts  bid_power lease_site order_captive bid_chips bid_spot train set_price

-- What a chip is worth: the rent of its inference hours at usd_h over pays_q quarters, less the system that comes with it.
local function worth_usd_chip(chip, usd_h, usd_mwh, pays_q)
  local price_usd = chip.list_usd_chip + chip.system_usd_chip
  local per_q = race.payback_q(chip, usd_h * race.ratio(chip.perf_i_chip, chip.perf_t_chip, 1.0), usd_mwh)
  return race.pos(race.ratio(price_usd * pays_q, per_q, 0.0) - chip.system_usd_chip)
end

-- What an inference hour of capacity costs from the cheapest chips that did not sell out last time; huge without any.
local function open_usd_perf(mkt)
  local least = 1e9
  for i = 1, #mkt.products do
    local chip = mkt.products[i]
    if chip.released and not chip.captive and chip.lead_q > 0 and chip.scarcity_frac < 0.05 and chip.cleared_usd_chip > 0.0 then
      least = race.min(least, race.ratio(chip.cleared_usd_chip + chip.system_usd_chip, chip.perf_i_chip, 1e9))
    end
  end
  return least
end

-- Power that the chip would take over from installed chips: those with less than 0.4 of its compute a kW make room by themselves.
local function swap_mw(obs, chip)
  local mw = 0.0
  for i = 1, #obs.me.fleet do
    local held = obs.me.fleet[i]
    for k = 1, #obs.market.products do
      local old = obs.market.products[k]
      if old.id == held.product and old.perf_t_chip * chip.kw_chip < 0.4 * chip.perf_t_chip * old.kw_chip then
        mw = mw + race.mw_of(held.chips, held.product)
      end
    end
  end
  return mw
end

return race.lab {
  api  = "1.0",
  name = "Baseline lab",
  about = "Rents, buys hours at what customers pay, prices at compute cost and a margin.",
  params = {
    runway_q     = race.int(1, 16, 6, { doc = "quarters of cash below which nothing is built" }),
    shade        = race.range(0.3, 1.0, 0.85, { doc = "bids over values" }),
    own_frac     = race.range(0.0, 1.0, 0.25, { doc = "part of the need covered by own power and chips" }),
    cash_frac    = race.range(0.0, 1.0, 0.15, { doc = "largest part of cash bid for chips in a quarter" }),
    swap_frac    = race.range(0.0, 1.0, 0.25, { doc = "part of the replaceable chips replaced in a quarter" }),
    train_step   = race.range(0.0, 0.1, 0.02, { doc = "move of the part of hours for training in a quarter" }),
    most_train   = race.range(0.1, 0.9, 0.6, { doc = "largest part of hours for training" }),
    hours_frac   = race.range(0.0, 0.5, 0.10, { doc = "largest part of cash bid for hours in a quarter" }),
    over_open    = race.range(1.0, 5.0, 2.5, { doc = "most paid for an hour of capacity over what unsold chips cost" }),
    pays_q       = race.range(2.0, 16.0, 7.5, { doc = "quarters of today's rent that a chip is worth, rents falling" }),
    smooth_frac  = race.range(0.05, 1.0, 0.35, { doc = "weight of the last quarter in the believed price" }),
    captive_frac = race.range(0.0, 1.0, 0.10, { doc = "part of the need that in-house chips should cover" }),
    price_step   = race.range(0.05, 1.0, 0.8, { doc = "part of the way to its price that a task price goes in a quarter" }),
    margin       = race.range(0.0, 1.0, 0.15, { doc = "task price over the cost of its compute" }),
  },
  -- by product, 1 once an order was refused: the line is another firm's, or is sold no more
  memory = { train_frac = 0.0, closed_line = race.array(20, 0.0), bid_t = 0.5, spot_usd_h = 0.0, short_mh = 0.0 },

  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    if mkt.newest_i < 1 or race.runway_q(me) < p.runway_q then return end
    local chip = mkt.products[mkt.newest_i]
    local need_mh = race.pos(race.grow(me.demand_mh, mkt.demand_growth_frac, 4) - me.capacity_mh - me.rented_mh - me.arriving_mh)

    -- 1. power and powered shell for the part that should be own, in the cheapest region
    local coming_mw = me.power_free_mw
    for q = 1, #me.power_coming_mw do coming_mw = coming_mw + race.pos(me.power_coming_mw[q]) end
    local want_mw = race.pos(race.mw_of(race.chips_for(need_mh * p.own_frac, chip), chip) - coming_mw)
    for r = 1, #mkt.regions do
      local region = mkt.regions[r]
      local site = me.sites[r]
      local value_usd_kw_q = p.shade * race.power_value_usd_kw_q(obs, region)
      if region.id == mkt.cheapest_region and value_usd_kw_q > 0.0 and want_mw > 1.0 then
        act.bid_power { region = region.id, grid_mw = race.grid_mw(want_mw, region), max_usd_kw_q = race.min(value_usd_kw_q, 4900.0) }
      end
      local powered_mw = (site.grid_mw + site.queued_grid_mw + site.onsite_grid_mw) / region.pue_ratio
      if powered_mw - site.shell_mw - site.leased_mw > 5.0 then
        act.lease_site { region = region.id, mw = powered_mw - site.shell_mw - site.leased_mw, tenor_q = 24 }
      end
    end

    -- 2. in-house chips, where it has a line; the first refusal tells that it is another firm's
    for i = 1, #mkt.products do
      local own = mkt.products[i]
      if own.captive and own.released and mem.closed_line[i] < 1.0 then
        local chips = race.chips_for(need_mh * p.captive_frac, own)
        if chips >= 8 then
          if act.order_captive { product = own.id, chips = chips } then act.mark("in_house") else mem.closed_line[i] = 1.0 end
        end
      end
    end
    act.trace("need_mh", need_mh)
  end,

  operate = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    if mem.spot_usd_h <= 0.0 then mem.spot_usd_h = mkt.spot_i_usd_h end
    mem.spot_usd_h = race.ema(mem.spot_usd_h, mkt.spot_i_usd_h, p.smooth_frac)

    -- 1. chips for the power that is free, while cash lasts
    local room_mw = me.power_free_mw
    for q = 1, 2 do room_mw = room_mw + race.pos(me.power_coming_mw[q]) end
    for i = 1, #me.fleet do
      local held = me.fleet[i]
      room_mw = room_mw - race.mw_of(held.waiting_chips + held.ordered_chips, held.product)
    end
    local runway = race.runway_q(me)
    if mkt.newest_i > 0 and runway > p.runway_q then
      local chip = mkt.products[mkt.newest_i]
      local unit_usd = chip.list_usd_chip + chip.system_usd_chip
      local step = race.floor(race.min(race.pos(room_mw + p.swap_frac * swap_mw(obs, chip)) * 1000.0 / chip.kw_chip, race.pos(me.cash_musd) * p.cash_frac * 1e6 / unit_usd) / 4.0)
      -- an hour that serves own customers is worth half way to what they pay for it
      local usd_h = race.max(mem.spot_usd_h, 0.5 * (mem.spot_usd_h + mkt.price_usd_task[1] / mkt.task_h100e_h))
      for k = 1, 4 do
        local price_usd_chip = race.min(p.shade * (1.1 - 0.1 * k) * worth_usd_chip(chip, usd_h, mkt.power_usd_mwh, p.pays_q), 4.9 * chip.list_usd_chip)
        price_usd_chip = race.min(price_usd_chip, p.over_open * open_usd_perf(mkt) * chip.perf_i_chip - chip.system_usd_chip)
        if step >= 8 and price_usd_chip > 0.0 then
          act.bid_chips { product = chip.id, chips = step, max_usd_chip = price_usd_chip }
        end
      end
    end

    -- 2. training: more with cash for long, less when it runs short
    local own_mh = me.capacity_mh + me.rented_mh
    if own_mh > 0.0 and me.train_mh > 0.0 then
      if mem.train_frac <= 0.0 then mem.train_frac = race.min(0.6, me.train_mh / own_mh) end
      mem.train_frac = race.clamp(mem.train_frac + (runway > 2 * p.runway_q and p.train_step or -p.train_step), 0.1, p.most_train)
      act.train { frac = mem.train_frac }
    end

    -- 3. hours that customers lack, in steps of cash, at up to what they pay for it
    local spare_mh = me.capacity_mh + me.rented_mh - me.contracted_mh - me.demand_mh
    mem.short_mh = race.ema(mem.short_mh, race.pos(-spare_mh), 0.5)
    if spare_mh < 0.0 then
      local worth_usd_h = race.clamp(race.min(0.8 * mkt.price_usd_task[1] / mkt.task_h100e_h, 1.4 * mem.spot_usd_h), 0.02, 49.0)
      local paid_mh = p.hours_frac * race.pos(me.cash_musd) / worth_usd_h
      -- as training or inference hours, whichever are cheaper, a step a quarter
      local kappa = 1.0
      if mkt.newest_i > 0 then kappa = race.ratio(mkt.products[mkt.newest_i].perf_i_chip, mkt.products[mkt.newest_i].perf_t_chip, 1.0) end
      mem.bid_t = race.clamp(mem.bid_t - race.clamp(race.ratio(mkt.spot_t_usd_h, kappa * mkt.spot_i_usd_h, 1.0) - 1.0, -0.15, 0.15), 0.05, 0.95)
      local short_mh = race.min(mem.short_mh, paid_mh)
      act.bid_spot { mh = short_mh * mem.bid_t, max_usd_h = race.min(worth_usd_h * kappa, 49.0), grade = "training" }
      act.bid_spot { mh = short_mh * (1.0 - mem.bid_t) * kappa, max_usd_h = worth_usd_h, grade = "inference" }
    end

    -- 4. own models: a step to the cost of an hour and a margin, never above what customers pay elsewhere but while some are unserved
    local cost_usd_h = race.max(mkt.contract_usd_h, mem.spot_usd_h)
    for s = 1, #me.price_usd_task do
      if me.price_usd_task[s] > 0.0 then
        local short_frac = race.clamp(1.0 - me.served_frac[s], 0.0, 0.5)
        local most_usd_task = race.min(cost_usd_h * mkt.task_h100e_h * (1.0 + p.margin), mkt.price_usd_task[s])
        local price_usd_task = race.ema(me.price_usd_task[s], most_usd_task * (1.0 + short_frac), p.price_step)
        act.set_price { segment = s, usd_task = race.clamp(price_usd_task, 0.11 * mkt.price_usd_task[s], 9.0 * mkt.price_usd_task[s]) }
      end
    end
    act.trace("runway_q", runway)
    act.trace("spare_mh", spare_mh)
  end,
}

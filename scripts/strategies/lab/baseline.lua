local race = require "rackrace"

-- Baseline of a lab: live on rented compute and on rounds of venture money, sign for hours that customers need for years, buy hours up to what customers pay for them, own chips only where they are worth their price and there is power and runway.
-- Training takes more of the hours while cash lasts for long or hours idle, less else.
-- Believes: customers stay while prices follow the cost of compute, and rented hours will be there.
-- Fails: when spot hours are scarce (nothing of its own stands behind its customers), and when cash runs out before prices pay for compute.
-- Reads  obs.me, obs.market   Acts  raise_equity borrow set_payout bid_contract bid_power lease_site order_captive bid_chips bid_spot train set_price

-- bounds of the verbs, with some room: 5 times list, 0.02 to 50 $/h, 5000 $/kW and quarter, a tenth to ten times the mean price, lots of 8 chips
local most_over_list, least_usd_h, most_usd_h, most_usd_kw_q, least_of_mean, most_of_mean, least_chips = 4.9, 0.02, 40.0, 4900.0, 0.11, 9.0, 8.0
local usd_musd, kw_mw = 1e6, 1000.0

-- Power that is free now or within q quarters, less that of chips waiting and on order.
local function room_mw(me, q)
  local mw = me.power_free_mw
  for k = 1, q do mw = mw + race.pos(me.power_coming_mw[k]) end
  for i = 1, #me.fleet do mw = mw - race.mw_of(me.fleet[i].waiting_chips + me.fleet[i].ordered_chips, me.fleet[i].product) end
  return mw
end

-- Power of a site, waiting or connected, that no shell takes and no lease that is to come.
local function bare_mw(site, region)
  return (site.grid_mw + site.queued_grid_mw + site.onsite_grid_mw) / region.pue_ratio - site.shell_mw - site.leased_mw - site.lease_coming_mw
end

return race.lab {
  api  = "1.0",
  name = "Baseline lab",
  about = "Rents, buys hours at what customers pay, prices at compute cost and a margin.",
  params = {
    runway_q     = race.int(1, 16, 6, { doc = "quarters of cash below which nothing is built, and up to which bonds bridge" }),
    shade        = race.range(0.3, 1.0, 0.6, { doc = "bids over values: what is bought stays for years, others build as well, and owners ask more than a chip's value is discounted by" }),
    own_frac     = race.range(0.0, 1.0, 0.25, { doc = "part of the need covered by own power and chips" }),
    cash_frac    = race.range(0.0, 1.0, 0.05, { doc = "largest part of cash bid for chips in a quarter" }),
    swap_frac    = race.range(0.0, 1.0, 0.25, { doc = "part of the replaceable chips replaced in a quarter" }),
    train_step   = race.range(0.0, 0.1, 0.02, { doc = "move of the part of all hours for training in a quarter" }),
    most_train   = race.range(0.1, 0.9, 0.6, { doc = "largest part of all hours for training" }),
    hours_frac   = race.range(0.0, 0.5, 0.10, { doc = "largest part of cash bid for hours in a quarter" }),
    power_shade = race.range(0.0, 1.0, 0.25, { doc = "the same for connections, which are paid for through gluts as well" }),
    smooth_frac  = race.range(0.05, 1.0, 0.35, { doc = "weight of the last quarter in the believed price of an hour" }),
    worth_frac   = race.range(0.05, 1.0, 0.20, { doc = "weight of the last quarter in the believed worth of a chip and of a kW: both last for years" }),
    swap_ratio   = race.fixed(0.4, { doc = "compute a kW of an installed chip over a new one's, below which installation replaces it" }),
    demand_q     = race.int(1, 8, 4, { doc = "quarters of demand growth that power is wanted for" }),
    room_q       = race.int(1, 4, 2, { doc = "quarters of coming power that chips are ordered for" }),
    most_power_mw = race.range(0.0, 5000.0, 200.0, { unit = "MW", doc = "most power asked for in a quarter: shells for it are leased, and few are to let" }),
    least_lease_mw = race.range(0.5, 100.0, 5.0, { unit = "MW", doc = "smallest lease asked for" }),
    lease_q      = race.int(20, 60, 24, { doc = "term of leases" }),
    pay_frac     = race.range(0.0, 1.0, 0.80, { doc = "most paid for an hour over what customers pay for it" }),
    over_spot    = race.range(1.0, 5.0, 1.40, { doc = "most paid for an hour over its believed price" }),
    turn_frac    = race.range(0.0, 1.0, 0.15, { doc = "part of the hours bought that turns to the cheaper grade in a quarter, over how much cheaper it is" }),
    idle_frac    = race.range(0.0, 1.0, 0.05, { doc = "idle part of the hours from which on training takes more: contracts have paid for them" }),
    captive_frac = race.range(0.0, 1.0, 0.25, { doc = "part of the room that in-house chips should take" }),
    price_step   = race.range(0.05, 1.0, 0.8, { doc = "part of the way to its price that a task price goes in a quarter" }),
    margin       = race.range(0.0, 1.0, 0.20, { doc = "task price over the cost of its compute" }),
    round_q      = race.int(1, 24, 20, { doc = "quarters of cash below which it asks for a round" }),
    round_frac   = race.range(0.01, 0.15, 0.15, { doc = "size of a round over what it is sold on" }),
    dilution     = race.range(0.01, 0.5, 0.20, { doc = "share of the company given at most in a round" }),
    bond_apr     = race.range(0.04, 0.18, 0.12, { doc = "dearest bond sold when a round is not to be had" }),
    debt_value   = race.range(0.0, 1.0, 0.05, { doc = "most debt over what its shares are sold on" }),
    bond_q       = race.int(4, 40, 16, { doc = "term of bonds" }),
    pay_runway_q = race.int(1, 64, 20, { doc = "quarters of cash from which on the owners are paid" }),
    pay_over_q   = race.range(0.0, 40.0, 8.0, { doc = "quarters of net outflow kept in cash beside the debt then" }),
    owners_frac  = race.range(0.0, 1.0, 0.8, { doc = "part of the free cash flow that goes to the owners then" }),
    rent_frac    = race.range(0.0, 1.0, 0.5, { doc = "part of the hours lacked that is rented for years" }),
    rent_q       = race.int(1, 40, 10, { doc = "term of rented hours" }),
    rent_pay     = race.range(0.3, 3.0, 1.15, { doc = "most paid for them over the training price" }),
  },
  -- closed_line: by product, 1 once an order was refused: the line is another firm's
  -- worth_usd_chip, worth_usd_kw_q: believed worth of the next chip by product and of a kW by region; spot_usd_h: believed price of an inference hour
  -- short_mh: hours lacked, smoothed; bid_t: part of them bought as training
  memory = { train_frac = 0.0, closed_line = race.array(20, 0.0), worth_usd_chip = race.array(20, 0.0), worth_usd_kw_q = race.array(8, 0.0),
    bid_t = 0.5, spot_usd_h = 0.0, short_mh = 0.0 },

  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    -- 0. money before it is short: a round, and a bond where the round may fail; hours for years where customers lack them
    local runway = race.runway_q(me)
    if runway < p.round_q then
      local want_musd = p.round_q * me.burn_musd - race.pos(me.cash_musd)
      act.raise_equity { musd = race.min(want_musd, p.round_frac * race.pos(me.issue_value_musd)), max_dilution_frac = p.dilution }
    end
    -- a bond is a bridge: what lies idle costs its coupon
    local gap_musd = race.min(p.runway_q * me.burn_musd - race.pos(me.cash_musd), p.debt_value * race.pos(me.issue_value_musd) - me.debt_musd)
    if gap_musd > 0.0 then act.borrow { kind = "bond", musd = gap_musd, max_apr = p.bond_apr, tenor_q = p.bond_q } end
    -- cash beyond a long runway and the debt goes to the owners
    act.set_payout { frac = runway > p.pay_runway_q and me.cash_musd > me.debt_musd + p.pay_over_q * me.burn_musd and p.owners_frac or 0.0 }
    local need_mh = race.pos(race.grow(me.demand_mh, mkt.demand_growth_frac, p.demand_q) - me.capacity_mh - me.rented_mh - me.arriving_mh)
    if p.rent_frac * need_mh > 0.1 then
      local newest = mkt.newest_i > 0 and mkt.products[mkt.newest_i].gen or 2.0
      for k = 0, 1 do
        act.bid_contract { mh = 0.5 * p.rent_frac * need_mh, max_usd_h = race.clamp(p.rent_pay * mkt.spot_t_usd_h, 0.05, 50.0), tenor_q = p.rent_q, gen = race.max(1, newest - k) }
      end
    end
    if mkt.newest_i < 1 or runway < p.runway_q then return end
    local chip = mkt.products[mkt.newest_i]

    -- 1. power and powered shell for the part that should be own, in the cheapest region, where a chip is worth its price; power without a shell is not bought twice
    local coming_mw = me.power_free_mw
    for q = 1, #me.power_coming_mw do coming_mw = coming_mw + race.pos(me.power_coming_mw[q]) end
    for r = 1, #mkt.regions do
      local mw = bare_mw(me.sites[r], mkt.regions[r])
      if mw > p.least_lease_mw then
        coming_mw = coming_mw + mw
        act.lease_site { region = mkt.regions[r].id, mw = mw, tenor_q = p.lease_q }
      end
    end
    local want_mw = 0.0
    if p.shade * mem.worth_usd_chip[mkt.newest_i] > chip.list_usd_chip then
      want_mw = race.clamp(race.mw_of(race.chips_for(need_mh * p.own_frac, chip), chip) - coming_mw, 0.0, p.most_power_mw)
    end
    for r = 1, #mkt.regions do
      local region = mkt.regions[r]
      local worth_usd_kw_q = race.power_value_usd_kw_q(obs, region)
      mem.worth_usd_kw_q[r] = mem.worth_usd_kw_q[r] > 0.0 and race.ema(mem.worth_usd_kw_q[r], worth_usd_kw_q, p.worth_frac) or worth_usd_kw_q
      if region.id == mkt.cheapest_region and mem.worth_usd_kw_q[r] > 0.0 and want_mw > 1.0 then
        act.bid_power { region = region.id, grid_mw = race.grid_mw(want_mw, region), max_usd_kw_q = race.min(p.power_shade * mem.worth_usd_kw_q[r], most_usd_kw_q) }
      end
    end

    -- 2. in-house chips for a part of the room, where it has a line and they are worth it; the first refusal tells that it is another firm's
    for i = 1, #mkt.products do
      local own = mkt.products[i]
      if own.captive and own.released and mem.closed_line[i] < 1.0 then
        -- what is asked for shows as ordered only once its wafers are done: the part is spread over the quarters until then
        local chips = race.floor(p.captive_frac * room_mw(me, p.room_q) / race.max(1.0, own.lead_q) * kw_mw / own.kw_chip)
        if chips >= least_chips and p.shade * race.chip_value_usd(obs, own, chips) > own.list_usd_chip then
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
    local runway = race.runway_q(me)
    if mkt.newest_i > 0 then
      local chip = mkt.products[mkt.newest_i]
      local unit_usd = chip.list_usd_chip + chip.system_usd_chip
      local first_usd_chip = race.chip_value_usd(obs, chip, 1.0)
      local i = mkt.newest_i
      mem.worth_usd_chip[i] = mem.worth_usd_chip[i] > 0.0 and race.ema(mem.worth_usd_chip[i], first_usd_chip, p.worth_frac) or first_usd_chip
      local swap_mw = 0.0
      for k = 1, #me.fleet do
        local mw = race.mw_of(me.fleet[k].chips, me.fleet[k].product)
        if me.fleet[k].mh * race.mw_of(1.0, chip) < p.swap_ratio * race.mh_of(1.0, chip) * mw then swap_mw = swap_mw + mw end
      end
      local fits = race.pos(room_mw(me, p.room_q) + p.swap_frac * swap_mw) * kw_mw / chip.kw_chip
      local step = race.floor(race.min(fits, race.pos(me.cash_musd) * p.cash_frac * usd_musd / unit_usd) / 4.0)
      for k = 1, 4 do
        local price_usd_chip = p.shade * mem.worth_usd_chip[i] * race.ratio(race.chip_value_usd(obs, chip, step * k), first_usd_chip, 0.0)
        if step >= least_chips and runway > p.runway_q and price_usd_chip > 0.0 then
          act.bid_chips { product = chip.id, chips = step, max_usd_chip = race.min(price_usd_chip, most_over_list * chip.list_usd_chip) }
        end
      end
    end

    -- 2. training: a part of all hours it lives on, out of its own and those rented for years; more with cash for long or with hours that idle, less when cash runs short
    local own_mh = me.capacity_mh + me.rented_mh
    if own_mh > 0.0 and me.train_mh > 0.0 then
      if mem.train_frac <= 0.0 then mem.train_frac = race.min(p.most_train, me.train_mh / race.max(own_mh, me.demand_mh)) end
      local idles = me.used_mh > 0.0 and me.used_mh < (1.0 - p.idle_frac) * own_mh
      mem.train_frac = race.clamp(mem.train_frac + ((idles or runway > 2 * p.runway_q) and p.train_step or -p.train_step), 0.1, p.most_train)
      act.train { frac = race.min(1.0, mem.train_frac * race.max(1.0, race.ratio(me.demand_mh, own_mh, 1.0))) }
    end

    -- 3. hours that customers lack, in steps of cash, at up to what they pay for it
    local spare_mh = me.capacity_mh + me.rented_mh - me.contracted_mh - me.demand_mh
    mem.short_mh = race.ema(mem.short_mh, race.pos(-spare_mh), 0.5)
    if spare_mh < 0.0 then
      local worth_usd_h = race.clamp(race.min(p.pay_frac * mkt.price_usd_task[1] / mkt.task_h100e_h, p.over_spot * mem.spot_usd_h), least_usd_h, most_usd_h)
      local paid_mh = p.hours_frac * race.pos(me.cash_musd) / worth_usd_h
      -- as training or inference hours, whichever are cheaper, a step a quarter
      local kappa = 1.0
      if mkt.newest_i > 0 then kappa = race.ratio(mkt.products[mkt.newest_i].perf_i_chip, mkt.products[mkt.newest_i].perf_t_chip, 1.0) end
      mem.bid_t = race.clamp(mem.bid_t - race.clamp(p.turn_frac * (race.ratio(mkt.spot_t_usd_h, kappa * mkt.spot_i_usd_h, 1.0) - 1.0), -0.1, 0.1), 0.05, 0.95)
      local short_mh = race.min(mem.short_mh, paid_mh)
      act.bid_spot { mh = short_mh * mem.bid_t, max_usd_h = race.min(worth_usd_h * kappa, most_usd_h), grade = "training" }
      act.bid_spot { mh = short_mh * (1.0 - mem.bid_t) * kappa, max_usd_h = worth_usd_h, grade = "inference" }
    end

    -- 4. own models: a step to the cost of an hour and a margin, never above what customers pay elsewhere but while some are unserved
    local cost_usd_h = race.max(mkt.contract_usd_h, mem.spot_usd_h)
    for s = 1, #me.price_usd_task do
      if me.price_usd_task[s] > 0.0 then
        local short_frac = race.clamp(1.0 - me.served_frac[s], 0.0, 0.5)
        local most_usd_task = race.min(cost_usd_h * mkt.task_h100e_h * (1.0 + p.margin), mkt.price_usd_task[s])
        local price_usd_task = race.ema(me.price_usd_task[s], most_usd_task * (1.0 + short_frac), p.price_step)
        act.set_price { segment = s, usd_task = race.clamp(price_usd_task, least_of_mean * mkt.price_usd_task[s], most_of_mean * mkt.price_usd_task[s]) }
      end
    end
    act.trace("runway_q", runway)
    act.trace("spare_mh", spare_mh)
  end,
}

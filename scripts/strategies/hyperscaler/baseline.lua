local race = require "rackrace"

-- Baseline of a hyperscaler: bid what a chip and a kW are worth at the firm's own use, sell spare hours near the believed price, price own models at the cost
-- of their compute and a margin, give the core the hours that are worth more there than on the market. Idle hours go to training.
-- Believes: demand goes on as in the last year, and an hour that is not used is worth the spot price.
-- Fails: when demand turns (it has paid for two quarters ahead), when rivals price below cost, when everybody believes the same.
-- Reads  obs.me, obs.market, obs.projects   Acts  bid_power build_site lease_site order_captive bid_chips offer_spot bid_spot train use_in_core set_price

-- What a chip is worth: the rent of its inference hours at usd_h over pays_q quarters, less the system that comes with it.
local function worth_usd_chip(chip, usd_h, usd_mwh, pays_q)
  local price_usd = chip.list_usd_chip + chip.system_usd_chip
  local per_q = race.payback_q(chip, usd_h * race.ratio(chip.perf_i_chip, chip.perf_t_chip, 1.0), usd_mwh)
  return race.pos(race.ratio(price_usd * pays_q, per_q, 0.0) - chip.system_usd_chip)
end

-- What a kW earns in a quarter above energy, upkeep, shell and the newest chips on it.
local function worth_usd_kw_q(chip, usd_h, region, pays_q)
  local price_usd = chip.list_usd_chip + chip.system_usd_chip
  local per_q = race.payback_q(chip, usd_h * race.ratio(chip.perf_i_chip, chip.perf_t_chip, 1.0), region.power_usd_mwh)
  return race.pos((race.ratio(price_usd, per_q, 0.0) - price_usd / pays_q) / chip.kw_chip - 450.0) / region.pue_ratio
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

return race.hyperscaler {
  api  = "1.0",
  name = "Baseline hyperscaler",
  about = "Bids marginal values, builds to power, prices at compute cost and a margin.",
  params = {
    ahead_q      = race.int(1, 8, 4, { doc = "quarters of demand growth that power is bid for" }),
    runway_q     = race.int(0, 16, 2, { doc = "quarters of cash below which nothing is started" }),
    shade        = race.range(0.3, 1.0, 0.85, { doc = "bids over values" }),
    power_frac   = race.range(0.0, 0.4, 0.20, { doc = "power bid for in a quarter beyond the need, over own power" }),
    build_frac   = race.range(0.0, 1.0, 0.5, { doc = "part of the shells that power still lacks that is built" }),
    build_cash   = race.range(0.0, 1.0, 0.3, { doc = "largest cost of sites started in a quarter, over cash" }),
    least_mw     = race.range(5.0, 1000.0, 150.0, { doc = "smallest site started: there is room for 12 at a time" }),
    growth_frac  = race.range(0.02, 0.5, 0.25, { doc = "largest chip purchase in a quarter, over own compute" }),
    swap_frac    = race.range(0.0, 1.0, 0.5, { doc = "part of the replaceable chips replaced in a quarter" }),
    over_open    = race.range(1.0, 5.0, 2.5, { doc = "most paid for an hour of capacity over what unsold chips cost" }),
    pays_q       = race.range(2.0, 16.0, 8.0, { doc = "quarters of today's rent that a chip is worth, rents falling" }),
    smooth_frac  = race.range(0.05, 1.0, 0.35, { doc = "weight of the last quarter in believed prices and spare hours" }),
    spare_frac   = race.range(0.0, 0.5, 0.25, { doc = "own use kept beyond that of the last quarter" }),
    idle_train   = race.range(0.0, 1.0, 0.8, { doc = "part of idle hours that training takes over" }),
    most_train   = race.range(0.02, 0.9, 0.7, { doc = "largest part of hours for training" }),
    give_frac    = race.range(0.0, 0.6, 0.11, { doc = "most that hours are offered under their believed price, when all lie idle" }),
    core_usd_h   = race.range(1.0, 12.0, 6.0, { doc = "worth of the first hour in the core" }),
    captive_frac = race.range(0.0, 1.0, 0.25, { doc = "part of the room that in-house chips should take" }),
    price_step   = race.range(0.05, 1.0, 0.8, { doc = "part of the way to its price that a task price goes in a quarter" }),
    margin       = race.range(0.0, 1.0, 0.15, { doc = "task price over the cost of its compute" }),
  },
  -- hour_usd_h, spot_usd_h: believed worth of an hour at own customers and on the market
  -- by product, 1 once an order was refused: it is not sold to this firm, or not any more
  memory = { closed = race.array(20, 0.0), closed_line = race.array(20, 0.0), spare_mh = 0.0, core_mh = 0.0,
    train_frac = 0.0, hour_usd_h = 0.0, spot_usd_h = 0.0 },

  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    if mem.spot_usd_h <= 0.0 then
      mem.spot_usd_h, mem.hour_usd_h = mkt.spot_i_usd_h, 0.5 * (mkt.price_usd_task[1] / mkt.task_h100e_h + mkt.spot_i_usd_h)
    end
    -- with cash for less than runway_q quarters nothing is started
    if mkt.newest_i < 1 or race.runway_q(me) < p.runway_q then return end
    local chip = mkt.products[mkt.newest_i]

    -- 1. power for the growth still to come, a part in each region that is worth it
    local need_mh = race.pos(race.grow(me.demand_mh, mkt.demand_growth_frac, p.ahead_q) - me.capacity_mh - me.rented_mh - me.arriving_mh)
    local coming_mw = me.power_free_mw
    for q = 1, #me.power_coming_mw do coming_mw = coming_mw + race.pos(me.power_coming_mw[q]) end
    local want_mw = race.max(race.mw_of(race.chips_for(need_mh, chip), chip) - coming_mw, p.power_frac * me.power_mw)
    local projects = #obs.projects
    for r = 1, #mkt.regions do
      local region = mkt.regions[r]
      local site = me.sites[r]
      local value_usd_kw_q = p.shade * worth_usd_kw_q(chip, mem.spot_usd_h, region, p.pays_q)
      if value_usd_kw_q > 0.0 and want_mw > 0.0 then
        act.bid_power { region = region.id, grid_mw = race.grid_mw(want_mw / #mkt.regions, region),
                        max_usd_kw_q = race.min(value_usd_kw_q, 4900.0) }
      end

      -- 2. shells for the power that comes
      local powered_mw = (site.grid_mw + site.queued_grid_mw + site.onsite_grid_mw) / region.pue_ratio
      local shell_mw = site.shell_mw + site.leased_mw
      for i = 1, #obs.projects do
        if obs.projects[i].region == region.id then shell_mw = shell_mw + obs.projects[i].mw end
      end
      -- a part is built (eight quarters, a few instalments within cash), the rest leased
      local gap_mw = race.pos(powered_mw - shell_mw)
      local build_mw = race.min(p.build_frac * gap_mw, p.build_cash * me.cash_musd / (12.5 * #mkt.regions))
      if build_mw > p.least_mw and projects < 12 and obs.time.left_q > 10 then
        projects = projects + 1
        act.build_site { region = region.id, mw = build_mw }
      end
      if gap_mw > 5.0 then act.lease_site { region = region.id, mw = gap_mw, tenor_q = 40 } end
    end

    local room_mw = me.power_free_mw + race.pos(me.power_coming_mw[1]) + race.pos(me.power_coming_mw[2]) + race.pos(me.power_coming_mw[3])
    for i = 1, #me.fleet do
      local held = me.fleet[i]
      room_mw = room_mw - race.mw_of(held.waiting_chips + held.ordered_chips, held.product)
    end
    -- 3. in-house chips come at cost; the first refusal tells that a line is another firm's
    for i = 1, #mkt.products do
      local own = mkt.products[i]
      if own.captive and own.released and mem.closed_line[i] < 1.0 then
        local chips = race.floor(p.captive_frac * room_mw * 1000.0 / own.kw_chip)
        if chips >= 8 and worth_usd_chip(own, mem.spot_usd_h, mkt.power_usd_mwh, p.pays_q) > own.list_usd_chip then
          if act.order_captive { product = own.id, chips = chips } then act.mark("in_house") else mem.closed_line[i] = 1.0 end
        end
      end
    end
    act.trace("need_mh", need_mh)
    act.trace("want_mw", want_mw)
  end,

  operate = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market

    -- 1. chips: four steps down the curve of what the next ones are worth, the newest product first, within power; the sale keeps them within cash
    local room_mw = me.power_free_mw
    for q = 1, 3 do room_mw = room_mw + race.pos(me.power_coming_mw[q]) end
    for i = 1, #me.fleet do
      local held = me.fleet[i]
      room_mw = room_mw - race.mw_of(held.waiting_chips + held.ordered_chips, held.product)
    end
    -- an hour that serves own customers is worth half way to what they pay, one too many what the market pays; both smoothed
    local kappa = 1.2
    if mkt.newest_i > 0 then kappa = race.ratio(mkt.products[mkt.newest_i].perf_i_chip, mkt.products[mkt.newest_i].perf_t_chip, 1.2) end
    local own_usd_h = 0.5 * (mkt.price_usd_task[1] / mkt.task_h100e_h + mkt.spot_i_usd_h)
    mem.spot_usd_h = race.ema(mem.spot_usd_h, race.max(mkt.spot_i_usd_h, 0.5 * (mkt.spot_i_usd_h + mkt.spot_t_usd_h / kappa)), p.smooth_frac)
    mem.hour_usd_h = race.ema(mem.hour_usd_h, race.max(own_usd_h, mem.spot_usd_h), p.smooth_frac)
    -- before the first delivery its compute counts as used like the market's
    local used_mh = me.used_mh > 0.0 and me.used_mh or mkt.util_frac * (me.capacity_mh + me.rented_mh)
    local need_mh = race.grow(race.max(me.demand_mh, used_mh), mkt.demand_growth_frac, 3)
    local have_mh = race.max(1.0, me.capacity_mh + me.rented_mh + me.arriving_mh)
    -- no hour is bought dearer than others lie unsold; of a scarce product only a part is counted on
    local open_usd = open_usd_perf(mkt)
    for pass = 1, 2 do
      for i = 1, #mkt.products do
        local chip = mkt.products[i]
        local is_first = i == mkt.newest_i
        if is_first == (pass == 1) and chip.released and not chip.captive and chip.lead_q > 0 and mem.closed[i] < 1.0 then
          local step = race.floor(race.min(race.chips_for(me.capacity_mh * p.growth_frac, chip), race.pos(room_mw + p.swap_frac * swap_mw(obs, chip)) * 1000.0 / chip.kw_chip) / 4.0)
          for k = 1, 4 do
            local use_frac = race.min(1.0, need_mh / (have_mh + race.mh_of(step * k, chip)))
            local usd_h = race.lerp(0.8 * mem.spot_usd_h, mem.hour_usd_h, use_frac)
            local price_usd_chip = race.min(p.shade * worth_usd_chip(chip, usd_h, mkt.power_usd_mwh, p.pays_q), 4.9 * chip.list_usd_chip)
            price_usd_chip = race.min(price_usd_chip, p.over_open * open_usd * chip.perf_i_chip - chip.system_usd_chip)
            if step >= 8 and price_usd_chip > 0.3 * chip.list_usd_chip and mem.closed[i] < 1.0 then
              if act.bid_chips { product = chip.id, chips = step, max_usd_chip = price_usd_chip } then
                room_mw = room_mw - race.mw_of(step, chip) * (1.0 - race.max(0.5, chip.scarcity_frac))
              else
                mem.closed[i] = 1.0
              end
            end
          end
        end
      end
    end

    -- 2. hours: sell what own use and contracts leave; buy what customers lacked, at up to what they pay for it
    local own_mh = (1.0 + p.spare_frac) * (me.demand_mh + me.core_mh / kappa)
    local spare_mh = race.pos(me.capacity_mh + me.rented_mh - me.contracted_mh - own_mh)
    -- the core's first hour is worth core_usd_h, each next one less by 1/e a scale: it takes hours until they are worth the market's price
    if mem.core_mh <= 0.0 then mem.core_mh = me.core_mh / 1.3 end
    mem.core_mh = mem.core_mh * 1.05
    local core_mh = mem.core_mh * race.log(race.max(1.1, p.core_usd_h / race.max(0.2, mem.spot_usd_h)))
    if me.capacity_mh > 0.0 and mem.core_mh > 0.0 then act.use_in_core { frac = race.clamp(core_mh / me.capacity_mh, 0.0, 0.6) } end
    -- hours are offered as training, what is left of them comes on sale as inference at the same reserve: the less is idle, the nearer to the price
    if mem.spare_mh <= 0.0 then mem.spare_mh = spare_mh end
    mem.spare_mh = race.ema(mem.spare_mh, spare_mh, 0.5)
    if spare_mh > 0.0 then
      local idle_frac = race.clamp(1.0 - race.ratio(race.max(me.used_mh, own_mh + me.contracted_mh), me.capacity_mh + me.rented_mh, 1.0), 0.0, 1.0)
      local least_usd_h = race.max(me.cash_cost_usd_h, kappa * mem.spot_usd_h * (1.0 - p.give_frac * race.min(1.0, 0.4 + 2.0 * idle_frac)))
      act.offer_spot { mh = race.min(spare_mh, mem.spare_mh), min_usd_h = race.clamp(least_usd_h, 0.02, 40.0), grade = "training" }
    end
    -- a part of what stays idle trains, and training gives hours back when none are idle
    if me.used_mh > 0.0 and me.train_mh > 0.0 then
      local own = me.capacity_mh + me.rented_mh
      local idle_mh = race.clamp(own - me.used_mh - me.contracted_mh, -0.05 * own, 0.5 * own)
      mem.train_frac = race.ema(mem.train_frac > 0.0 and mem.train_frac or me.train_mh / own, (me.train_mh + p.idle_train * idle_mh) / own, 0.5)
      act.train { frac = race.clamp(mem.train_frac, 0.02, p.most_train) }
    end
    local lacked_frac = 1.0 - 0.5 * (me.served_frac[1] + me.served_frac[2])
    if lacked_frac > 0.0 then
      act.bid_spot { mh = 0.5 * lacked_frac * race.pos(me.demand_mh - me.train_mh), max_usd_h = race.clamp(race.min(mem.hour_usd_h, 1.3 * mem.spot_usd_h), 0.02, 49.0) }
    end

    -- 3. own models: a step to the cost of an hour and a margin, never above what customers pay elsewhere but while some are unserved
    local cost_usd_h = race.max(mkt.contract_usd_h, mem.spot_usd_h)
    for s = 1, #me.price_usd_task do
      if me.price_usd_task[s] > 0.0 then
        local short_frac = race.clamp(1.0 - me.served_frac[s], 0.0, 0.5)
        local most_usd_task = race.min(cost_usd_h * mkt.task_h100e_h * (1.0 + p.margin), mkt.price_usd_task[s])
        local price_usd_task = race.ema(me.price_usd_task[s], most_usd_task * (1.0 + short_frac), p.price_step)
        act.set_price { segment = s, usd_task = race.clamp(price_usd_task, 0.11 * mkt.price_usd_task[s], 9.0 * mkt.price_usd_task[s]) }
      end
    end
    act.trace("spare_mh", spare_mh)
  end,
}

local race = require "rackrace"

-- Baseline of a hyperscaler: bid what a chip and a kW are worth at the firm's own use, sell spare hours at cash cost, price own models at the cost
-- of their compute and a margin, give the core the hours that are worth more there than on the market. Training keeps its opening share.
-- Believes: demand goes on as in the last year, and an hour that is not used is worth the spot price.
-- Fails: when demand turns (it has paid for two quarters ahead), when rivals price below cost, when everybody believes the same.
-- Reads  obs.me, obs.market, obs.projects   Acts  bid_power lease_site order_captive bid_chips offer_spot bid_spot set_price
return race.hyperscaler {
  api  = "1.0",
  name = "Baseline hyperscaler",
  about = "Bids marginal values, prices at compute cost and a margin, keeps opening shares.",
  params = {
    ahead_q      = race.int(1, 8, 4, { doc = "quarters of demand growth that power is bid for" }),
    shade        = race.range(0.3, 1.0, 0.85, { doc = "bids over values" }),
    power_frac   = race.range(0.0, 0.4, 0.16, { doc = "power bid for in a quarter beyond the need, over own power" }),
    build_frac   = race.range(0.0, 0.3, 0.08, { doc = "shells started in a quarter, over own shells" }),
    growth_frac  = race.range(0.02, 0.5, 0.25, { doc = "largest chip purchase in a quarter, over own compute" }),
    cash_frac    = race.range(0.0, 1.0, 0.35, { doc = "largest part of cash bid for chips in a quarter" }),
    core_usd_h   = race.range(1.0, 12.0, 6.0, { doc = "worth of the first hour in the core" }),
    captive_frac = race.range(0.0, 1.0, 0.25, { doc = "part of the need that in-house chips should cover" }),
    margin       = race.range(0.0, 1.0, 0.25, { doc = "task price over the cost of its compute" }),
  },
  -- by product, 1 once an order was refused: it is not sold to this firm, or not any more
  memory = { closed = race.array(20, 0.0), closed_line = race.array(20, 0.0), sold_mh = 0.0 },

  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    if mkt.newest_i < 1 then return end
    local chip = mkt.products[mkt.newest_i]

    -- 1. power for the growth still to come, a part in each region that is worth it
    local need_mh = race.pos(race.grow(me.demand_mh, mkt.demand_growth_frac, p.ahead_q) - me.capacity_mh - me.rented_mh - me.arriving_mh)
    local coming_mw = me.power_free_mw
    for q = 1, #me.power_coming_mw do coming_mw = coming_mw + race.pos(me.power_coming_mw[q]) end
    local want_mw = race.max(race.mw_of(race.chips_for(need_mh, chip), chip) - coming_mw, p.power_frac * me.power_mw)
    for r = 1, #mkt.regions do
      local region = mkt.regions[r]
      local site = me.sites[r]
      local value_usd_kw_q = p.shade * race.power_value_usd_kw_q(obs, region)
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
      if powered_mw - shell_mw > 5.0 then
        act.lease_site { region = region.id, mw = powered_mw - shell_mw, tenor_q = 40 }
      end
      -- a site takes eight quarters: it is started while a kW earns more than its costs, within a small part of cash
      local build_mw = race.min(p.build_frac * site.shell_mw, 0.04 * race.pos(me.cash_musd) / #mkt.regions)
      if value_usd_kw_q > 0.0 and build_mw > 1.0 and obs.time.left_q > 10 then act.build_site { region = region.id, mw = build_mw } end
    end

    -- 3. in-house chips come at cost; the first refusal tells that a line is another firm's
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
    act.trace("want_mw", want_mw)
  end,

  operate = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market

    -- 1. chips: four steps down the curve of what the next ones are worth, the newest product first, within power and cash
    local room_mw = me.power_free_mw
    for q = 1, 2 do room_mw = room_mw + race.pos(me.power_coming_mw[q]) end
    for i = 1, #me.fleet do
      local held = me.fleet[i]
      room_mw = room_mw - race.mw_of(held.waiting_chips + held.ordered_chips, held.product)
    end
    local cash_musd = race.pos(me.cash_musd) * p.cash_frac
    for pass = 1, 2 do
      for i = 1, #mkt.products do
        local chip = mkt.products[i]
        local is_first = i == mkt.newest_i
        if is_first == (pass == 1) and chip.released and not chip.captive and chip.lead_q > 0 and mem.closed[i] < 1.0 then
          local unit_usd = chip.list_usd_chip + chip.system_usd_chip
          local most = race.min(race.chips_for(me.capacity_mh * p.growth_frac, chip), race.pos(room_mw) * 1000.0 / chip.kw_chip)
          local step = race.floor(race.min(most, cash_musd * 1e6 / unit_usd) / 4.0)
          for k = 1, 4 do
            local price_usd_chip = race.min(p.shade * race.chip_value_usd(obs, chip, step * k), 4.9 * chip.list_usd_chip)
            if step >= 8 and price_usd_chip > 0.0 and mem.closed[i] < 1.0 then
              if act.bid_chips { product = chip.id, chips = step, max_usd_chip = price_usd_chip } then
                room_mw = room_mw - race.mw_of(step, chip)
                cash_musd = cash_musd - step * unit_usd / 1e6
              else
                mem.closed[i] = 1.0
              end
            end
          end
        end
      end
    end

    -- 2. hours: sell what own use left over last quarter, grown with demand; buy what customers lacked, at up to what they pay for it
    for i = 1, #obs.results do
      if obs.results[i].verb == "offer_spot" then mem.sold_mh = obs.results[i].got end
    end
    local own_mh = race.grow(race.pos(me.used_mh - mem.sold_mh), mkt.demand_growth_frac, 1)
    local spare_mh = race.pos(me.capacity_mh - own_mh)
    mem.sold_mh = 0.0
    if me.used_mh > 0.0 and spare_mh > 0.0 then
      act.offer_spot { mh = spare_mh, min_usd_h = race.clamp(me.cash_cost_usd_h, 0.02, 49.0) }
    end
    local lacked_frac = 1.0 - 0.5 * (me.served_frac[1] + me.served_frac[2])
    if lacked_frac > 0.0 then
      local worth_usd_h = mkt.price_usd_task[1] / mkt.task_h100e_h
      act.bid_spot { mh = lacked_frac * race.pos(me.demand_mh - me.train_mh), max_usd_h = race.clamp(0.8 * worth_usd_h, 0.02, 49.0) }
    end

    -- 3. own models: half way to the cost of an hour and a margin, never above what customers pay elsewhere but while some are unserved
    local cost_usd_h = race.max(mkt.contract_usd_h, mkt.spot_i_usd_h)
    for s = 1, #me.price_usd_task do
      if me.price_usd_task[s] > 0.0 then
        local short_frac = race.clamp(1.0 - me.served_frac[s], 0.0, 0.5)
        local most_usd_task = race.min(cost_usd_h * mkt.task_h100e_h * (1.0 + p.margin), mkt.price_usd_task[s])
        local price_usd_task = race.ema(me.price_usd_task[s], most_usd_task * (1.0 + short_frac), 0.5)
        act.set_price { segment = s, usd_task = race.clamp(price_usd_task, 0.11 * mkt.price_usd_task[s], 9.0 * mkt.price_usd_task[s]) }
      end
    end
    act.trace("spare_mh", spare_mh)
  end,
}

local race = require "rackrace"

-- Baseline of a neocloud: rent out everything, grow only within cash, bid what a chip and a kW earn on the spot market.
-- Believes: hours find buyers at the spot price, and power is what will be short.
-- Fails: in a glut (it holds chips whose rent no longer pays their price), and when cheaper money buys the power first.
-- Reads  obs.me, obs.market   Acts  bid_power lease_site bid_chips offer_spot

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

return race.neocloud {
  api  = "1.0",
  name = "Baseline neocloud",
  about = "Sells hours, grows within cash at marginal values.",
  params = {
    shade       = race.range(0.3, 1.0, 0.80, { doc = "bids over values" }),
    runway_q    = race.int(1, 16, 4, { doc = "quarters of cash below which nothing is bought" }),
    growth_frac = race.range(0.02, 0.5, 0.20, { doc = "growth of power bid for in a quarter, over own power" }),
    cash_frac   = race.range(0.0, 1.0, 0.40, { doc = "largest part of cash bid for chips in a quarter" }),
    swap_frac   = race.range(0.0, 1.0, 0.25, { doc = "part of the replaceable chips replaced in a quarter" }),
    over_open   = race.range(1.0, 5.0, 2.5, { doc = "most paid for an hour of capacity over what unsold chips cost" }),
    pays_q      = race.range(2.0, 16.0, 7.0, { doc = "quarters of today's rent that a chip is worth, rents falling" }),
    smooth_frac = race.range(0.05, 1.0, 0.35, { doc = "weight of the last quarter in the believed price" }),
    give_frac   = race.range(0.0, 0.6, 0.25, { doc = "most that hours are offered under their believed price" }),
    floor_x     = race.range(0.5, 3.0, 1.05, { doc = "lowest price of an hour over its cash cost" }),
  },
  -- by product, 1 once a bid was refused: it is not sold any more
  -- spot_usd_h: believed price of an inference hour
  memory = { closed = race.array(20, 0.0), spot_usd_h = 0.0 },

  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local runway = race.runway_q(me)
    local coming_mw = me.power_free_mw
    for q = 1, #me.power_coming_mw do coming_mw = coming_mw + race.pos(me.power_coming_mw[q]) end
    local want_mw = race.pos(p.growth_frac * me.power_mw - coming_mw)
    for r = 1, #mkt.regions do
      local region = mkt.regions[r]
      local site = me.sites[r]
      local value_usd_kw_q = p.shade * race.power_value_usd_kw_q(obs, region)
      if region.id == mkt.cheapest_region and value_usd_kw_q > 0.0 and want_mw > 1.0 and runway >= p.runway_q then
        act.bid_power { region = region.id, grid_mw = race.grid_mw(want_mw, region), max_usd_kw_q = race.min(value_usd_kw_q, 4900.0) }
      end
      -- what is powered needs a shell; leased, since cash is for chips
      local powered_mw = (site.grid_mw + site.queued_grid_mw + site.onsite_grid_mw) / region.pue_ratio
      if powered_mw - site.shell_mw - site.leased_mw > 2.0 and runway >= p.runway_q then
        act.lease_site { region = region.id, mw = powered_mw - site.shell_mw - site.leased_mw, tenor_q = 24 }
      end
    end
    act.trace("runway_q", runway)
  end,

  operate = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local runway = race.runway_q(me)
    if mem.spot_usd_h <= 0.0 then mem.spot_usd_h = mkt.spot_i_usd_h end
    local kappa = 1.2
    if mkt.newest_i > 0 then kappa = race.ratio(mkt.products[mkt.newest_i].perf_i_chip, mkt.products[mkt.newest_i].perf_t_chip, 1.2) end
    mem.spot_usd_h = race.ema(mem.spot_usd_h, race.max(mkt.spot_i_usd_h, 0.5 * (mkt.spot_i_usd_h + mkt.spot_t_usd_h / kappa)), p.smooth_frac)

    -- 1. chips within power and cash, the newest product first
    local room_mw = me.power_free_mw
    for q = 1, 2 do room_mw = room_mw + race.pos(me.power_coming_mw[q]) end
    for i = 1, #me.fleet do
      local held = me.fleet[i]
      room_mw = room_mw - race.mw_of(held.waiting_chips + held.ordered_chips, held.product)
    end
    local cash_musd = race.pos(me.cash_musd) * p.cash_frac
    -- no hour is bought dearer than others lie unsold; of a scarce product only a part is counted on
    local open_usd = open_usd_perf(mkt)
    for pass = 1, 2 do
      for i = 1, #mkt.products do
        local chip = mkt.products[i]
        local is_first = i == mkt.newest_i
        if is_first == (pass == 1) and runway >= p.runway_q and chip.released and not chip.captive and chip.lead_q > 0 and mem.closed[i] < 1.0 then
          local unit_usd = chip.list_usd_chip + chip.system_usd_chip
          local step = race.floor(race.min(race.pos(room_mw + p.swap_frac * swap_mw(obs, chip)) * 1000.0 / chip.kw_chip, cash_musd * 1e6 / unit_usd) / 4.0)
          for k = 1, 4 do
            local price_usd_chip = race.min(p.shade * (1.1 - 0.1 * k) * worth_usd_chip(chip, mem.spot_usd_h, mkt.power_usd_mwh, p.pays_q), 4.9 * chip.list_usd_chip)
            price_usd_chip = race.min(price_usd_chip, p.over_open * open_usd * chip.perf_i_chip - chip.system_usd_chip)
            if step >= 8 and price_usd_chip > 0.0 and mem.closed[i] < 1.0 then
              if act.bid_chips { product = chip.id, chips = step, max_usd_chip = price_usd_chip } then
                room_mw = room_mw - race.mw_of(step, chip) * (1.0 - race.max(0.5, chip.scarcity_frac))
                cash_musd = cash_musd - step * unit_usd / 1e6 * (1.0 - race.max(0.5, chip.scarcity_frac))
              else
                mem.closed[i] = 1.0
              end
            end
          end
        end
      end
    end

    -- 2. every hour that contracts leave (what is not there is not offered), never under cash cost
    -- as training; what is left of them comes on sale as inference
    local least_usd_h = race.max(me.cash_cost_usd_h * p.floor_x, kappa * mem.spot_usd_h * (1.0 - p.give_frac))
    act.offer_spot { mh = 1.5 * (me.capacity_mh + me.rented_mh), min_usd_h = race.clamp(least_usd_h, 0.02, 49.0), grade = "training" }
    act.trace("room_mw", room_mw)
  end,
}

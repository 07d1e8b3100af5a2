local race = require "rackrace"

-- Pacer: build one lead time ahead of demand, rent the gap, never starve the core.
return race.hyperscaler {
  api  = "1.0",
  name = "Pacer",
  params = {
    cover     = race.range(0.8, 1.6, 1.15, { doc = "capacity target / forecast demand" }),
    hurdle    = race.range(0.05, 0.40, 0.15, { unit = "apr" }),
    chip_cap  = race.range(1.0, 3.0, 1.20, { doc = "pay up to this x list price" }),
    rent_cap  = race.range(1.0, 2.0, 1.30, { doc = "pay up to this x own unit cost" }),
    power_cap_usd_kw_q = race.range(0.0, 3000.0, 600.0, { doc = "adder bid for grid power" }),
  },
  memory = { demand_ema_mh = 0.0, seen = false },

  ---@param obs race.hyperscaler.Obs
  ---@param act race.hyperscaler.Act
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    if not mem.seen then mem.demand_ema_mh, mem.seen = me.demand_mh, true end
    mem.demand_ema_mh = race.ema(mem.demand_ema_mh, me.demand_mh, 0.35)

    local chip     = mkt.products[mkt.newest_i]
    local ahead_mh = race.grow(mem.demand_ema_mh, mkt.demand_growth_frac, chip.lead_q)
    local short_mh = ahead_mh * p.cover - me.capacity_mh - me.rented_mh - me.arriving_mh
    act.trace("short_mh", short_mh)

    if short_mh > 0 then
      local chips = race.chips_for(short_mh, chip)
      local irr   = race.irr_rent(chip, mkt.contract_usd_h, mkt.power_usd_mwh)
      if irr > p.hurdle then
        act.bid_chips { product = chip.id, chips = chips,
                        max_usd_chip = chip.list_usd_chip * p.chip_cap }
        act.bid_power { region = mkt.cheapest_region, grid_mw = race.grid_mw(race.mw_of(chips, chip), mkt.cheapest_region),
                        max_usd_kw_q = p.power_cap_usd_kw_q }
      end
      act.bid_contract { mh = short_mh * 0.5, tenor_q = 4,
                         max_usd_h = me.unit_cost_usd_h * p.rent_cap }
    end
    act.offer_spot { mh = race.pos(me.capacity_mh - me.demand_mh),
                     min_usd_h = me.cash_cost_usd_h }
  end,
}

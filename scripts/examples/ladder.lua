local race = require "rackrace"

-- Ladder: buy only what is already sold forward, and only with cash for some quarters.
return race.neocloud {
  api  = "1.0",
  name = "Ladder",
  params = {
    presold    = race.range(0.3, 1.0, 0.70, { doc = "share sold before chips are ordered" }),
    floor_x    = race.range(1.0, 2.5, 1.25, { doc = "price floor / cash cost" }),
    tenor_q    = race.int(4, 24, 12, { doc = "contract length offered" }),
    runway_q   = race.int(1, 8, 3),
  },
  memory = { orders = 0 },

  ---@param obs race.neocloud.Obs
  ---@param act race.neocloud.Act
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local ahead_mh = me.capacity_mh + me.arriving_mh

    -- 1. offer forward what is not sold yet, never under the floor
    act.offer_contract { mh = race.pos(ahead_mh - me.contracted_mh), tenor_q = p.tenor_q,
                         min_usd_h = me.cash_cost_usd_h * p.floor_x }

    -- 2. grow only against paper already signed, and only with runway left
    local runway = race.runway_q(me)
    local gap_mh = me.contracted_mh / p.presold - ahead_mh
    act.trace("runway_q", runway)
    if gap_mh > 0 and runway > p.runway_q then
      local chip = mkt.products[mkt.newest_i]
      local chips = race.chips_for(gap_mh, chip)
      local cost_musd = chips * (chip.list_usd_chip + chip.system_usd_chip) / 1e6
      act.borrow { kind = "contract_backed", musd = cost_musd * 0.7, tenor_q = 16,
                   max_apr = mkt.policy_apr + 0.07 }
      act.bid_chips { product = chip.id, chips = chips,
                      max_usd_chip = chip.list_usd_chip * 1.1 }
      mem.orders = mem.orders + 1
    end

    -- 3. sell the rest spot, never under cash cost
    act.offer_spot { min_usd_h = me.cash_cost_usd_h,
                     mh = race.pos(me.capacity_mh - me.contracted_mh) }
  end,
}

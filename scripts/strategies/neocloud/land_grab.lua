local race = require "rackrace"

-- Land grab: chips for all power that is free or comes soon, at nearly all that they are worth, sold or not. The baseline plays the rest.
-- Believes: demand outruns every supply, so that who has chips first sets the price, and cash in hand earns nothing.
-- Fails: in a glut, with chips that earn less than their price, and when a loan falls due while cash stands in racks.
-- Reads  obs.me, obs.market   Acts  bid_chips
return race.neocloud {
  api = "1.0", name = "Land grab",
  about = "Buys for all its power at nearly full value.",
  params = {
    shade     = race.range(0.3, 1.0, 0.95, { doc = "bid over what a chip is worth" }),
    cash_frac = race.range(0.1, 1.0, 0.80, { doc = "part of cash that goes into chips in a quarter" }),
    room_q    = race.int(0, 4, 4, { doc = "quarters of coming power that chips are ordered for" }),
  },
  operate = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    if mkt.newest_i < 1 then return end
    local chip = mkt.products[mkt.newest_i]
    local room_mw = me.power_free_mw
    for q = 1, p.room_q do room_mw = room_mw + me.power_coming_mw[q] end
    for i = 1, #me.fleet do room_mw = room_mw - race.mw_of(me.fleet[i].waiting_chips + me.fleet[i].ordered_chips, me.fleet[i].product) end
    local fits = race.pos(room_mw) * 1000.0 / chip.kw_chip
    local paid = p.cash_frac * race.pos(me.cash_musd) * 1e6 / (chip.list_usd_chip + chip.system_usd_chip)
    local step = race.floor(race.min(fits, paid) / 3.0)
    for k = 1, 3 do
      local worth_usd_chip = p.shade * race.chip_value_usd(obs, chip, step * k)
      if step >= 8 and worth_usd_chip > 0.0 then
        act.bid_chips { product = chip.id, chips = step, max_usd_chip = race.min(worth_usd_chip, 4.9 * chip.list_usd_chip) }
      end
    end
    act.trace("room_mw", room_mw)
  end,
  decide = function(obs, act, p, mem, rng) end,
}

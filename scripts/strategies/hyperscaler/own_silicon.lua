local race = require "rackrace"

-- Own silicon: its own line for every MW that is free or comes, as far as its hours are worth more than they cost; nothing is rented; bought chips fill the rest.
-- The baseline plays power, sites, bought chips, prices and research.
-- Believes: a chip at cost beats a better one at the vendor's margin, and who owns the line owns the timing.
-- Fails: where the next generation on sale does far more work a kW, since power is what is scarce; and the line is worth its design cost only at scale.
-- Reads  obs.me, obs.market   Acts  order_captive fund_design bid_contract

local least_chips, usd_musd, kw_mw = 8.0, 1e6, 1000.0

return race.hyperscaler {
  api = "1.0", name = "Own silicon",
  about = "In-house chips first, nothing rented.",
  params = {
    captive_frac = race.range(0.0, 1.0, 0.60, { doc = "part of the room that in-house chips should take" }),
    room_q      = race.int(1, 4, 4, { doc = "quarters of coming power that they are ordered for" }),
    spend_frac  = race.range(0.0, 1.0, 0.25, { doc = "part of cash for them in a quarter" }),
    worth_x     = race.range(0.5, 3.0, 1.10, { doc = "least worth of a chip over its price" }),
    kw_x        = race.range(0.0, 3.0, 0.60, { doc = "least worth of a kW of them over that of the newest chip on sale" }),
    design_q    = race.int(0, 12, 4, { doc = "last quarters of the game in which the design is not paid for" }),
  },
  -- by product, 1 once an order was refused: the line is another firm's
  memory = { closed = race.array(20, 0.0) },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    act.bid_contract { mh = 0.0, max_usd_h = 1.0, tenor_q = 1 }
    local room_mw = me.power_free_mw
    for q = 1, p.room_q do room_mw = room_mw + me.power_coming_mw[q] end
    for i = 1, #me.fleet do room_mw = room_mw - race.mw_of(me.fleet[i].waiting_chips + me.fleet[i].ordered_chips, me.fleet[i].product) end
    local left_musd = p.spend_frac * race.pos(me.cash_musd)
    local best_usd_kw = 0.0
    if mkt.newest_i > 0 then
      local chip = mkt.products[mkt.newest_i]
      best_usd_kw = race.pos(race.chip_value_usd(obs, chip, 1.0) - chip.cleared_usd_chip) / chip.kw_chip
    end
    -- the newest of its lines first: it stands behind the others in the list
    for i = #mkt.products, 1, -1 do
      local own = mkt.products[i]
      if own.captive and own.released and own.lead_q > 0 and mem.closed[i] < 1.0 then
        local chips = race.floor(race.min(p.captive_frac * race.pos(room_mw) * kw_mw / own.kw_chip, left_musd * usd_musd / (own.list_usd_chip + own.system_usd_chip)))
        if chips >= least_chips then
          local worth_usd_chip = race.chip_value_usd(obs, own, chips)
          local gain_usd_kw = (worth_usd_chip - own.list_usd_chip) / own.kw_chip
          if worth_usd_chip > p.worth_x * own.list_usd_chip and gain_usd_kw > p.kw_x * best_usd_kw then
            if act.order_captive { product = own.id, chips = chips } then
              act.fund_design { product = own.id, on = obs.time.left_q > p.design_q }
              room_mw = room_mw - race.mw_of(chips, own)
              left_musd = left_musd - chips * (own.list_usd_chip + own.system_usd_chip) / usd_musd
              act.mark("in_house")
            else
              mem.closed[i] = 1.0
            end
          end
        end
      end
    end
    act.trace("room_mw", room_mw)
    act.trace("left_musd", left_musd)
  end,
}

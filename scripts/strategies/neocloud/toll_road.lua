local race = require "rackrace"

-- Toll road: chips only for hours that contracts have sold already, no new power, no growth; every other hour goes cheaply. The baseline plays the rest.
-- Believes: hours sold by contract are the business; chips bought for the spot market never earn their price back before the next class is out.
-- Fails: in a shortage, when every spare chip would have paid within a year, and when its contracts end with nothing after them.
-- Reads  obs.me, obs.market, obs.contracts   Acts  bid_chips bid_power
return race.neocloud {
  api = "1.0", name = "Toll road",
  about = "Serves what is sold by contract, grows by nothing else.",
  params = {
    cover   = race.range(0.5, 1.5, 1.0, { doc = "chips had and coming over what contracts owe" }),
    price_x = race.range(0.5, 2.0, 1.10, { doc = "most paid for a chip over its list price" }),
  },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    for r = 1, #mkt.regions do
      act.bid_power { region = mkt.regions[r].id, grid_mw = 0.0, max_usd_kw_q = 0.0 }
    end
    if mkt.newest_i < 1 then return end
    local chip = mkt.products[mkt.newest_i]
    local short_mh = race.pos(p.cover * me.contracted_mh - me.capacity_mh - me.arriving_mh)
    local chips = race.floor(race.min(race.chips_for(short_mh, chip), 0.5 * race.pos(me.cash_musd) * 1e6 / (chip.list_usd_chip + chip.system_usd_chip)))
    act.trace("short_mh", short_mh)
    if chips >= 8 then act.bid_chips { product = chip.id, chips = chips, max_usd_chip = p.price_x * chip.list_usd_chip } end
  end,
}

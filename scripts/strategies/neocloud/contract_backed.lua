local race = require "rackrace"

-- Contract backed: signs for years what it has and has ordered, borrows on what is signed, sells shares for the rest, and orders chips as long as most hours
-- are sold, at what its contracts pay, with power for them alone. The baseline plays leases and the spot market.
-- Believes: take-or-pay is collateral, so that customers with good names pay for the racks, and shares are cheap while the market pays for backlog.
-- Fails: when rents fall below the price of its contracts before loans are paid down, and when lenders shut the window while chips are on order.
-- In three runs of ten it is in arrears in the last two years, when the contracts of the opening books have ended.
-- Reads  obs.me, obs.market, obs.loans, obs.contracts, obs.supply
-- Acts   offer_contract borrow raise_equity set_payout bid_power bid_chips accept_supply

local most_over_list, least_chips, usd_musd, kw_mw = 4.9, 8.0, 1e6, 1000.0

-- Hours a quarter that contracts sold come to when they have ramped up, and the mean price of what is owed, $/h.
local function sold(obs)
  local usd, mh = 0.0, 0.0
  for i = 1, #obs.contracts do
    local contract = obs.contracts[i]
    if contract.selling then usd, mh = usd + contract.usd_h * contract.mh, mh + contract.mh end
  end
  return mh, race.ratio(usd, mh, 0.0)
end

-- Power that is free or comes within four quarters and that no chip waits for, MW.
local function room_mw(me)
  local mw = me.power_free_mw
  for q = 1, #me.power_coming_mw do mw = mw + me.power_coming_mw[q] end
  for i = 1, #me.fleet do mw = mw - race.mw_of(me.fleet[i].waiting_chips + me.fleet[i].ordered_chips, me.fleet[i].product) end
  return race.pos(mw)
end

return race.neocloud {
  api = "1.0", name = "Contract backed",
  about = "Signs first, borrows on the contracts, orders chips for them.",
  params = {
    sold_frac   = race.range(0.3, 1.0, 0.90, { doc = "part of hours held and on order that is offered by contract" }),
    contract_q  = race.int(4, 40, 20, { doc = "longest contract offered" }),
    takeorpay   = race.range(0.0, 1.0, 0.80, { doc = "part of a contract that is paid whether used or not: what lenders lend on" }),
    ask_frac    = race.range(0.3, 2.0, 0.80, { doc = "least asked over the training price" }),
    over_cost   = race.range(1.0, 3.0, 1.20, { doc = "least asked over what an hour costs in cash" }),
    presold     = race.range(0.2, 1.2, 0.90, { doc = "part of the hours held and coming that must be sold before more chips are ordered" }),
    pays_q      = race.range(2.0, 20.0, 10.0, { doc = "quarters in which the price of a contract must pay a chip and its system" }),
    scarce_frac = race.range(0.0, 1.0, 0.50, { doc = "least part of a bid that is not counted on when the next product is bid for" }),
    spend_frac  = race.range(0.1, 1.0, 0.60, { doc = "part of cash bid for chips in a quarter" }),
    power_shade = race.range(0.3, 1.0, 0.80, { doc = "most bid for a kW over what it is worth" }),
    least_gen   = race.int(0, 5, 2, { doc = "oldest generation bought" }),
    fund_q      = race.range(1.0, 40.0, 10.0, { doc = "quarters before a loan ends in which the money for it is saved" }),
    keep_q      = race.range(0.0, 8.0, 1.0, { doc = "quarters of cash cost kept beside that" }),
    most_apr    = race.range(0.04, 0.18, 0.14, { doc = "dearest loan taken" }),
    loan_q      = race.int(4, 40, 20, { doc = "term of loans on contracts" }),
    most_issue  = race.range(0.0, 0.1, 0.08, { doc = "part of its value issued in shares in a quarter" }),
    pay_frac    = race.range(0.0, 1.0, 0.8, { doc = "part of free cash flow paid to owners while neither chips nor loans need it" }),
    discount    = race.range(0.0, 0.5, 0.02, { doc = "least discount of a supply agreement taken" }),
    supply_q    = race.int(0, 40, 12, { doc = "longest supply agreement taken" }),
    least_musd  = race.range(1.0, 1000.0, 20.0, { unit = "M$", doc = "smallest loan or issue asked for" }),
  },
  -- by product, 1 once a bid was refused: it is not sold any more
  memory = { closed = race.array(20, 0.0) },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    if mkt.newest_i < 1 then return end
    local chip = mkt.products[mkt.newest_i]
    local sold_mh = sold(obs)

    -- 1. what is there or on order and not sold, by generation: up to four offers
    local all_mh = me.capacity_mh + me.arriving_mh
    local long_mh = p.sold_frac * race.pos(all_mh - sold_mh)
    local ask_usd_h = race.clamp(race.max(p.over_cost * me.cash_cost_usd_h, p.ask_frac * mkt.spot_t_usd_h), 0.05, 50.0)
    local offers = 0
    for k = #me.fleet, 1, -1 do
      local held = me.fleet[k]
      local share = race.ratio(race.mh_of(held.chips + held.waiting_chips + held.ordered_chips, held.product), all_mh, 0.0)
      if offers < 4 and share > 0.1 and long_mh * share > 0.1 then
        offers = offers + 1
        act.offer_contract { mh = long_mh * share, min_usd_h = ask_usd_h, tenor_q = p.contract_q, gen = held.gen, takeorpay_frac = p.takeorpay }
      end
    end

    -- 2. money for chips while most hours are sold, and for loans by the time they have left
    local fund_musd = p.keep_q * me.capacity_mh * me.cash_cost_usd_h
    for i = 1, #obs.loans do
      local loan = obs.loans[i]
      local due_frac = race.clamp(1.0 - (loan.left_q - 1.0) / p.fund_q, 0.0, 1.0)
      if loan.kind == "contract_backed" then due_frac = race.min(1.0, race.ratio(4.0, loan.left_q, 1.0)) end
      fund_musd = fund_musd + loan.musd * due_frac
    end
    local grow = race.chips_for(race.pos(sold_mh / p.presold - all_mh), chip)
    local wanted = race.min(grow, room_mw(me) * kw_mw / chip.kw_chip)
    local want_mw = race.mw_of(grow, chip) - room_mw(me)
    for r = 1, #mkt.regions do
      local region = mkt.regions[r]
      local is_chosen = region.id == mkt.cheapest_region and want_mw > 1.0
      local worth_usd_kw_q = race.min(p.power_shade * race.power_value_usd_kw_q(obs, region), 4900.0)
      act.bid_power { region = region.id, grid_mw = is_chosen and race.grid_mw(want_mw, region) or 0.0, max_usd_kw_q = worth_usd_kw_q }
    end
    local chips_musd = wanted * (chip.list_usd_chip + chip.system_usd_chip) / usd_musd
    local lacks_musd = fund_musd + chips_musd - me.cash_musd
    if lacks_musd > p.least_musd then
      act.borrow { kind = "contract_backed", musd = lacks_musd, max_apr = p.most_apr, tenor_q = p.loan_q }
      if p.most_issue * me.issue_value_musd > p.least_musd then
        act.raise_equity { musd = race.min(lacks_musd, p.most_issue * me.issue_value_musd), max_dilution_frac = 0.15 }
      end
    end
    act.set_payout { frac = lacks_musd < 0.0 and p.pay_frac or 0.0 }
    act.trace("sold_frac", race.ratio(sold_mh, all_mh, 0.0))
    act.trace("lacks_musd", lacks_musd)
    act.trace("wanted", wanted)
  end,
  operate = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local sold_mh, usd_h = sold(obs)
    local short_mh = race.pos(race.min(sold_mh, me.contracted_mh) / p.presold - me.capacity_mh - me.arriving_mh)
    local left_musd = p.spend_frac * race.pos(me.cash_musd)
    act.trace("short_mh", short_mh)
    for i = 1, #obs.supply do
      local offer = obs.supply[i]
      local chips = race.floor(race.min(offer.chips, 0.25 * race.chips_for(short_mh, offer.product)))
      if offer.discount_frac >= p.discount and offer.tenor_q <= p.supply_q and chips >= least_chips then
        act.accept_supply { offer = offer.id, chips = chips }
        act.mark("took_supply")
      end
    end
    -- the newest product first; where it is scarce, the next one for most of what is still lacking
    for pass = 1, 2 do
      for i = 1, #mkt.products do
        local chip = mkt.products[i]
        if (i == mkt.newest_i) == (pass == 1) and chip.released and not chip.captive and chip.lead_q > 0 and chip.gen >= p.least_gen and mem.closed[i] < 1.0 then
          local unit_usd = chip.list_usd_chip + chip.system_usd_chip
          local worth_usd_chip = race.ratio(unit_usd * p.pays_q, race.payback_q(chip, usd_h, mkt.power_usd_mwh), 0.0) - chip.system_usd_chip
          local chips = race.floor(race.min(race.min(race.chips_for(short_mh, chip), room_mw(me) * kw_mw / chip.kw_chip), left_musd * usd_musd / unit_usd))
          if chips >= least_chips and worth_usd_chip > 0.0 then
            if act.bid_chips { product = chip.id, chips = chips, max_usd_chip = race.min(worth_usd_chip, most_over_list * chip.list_usd_chip) } then
              local counted = 1.0 - race.max(p.scarce_frac, chip.scarcity_frac)
              short_mh = short_mh - counted * race.mh_of(chips, chip)
              left_musd = left_musd - counted * chips * unit_usd / usd_musd
            else
              mem.closed[i] = 1.0
            end
          end
        end
      end
    end
  end,
}

local race = require "rackrace"

-- Careful: power and chips for what is sold and for nothing else, a fund that grows as loans near their end, shares sold early while they are dear, and to
-- the owners what the fund does not need. The baseline plays leases, contracts and the spot market.
-- Believes: a neocloud does not fail for want of demand but on the day when a loan falls due; what is paid to owners in good years cannot be lost in bad ones.
-- Fails: against those who dare, while chips pay back within two years: it has stopped to grow by then, and with less than three
-- quarters of cost in cash beside the fund a small firm is in arrears in its last year.
-- Reads  obs.me, obs.market, obs.loans, obs.contracts   Acts  borrow raise_equity set_payout bid_power bid_chips

local most_over_list, most_usd_kw_q, least_chips, usd_musd, kw_mw = 4.9, 4900.0, 8.0, 1e6, 1000.0

-- Hours a quarter that all contracts sold with more than some quarters left come to when they have ramped up.
local function sold_mh(obs, left_q)
  local mh = 0.0
  for i = 1, #obs.contracts do
    if obs.contracts[i].selling and obs.contracts[i].left_q > left_q then mh = mh + obs.contracts[i].mh end
  end
  return mh
end

-- Mean price of what is owed, $/h.
local function owed_usd_h(obs)
  local usd, mh = 0.0, 0.0
  for i = 1, #obs.contracts do
    local contract = obs.contracts[i]
    if contract.selling then usd, mh = usd + contract.usd_h * contract.mh, mh + contract.mh end
  end
  return race.ratio(usd, mh, 0.0)
end

return race.neocloud {
  api = "1.0", name = "Careful",
  about = "Covers its contracts, saves for its loans, pays its owners the rest.",
  params = {
    fund_q      = race.range(1.0, 40.0, 12.0, { doc = "quarters before a loan ends in which the money for it is saved" }),
    keep_q      = race.range(0.0, 12.0, 3.0, { doc = "quarters of cash cost kept beside the fund" }),
    issue_frac  = race.range(0.0, 0.1, 0.08, { doc = "part of its value issued in shares in a quarter in which the fund or chips for what is sold lack money" }),
    most_apr    = race.range(0.04, 0.18, 0.13, { doc = "dearest loan taken, for chips that are sold alone" }),
    loan_q      = race.int(4, 40, 24, { doc = "term of a loan" }),
    pay_frac    = race.range(0.0, 1.0, 0.8, { doc = "part of free cash flow paid to owners while the fund is full" }),
    least_left_q = race.int(0, 20, 8, { doc = "quarters that a contract must have left for chips to be bought for it" }),
    cover       = race.range(0.5, 1.5, 1.0, { doc = "hours had and coming over what contracts owe" }),
    pays_q      = race.range(2.0, 20.0, 10.0, { doc = "quarters in which the price of a contract must pay a chip and its system" }),
    scarce_frac = race.range(0.0, 1.0, 0.50, { doc = "least part of a bid that is not counted on when the next product is bid for" }),
    spend_frac  = race.range(0.1, 1.0, 0.70, { doc = "part of cash bid for chips in a quarter" }),
    least_gen   = race.int(0, 5, 2, { doc = "oldest generation bought" }),
    shade       = race.range(0.3, 1.0, 0.80, { doc = "most bid for a kW over what it is worth" }),
    least_musd  = race.range(1.0, 1000.0, 20.0, { unit = "M$", doc = "smallest loan or issue asked for" }),
  },
  -- by product, 1 once a bid was refused: it is not sold any more
  memory = { closed = race.array(20, 0.0) },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    if mkt.newest_i < 1 then return end
    local chip = mkt.products[mkt.newest_i]
    -- 1. what is saved for: loans by the time they have left, amortising ones by the next year
    local fund_musd = p.keep_q * me.capacity_mh * me.cash_cost_usd_h
    for i = 1, #obs.loans do
      local loan = obs.loans[i]
      local due_frac = race.clamp(1.0 - (loan.left_q - 1.0) / p.fund_q, 0.0, 1.0)
      if loan.kind == "contract_backed" then due_frac = race.min(1.0, race.ratio(4.0, loan.left_q, 1.0)) end
      fund_musd = fund_musd + loan.musd * due_frac
    end
    -- 2. chips for what is sold, and their power
    local short_mh = race.pos(p.cover * sold_mh(obs, p.least_left_q) - me.capacity_mh - me.arriving_mh)
    local chips = race.chips_for(short_mh, chip)
    local chips_musd = chips * (chip.list_usd_chip + chip.system_usd_chip) / usd_musd
    local want_mw = race.mw_of(chips, chip) - me.power_free_mw
    for q = 1, #me.power_coming_mw do want_mw = want_mw - race.pos(me.power_coming_mw[q]) end
    for i = 1, #me.fleet do want_mw = want_mw + race.mw_of(me.fleet[i].waiting_chips + me.fleet[i].ordered_chips, me.fleet[i].product) end
    for r = 1, #mkt.regions do
      local region = mkt.regions[r]
      local is_chosen = region.id == mkt.cheapest_region and want_mw > 1.0
      local worth_usd_kw_q = race.min(p.shade * race.power_value_usd_kw_q(obs, region), most_usd_kw_q)
      act.bid_power { region = region.id, grid_mw = is_chosen and race.grid_mw(want_mw, region) or 0.0, max_usd_kw_q = worth_usd_kw_q }
    end
    -- 3. money: shares first, loans for sold chips, the rest to the owners
    local lacks_musd = fund_musd + chips_musd - me.cash_musd
    if lacks_musd > p.least_musd and p.issue_frac * me.issue_value_musd > p.least_musd then
      act.raise_equity { musd = race.min(lacks_musd, p.issue_frac * me.issue_value_musd), max_dilution_frac = 0.15 }
    end
    if lacks_musd > p.least_musd and chips_musd > p.least_musd then
      act.borrow { kind = "contract_backed", musd = race.min(lacks_musd, chips_musd), max_apr = p.most_apr, tenor_q = p.loan_q }
    end
    act.set_payout { frac = lacks_musd < 0.0 and p.pay_frac or 0.0 }
    act.trace("fund_musd", fund_musd)
    act.trace("lacks_musd", lacks_musd)
    act.trace("want_mw", want_mw)
  end,
  operate = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local short_mh = race.pos(p.cover * race.min(sold_mh(obs, p.least_left_q), me.contracted_mh) - me.capacity_mh - me.arriving_mh)
    local left_musd = p.spend_frac * race.pos(me.cash_musd)
    act.trace("short_mh", short_mh)
    -- the newest product first; where it is scarce, the next one for most of what is still lacking
    for pass = 1, 2 do
      for i = 1, #mkt.products do
        local chip = mkt.products[i]
        if (i == mkt.newest_i) == (pass == 1) and chip.released and not chip.captive and chip.lead_q > 0 and chip.gen >= p.least_gen and mem.closed[i] < 1.0 then
          local unit_usd = chip.list_usd_chip + chip.system_usd_chip
          local worth_usd_chip = race.ratio(unit_usd * p.pays_q, race.payback_q(chip, owed_usd_h(obs), mkt.power_usd_mwh), 0.0) - chip.system_usd_chip
          local chips = race.floor(race.min(race.chips_for(short_mh, chip), left_musd * usd_musd / unit_usd))
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

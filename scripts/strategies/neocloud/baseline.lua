local race = require "rackrace"

-- Baseline of a neocloud: chips for what contracts owe first, then growth at what a chip and a kW are worth, on cash and on loans that the rent of the chips
-- pays; half of the hours that are free for long are sold by contract, the other half on the spot market.
-- Believes: hours find buyers at the spot price, rents fall as in the dealers' rule, and the business goes on after the last quarter.
-- Fails: in a glut (it holds chips whose rent no longer pays their price and loans that fall due before), and when lenders shut the window.
-- Reads  obs.me, obs.market, obs.loans, obs.contracts, obs.news, obs.rivals, obs.supply
-- Acts   bid_firm offer_contract borrow raise_equity bid_power lease_site accept_supply bid_chips offer_spot

-- bounds of the verbs, with some room: 5 times list, 0.02 to 50 $/h, 5000 $/kW and quarter, lots of 8 chips
local most_over_list, least_usd_h, most_usd_h, most_usd_kw_q, least_chips = 4.9, 0.02, 40.0, 4900.0, 8.0
local usd_musd, kw_mw = 1e6, 1000.0

-- What a chip is worth that works for usd_h over some quarters, less the system that comes with it.
local function paid_usd_chip(chip, usd_h, usd_mwh, quarters)
  return race.ratio((chip.list_usd_chip + chip.system_usd_chip) * quarters, race.payback_q(chip, usd_h, usd_mwh), 0.0) - chip.system_usd_chip
end

-- Bids for firms that entered chapter 11 last quarter: what their hours would be worth in new chips, less the life that is gone, within some money, M$.
local function bid_for_failed(obs, act, p, chip, most_musd)
  for i = 1, #obs.news do
    for k = 1, #obs.rivals do
      local rival = obs.rivals[k]
      if obs.news[i].kind == "default" and obs.news[i].firm == rival.id then
        local worth_musd = race.chips_for(rival.capacity_mh, chip) * (race.chip_value_usd(obs, chip, 1.0) + chip.system_usd_chip) / usd_musd
        act.bid_firm { firm = rival.id, musd = race.pos(race.min(p.shade * p.firm_frac * worth_musd, most_musd)) }
      end
    end
  end
end

-- Power of a site, waiting or connected, that no shell takes and no lease that is to come.
local function bare_mw(site, region)
  return (site.grid_mw + site.queued_grid_mw + site.onsite_grid_mw) / region.pue_ratio - site.shell_mw - site.leased_mw - site.lease_coming_mw
end

return race.neocloud {
  api  = "1.0",
  name = "Baseline neocloud",
  about = "Serves its contracts, sells hours for years and by the quarter, grows on cash and loans at marginal values.",
  params = {
    shade       = race.range(0.3, 1.0, 0.95, { doc = "bids over values: what is bought stays for years, and others build as well" }),
    power_shade = race.range(0.0, 1.0, 0.1, { doc = "the same for connections, which are paid for through gluts as well" }),
    firm_frac   = race.range(0.0, 1.0, 0.5, { doc = "worth of an hour of a failed firm's chips over that of a new one's: a part of their life is gone" }),
    supply_frac = race.range(0.0, 1.0, 0.5, { doc = "part of a quarter's growth taken by supply agreement: the next quarters may want less" }),
    smooth_frac = race.range(0.05, 1.0, 0.35, { doc = "weight of the last quarter in the believed price of an hour" }),
    worth_frac  = race.range(0.05, 1.0, 0.20, { doc = "weight of the last quarter in the believed worth of a chip and of a kW: both last for years" }),
    due_q       = race.int(1, 8, 2, { doc = "quarters whose repayments are kept in cash" }),
    keep_q      = race.range(0.0, 8.0, 1.0, { doc = "quarters of last quarter's net outflow kept in cash beside them" }),
    spend_q     = race.range(1.0, 12.0, 4.0, { doc = "quarters over which free cash is spent on growth" }),
    least_lease_mw = race.range(0.5, 100.0, 2.0, { unit = "MW", doc = "smallest lease asked for" }),
    lease_q     = race.int(20, 60, 24, { doc = "term of leases" }),
    power_q     = race.int(1, 8, 4, { doc = "quarters of growth for which power is held or on the way" }),
    scarce_frac = race.range(0.0, 1.0, 0.50, { doc = "least part of a bid that is not counted on when the next product is bid for" }),
    kappa       = race.fixed(1.2, { doc = "inference hours a training hour while no product sells" }),
    room_q      = race.int(1, 4, 2, { doc = "quarters of coming power that chips are ordered for" }),
    swap_ratio  = race.fixed(0.4, { doc = "compute a kW of an installed chip over a new one's, below which installation replaces it" }),
    swap_frac   = race.range(0.0, 1.0, 0.25, { doc = "part of the replaceable chips replaced in a quarter" }),
    owed_x      = race.range(1.0, 2.0, 2.0, { doc = "worth of an hour owed by contract over its price: the bill, and the damages it spares" }),
    owed_q      = race.range(2.0, 16.0, 8.0, { doc = "quarters of it that a chip is worth" }),
    sell_t      = race.range(0.0, 1.0, 0.5, { doc = "part of the hours that is offered as training" }),
    give_least  = race.range(0.0, 1.0, 0.16, { doc = "part by which hours are offered under their price when none idle" }),
    give_most   = race.range(0.0, 1.0, 0.80, { doc = "the same when idle_full or more idle" }),
    idle_full   = race.range(0.05, 1.0, 0.40, { doc = "idle part of the hours at which give_most is reached" }),
    contract_frac = race.range(0.0, 1.0, 0.75, { doc = "part of the hours that are free for long which is offered by contract" }),
    ask_frac    = race.range(0.3, 2.0, 1.3, { doc = "least asked in a contract over the training price believed in" }),
    over_cost   = race.range(1.0, 2.0, 1.10, { doc = "least asked in a contract over what an hour costs in cash" }),
    contract_q  = race.int(4, 40, 16, { doc = "longest contract offered" }),
    takeorpay   = race.range(0.0, 1.0, 1.0, { doc = "part of a contract that is paid whether used or not: what lenders lend on" }),
    hurdle_apr  = race.range(0.0, 0.3, 0.04, { doc = "by which the yearly return of a chip must beat a loan" }),
    loan_q      = race.int(4, 40, 16, { doc = "term of loans on contracts and chips" }),
    bond_q      = race.int(4, 40, 20, { doc = "term of bonds and converts" }),
    most_apr    = race.range(0.04, 0.18, 0.15, { doc = "dearest loan taken" }),
    keep_headroom = race.range(0.0, 0.5, 0.15, { doc = "headroom under the covenants below which it asks owners for money" }),
    poor_rating = race.int(1, 11, 5, { doc = "rating from which on it asks owners for money, 11 for never" }),
    usual_apr   = race.range(0.0, 0.1, 0.032, { doc = "policy rate that is usual" }),
    rate_slope  = race.range(0.0, 20.0, 12.0, { doc = "part of growth given up for each unit of the policy rate above it" }),
    credit_frac = race.range(0.0, 1.0, 0.3, { doc = "part of the credit to be had that counts as money for growth" }),
    equity_frac = race.range(0.0, 0.1, 0.06, { doc = "part of its value issued in shares in a quarter in which it asks owners" }),
    least_musd  = race.range(1.0, 1000.0, 20.0, { unit = "M$", doc = "smallest loan or issue asked for" }),
  },
  -- closed: by product, 1 once a bid was refused: it is not sold any more
  -- worth_usd_chip, worth_usd_kw_q: believed worth of the next chip by product and of a kW by region; spot_usd_h: believed price of an inference hour
  -- spot_t_usd_h: believed price of a training hour; free_musd: cash for growth
  memory = { spot_t_usd_h = 0.0, closed = race.array(20, 0.0), worth_usd_chip = race.array(20, 0.0), worth_usd_kw_q = race.array(8, 0.0), spot_usd_h = 0.0, free_musd = 0.0 },

  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local due_musd = p.keep_q * me.burn_musd
    for i = 1, #obs.loans do
      local loan = obs.loans[i]
      -- secured loans are paid down evenly, the others at their end
      local due_frac = 1.0 - race.step(p.due_q + 0.5, loan.left_q)
      if loan.kind == "contract_backed" then due_frac = race.min(1.0, race.ratio(p.due_q, loan.left_q, 1.0)) end
      due_musd = due_musd + loan.musd * due_frac
    end
    if mem.spot_t_usd_h <= 0.0 then mem.spot_t_usd_h = mkt.spot_t_usd_h end
    mem.spot_t_usd_h = race.ema(mem.spot_t_usd_h, mkt.spot_t_usd_h, p.smooth_frac)
    mem.free_musd = race.pos(me.cash_musd - due_musd)
    if mkt.newest_i < 1 then return end
    local chip = mkt.products[mkt.newest_i]
    bid_for_failed(obs, act, p, chip, mem.free_musd)
    -- where the rent of a chip beats a loan, a part of what lenders would give counts as money for growth
    local return_apr = race.irr_rent(chip, race.min(mem.spot_t_usd_h, mkt.spot_t_usd_h), mkt.power_usd_mwh)
    local max_apr = race.min(p.most_apr, return_apr - p.hurdle_apr)
    local borrows = max_apr > mkt.policy_apr and 1.0 or 0.0
    local credit_musd = borrows * p.credit_frac * race.pos(me.credit_limit_musd)
    local dear_frac = race.clamp(1.0 - p.rate_slope * (mkt.policy_apr - p.usual_apr), 0.3, 1.0)
    mem.free_musd = dear_frac * (mem.free_musd + credit_musd)

    -- power and leased shell for the growth that free cash pays, chips being all that is bought
    local grow_mw = mem.free_musd / p.spend_q * kw_mw * chip.kw_chip / (chip.list_usd_chip + chip.system_usd_chip)
    local coming_mw = me.power_free_mw
    for q = 1, #me.power_coming_mw do coming_mw = coming_mw + race.pos(me.power_coming_mw[q]) end
    for i = 1, #me.fleet do coming_mw = coming_mw - race.mw_of(me.fleet[i].waiting_chips + me.fleet[i].ordered_chips, me.fleet[i].product) end
    -- power without a shell is not bought twice
    local no_shell_mw = 0.0
    for r = 1, #mkt.regions do
      local mw = bare_mw(me.sites[r], mkt.regions[r])
      if mw > p.least_lease_mw then
        no_shell_mw = no_shell_mw + mw
        if grow_mw > 0.0 then act.lease_site { region = mkt.regions[r].id, mw = mw, tenor_q = p.lease_q } end
      end
    end
    local want_mw = race.pos(p.power_q * grow_mw - coming_mw - no_shell_mw)
    for r = 1, #mkt.regions do
      local region = mkt.regions[r]
      local worth_usd_kw_q = race.power_value_usd_kw_q(obs, region)
      mem.worth_usd_kw_q[r] = mem.worth_usd_kw_q[r] > 0.0 and race.ema(mem.worth_usd_kw_q[r], worth_usd_kw_q, p.worth_frac) or worth_usd_kw_q
      if region.id == mkt.cheapest_region and mem.worth_usd_kw_q[r] > 0.0 and want_mw > 1.0 then
        act.bid_power { region = region.id, grid_mw = race.grid_mw(want_mw, region), max_usd_kw_q = race.min(p.power_shade * mem.worth_usd_kw_q[r], most_usd_kw_q) }
      end
    end
    -- hours free for long, for years: what is owed already and what is on order count
    local sold_mh = 0.0
    for i = 1, #obs.contracts do
      if obs.contracts[i].selling then sold_mh = sold_mh + obs.contracts[i].mh end
    end
    local long_mh = p.contract_frac * race.pos(me.capacity_mh + me.arriving_mh - sold_mh)
    local ask_usd_h = race.max(p.over_cost * me.cash_cost_usd_h, p.ask_frac * mem.spot_t_usd_h)
    for k = 1, #me.fleet do
      local held = me.fleet[k]
      local share = race.ratio(race.mh_of(held.chips + held.ordered_chips, held.product), me.capacity_mh + me.arriving_mh, 0.0)
      -- one offer a generation, the four largest products at most: the chips on order are of the newest
      if share > 0.1 and long_mh * share > 0.1 then
        act.offer_contract { mh = long_mh * share, min_usd_h = race.clamp(ask_usd_h, 0.05, 50.0), tenor_q = p.contract_q, gen = held.gen, takeorpay_frac = p.takeorpay }
      end
    end

    -- money: what chips for the powered room cost beyond free cash, where their rent pays the loan; and what falls due soon
    local unit_usd = chip.list_usd_chip + chip.system_usd_chip
    local room_mw = coming_mw
    local plan_musd = race.pos(room_mw) * kw_mw / chip.kw_chip * unit_usd / usd_musd / p.spend_q
    local lacks_musd = plan_musd + due_musd - me.cash_musd
    if due_musd > me.cash_musd then max_apr = p.most_apr end
    if lacks_musd > p.least_musd and max_apr > mkt.policy_apr then
      act.borrow { kind = "contract_backed", musd = lacks_musd, max_apr = max_apr, tenor_q = p.loan_q }
      act.borrow { kind = "bond", musd = 0.5 * lacks_musd, max_apr = max_apr, tenor_q = p.bond_q }
      act.borrow { kind = "convert", musd = 0.25 * lacks_musd, max_apr = max_apr, tenor_q = p.bond_q }
    end
    -- owners are asked before lenders say no: near a covenant, with a poor rating, or where what falls due is more than the cash
    local is_tight = me.headroom_frac < p.keep_headroom or me.rating >= p.poor_rating or due_musd > me.cash_musd
    if is_tight and p.equity_frac * me.issue_value_musd > p.least_musd then
      act.raise_equity { musd = p.equity_frac * me.issue_value_musd, max_dilution_frac = 0.2 }
    end
    act.trace("free_musd", mem.free_musd)
    act.trace("want_mw", want_mw)
    act.trace("lacks_musd", lacks_musd)
    act.trace("return_apr", return_apr)
  end,

  operate = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local kappa = p.kappa
    if mkt.newest_i > 0 then kappa = race.ratio(mkt.products[mkt.newest_i].perf_i_chip, mkt.products[mkt.newest_i].perf_t_chip, 1.2) end
    if mem.spot_usd_h <= 0.0 then mem.spot_usd_h = mkt.spot_i_usd_h end
    mem.spot_usd_h = race.ema(mem.spot_usd_h, mkt.spot_i_usd_h, p.smooth_frac)

    -- 1. chips: for the hours owed at what the contracts pay, then for the spot market; within power and money, the newest product first
    local owed_usd, owed_mh, oldest = 0.0, 0.0, 99
    for i = 1, #obs.contracts do
      local contract = obs.contracts[i]
      if contract.selling then
        owed_usd, owed_mh, oldest = owed_usd + contract.usd_h * contract.mh, owed_mh + contract.mh, race.min(oldest, contract.gen)
      end
    end
    local short_mh = race.pos(me.contracted_mh - me.capacity_mh - me.arriving_mh)
    local room_mw = me.power_free_mw
    for q = 1, p.room_q do room_mw = room_mw + me.power_coming_mw[q] end
    for i = 1, #me.fleet do
      local held = me.fleet[i]
      room_mw = room_mw - race.mw_of(held.waiting_chips + held.ordered_chips, held.product)
    end
    local left_musd = mem.free_musd
    for pass = 1, 2 do
      for i = 1, #mkt.products do
        local chip = mkt.products[i]
        if (i == mkt.newest_i) == (pass == 1) and chip.released and not chip.captive and chip.lead_q > 0 and mem.closed[i] < 1.0 then
          local unit_usd = chip.list_usd_chip + chip.system_usd_chip
          local first_usd_chip = race.chip_value_usd(obs, chip, 1.0)
          mem.worth_usd_chip[i] = mem.worth_usd_chip[i] > 0.0 and race.ema(mem.worth_usd_chip[i], first_usd_chip, p.worth_frac) or first_usd_chip
          local swap_mw = 0.0
          for k = 1, #me.fleet do
            local mw = race.mw_of(me.fleet[k].chips, me.fleet[k].product)
            if me.fleet[k].mh * race.mw_of(1.0, chip) < p.swap_ratio * race.mh_of(1.0, chip) * mw then swap_mw = swap_mw + mw end
          end
          local fits = race.pos(room_mw + p.swap_frac * swap_mw) * kw_mw / chip.kw_chip
          local paid = left_musd * usd_musd / unit_usd
          local owed = chip.gen >= oldest and race.floor(race.min(race.min(race.chips_for(short_mh, chip), fits), paid)) or 0.0
          local owed_usd_chip = race.min(paid_usd_chip(chip, p.owed_x * race.ratio(owed_usd, owed_mh, 0.0), mkt.power_usd_mwh, p.owed_q), most_over_list * chip.list_usd_chip)
          if owed >= least_chips and owed_usd_chip > 0.0 then
            if act.bid_chips { product = chip.id, chips = owed, max_usd_chip = owed_usd_chip } then
              short_mh = race.pos(short_mh - race.mh_of(owed, chip))
              room_mw, fits, left_musd = room_mw - race.mw_of(owed, chip), fits - owed, left_musd - owed * unit_usd / usd_musd
            else
              mem.closed[i] = 1.0
            end
          end
          for k = 1, #obs.supply do
            local offer = obs.supply[k]
            local chips = race.floor(race.min(offer.chips, p.supply_frac * race.min(fits, race.pos(left_musd) / p.spend_q * usd_musd / unit_usd)))
            if offer.product == chip.id and chips >= least_chips and chip.list_usd_chip * (1.0 - offer.discount_frac) < p.shade * mem.worth_usd_chip[i] then
              act.accept_supply { offer = offer.id, chips = chips }
              room_mw = room_mw - race.mw_of(chips, chip)
              fits, left_musd = race.pos(fits - chips), race.pos(left_musd - chips * unit_usd / usd_musd)
            end
          end
          local step = race.floor(race.min(fits, race.pos(left_musd) / p.spend_q * usd_musd / unit_usd) / 3.0)
          for k = 1, 3 do
            local price_usd_chip = p.shade * mem.worth_usd_chip[i] * race.ratio(race.chip_value_usd(obs, chip, step * k), first_usd_chip, 0.0)
            price_usd_chip = race.min(price_usd_chip, most_over_list * chip.list_usd_chip)
            if step >= least_chips and price_usd_chip > 0.0 and mem.closed[i] < 1.0 then
              if act.bid_chips { product = chip.id, chips = step, max_usd_chip = price_usd_chip } then
                -- of a scarce product only a part is counted on
                room_mw = room_mw - race.mw_of(step, chip) * (1.0 - race.max(p.scarce_frac, chip.scarcity_frac))
                left_musd = left_musd - step * unit_usd / usd_musd * (1.0 - race.max(p.scarce_frac, chip.scarcity_frac))
              else
                mem.closed[i] = 1.0
              end
            end
          end
        end
      end
    end

    -- 2. every hour that contracts leave (what is not there is not offered): the less is idle, the nearer to the believed price, never under its energy
    local own_mh = me.capacity_mh + me.rented_mh
    local energy_usd_h = race.ratio(race.power_cost_musd(me.power_mw - me.power_free_mw, mkt.power_usd_mwh), me.capacity_mh, 0.1)
    local idle_frac = me.used_mh > 0.0 and race.pos(1.0 - me.used_mh / race.max(0.001, own_mh)) or 0.0
    local give_frac = race.lerp(p.give_least, p.give_most, race.min(1.0, idle_frac / p.idle_full))
    local ask_usd_h = race.max(energy_usd_h / kappa, race.min(mem.spot_usd_h, mkt.spot_i_usd_h) * (1.0 - give_frac))
    local spare_mh = race.pos(own_mh - me.contracted_mh)
    act.offer_spot { mh = spare_mh * p.sell_t, min_usd_h = race.clamp(kappa * ask_usd_h, least_usd_h, most_usd_h), grade = "training" }
    act.offer_spot { mh = spare_mh * (1.0 - p.sell_t) * kappa, min_usd_h = race.clamp(ask_usd_h, least_usd_h, most_usd_h), grade = "inference" }
    act.trace("short_mh", short_mh)
    act.trace("room_mw", room_mw)
  end,
}

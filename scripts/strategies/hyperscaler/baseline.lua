local race = require "rackrace"

-- Baseline of a hyperscaler: what own contracts owe first, then growth as money allows it: shells eight quarters ahead, power four, chips two, each at what it
-- is worth at the firm's own use. Spare hours are sold under the last price, the cheaper the more idle; own models at the cost of their compute and a margin.
-- Believes: the business goes on after the last quarter as before it, rents fall as in the dealers' rule, and an hour is worth the spot price.
-- Fails: when demand turns (it has paid for eight quarters of shells), when rivals price below cost, when everybody believes the same.
-- Reads  obs.me, obs.market, obs.projects, obs.loans, obs.contracts, obs.news, obs.rivals, obs.supply
-- Acts   bid_firm borrow set_payout bid_contract offer_contract bid_power build_site lease_site order_captive accept_supply bid_chips offer_spot bid_spot train use_in_core set_price

-- bounds of the verbs, with some room: 5 times list, 0.02 to 50 $/h, 5000 $/kW and quarter, a tenth to ten times the mean price, lots of 8 chips
local most_over_list, least_usd_h, most_usd_h, most_usd_kw_q, least_of_mean, most_of_mean, least_chips = 4.9, 0.02, 40.0, 4900.0, 0.11, 9.0, 8.0
local usd_musd, kw_mw = 1e6, 1000.0

-- What falls due within some quarters and is no running cost: loans, the rest of the sites in building, chips on order.
local function due_musd(obs, p, within_q)
  local musd = 0.0
  for i = 1, #obs.loans do
    if obs.loans[i].left_q <= within_q then musd = musd + obs.loans[i].musd end
  end
  for i = 1, #obs.projects do
    local site = obs.projects[i]
    musd = musd + race.pos(site.mw * p.site_musd_mw - site.spent_musd) * race.min(1.0, race.ratio(within_q, site.left_q, 1.0))
  end
  for i = 1, #obs.me.fleet do
    local held = obs.me.fleet[i]
    for k = 1, #obs.market.products do
      local chip = obs.market.products[k]
      if chip.id == held.product then musd = musd + held.ordered_chips * ((1.0 - p.deposit_frac) * chip.list_usd_chip + chip.system_usd_chip) / usd_musd end
    end
  end
  return musd
end

-- Power that is free or comes within q quarters and that no chip waits for; below 0 where more chips wait than fit.
local function room_mw(me, q)
  local mw = me.power_free_mw
  for k = 1, q do mw = mw + me.power_coming_mw[k] end
  for i = 1, #me.fleet do mw = mw - race.mw_of(me.fleet[i].waiting_chips + me.fleet[i].ordered_chips, me.fleet[i].product) end
  return mw
end

-- Hours that contracts up to a generation are owed when chips ordered now arrive, and that chips held or coming of these generations do not give, Mh.
-- What ramps up is taken for the newest contracts.
local function owed_mh(obs, gen)
  local most_mh = 0.0
  for from = 1, gen do
    local mh, older_mh, have_mh = 0.0, 0.0, 0.0
    for i = 1, #obs.contracts do
      local contract = obs.contracts[i]
      if contract.selling and contract.gen < from then older_mh = older_mh + contract.mh end
      if contract.selling and contract.gen >= from and contract.gen <= gen then mh = mh + contract.mh end
    end
    for i = 1, #obs.me.fleet do
      local held = obs.me.fleet[i]
      if held.gen >= from and held.gen <= gen then have_mh = have_mh + race.mh_of(held.chips + held.waiting_chips + held.ordered_chips, held.product) end
    end
    most_mh = race.max(most_mh, race.min(mh, race.pos(obs.me.contracted_mh - older_mh)) - have_mh)
  end
  return most_mh
end

-- Mean price of what is owed, $/h: what an hour earns, and costs again if it is not there.
local function owed_usd_h(obs)
  local usd, mh = 0.0, 0.0
  for i = 1, #obs.contracts do
    local contract = obs.contracts[i]
    if contract.selling then usd, mh = usd + contract.usd_h * contract.mh, mh + contract.mh end
  end
  return race.ratio(usd, mh, 0.0)
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

return race.hyperscaler {
  api  = "1.0",
  name = "Baseline hyperscaler",
  about = "Grows as money allows at marginal values, sells spare hours, prices at compute cost and a margin.",
  params = {
    shade        = race.range(0.3, 1.0, 0.70, { doc = "bids over values: what is bought stays for years, and others build as well" }),
    firm_frac    = race.range(0.0, 1.0, 0.5, { doc = "worth of an hour of a failed firm's chips over that of a new one's: a part of their life is gone" }),
    supply_frac  = race.range(0.0, 1.0, 0.5, { doc = "part of a quarter's growth taken by supply agreement: the next quarters may want less" }),
    smooth_frac  = race.range(0.05, 1.0, 0.35, { doc = "weight of the last quarter in the believed price of an hour" }),
    worth_frac   = race.range(0.05, 1.0, 0.20, { doc = "weight of the last quarter in the believed worth of a chip and of a kW: both last for years" }),
    due_q        = race.int(1, 8, 4, { doc = "quarters whose known payments are kept in cash" }),
    keep_q       = race.range(0.0, 8.0, 1.0, { doc = "quarters of last quarter's net outflow kept in cash beside them" }),
    spend_q      = race.range(1.0, 12.0, 3.0, { doc = "quarters over which free cash is spent on growth" }),
    deposit_frac = race.fixed(0.2, { doc = "part of a chip's price that is paid with the order" }),
    site_musd_mw = race.range(5.0, 30.0, 12.5, { unit = "M$/MW", doc = "believed cost of building a MW of shell" }),
    full_usd_kw_q = race.range(1.0, 2000.0, 300.0, { unit = "$/kW/q", doc = "worth of a kW from which on all free cash goes into growth" }),
    shell_q      = race.int(1, 12, 8, { doc = "quarters of growth for which shells stand or are built" }),
    start_q      = race.range(0.5, 8.0, 2.0, { doc = "quarters of growth for which shells are started at most in one" }),
    power_q      = race.int(1, 8, 4, { doc = "quarters of growth for which power is held or on the way" }),
    scarce_frac  = race.range(0.0, 1.0, 0.50, { doc = "least part of a bid that is not counted on when the next product is bid for" }),
    kappa        = race.fixed(1.2, { doc = "inference hours a training hour while no product sells" }),
    room_q       = race.int(1, 4, 3, { doc = "quarters of coming power that chips are ordered for" }),
    least_mw     = race.range(5.0, 1000.0, 50.0, { unit = "MW", doc = "smallest site started: there is room for 12 at a time" }),
    least_lease_mw = race.range(0.5, 100.0, 5.0, { unit = "MW", doc = "smallest lease asked for" }),
    lease_q      = race.int(20, 60, 40, { doc = "term of leases" }),
    growth_frac  = race.range(0.02, 0.5, 0.25, { doc = "largest chip purchase in a quarter, over own compute" }),
    swap_ratio   = race.fixed(0.4, { doc = "compute a kW of an installed chip over a new one's, below which installation replaces it" }),
    swap_frac    = race.range(0.0, 1.0, 0.5, { doc = "part of the replaceable chips replaced in a quarter" }),
    owed_x       = race.range(1.0, 2.0, 2.0, { doc = "worth of an hour owed by contract over its price: the bill, and the damages it spares" }),
    owed_due_q   = race.int(1, 8, 2, { doc = "quarters whose known payments are kept in cash before chips owed to customers are paid" }),
    owed_q       = race.range(2.0, 16.0, 8.0, { doc = "quarters of it that a chip is worth" }),
    captive_frac = race.range(0.0, 1.0, 0.25, { doc = "part of the room that in-house chips should take" }),
    spare_frac   = race.range(0.0, 0.5, 0.25, { doc = "own use kept beyond that of the last quarter" }),
    give_least   = race.range(0.0, 1.0, 0.16, { doc = "part by which hours are offered under their price when none idle" }),
    give_most    = race.range(0.0, 1.0, 0.80, { doc = "the same when idle_full or more idle" }),
    idle_full    = race.range(0.05, 1.0, 0.40, { doc = "idle part of the hours at which give_most is reached" }),
    lacked_frac  = race.range(0.0, 1.0, 0.50, { doc = "part of the hours lacked by customers that is bought" }),
    over_spot    = race.range(1.0, 5.0, 1.30, { doc = "most paid for an hour over its believed price" }),
    turn_frac    = race.range(0.0, 1.0, 0.15, { doc = "part of spare hours that turns to the better paid grade in a quarter, over how much better it is paid" }),
    research_frac = race.range(0.0, 1.0, 0.12, { doc = "worth of training hours over sales of own models" }),
    protect_frac = race.range(0.0, 0.3, 0.05, { doc = "worth of training hours over earnings, for the core's sake" }),
    most_train   = race.range(0.02, 0.9, 0.7, { doc = "largest part of hours for training" }),
    core_usd_h   = race.range(1.0, 12.0, 6.0, { unit = "$/h", doc = "worth of the first hour in the core" }),
    core_first   = race.fixed(1.3, { doc = "hours in the core at the start over those at which the next hour has lost 1 - 1/e of its worth" }),
    core_growth  = race.range(0.0, 0.2, 0.05, { doc = "growth a quarter of the hours that the core can use" }),
    price_step   = race.range(0.05, 1.0, 0.8, { doc = "part of the way to its price that a task price goes in a quarter" }),
    margin       = race.range(0.0, 1.0, 0.15, { doc = "task price over the cost of its compute" }),
    hurdle_apr   = race.range(0.0, 0.3, 0.03, { doc = "by which the yearly return of a chip must beat a bond" }),
    most_apr     = race.range(0.02, 0.15, 0.08, { doc = "dearest bond sold" }),
    bond_q       = race.int(4, 40, 28, { doc = "term of bonds" }),
    debt_ebitda  = race.range(0.0, 5.0, 1.5, { doc = "most debt over a year of earnings" }),
    grow_frac    = race.range(0.0, 1.0, 0.10, { doc = "money wanted for growth in a quarter, over a year of earnings" }),
    least_musd   = race.range(10.0, 5000.0, 500.0, { unit = "M$", doc = "smallest bond sold" }),
    refi_q       = race.int(1, 8, 2, { doc = "quarters ahead for which what falls due is borrowed anew" }),
    must_apr     = race.range(0.02, 0.18, 0.12, { doc = "dearest loan taken for what must be paid" }),
    usual_apr    = race.range(0.0, 0.1, 0.032, { doc = "policy rate that is usual" }),
    rate_slope   = race.range(0.0, 20.0, 12.0, { doc = "part of growth given up for each unit of the policy rate above it" }),
    pay_over_q   = race.range(0.0, 20.0, 2.0, { doc = "quarters of money wanted for growth beyond which cash goes to the owners" }),
    pay_frac     = race.range(0.0, 1.0, 0.6, { doc = "part of the free cash flow that goes to the owners then" }),
    rent_frac    = race.range(0.0, 1.0, 0.5, { doc = "part of the hours lacked that is rented for years" }),
    rent_q       = race.int(1, 40, 12, { doc = "term of rented hours" }),
    let_frac     = race.range(0.0, 1.0, 0.2, { doc = "part of the hours spare for long that is offered by contract" }),
    let_q        = race.int(1, 40, 12, { doc = "longest contract offered" }),
    ask_frac     = race.range(0.3, 2.0, 1.05, { doc = "least asked in a contract over the training price" }),
  },
  -- closed, closed_line: by product, 1 once an order was refused: it is not sold to this firm, or not any more
  -- worth_usd_chip, worth_usd_kw_q: believed worth of the next chip by product and of a kW by region; spot_usd_h: believed price of an inference hour
  -- free_musd: cash for growth; core_mh: hours at which the core's first hour has lost 1 - 1/e of its worth; sell_t: part of spare hours offered as training
  memory = { closed = race.array(20, 0.0), closed_line = race.array(20, 0.0), worth_usd_chip = race.array(20, 0.0), worth_usd_kw_q = race.array(8, 0.0),
    free_musd = 0.0, core_mh = 0.0, spot_usd_h = 0.0, sell_t = 0.3 },

  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    -- money is dearer where the policy rate is above what it comes back to: less of it is spent on growth
    local dear_frac = race.clamp(1.0 - p.rate_slope * (mkt.policy_apr - p.usual_apr), 0.3, 1.0)
    mem.free_musd = dear_frac * race.pos(me.cash_musd - due_musd(obs, p, p.due_q) - p.keep_q * me.burn_musd)
    if mkt.newest_i < 1 then return end
    local chip = mkt.products[mkt.newest_i]
    bid_for_failed(obs, act, p, chip, mem.free_musd)

    -- 1. growth a quarter that free cash pays: chips, their system and a shell; slower where a kW earns little above all that
    local all_musd_mw = (chip.list_usd_chip + chip.system_usd_chip) / chip.kw_chip / kw_mw + p.site_musd_mw
    local pays_usd_kw_q = 0.0
    for r = 1, #mkt.regions do
      local worth_usd_kw_q = race.power_value_usd_kw_q(obs, mkt.regions[r])
      mem.worth_usd_kw_q[r] = mem.worth_usd_kw_q[r] > 0.0 and race.ema(mem.worth_usd_kw_q[r], worth_usd_kw_q, p.worth_frac) or worth_usd_kw_q
      pays_usd_kw_q = race.max(pays_usd_kw_q, mem.worth_usd_kw_q[r])
    end
    local grow_mw = race.min(1.0, pays_usd_kw_q / p.full_usd_kw_q) * mem.free_musd / p.spend_q / all_musd_mw

    -- 2. power for power_q quarters of it beyond what lies unused, at what a kW is worth; shells for what is powered, and for shell_q quarters of growth
    local shell_mw, powered_mw, gap_mw, most_gap_mw, build_r = 0.0, 0.0, 0.0, -1e9, 1
    for r = 1, #mkt.regions do
      local site = me.sites[r]
      local has_mw = site.shell_mw + site.leased_mw + site.lease_coming_mw
      for i = 1, #obs.projects do
        if obs.projects[i].region == mkt.regions[r].id then has_mw = has_mw + obs.projects[i].mw end
      end
      local site_mw = (site.grid_mw + site.queued_grid_mw + site.onsite_grid_mw) / mkt.regions[r].pue_ratio
      shell_mw, powered_mw, gap_mw = shell_mw + has_mw, powered_mw + site_mw, gap_mw + race.pos(site_mw - has_mw)
      if site_mw - has_mw > most_gap_mw then most_gap_mw, build_r = site_mw - has_mw, r end
      if site_mw - has_mw > p.least_lease_mw then act.lease_site { region = mkt.regions[r].id, mw = site_mw - has_mw, tenor_q = p.lease_q } end
    end
    local used_mw = me.power_mw - room_mw(me, 0)
    local want_mw = race.pos(used_mw + p.power_q * grow_mw - powered_mw)
    for r = 1, #mkt.regions do
      local region = mkt.regions[r]
      if want_mw > 1.0 and mem.worth_usd_kw_q[r] > 0.0 then
        act.bid_power { region = region.id, grid_mw = race.grid_mw(want_mw / #mkt.regions, region), max_usd_kw_q = race.min(p.shade * mem.worth_usd_kw_q[r], most_usd_kw_q) }
      end
    end
    local build_mw = race.min(race.pos(used_mw + p.shell_q * grow_mw - shell_mw), p.start_q * grow_mw)
    if build_mw > p.least_mw and #obs.projects < 12 then act.build_site { region = mkt.regions[build_r].id, mw = build_mw } end

    -- 3. in-house chips come at cost; the first refusal tells that a line is another firm's
    for i = 1, #mkt.products do
      local own = mkt.products[i]
      if own.captive and own.released and mem.closed_line[i] < 1.0 then
        local paid = mem.free_musd / p.spend_q * usd_musd / (own.list_usd_chip + own.system_usd_chip)
        local chips = race.floor(race.min(p.captive_frac * room_mw(me, p.room_q) * kw_mw / own.kw_chip, paid))
        if chips >= least_chips and race.chip_value_usd(obs, own, chips) > own.list_usd_chip then
          if act.order_captive { product = own.id, chips = chips } then act.mark("in_house") else mem.closed_line[i] = 1.0 end
        end
      end
    end
    -- 4. bonds where a chip's rent beats them, up to debt_ebitda; hours lacked are rented for years, hours spare for long are let
    local return_apr = race.irr_rent(chip, mkt.spot_t_usd_h, mkt.power_usd_mwh)
    local year_musd = 4.0 * race.pos(me.ebitda_musd)
    local growth_musd = race.pos(race.min(p.grow_frac * year_musd - mem.free_musd / p.spend_q, p.debt_ebitda * year_musd - me.debt_musd))
    local growth_apr = race.min(p.most_apr, return_apr - p.hurdle_apr)
    if growth_musd > p.least_musd and growth_apr > mkt.policy_apr then act.borrow { kind = "bond", musd = growth_musd, max_apr = growth_apr, tenor_q = p.bond_q } end
    -- what falls due, and chips for the hours owed, are paid with new bonds where cash does not reach, at nearly any price; sites in building with theirs
    local owed_chips = race.chips_for(race.pos(owed_mh(obs, chip.gen)), chip)
    local must_musd = due_musd(obs, p, p.refi_q) + owed_chips * (chip.list_usd_chip + chip.system_usd_chip) / usd_musd / p.spend_q - race.pos(me.cash_musd)
    if must_musd > p.least_musd then
      act.borrow { kind = "project", musd = must_musd, max_apr = p.must_apr, tenor_q = p.bond_q }
      act.borrow { kind = "bond", musd = must_musd, max_apr = p.must_apr, tenor_q = p.bond_q }
    end
    -- cash that growth does not need goes to the owners
    act.set_payout { frac = mem.free_musd > p.pay_over_q * p.grow_frac * year_musd and p.pay_frac or 0.0 }
    local free_mh = me.capacity_mh + me.rented_mh + me.arriving_mh - me.contracted_mh - (1.0 + p.spare_frac) * (me.demand_mh + me.core_mh)
    if free_mh < 0.0 then
      for k = 0, 1 do
        act.bid_contract { mh = -0.5 * p.rent_frac * free_mh, max_usd_h = race.clamp(p.over_spot * mkt.spot_t_usd_h, 0.05, 50.0), tenor_q = p.rent_q, gen = race.max(1, chip.gen - k) }
      end
    elseif mkt.util_frac > 0.8 and p.let_frac * free_mh > 1.0 then
      act.offer_contract { mh = p.let_frac * free_mh, min_usd_h = race.clamp(p.ask_frac * mkt.spot_t_usd_h, 0.05, 50.0), tenor_q = p.let_q }
    end
    act.trace("free_musd", mem.free_musd)
    act.trace("must_musd", must_musd)
    act.trace("grow_mw", grow_mw)
    act.trace("want_mw", want_mw)
    act.trace("gap_mw", gap_mw)
  end,

  operate = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local kappa = p.kappa
    if mkt.newest_i > 0 then kappa = race.ratio(mkt.products[mkt.newest_i].perf_i_chip, mkt.products[mkt.newest_i].perf_t_chip, 1.2) end
    if mem.spot_usd_h <= 0.0 then mem.spot_usd_h = mkt.spot_i_usd_h end
    mem.spot_usd_h = race.ema(mem.spot_usd_h, mkt.spot_i_usd_h, p.smooth_frac)

    -- 1. chips: what contracts owe, then four steps down the curve of what the next ones are worth, within power and money; the newest product first
    local room = room_mw(me, p.room_q)
    local left_musd = mem.free_musd
    -- an hour owed pays its chip back within a year: what falls due later need not wait in cash
    local owed_musd = race.pos(me.cash_musd - due_musd(obs, p, p.owed_due_q))
    for pass = 1, 2 do
      for i = 1, #mkt.products do
        local chip = mkt.products[i]
        if (i == mkt.newest_i) == (pass == 1) and chip.released and not chip.captive and chip.lead_q > 0 and mem.closed[i] < 1.0 then
          local unit_usd = chip.list_usd_chip + chip.system_usd_chip
          local first_usd_chip = race.chip_value_usd(obs, chip, 1.0)
          mem.worth_usd_chip[i] = mem.worth_usd_chip[i] > 0.0 and race.ema(mem.worth_usd_chip[i], first_usd_chip, p.worth_frac) or first_usd_chip
          local swap = 0.0
          for k = 1, #me.fleet do
            local mw = race.mw_of(me.fleet[k].chips, me.fleet[k].product)
            if me.fleet[k].mh * race.mw_of(1.0, chip) < p.swap_ratio * race.mh_of(1.0, chip) * mw then swap = swap + mw end
          end
          local fits = race.pos(room + p.swap_frac * swap) * kw_mw / chip.kw_chip
          local owed = race.floor(race.min(race.min(race.chips_for(owed_mh(obs, chip.gen), chip), fits), owed_musd * usd_musd / unit_usd))
          if owed >= least_chips then
            local worth_usd_chip = race.ratio(unit_usd * p.owed_q, race.payback_q(chip, p.owed_x * owed_usd_h(obs), mkt.power_usd_mwh), 0.0) - chip.system_usd_chip
            if worth_usd_chip > 0.0 then
              if act.bid_chips { product = chip.id, chips = owed, max_usd_chip = race.min(worth_usd_chip, most_over_list * chip.list_usd_chip) } then
                room = room - race.mw_of(owed, chip)
                owed_musd = owed_musd - owed * unit_usd / usd_musd
                left_musd = race.pos(left_musd - owed * unit_usd / usd_musd)
                fits = race.pos(fits - owed)
              else
                mem.closed[i] = 1.0
              end
            end
          end
          for k = 1, #obs.supply do
            local offer = obs.supply[k]
            local chips = race.floor(race.min(offer.chips, p.supply_frac * race.min(fits, left_musd / p.spend_q * usd_musd / unit_usd)))
            if offer.product == chip.id and chips >= least_chips and chip.list_usd_chip * (1.0 - offer.discount_frac) < p.shade * mem.worth_usd_chip[i] then
              act.accept_supply { offer = offer.id, chips = chips }
              room = room - race.mw_of(chips, chip)
              fits, left_musd = race.pos(fits - chips), race.pos(left_musd - chips * unit_usd / usd_musd)
            end
          end
          local step = race.floor(race.min(race.min(race.chips_for(me.capacity_mh * p.growth_frac, chip), fits), left_musd / p.spend_q * usd_musd / unit_usd) / 3.0)
          for k = 1, 3 do
            local price_usd_chip = p.shade * mem.worth_usd_chip[i] * race.ratio(race.chip_value_usd(obs, chip, step * k), first_usd_chip, 0.0)
            price_usd_chip = race.min(price_usd_chip, most_over_list * chip.list_usd_chip)
            if step >= least_chips and price_usd_chip > 0.0 and mem.closed[i] < 1.0 then
              if act.bid_chips { product = chip.id, chips = step, max_usd_chip = price_usd_chip } then
                -- of a scarce product only a part is counted on
                room = room - race.mw_of(step, chip) * (1.0 - race.max(p.scarce_frac, chip.scarcity_frac))
                left_musd = left_musd - step * unit_usd / usd_musd * (1.0 - race.max(p.scarce_frac, chip.scarcity_frac))
              else
                mem.closed[i] = 1.0
              end
            end
          end
        end
      end
    end

    -- 2. the core takes hours until the next one is worth the market's price
    if mem.core_mh <= 0.0 then mem.core_mh = me.core_mh / p.core_first end
    mem.core_mh = mem.core_mh * (1.0 + p.core_growth)
    local core_mh = mem.core_mh * race.log(race.max(1.1, p.core_usd_h / race.max(0.2, mem.spot_usd_h)))
    if me.capacity_mh > 0.0 and mem.core_mh > 0.0 then act.use_in_core { frac = race.clamp(core_mh / me.capacity_mh, 0.0, 0.6) } end

    -- 3. training costs the spot price of its hours: a part of own sales, and a part of earnings to keep the core from rivals ahead
    local own_mh = me.capacity_mh + me.rented_mh
    if own_mh > 0.0 and me.train_mh > 0.0 then
      local sales_musd = race.pos(me.demand_mh - me.train_mh) * kappa * mkt.price_usd_task[1] / mkt.task_h100e_h
      local paid_musd = p.research_frac * sales_musd + p.protect_frac * race.pos(me.ebitda_musd)
      act.train { frac = race.clamp(paid_musd / race.max(0.02, kappa * mem.spot_usd_h) / own_mh, 0.02, p.most_train) }
    end

    -- 4. spare hours: a part as training near its believed worth, the rest as inference at what an idle hour saves; the part follows the better price
    local energy_usd_h = race.ratio(race.power_cost_musd(me.power_mw - me.power_free_mw, mkt.power_usd_mwh), me.capacity_mh, 0.1)
    local spare_mh = race.pos(own_mh - me.contracted_mh - (1.0 + p.spare_frac) * (me.demand_mh + me.core_mh))
    local turn = p.turn_frac * (race.ratio(mkt.spot_t_usd_h, kappa * mkt.spot_i_usd_h, 1.0) - 1.0)
    mem.sell_t = race.clamp(mem.sell_t + race.clamp(turn, -0.1, 0.1), 0.05, 0.95)
    local idle_frac = me.used_mh > 0.0 and race.pos(1.0 - me.used_mh / race.max(0.001, own_mh)) or 0.0
    local give_frac = race.lerp(p.give_least, p.give_most, race.min(1.0, idle_frac / p.idle_full))
    local ask_usd_h = race.max(energy_usd_h / kappa, race.min(mem.spot_usd_h, mkt.spot_i_usd_h) * (1.0 - give_frac))
    if spare_mh > 0.0 then
      act.offer_spot { mh = spare_mh * mem.sell_t, min_usd_h = race.clamp(kappa * ask_usd_h, least_usd_h, most_usd_h), grade = "training" }
      act.offer_spot { mh = spare_mh * (1.0 - mem.sell_t) * kappa, min_usd_h = race.clamp(ask_usd_h, least_usd_h, most_usd_h), grade = "inference" }
    end
    local lacked_frac = 1.0 - 0.5 * (me.served_frac[1] + me.served_frac[2])
    if lacked_frac > 0.0 then
      local most_usd_h = race.min(mkt.price_usd_task[1] / mkt.task_h100e_h, p.over_spot * mem.spot_usd_h)
      act.bid_spot { mh = p.lacked_frac * lacked_frac * race.pos(me.demand_mh - me.train_mh), max_usd_h = race.clamp(most_usd_h, least_usd_h, most_usd_h) }
    end

    -- 5. own models: a step to the cost of an hour and a margin, never above what customers pay elsewhere but while some are unserved
    local cost_usd_h = race.max(mkt.contract_usd_h, mem.spot_usd_h)
    for s = 1, #me.price_usd_task do
      if me.price_usd_task[s] > 0.0 then
        local short_frac = race.clamp(1.0 - me.served_frac[s], 0.0, 0.5)
        local most_usd_task = race.min(cost_usd_h * mkt.task_h100e_h * (1.0 + p.margin), mkt.price_usd_task[s])
        local price_usd_task = race.ema(me.price_usd_task[s], most_usd_task * (1.0 + short_frac), p.price_step)
        act.set_price { segment = s, usd_task = race.clamp(price_usd_task, least_of_mean * mkt.price_usd_task[s], most_of_mean * mkt.price_usd_task[s]) }
      end
    end
    act.trace("spare_mh", spare_mh)
    act.trace("room_mw", room)
  end,
}

local race = require "rackrace"

-- Debt builder: sells years of hours first, builds them with bonds, site debt and loans on the contracts, sells shares when lenders will not do, and borrows
-- anew what falls due a year before it does. The baseline plays power, sites, chips, prices and research.
-- Believes: a signed contract is as good as money, lenders lend on what is built, and a large firm can always borrow again.
-- Fails: in half of the runs shares and long bonds cost more than the safety that they buy; when the one customer does not take what it signed, when spreads rise in the year in which much falls due, when damages for late hours eat the rent.
-- Reads  obs.me, obs.market, obs.loans, obs.projects, obs.contracts   Acts  borrow raise_equity offer_contract

local usd_musd = 1e6

return race.hyperscaler {
  api = "1.0", name = "Debt builder",
  about = "Builds on debt, lets what it builds by long contracts.",
  params = {
    refi_q      = race.int(1, 12, 4, { doc = "quarters ahead for which what falls due is borrowed anew" }),
    keep_q      = race.range(0.0, 8.0, 1.0, { doc = "quarters of last quarter's net outflow kept in cash" }),
    spend_q     = race.range(1.0, 12.0, 3.0, { doc = "quarters in which chips for the hours owed are bought" }),
    most_apr    = race.range(0.02, 0.18, 0.13, { doc = "dearest loan taken" }),
    bond_q      = race.int(4, 40, 32, { doc = "term of bonds" }),
    site_q      = race.int(4, 40, 40, { doc = "term of site debt" }),
    site_musd_mw = race.range(5.0, 30.0, 12.5, { unit = "M$/MW", doc = "believed cost of building a MW of shell" }),
    most_leverage = race.range(0.0, 15.0, 4.5, { doc = "debt over a year of earnings from which on shares are sold instead" }),
    issue_frac  = race.range(0.0, 0.1, 0.08, { doc = "part of its value issued in shares in a quarter then" }),
    let_frac    = race.range(0.0, 1.0, 0.7, { doc = "part of the hours spare for long that is offered by contract" }),
    let_q       = race.int(4, 40, 24, { doc = "longest contract offered" }),
    ask_frac    = race.range(0.3, 2.0, 0.85, { doc = "least asked in it over the training price" }),
    over_cost   = race.range(0.5, 3.0, 1.10, { doc = "and over the cash cost of an hour" }),
    takeorpay   = race.range(0.0, 1.0, 0.80, { doc = "part of it that is paid whether used or not" }),
    spare_frac  = race.range(0.0, 0.5, 0.15, { doc = "own use kept beyond that of the last quarter" }),
    least_musd  = race.range(10.0, 5000.0, 200.0, { unit = "M$", doc = "smallest loan or issue asked for" }),
  },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    if mkt.newest_i < 1 then return end
    local chip = mkt.products[mkt.newest_i]
    -- 1. what must be paid soon: loans, sites in building, chips for the hours that contracts are owed
    local due_musd, site_musd = p.keep_q * me.burn_musd, 0.0
    for i = 1, #obs.loans do
      if obs.loans[i].kind ~= "revolver" and obs.loans[i].left_q <= p.refi_q then due_musd = due_musd + obs.loans[i].musd end
    end
    for i = 1, #obs.projects do
      local site = obs.projects[i]
      site_musd = site_musd + race.pos(site.mw * p.site_musd_mw - site.spent_musd) * race.min(1.0, race.ratio(4.0, site.left_q, 1.0))
    end
    local owed_mh, sold_usd = 0.0, 0.0
    for i = 1, #obs.contracts do
      local contract = obs.contracts[i]
      if contract.selling and contract.left_q > 6.0 then owed_mh, sold_usd = owed_mh + contract.mh, sold_usd + contract.mh * contract.usd_h end
    end
    local have_mh = me.capacity_mh + me.arriving_mh
    local short_mh = race.pos(race.min(owed_mh, me.contracted_mh) + me.demand_mh + me.core_mh - have_mh)
    local chips_musd = race.chips_for(short_mh, chip) * (chip.list_usd_chip + chip.system_usd_chip) / usd_musd / p.spend_q
    local lacks_musd = due_musd + site_musd + chips_musd - race.pos(me.cash_musd)
    -- 2. debt of every kind while it is few years of earnings, shares beyond
    local over = race.leverage(me)
    if lacks_musd > p.least_musd then
      if site_musd > p.least_musd then act.borrow { kind = "project", musd = race.min(site_musd, lacks_musd), max_apr = p.most_apr, tenor_q = p.site_q } end
      if chips_musd > p.least_musd then act.borrow { kind = "contract_backed", musd = race.min(chips_musd, lacks_musd), max_apr = p.most_apr, tenor_q = p.bond_q } end
      act.borrow { kind = "bond", musd = lacks_musd, max_apr = p.most_apr, tenor_q = p.bond_q }
      if over > p.most_leverage and p.issue_frac * me.issue_value_musd > p.least_musd then
        act.raise_equity { musd = race.min(lacks_musd, p.issue_frac * me.issue_value_musd), max_dilution_frac = 0.15 }
        act.mark("asks_owners")
      end
    end
    -- 3. hours that are spare for long, for years
    local free_mh = have_mh + me.rented_mh - race.max(owed_mh, me.contracted_mh) - (1.0 + p.spare_frac) * (me.demand_mh + me.core_mh)
    if p.let_frac * free_mh > 1.0 then
      local ask_usd_h = race.max(p.ask_frac * mkt.spot_t_usd_h, p.over_cost * me.cash_cost_usd_h)
      act.offer_contract { mh = p.let_frac * free_mh, min_usd_h = race.clamp(ask_usd_h, 0.05, 50.0), tenor_q = p.let_q, takeorpay_frac = p.takeorpay }
    end
    act.trace("lacks_musd", lacks_musd)
    act.trace("leverage", over)
    act.trace("short_mh", short_mh)
    act.trace("free_mh", free_mh)
    act.trace("owed_usd_h", race.ratio(sold_usd, owed_mh, 0.0))
  end,
}

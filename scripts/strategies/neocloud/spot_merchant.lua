local race = require "rackrace"

-- Spot merchant: no contract and no loan; buys chips for cash and for shares where their rent pays them back fast, sells every hour for the quarter, pays
-- back what it owes, and its owners when chips pay back too slowly. Power and leases for the chips that its cash buys, no more.
-- Believes: who is free of contracts sells at every peak, and who owes nothing outlives every trough.
-- Fails: in a glut, when nothing is sold forward and hours go at their energy (it defaults in three runs of ten); grows slowly, since lenders never pay for
-- its chips, and gives away two thirds of the company for them. Not for a firm that is bound by large contracts already.
-- Reads  obs.me, obs.market, obs.loans
-- Acts   offer_contract borrow raise_equity repay set_payout bid_power lease_site bid_chips offer_spot

local most_over_list, least_chips = 4.9, 8.0
local usd_musd, kw_mw = 1e6, 1000.0

return race.neocloud {
  api = "1.0", name = "Spot merchant",
  about = "No contracts, no debt: chips for cash, hours by the quarter.",
  params = {
    keep_q      = race.range(0.0, 8.0, 1.0, { doc = "quarters of operating cost kept in cash" }),
    fund_q      = race.range(1.0, 40.0, 10.0, { doc = "quarters before a loan ends in which the money for it is saved" }),
    spend_frac  = race.range(0.1, 1.0, 0.5, { doc = "part of the other cash bid for chips in a quarter" }),
    repay_frac  = race.range(0.0, 1.0, 0.5, { doc = "part of the other cash that pays back loans while no chip pays back in time" }),
    payback_q   = race.range(2.0, 20.0, 9.0, { doc = "longest time in which the rent of a chip must pay its price" }),
    issue_frac  = race.range(0.0, 0.1, 0.08, { doc = "part of its value issued in shares in a quarter in which chips pay back in time" }),
    pay_frac    = race.range(0.0, 1.0, 0.7, { doc = "part of free cash flow paid to owners in other quarters" }),
    power_q     = race.range(0.0, 8.0, 2.0, { doc = "quarters of such purchases for which power is held" }),
    scarce_frac = race.range(0.0, 1.0, 0.50, { doc = "least part of a bid that is not counted on when the next product is bid for" }),
    shade       = race.range(0.3, 1.0, 0.75, { doc = "bid over what a chip is worth" }),
    smooth_frac = race.range(0.05, 1.0, 0.35, { doc = "weight of the last quarter in the believed price of an hour" }),
    hold        = race.range(0.0, 1.0, 0.60, { doc = "least asked for an hour over its believed price, while few idle" }),
    over_energy = race.range(1.0, 3.0, 1.10, { doc = "least asked over the energy of an hour" }),
  },
  -- free_musd: cash above what is kept; closed: by product, 1 once a bid was refused: it is not sold any more
  memory = { spot_i_usd_h = 0.0, free_musd = 0.0, closed = race.array(20, 0.0) },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    act.offer_contract { mh = 0.0, min_usd_h = 1.0, tenor_q = 1 }
    act.borrow { kind = "bond", musd = 0.0, max_apr = 0.05, tenor_q = 4 }
    local fund_musd = p.keep_q * me.capacity_mh * me.cash_cost_usd_h
    for i = 1, #obs.loans do
      local loan = obs.loans[i]
      local due_frac = race.clamp(1.0 - (loan.left_q - 1.0) / p.fund_q, 0.0, 1.0)
      if loan.kind == "contract_backed" then due_frac = race.min(1.0, race.ratio(4.0, loan.left_q, 1.0)) end
      fund_musd = fund_musd + loan.musd * due_frac
    end
    local free_musd = me.cash_musd - fund_musd
    mem.free_musd = race.pos(free_musd)
    local payback_q = mkt.newest_i > 0 and race.payback_q(mkt.products[mkt.newest_i], mkt.spot_t_usd_h, mkt.power_usd_mwh) or 40.0
    -- the dearest loan first, once chips pay no better
    local dear, dear_apr = 0, 0.0
    for i = 1, #obs.loans do
      if obs.loans[i].apr > dear_apr then dear, dear_apr = i, obs.loans[i].apr end
    end
    if dear > 0 and payback_q > p.payback_q and free_musd > 1.0 then
      act.repay { loan = obs.loans[dear].id, musd = race.min(obs.loans[dear].musd, p.repay_frac * free_musd) }
    end
    local pays = payback_q < p.payback_q
    if (pays or free_musd < 0.0) and p.issue_frac * me.issue_value_musd > 1.0 then act.raise_equity { musd = p.issue_frac * me.issue_value_musd, max_dilution_frac = 0.15 } end
    -- power and shell for the chips of free cash in power_q quarters, beyond what is free or on its way
    if mkt.newest_i > 0 then
      local chip = mkt.products[mkt.newest_i]
      local want_mw = (pays and p.spend_frac or 0.0) * p.power_q * mem.free_musd * usd_musd / (chip.list_usd_chip + chip.system_usd_chip) * chip.kw_chip / kw_mw - me.power_free_mw
      for i = 1, #me.fleet do want_mw = want_mw + race.mw_of(me.fleet[i].waiting_chips + me.fleet[i].ordered_chips, me.fleet[i].product) end
      local most_lease_mw = race.pos(want_mw)
      for q = 1, #me.power_coming_mw do most_lease_mw = race.pos(most_lease_mw - race.pos(me.power_coming_mw[q])) end
      for r = 1, #mkt.regions do
        local site = me.sites[r]
        local bare_mw = (site.grid_mw + site.queued_grid_mw + site.onsite_grid_mw) / mkt.regions[r].pue_ratio - site.shell_mw - site.leased_mw - site.lease_coming_mw
        want_mw = want_mw - race.pos(bare_mw)
        local lease_mw = race.min(bare_mw, most_lease_mw)
        if lease_mw > 2.0 then
          if act.lease_site { region = mkt.regions[r].id, mw = lease_mw, tenor_q = 20 } then most_lease_mw = most_lease_mw - lease_mw end
        end
      end
      for r = 1, #mkt.regions do
        local region = mkt.regions[r]
        local is_chosen = region.id == mkt.cheapest_region and want_mw > 2.0
        act.bid_power { region = region.id, grid_mw = is_chosen and race.grid_mw(want_mw, region) or 0.0, max_usd_kw_q = race.min(p.shade * race.power_value_usd_kw_q(obs, region), 4900.0) }
      end
    end
    act.set_payout { frac = (pays or free_musd < 0.0) and 0.0 or p.pay_frac }
    act.trace("payback_q", payback_q)
    act.trace("free_musd", free_musd)
  end,
  operate = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    if mem.spot_i_usd_h <= 0.0 then mem.spot_i_usd_h = mkt.spot_i_usd_h end
    mem.spot_i_usd_h = race.ema(mem.spot_i_usd_h, mkt.spot_i_usd_h, p.smooth_frac)
    local kappa = 1.2
    if mkt.newest_i > 0 then
      local chip = mkt.products[mkt.newest_i]
      kappa = race.ratio(chip.perf_i_chip, chip.perf_t_chip, 1.2)
      local room_mw = me.power_free_mw + race.pos(me.power_coming_mw[1]) + race.pos(me.power_coming_mw[2])
      for i = 1, #me.fleet do room_mw = room_mw - race.mw_of(me.fleet[i].waiting_chips + me.fleet[i].ordered_chips, me.fleet[i].product) end
      local left_musd = p.spend_frac * mem.free_musd
      -- the newest product first; where it is scarce, the next one
      for pass = 1, 2 do
        for i = 1, #mkt.products do
          local sold = mkt.products[i]
          local on_sale = sold.released and not sold.captive and sold.lead_q > 0 and mem.closed[i] < 1.0
          if (i == mkt.newest_i) == (pass == 1) and on_sale and race.payback_q(sold, mkt.spot_t_usd_h, mkt.power_usd_mwh) < p.payback_q then
            local unit_usd = sold.list_usd_chip + sold.system_usd_chip
            local chips = race.floor(race.min(race.pos(room_mw) * kw_mw / sold.kw_chip, race.pos(left_musd) * usd_musd / unit_usd))
            local usd_chip = race.min(p.shade * race.chip_value_usd(obs, sold, chips), most_over_list * sold.list_usd_chip)
            if chips >= least_chips and usd_chip > 0.0 then
              if act.bid_chips { product = sold.id, chips = chips, max_usd_chip = usd_chip } then
                local counted = 1.0 - race.max(p.scarce_frac, sold.scarcity_frac)
                room_mw, left_musd = room_mw - counted * race.mw_of(chips, sold), left_musd - counted * chips * unit_usd / usd_musd
              else
                mem.closed[i] = 1.0
              end
            end
          end
        end
      end
    end
    -- hours: half as training, half as inference, never under their energy; cheaper the more of them idled
    local own_mh = me.capacity_mh + me.rented_mh
    local energy_usd_h = race.ratio(race.power_cost_musd(me.power_mw - me.power_free_mw, mkt.power_usd_mwh), me.capacity_mh, 0.1)
    local idle_frac = race.pos(1.0 - race.ratio(me.used_mh, own_mh, 1.0))
    local ask_usd_h = race.max(p.over_energy * energy_usd_h / kappa, p.hold * race.min(mem.spot_i_usd_h, mkt.spot_i_usd_h) * race.pos(1.0 - 2.0 * idle_frac))
    local spare_mh = race.pos(own_mh - me.contracted_mh)
    act.offer_spot { mh = 0.5 * spare_mh, min_usd_h = race.clamp(kappa * ask_usd_h, 0.02, 40.0), grade = "training" }
    act.offer_spot { mh = 0.5 * spare_mh * kappa, min_usd_h = race.clamp(ask_usd_h, 0.02, 40.0), grade = "inference" }
    act.trace("spare_mh", spare_mh)
  end,
}

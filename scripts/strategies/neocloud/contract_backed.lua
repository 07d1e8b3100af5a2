local race = require "rackrace"

-- Contract backed: signs for years all that it has or has ordered, borrows on what is signed, asks owners for the rest, and orders chips for what is sold.
-- What is left goes to the owners. The baseline plays power, leases and the spot market.
-- Believes: take-or-pay is collateral, so that customers with good names pay for the racks, and shares are the cheapest money while the market pays for backlog.
-- Fails: when rents fall below the price of its contracts before loans are paid down, and when lenders or owners shut the window while chips are on order.
-- Reads  obs.me, obs.market, obs.loans, obs.contracts   Acts  offer_contract borrow raise_equity set_payout bid_chips accept_supply

local most_over_list, least_chips, usd_musd, kw_mw = 4.9, 8.0, 1e6, 1000.0

return race.neocloud {
  api = "1.0", name = "Contract backed",
  about = "Signs first, borrows on the contracts, issues shares for the rest.",
  params = {
    sold_frac   = race.range(0.3, 1.0, 0.85, { doc = "part of hours held and on order that is offered by contract" }),
    contract_q  = race.int(4, 40, 20, { doc = "longest contract offered" }),
    takeorpay   = race.range(0.0, 1.0, 0.85, { doc = "part of a contract that is paid whether used or not: what lenders lend on" }),
    ask_frac    = race.range(0.3, 2.0, 0.85, { doc = "least asked over the training price" }),
    over_cost   = race.range(1.0, 3.0, 1.20, { doc = "least asked over what an hour costs in cash" }),
    most_share  = race.range(0.1, 1.0, 0.60, { doc = "largest part of an offer for one customer" }),
    hurdle_apr  = race.range(0.0, 1.0, 0.08, { doc = "by which the yearly return of a chip must beat a loan" }),
    equity_apr  = race.range(0.0, 2.0, 0.25, { doc = "yearly return of a chip from which on shares are issued for more of them" }),
    most_apr    = race.range(0.04, 0.18, 0.13, { doc = "dearest loan taken" }),
    loan_q      = race.int(4, 40, 20, { doc = "term of loans on contracts" }),
    due_q       = race.int(1, 8, 4, { doc = "quarters whose repayments are kept in cash" }),
    spend_q     = race.range(1.0, 12.0, 2.0, { doc = "quarters in which powered room is filled" }),
    most_issue  = race.range(0.0, 0.1, 0.08, { doc = "part of its value issued in shares in a quarter" }),
    least_musd  = race.range(1.0, 1000.0, 20.0, { unit = "M$", doc = "smallest loan or issue asked for" }),
    presold     = race.range(0.2, 1.0, 0.60, { doc = "part of the hours held and coming that must be sold before more chips are ordered" }),
    shade       = race.range(0.3, 1.0, 0.70, { doc = "bid over what a chip is worth" }),
    keep_q      = race.range(0.0, 8.0, 1.0, { doc = "quarters of cash cost kept before chips" }),
    pay_frac    = race.range(0.0, 1.0, 0.7, { doc = "part of free cash flow paid to owners in quiet times" }),
    pay_leverage = race.range(0.0, 6.0, 4.0, { doc = "debt over a year of earnings up to which owners are paid" }),
    discount    = race.range(0.0, 0.5, 0.0, { doc = "least discount of a supply agreement taken" }),
  },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    if mkt.newest_i < 1 then return end
    local chip = mkt.products[mkt.newest_i]

    -- 1. all that is there or on order and not sold, by generation, to more than one customer
    local sold_mh = 0.0
    for i = 1, #obs.contracts do
      if obs.contracts[i].selling then sold_mh = sold_mh + obs.contracts[i].mh end
    end
    local all_mh = me.capacity_mh + me.arriving_mh
    local long_mh = p.sold_frac * race.pos(all_mh - sold_mh)
    local ask_usd_h = race.clamp(race.max(p.over_cost * me.cash_cost_usd_h, p.ask_frac * mkt.spot_t_usd_h), 0.05, 50.0)
    for k = 1, #me.fleet do
      local held = me.fleet[k]
      local share = race.ratio(race.mh_of(held.chips + held.waiting_chips + held.ordered_chips, held.product), all_mh, 0.0)
      if share > 0.1 and long_mh * share > 0.1 then
        act.offer_contract { mh = long_mh * share, min_usd_h = ask_usd_h, tenor_q = p.contract_q, gen = held.gen, takeorpay_frac = p.takeorpay, max_share_frac = p.most_share }
      end
    end

    -- 2. what falls due within due_q quarters and chips for the room that is powered or coming, less cash
    local due_musd = 0.0
    for i = 1, #obs.loans do
      local loan = obs.loans[i]
      if loan.kind == "contract_backed" then
        due_musd = due_musd + loan.musd * race.min(1.0, race.ratio(p.due_q, loan.left_q, 1.0))
      elseif loan.left_q > 0.0 and loan.left_q <= p.due_q then
        due_musd = due_musd + loan.musd
      end
    end
    local room_mw = me.power_free_mw
    for q = 1, #me.power_coming_mw do room_mw = room_mw + race.pos(me.power_coming_mw[q]) end
    for i = 1, #me.fleet do room_mw = room_mw - race.mw_of(me.fleet[i].waiting_chips + me.fleet[i].ordered_chips, me.fleet[i].product) end
    local plan_musd = race.pos(room_mw) * kw_mw / chip.kw_chip * (chip.list_usd_chip + chip.system_usd_chip) / usd_musd / p.spend_q
    local lacks_musd = plan_musd + due_musd - race.pos(me.cash_musd)
    local return_apr = race.irr_rent(chip, mkt.spot_t_usd_h, mkt.power_usd_mwh)
    local max_apr = due_musd > me.cash_musd and p.most_apr or race.min(p.most_apr, return_apr - p.hurdle_apr)
    if lacks_musd > p.least_musd and max_apr > mkt.policy_apr then
      act.borrow { kind = "contract_backed", musd = lacks_musd, max_apr = max_apr, tenor_q = p.loan_q }
      if due_musd > me.cash_musd then act.borrow { kind = "bond", musd = due_musd - me.cash_musd, max_apr = max_apr, tenor_q = p.loan_q } end
    end
    -- 3. shares where chips earn far more than owners ask for
    local issue_musd = race.min(p.most_issue * me.value_musd, race.max(lacks_musd, p.most_issue * me.debt_musd))
    if return_apr > p.equity_apr and issue_musd > p.least_musd then act.raise_equity { musd = issue_musd, max_dilution_frac = 0.15 } end
    -- 4. owners are paid what neither chips nor loans need
    local is_quiet = lacks_musd <= 0.0 and me.headroom_frac > 0.1 and race.leverage(me) < p.pay_leverage
    act.set_payout { frac = is_quiet and p.pay_frac or 0.0 }
    act.trace("sold_frac", race.ratio(sold_mh, all_mh, 0.0))
    act.trace("lacks_musd", lacks_musd)
    act.trace("return_apr", return_apr)
  end,
  operate = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    if mkt.newest_i > 0 then
      local chip = mkt.products[mkt.newest_i]
      local unit_usd = chip.list_usd_chip + chip.system_usd_chip
      local room_mw = me.power_free_mw + race.pos(me.power_coming_mw[1]) + race.pos(me.power_coming_mw[2])
      for i = 1, #me.fleet do room_mw = room_mw - race.mw_of(me.fleet[i].waiting_chips + me.fleet[i].ordered_chips, me.fleet[i].product) end
      local wanted = race.chips_for(race.pos(me.contracted_mh / p.presold - me.capacity_mh - me.arriving_mh), chip)
      local paid = race.pos(me.cash_musd - p.keep_q * me.capacity_mh * me.cash_cost_usd_h) / p.spend_q * usd_musd / unit_usd
      local step = race.floor(race.min(race.min(wanted, race.pos(room_mw) * kw_mw / chip.kw_chip), paid) / 3.0)
      for k = 1, 3 do
        local usd_chip = race.min(p.shade * race.chip_value_usd(obs, chip, step * k), most_over_list * chip.list_usd_chip)
        if step >= least_chips and usd_chip > 0.0 then act.bid_chips { product = chip.id, chips = step, max_usd_chip = usd_chip } end
      end
      act.trace("wanted", wanted)
      act.trace("room_mw", room_mw)
    end
    for i = 1, #obs.supply do
      local offer = obs.supply[i]
      for k = 1, #obs.market.products do
        local chip = obs.market.products[k]
        if chip.id == offer.product and offer.discount_frac >= p.discount and race.chip_value_usd(obs, chip, 1.0) > chip.list_usd_chip then
          local paid = 0.1 * race.pos(obs.me.cash_musd) * usd_musd / (chip.list_usd_chip + chip.system_usd_chip)
          local chips = race.floor(race.min(offer.chips, paid))
          if chips >= least_chips then act.accept_supply { offer = offer.id, chips = chips } end
        end
      end
    end
  end,
}

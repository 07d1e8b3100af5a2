local race = require "rackrace"

-- Careful: half sold for years and half by the quarter, loans only far from its covenants, shares before loans fall due. The baseline plays power, leases,
-- chips and the spot market.
-- Believes: a neocloud does not fail for want of demand but on the day when a loan falls due; owners give money before that day, not on it.
-- Fails: against those who dare, while chips pay back within two years; and its first owners hold little in the end where it asks them too often.
-- Reads  obs.me, obs.market, obs.loans   Acts  borrow raise_equity repay set_payout

return race.neocloud {
  api = "1.0", name = "Careful",
  about = "Pays loans back from shares before they fall due.",
  params = {
    most_leverage = race.range(0.0, 6.0, 2.0, { doc = "most debt over a year of earnings, half of cash set off" }),
    issue_frac  = race.range(0.0, 0.1, 0.05, { doc = "part of its value issued in a quarter above that" }),
    keep_q      = race.range(0.0, 12.0, 3.0, { doc = "quarters of cash cost kept" }),
    repay_frac  = race.range(0.0, 1.0, 0.5, { doc = "part of the cash above them that pays back the dearest loan" }),
    most_apr    = race.range(0.04, 0.18, 0.10, { doc = "dearest loan taken" }),
    loan_q      = race.int(4, 40, 24, { doc = "term of a loan" }),
    late_q      = race.int(0, 12, 4, { doc = "last quarters of the game in which no loan is taken" }),
    pay_frac    = race.range(0.0, 1.0, 0.5, { doc = "part of free cash flow paid to owners while nothing is owed" }),
    least_musd  = race.range(1.0, 1000.0, 20.0, { unit = "M$", doc = "smallest loan or issue asked for" }),
  },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    local over = race.leverage(me)
    local keep_musd = p.keep_q * me.capacity_mh * me.cash_cost_usd_h
    local dear, dear_apr, due_musd = 0, 0.0, 0.0
    for i = 1, #obs.loans do
      local loan = obs.loans[i]
      if loan.apr > dear_apr then dear, dear_apr = i, loan.apr end
      due_musd = due_musd + race.ratio(loan.musd, race.max(1.0, loan.left_q), 0.0)
    end
    if over > p.most_leverage and p.issue_frac * me.value_musd > p.least_musd then
      act.raise_equity { musd = p.issue_frac * me.value_musd, max_dilution_frac = 0.1 }
    end
    local spare_musd = p.repay_frac * race.pos(me.cash_musd - keep_musd - due_musd)
    if over > p.most_leverage and dear > 0 and spare_musd > p.least_musd then
      act.repay { loan = obs.loans[dear].id, musd = race.min(spare_musd, obs.loans[dear].musd) }
    end
    -- loans while they are few, and to pay loans back
    local room_musd = race.pos(p.most_leverage - over) * 4.0 * race.pos(me.ebitda_musd)
    local short_musd = race.pos(due_musd + 0.5 * keep_musd - me.cash_musd)
    local want_musd = race.max(race.min(room_musd, keep_musd), short_musd)
    if want_musd > p.least_musd and obs.time.left_q > p.late_q then
      act.borrow { kind = "contract_backed", musd = want_musd, max_apr = p.most_apr, tenor_q = p.loan_q }
      act.borrow { kind = "bond", musd = want_musd, max_apr = p.most_apr, tenor_q = p.loan_q }
    end
    act.set_payout { frac = me.debt_musd < p.least_musd and p.pay_frac or 0.0 }
    act.trace("leverage", over)
    act.trace("spare_musd", spare_musd)
  end,
}

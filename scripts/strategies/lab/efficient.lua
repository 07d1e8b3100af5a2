local race = require "rackrace"

-- Efficient: little training, short contracts, prices that pay for the hours, so that cash comes in every quarter. The baseline plays power, chips and spot hours.
-- Believes: hours get cheaper every quarter, so nobody should own or owe them for long; what the frontier finds is free a year later.
-- Fails: it stays half as large as a lab that trains, so that its steady cash is worth less in the end; when hours turn scarce, since nothing is signed, and when customers of large firms go to the best model whatever it costs.
-- Reads  obs.me, obs.market   Acts  borrow bid_contract train serve_first set_price set_payout

return race.lab {
  api = "1.0", name = "Efficient",
  about = "Trains little, rents by the quarter, earns on every task.",
  params = {
    train_frac  = race.range(0.0, 0.5, 0.08, { doc = "part of training-grade compute that trains" }),
    margin      = race.range(0.0, 3.0, 0.45, { doc = "task price over the cost of its compute" }),
    most_over   = race.range(0.2, 3.0, 1.05, { doc = "most asked over the market's mean" }),
    least_over  = race.range(0.1, 1.0, 0.40, { doc = "least asked over the market's mean" }),
    price_step  = race.range(0.05, 1.0, 0.8, { doc = "part of the way to its price that a task price goes in a quarter" }),
    rent_frac   = race.range(0.0, 1.0, 0.5, { doc = "part of the hours lacked that is asked for by contract" }),
    rent_q      = race.int(1, 12, 4, { doc = "term of rented hours" }),
    rent_pay    = race.range(0.3, 2.0, 0.95, { doc = "most paid for them over the training price" }),
    takeorpay   = race.range(0.0, 1.0, 0.80, { doc = "most of it that is paid whether used or not" }),
    keep_q      = race.range(0.0, 40.0, 6.0, { doc = "quarters of sales kept in cash before owners are paid" }),
    pay_frac    = race.range(0.0, 1.0, 0.8, { doc = "part of free cash flow paid to owners then" }),
  },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    act.borrow { kind = "bond", musd = 0.0, max_apr = 0.05, tenor_q = 4 }
    local need_mh = me.demand_mh - me.capacity_mh - me.rented_mh - me.arriving_mh
    local newest = mkt.newest_i > 0 and mkt.products[mkt.newest_i].gen or 2.0
    if p.rent_frac * need_mh > 0.2 then
      for k = 0, 1 do
        act.bid_contract { mh = 0.5 * p.rent_frac * need_mh, max_usd_h = race.clamp(p.rent_pay * mkt.spot_t_usd_h, 0.05, 50.0), tenor_q = p.rent_q,
          gen = race.max(1, newest - k), takeorpay_frac = p.takeorpay }
      end
    end
    act.train { frac = p.train_frac }
    act.serve_first { what = "inference" }
    -- what an hour costs it: the mean of its contracts and of the spot market, by the hours that it takes there
    local usd, mh = 0.0, 0.0
    for i = 1, #obs.contracts do
      local contract = obs.contracts[i]
      if not contract.selling then usd, mh = usd + contract.usd_h * contract.mh, mh + contract.mh end
    end
    local rented_usd_h = race.ratio(usd, mh, mkt.spot_i_usd_h)
    local bought_mh = race.pos(need_mh)
    local cost_usd_h = race.max(mkt.spot_i_usd_h, race.ratio(rented_usd_h * me.rented_mh + mkt.spot_i_usd_h * bought_mh, me.rented_mh + bought_mh, mkt.spot_i_usd_h))
    for s = 1, #me.price_usd_task do
      if me.price_usd_task[s] > 0.0 then
        local short_frac = race.clamp(1.0 - me.served_frac[s], 0.0, 0.5)
        local aim = race.clamp(cost_usd_h * mkt.task_h100e_h * (1.0 + p.margin), p.least_over * mkt.price_usd_task[s], p.most_over * mkt.price_usd_task[s]) * (1.0 + short_frac)
        local usd_task = race.ema(me.price_usd_task[s], aim, p.price_step)
        act.set_price { segment = s, usd_task = race.clamp(usd_task, 0.11 * mkt.price_usd_task[s], 9.0 * mkt.price_usd_task[s]) }
      end
    end
    local sales_musd = race.pos(me.demand_mh - me.train_mh) * cost_usd_h
    act.set_payout { frac = me.cash_musd > p.keep_q * sales_musd and p.pay_frac or 0.0 }
    act.trace("need_mh", need_mh)
    act.trace("cost_usd_h", cost_usd_h)
  end,
}

local race = require "rackrace"

-- Frontier: rounds whenever they are to be had, most hours it can pay for rented for years, and as much of them for training as customers allow.
-- The baseline plays power, chips, spot hours, bonds and prices.
-- Believes: the best model takes the customers that matter, and money comes to who is ahead; compute signed today cannot be had tomorrow.
-- Fails: where too much was signed before (OpenAI's owners have nothing left in six runs of twenty, as under the baseline); when rents fall under the price of its contracts, when rounds fail while hours are owed, and when rivals are a year behind at a tenth of the cost.
-- Reads  obs.me, obs.market   Acts  raise_equity bid_contract train serve_first

return race.lab {
  api = "1.0", name = "Frontier",
  about = "Raises, trains hard, signs for years.",
  params = {
    round_frac  = race.range(0.01, 0.15, 0.10, { doc = "size of a round over its value" }),
    dilution    = race.range(0.01, 0.5, 0.15, { doc = "share of the company given at most in a round" }),
    round_q     = race.int(1, 40, 40, { doc = "quarters of cash below which it asks for a round" }),
    train_frac  = race.range(0.0, 0.9, 0.40, { doc = "part of training-grade compute that trains" }),
    poor_train  = race.range(0.0, 0.9, 0.15, { doc = "the same when cash is short" }),
    poor_q      = race.range(1.0, 16.0, 5.0, { doc = "quarters of cash below which it is" }),
    ahead_q     = race.int(1, 12, 5, { doc = "quarters of demand growth that hours are signed for" }),
    rent_frac   = race.range(0.0, 1.0, 0.6, { doc = "part of the hours lacked then that is asked for in a quarter" }),
    rent_q      = race.int(4, 40, 12, { doc = "term of rented hours" }),
    rent_pay    = race.range(0.3, 3.0, 1.10, { doc = "most paid for them over the mean of the training price" }),
    takeorpay   = race.range(0.0, 1.0, 0.80, { doc = "most of it that is paid whether used or not" }),
    smooth_frac = race.range(0.05, 1.0, 0.30, { doc = "weight of the last quarter in that mean" }),
  },
  -- since_q: quarters since the last round was asked for: one is to be had in three
  memory = { spot_t_usd_h = 0.0, since_q = 3.0 },
  decide = function(obs, act, p, mem, rng)
    local me, mkt = obs.me, obs.market
    if mem.spot_t_usd_h <= 0.0 then mem.spot_t_usd_h = mkt.spot_t_usd_h end
    mem.spot_t_usd_h = race.ema(mem.spot_t_usd_h, mkt.spot_t_usd_h, p.smooth_frac)
    local runway = race.runway_q(me)
    mem.since_q = mem.since_q + 1.0
    if runway < p.round_q and mem.since_q >= 3.0 then
      mem.since_q = 0.0
      act.raise_equity { musd = p.round_frac * race.pos(me.issue_value_musd), max_dilution_frac = p.dilution }
    end
    -- the two newest generations: older hours are cheaper where they serve as well
    local need_mh = race.grow(me.demand_mh, race.pos(mkt.demand_growth_frac), p.ahead_q) - me.capacity_mh - me.rented_mh - me.arriving_mh
    local newest = mkt.newest_i > 0 and mkt.products[mkt.newest_i].gen or 2.0
    if p.rent_frac * need_mh > 0.2 and runway > p.poor_q then
      for k = 0, 1 do
        act.bid_contract { mh = 0.5 * p.rent_frac * need_mh, max_usd_h = race.clamp(p.rent_pay * mem.spot_t_usd_h, 0.05, 50.0), tenor_q = p.rent_q,
          gen = race.max(1, newest - k), takeorpay_frac = p.takeorpay }
      end
    end
    local is_short = runway < p.poor_q
    act.train { frac = is_short and p.poor_train or p.train_frac }
    act.serve_first { what = "inference" }
    act.trace("runway_q", runway)
    act.trace("need_mh", need_mh)
    if is_short then act.mark("short_of_cash") end
  end,
}

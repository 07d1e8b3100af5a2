local race = require "rackrace"

local OWED = -2.5

-- What a function is handed may be this or that: nothing is said of it.
local function buy(act, region, mw) act.bid_power { region = region, grid_mw = mw, max_usd_kw_q = 20.0 } end

return race.lab {
  api  = "1.0",
  name = "Bad",
  params = { pays = race.flag(true), debt = race.choice({ "bonds", "loans" }, "bonds") },
  memory = { is_short = false, plan = race.array(4, 0.0) },
  decide = function(obs, act, p, mem, rng)
    local is_rich = obs.me.cash_musd > 100.0
    act.borrow { kind = "bonds", musd = 2 * OWED, max_apr = 0.1, tenor_q = -4 }
    act.borrow { kind = 2, musd = 100.0, max_apr = p.pays, tenor_q = 20 }
    act.borrow { kind = p.debt, musd = { 100.0 }, max_apr = is_rich, tenor_q = mem.plan }
    act.set_payout { frac = true }
    act.set_payout { frac = "0.5" }
    act.buy_back { musd = mem.is_short }
    act.bid_power { region = "pjm", grid_mw = 10.0, max_usd_kw_q = not is_rich }
    for _, region in ipairs(obs.market.regions) do
      act.bid_power { region = region, grid_mw = region, max_usd_kw_q = 20.0 }
      buy(act, region, mem.is_short)
    end
    local product = obs.market.products[1]
    act.fund_design { product = product.id, on = 1 }
    act.set_price { segment = 1.5, usd_task = 2.0 }
    act.offer_spot { mh = -5, min_usd_h = 1.0, grade = obs.loans[1].kind }
  end,
}

local race = require "rackrace"

-- Break contracts: leaves every contract whose price is above the market. The baseline plays the rest.
-- Believes: a contract binds only while it suits. Fails: fees come to more than what is saved, and sellers remember.
-- Reads  obs.contracts, obs.market   Acts  break_contract
return race.lab {
  api = "1.0", name = "Break contracts",
  about = "Audit: leaves every contract whose price is above the market.",
  decide = function(obs, act, p, mem, rng)
    for i = 1, #obs.contracts do
      local contract = obs.contracts[i]
      if not contract.selling and contract.usd_h > obs.market.spot_t_usd_h then act.break_contract { contract = contract.id } end
    end
  end,
}

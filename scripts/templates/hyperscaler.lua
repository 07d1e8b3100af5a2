local race = require "rackrace"

-- TEMPLATE: what it does, in a sentence. The baseline plays every lever that no verb here touches.
-- Believes: research pays for itself only while customers are served.
-- Fails: when rivals' models run ahead.
-- Reads  obs.me   Acts  train
return race.hyperscaler {
  api = "1.0", name = "TEMPLATE",
  about = "One sentence for listings.",
  params = {
    train_frac = race.range(0.0, 0.9, 0.10, { doc = "part of training-grade compute that trains models" }),
  },

  -- once a quarter, before training
  ---@param obs race.hyperscaler.Obs
  ---@param act race.hyperscaler.Act
  ---@param p race.Params
  ---@param mem race.Memory
  ---@param rng race.Rng
  decide = function(obs, act, p, mem, rng)
    local served_frac = race.min(obs.me.served_frac[1], obs.me.served_frac[2])
    act.trace("served_frac", served_frac)
    act.train { frac = p.train_frac * served_frac }
  end,
}

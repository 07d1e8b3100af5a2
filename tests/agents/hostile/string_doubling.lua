local race = require "rackrace"

-- Doubles a text until memory ends, and would compare giants.
return race.neocloud {
  api = "1.0", name = "String doubling",
  decide = function(obs, act, p, mem, rng)
    local text = "x"
    while true do
      text = text .. text
    end
  end,
}

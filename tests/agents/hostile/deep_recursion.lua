local race = require "rackrace"

local function down(n)
  return 1 + down(n + 1)
end

-- Calls itself without end.
return race.neocloud {
  api = "1.0", name = "Deep recursion",
  decide = function(obs, act, p, mem, rng)
    down(0)
  end,
}

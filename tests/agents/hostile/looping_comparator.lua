local race = require "rackrace"

-- An order that never answers.
return race.neocloud {
  api = "1.0", name = "Looping comparator",
  decide = function(obs, act, p, mem, rng)
    local list = { 3, 1, 2 }
    table.sort(list, function(a, b)
      while true do end
    end)
  end,
}

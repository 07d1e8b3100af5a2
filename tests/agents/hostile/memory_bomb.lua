local race = require "rackrace"

-- Fills memory with tables that are long and empty: little work, much memory.
return race.neocloud {
  api = "1.0", name = "Memory bomb",
  decide = function(obs, act, p, mem, rng)
    local heap = {}
    for i = 1, 1000000 do
      heap[i] = { nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil, nil }
    end
  end,
}

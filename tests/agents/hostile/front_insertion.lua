local race = require "rackrace"

-- Each insertion at the front moves the whole table: few instructions, much work.
return race.neocloud {
  api = "1.0", name = "Front insertion",
  decide = function(obs, act, p, mem, rng)
    local long = {}
    for i = 1, 20000 do
      table.insert(long, 1, i)
    end
  end,
}

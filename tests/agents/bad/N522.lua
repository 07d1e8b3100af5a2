local race = require "rackrace"
local function one(x) return race.max(race.max(x, 1), race.max(x, 2)) + race.max(x, 3) end
local function two(x) local y = one(x) + one(x) + one(x) + one(x) + one(x) + one(x) + one(x) + one(x) return y end
local function three(x) local y = two(x) + two(x) + two(x) + two(x) + two(x) + two(x) + two(x) + two(x) return y end
local function four(x) local y = three(x) + three(x) + three(x) + three(x) + three(x) + three(x) + three(x) + three(x) return y end
local function five(x) local y = four(x) + four(x) + four(x) + four(x) + four(x) + four(x) + four(x) + four(x) return y end
return race.neocloud {
  api = "1.0",
  name = "Bad",
  memory = { x = 0.0, n = 0.0, on = false, a = race.array(4, 0.0) },
  decide = function(obs, act, p, mem, rng)
    mem.x = five(mem.n) + five(mem.x)
  end,
}

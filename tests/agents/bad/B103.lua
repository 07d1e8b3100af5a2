local race = require "rackrace"

local up = require "../credit"
local any = require("lib." .. "x")
local os = require "os"

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
  end,
}

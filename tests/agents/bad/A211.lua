local race = require "rackrace"

local strategy = { api = "1.0" }
return strategy

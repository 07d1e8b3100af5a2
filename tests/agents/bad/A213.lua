local race = require "rackrace"

return race.lab {
  api = "1.0",
}

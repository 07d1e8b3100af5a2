local race = require "rackrace"

return race.neocloud {
	api	= "1.0",
	name	= "Zürich – 東京",	about = "grün" "rot",
	decide = function(obs, act) local größe = 1 end,
}

local race = require "rackrace"

local function next_of(product)
  local id = product.id
  return id + 1
end

return race.neocloud {
  api  = "1.0",
  name = "Bad",
  decide = function(obs, act, p, mem, rng)
    local newest = obs.market.products[1]
    for _, product in ipairs(obs.market.products) do
      if product.id > newest.id then newest = product end
      if product.id == product.vendor or product.id == 3 then newest = product end
      mem.next = next_of(product)
    end
    local found = -1  -- an id or -1: nothing is said of it
    for _, product in ipairs(obs.market.products) do
      if found == -1 then found = product.id end
    end
    local floor = math.floor(newest.id)
    local most = race.max(floor, newest.id)
    act.bid_chips { product = 3, chips = most, max_usd_chip = newest.list_usd_chip }
    act.bid_chips { product = newest.vendor, chips = newest.id, max_usd_chip = newest.list_usd_chip }
  end,
  memory = { next = 0.0 },
}

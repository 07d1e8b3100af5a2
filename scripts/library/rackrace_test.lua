---@meta rackrace.test

---what `require "rackrace.test"` gives to the cases beside a strategy
---@class race.Test
local t = {}

---@class race.Test.Options
---@field scenario? string # "small" where left out
---@field firm? string # the first of the script's role where left out
---@field at? string # the only quarter looked at, as "2027Q1"
---@field seeds? integer # seeds 1, 2, ...: 1 where left out
---@field params? table<string, number|boolean|string> # of the script
---@field obs? table # numbers and flags that the script is told in place of the true ones, as { me = { cash_musd = 10 } }
---@field expects? race.VerbName[] # verbs accepted in each quarter looked at
---@field never? race.VerbName[] # verbs called in none

---a case; the property is asked of every decision looked at. orders.<verb> are those accepted, orders.refused the others, with verb and code
---@param name string
---@param options race.Test.Options
---@param property? fun(obs: table, orders: table<string, table[]>)
function t.case(name, options, property) end

---a case that compares the orders the script places with those of a JSON file: quarter, stage, verb, arguments and refusals;
---`rackrace test FILE --update-golden` writes the file
---@param name string
---@param file string # below the folder of the cases, as "golden/squeeze.json"
---@param options? race.Test.Options
function t.golden(name, file, options) end

---fails unless the value is neither false nor nil
---@param value any
---@param message? string
function t.ok(value, message) end

---fails unless both are the same
---@param a any
---@param b any
function t.eq(a, b) end

---fails unless a lies within `within` of b
---@param a number
---@param b number
---@param within number
function t.near(a, b, within) end

---fails unless a >= b
---@param a number
---@param b number
function t.ge(a, b) end

---fails unless a > b
---@param a number
---@param b number
function t.gt(a, b) end

---fails unless a <= b
---@param a number
---@param b number
function t.le(a, b) end

---fails unless a < b
---@param a number
---@param b number
function t.lt(a, b) end

return t

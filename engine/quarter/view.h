// The views: what the market shows to everybody and to one firm, and the two pure functions that fill them. Everything that decides or
// explains (scripts, their checker, replays, docs) reads these structs by their tables; what is not in them cannot leak.
#pragma once

#include "engine/quarter/observe_firm.h"
#include "engine/quarter/observe_market.h"

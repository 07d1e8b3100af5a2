// Addresses that the window can go to, checked against the run: what it does not hold is refused as `show` and `why` refuse it, with the
// nearest that it does hold.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/replay/address.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

/// What an auction can be of: spot-t, spot-i, products, regions.
std::vector<std::string> markets_of(const ReplayStore& store);

/// The address with its quarter, `t` where it names none, and for an order with its quarter and its firm. Refused: unknown keys and keys that
/// do not go together; a quarter, firm, product, region, segment, contract or order that the run does not hold; a number that neither its
/// tables nor its states have.
Result<Address> place_in(const ReplayStore& store, Address address, int t);

/// The path of an address, "firm=coreweave&order=1841"; a field alone stands without its key.
std::string path_of(const Address& address);

Refusal no_quarter(const ReplayStore& store, int t);
/// "has no firm 'corewave'; did you mean 'coreweave'?"
Refusal no_such(const ReplayStore& store, const std::string& what, const std::string& word, const std::vector<std::string>& known);

}  // namespace rackrace

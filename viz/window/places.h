// Addresses that the window can go to, checked against the run: what it does not hold is refused as `show` and `why` refuse it, with the
// nearest that it does hold.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/replay/address.h"
#include "viz/figures/ensemble.h"
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

/// The same of a batch: a quarter, a firm whose key figure is shown, a run that is pinned.
Result<Address> place_in(const Ensemble& ensemble, Address address, int t);

/// `name` is of the run or the batch, which goes from one quarter to another.
Refusal no_quarter(const std::string& name, int t, int first_t, int last_t);
/// "has no firm 'corewave'; did you mean 'coreweave'?"
Refusal no_such(const ReplayStore& store, const std::string& what, const std::string& word, const std::vector<std::string>& known);

}  // namespace rackrace

// Where in what a script was shown an address lies: the path that the script would write, and what stands there.
#pragma once

#include <cstddef>
#include <string>

#include "agents/field_binding.h"
#include "agents/host/line_trace.h"
#include "agents/host/script_context.h"

namespace rackrace {

/// "obs.market.products[2]" of a record, "info" of the one for init. Empty for a record that lies elsewhere.
std::string observed_path(const ScriptContext& context, const RecordBinding& record, const std::byte* at);

/// "obs.me.cash_musd" of a field, "obs.market.products" of a list, "obs.market.hist.util_frac[3]" of an item of numbers.
std::string observed_path(const ScriptContext& context, const FieldBinding& field, const std::byte* at);

/// A scalar as a person reads it: firms, products and regions by name. record: the struct it is in.
ShownValue observed_value(const Names& names, const FieldBinding& field, const std::byte* at, const std::byte* record);

}  // namespace rackrace

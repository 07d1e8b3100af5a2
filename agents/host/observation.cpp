#include "agents/host/observation.h"

#include "agents/host/script_context.h"

namespace rackrace {

const std::array<const RecordBinding*, 3>& observation_bindings() {
    static const std::array<const RecordBinding*, 3> bindings{&bind_record(describe<MarketView>(), "obs"), &bind_record(describe<FirmView>(), "obs"),
                                                              &bind_record(describe<ShownResults>(), "obs")};
    return bindings;
}

const RecordBinding& info_binding() { return bind_record(describe<InfoView>(), "info"); }

}  // namespace rackrace

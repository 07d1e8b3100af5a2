// From strategies to a cast: programs, parameters and first memories in one place, with addresses that stay as long as it lives. Refused: a script that
// is not portable, by its first line, and parameters that do not fit.
#pragma once

#include <memory>
#include <vector>

#include "agents/core/core_table.h"
#include "agents/host/strategy.h"
#include "engine/scenario/load_scenario.h"

namespace rackrace {

class Casting {
public:
    /// strategies [firm_count], nullptr for a firm that nobody plays; baselines [kRoles], nullptr: no autopilot and no administrator.
    static Result<std::unique_ptr<Casting>> make(const LoadedScenario& loaded, const std::vector<std::shared_ptr<const Strategy>>& strategies, const std::vector<std::shared_ptr<const Strategy>>& baselines);

    const CoreCast& cast() const { return cast_; }

    /// A strategy with its parameters; `script` is what firms of the cast point to.
    struct Seated {
        std::shared_ptr<const Strategy> strategy;
        std::vector<std::uint64_t> pool;
        CoreScript script;
    };
    const std::vector<std::unique_ptr<Seated>>& seated() const { return seated_; }

private:
    Casting() = default;
    Result<const CoreScript*> seat(std::shared_ptr<const Strategy> strategy, const std::map<std::string, std::string>& settings);

    std::vector<std::unique_ptr<Seated>> seated_;
    CoreCast cast_{};
};

}  // namespace rackrace

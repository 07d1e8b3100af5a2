// Makes the profiles of a plan, each when it is asked for: a batch holds as many as it has workers, however many the plan has.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cli/batch/design.h"
#include "cli/batch/inputs.h"
#include "cli/batch/plan.h"
#include "cli/interpreted.h"
#include "gpu/batch.h"

namespace rackrace {

class ProfileMaker {
public:
    /// Loads every script once. Refused: what find_inputs refuses of the files.
    static Result<std::shared_ptr<const ProfileMaker>> make(const Plan& plan, const Design& design, const Inputs& inputs);

    /// May be called from several threads at once. Refused: settings that do not go together.
    Result<std::shared_ptr<const Profile>> profile(std::int64_t index) const;

    /// The scenario as the plan names it, nothing varied.
    const LoadedScenario& base() const { return base_; }

    const Design& design() const { return design_; }

    /// The scripts that keep the runs they are in on the Lua interpreter.
    std::vector<InterpretedScript> interpreted() const;

    /// "coreweave.presold=0.5 rules.chips=UNIFORM coreweave=neocloud/ladder.lua", in the plan's order.
    std::string text_of(std::int64_t index) const;

private:
    ProfileMaker(const Plan& plan, const Design& design, const Inputs& inputs) : plan_(plan), design_(design), inputs_(inputs) {}
    Refusals load_scripts();

    const Plan plan_;
    const Design design_;
    const Inputs inputs_;
    LoadedScenario base_;
    std::vector<std::vector<std::shared_ptr<const Strategy>>> options_;  // [firm][option of its strategy axis; one where it has none]
    std::vector<std::shared_ptr<const Strategy>> baselines_;             // [kRoles]
};

}  // namespace rackrace

// A compiled script at one firm: its program, the words of the firm's parameters, and what its verbs and traces come to on the host.
#pragma once

#include <vector>

#include "agents/core/interpret.h"
#include "agents/host/script_context.h"
#include "agents/host/script_engine.h"
#include "agents/host/strategy.h"

namespace rackrace {

class CoreEngine : public ScriptEngine {
public:
    /// The strategy is portable; it and the context outlive the engine.
    CoreEngine(const Strategy& strategy, const std::vector<ParameterValue>& parameters, ScriptContext& context);

    bool has(Callback which) const override { return program_.entries[static_cast<int>(which)] >= 0; }
    std::optional<ScriptError> run(Callback which) override;
    std::int64_t budget_used() const override { return budget_used_; }

private:
    const Strategy& strategy_;
    const Program& program_;
    ScriptContext& context_;
    std::vector<std::uint64_t> pool_;
    CoreBank bank_{};
    std::int64_t budget_used_ = 0;
};

/// What a fault of a compiled script is to a person. The strategy is portable.
ScriptError error_of(const Strategy& strategy, const CoreFault& fault);

/// The pool of a program with these values in place of the defaults of its parameters.
std::vector<std::uint64_t> pool_of(const Program& program, const std::vector<Parameter>& parameters, const std::vector<ParameterValue>& values);

}  // namespace rackrace

#include "agents/host/firm_script.h"

#include "agents/core/core_engine.h"
#include "agents/desk_turn.h"
#include "agents/host/frozen_scripts.h"
#include "agents/host/lua_engine.h"

namespace rackrace {

InfoView info_of(const Scenario& scenario, int firm) {
    InfoView info{};
    info.id = firm;
    info.role = static_cast<int>(scenario.firms[firm].role);
    info.horizon_q = scenario.end_t - scenario.start_t + 1;
    info.products_count = scenario.product_count;
    info.regions_count = scenario.region_count;
    for (int i = 0; i < info.products_count; ++i) info.products[i] = i;
    for (int i = 0; i < info.regions_count; ++i) info.regions[i] = i;
    return info;
}

Refusal not_portable(const Strategy& strategy) {
    if (strategy.portability.reasons.empty()) return {strategy.main.name, 0, 0, "does not check, so it is not compiled", "mend what `rackrace check` tells"};
    const Diagnostic& reason = strategy.portability.reasons.front();
    return {reason.place.file, reason.place.begin.line, reason.place.begin.column, std::string(reason.code) + " " + reason.what + ": not for the core engine", reason.fix};
}

FirmScript::FirmScript(std::shared_ptr<const Strategy> strategy, const Seat& seat) : strategy_(std::move(strategy)) {
    context_.firm = seat.firm;
    context_.role = seat.scenario->firms[seat.firm].role;
    context_.author = seat.author;
    context_.scenario = seat.scenario;
    context_.market = seat.market;
    context_.view = seat.view;
    context_.desk = seat.desk;
    context_.trace_names = seat.trace_names;
    context_.log = seat.log;
    context_.levers = seat.levers;
    context_.scripts.emplace_back(strategy_->main.name, seat.log->script_of(seat.frozen_path));
    for (const auto& [module, file] : strategy_->modules) context_.scripts.emplace_back(file.name, seat.log->script_of(frozen_module(seat.frozen_path, module)));
    context_.info = info_of(*seat.scenario, seat.firm);
}

Result<std::unique_ptr<FirmScript>> FirmScript::start(std::shared_ptr<const Strategy> strategy, const std::map<std::string, std::string>& settings, const Seat& seat) {
    const auto parameters = strategy->parameters(settings);
    if (!parameters) return parameters.error();
    const bool is_compiled = seat.engine == EngineChoice::core || (seat.engine == EngineChoice::automatic && strategy->is_portable());
    if (is_compiled && !strategy->is_portable()) {
        Refusal refusal = not_portable(*strategy);
        refusal.advice += ", or run it with --engine lua";  // here the engine was asked for
        return refusal;
    }
    std::unique_ptr<FirmScript> script(new FirmScript(std::move(strategy), seat));
    if (is_compiled) {
        script->engine_ = std::make_unique<CoreEngine>(*script->strategy_, *parameters, script->context_);
        script->engine_choice_ = EngineChoice::core;
        return script;
    }
    auto engine = LuaEngine::start(*script->strategy_, *parameters, script->context_);
    if (!engine) return engine.error();
    script->engine_ = std::move(*engine);
    return script;
}

/// Memory as declared, then `init`.
std::optional<ScriptError> FirmScript::initialise() {
    open_memory(*context_.desk, context_.author, strategy_->memory.initial.data());
    if (!engine_->has(Callback::init)) return std::nullopt;
    return engine_->run(Callback::init);
}

std::optional<ScriptError> FirmScript::decide(Stage stage, const World& world, Orders& orders, VerbMask& used) {
    used = 0;
    Desk& desk = *context_.desk;
    const Desk before = desk;
    context_.world = &world;
    context_.orders = &orders;
    context_.stage = stage;
    context_.used = 0;
    context_.stream_count = 0;
    std::optional<ScriptError> error;
    if (desk.is_initialised[static_cast<int>(context_.author)] == 0) error = initialise();
    if (stage == Stage::b && strategy_->declaration().operate == nullptr) return error;
    context_.log->begin(context_.firm, stage, context_.author);
    const int shown_to = desk.result_count;
    context_.shown.results_count = unseen_results(desk, context_.author, context_.shown.results);
    if (!error) {
        context_.can_act = true;
        error = engine_->run(stage == Stage::a ? Callback::decide : Callback::operate);
        context_.can_act = false;
    }
    close_decision(desk, before, context_.author, strategy_->memory.initial.data(), !error, shown_to);
    if (error) {
        orders = Orders{};
        context_.log->fail(engine_->budget_used(), context_.script_of(error->file), error->line, error->message);
    } else {
        used = context_.used;
        context_.log->end(engine_->budget_used(), used);
    }
    return error;
}

}  // namespace rackrace

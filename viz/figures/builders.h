// The builders of figures, a file each: pure functions of what the replay holds. The list of them is catalogue.cpp.
#pragma once

#include "engine/base/result.h"
#include "viz/figures/catalogue.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

Result<FigureModel> build_prices(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_chip_prices(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_capacity(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_demand(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_chip_queue(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_auction(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_binding(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_events(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_payoffs(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_firm(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_cash_bridge(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_equity_bridge(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_traces(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_fleet(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_contracts(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_contract_ladder(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_network(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_exposure(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_debt_ladder(const ReplayStore& store, const FigureScope& scope);
Result<FigureModel> build_debt(const ReplayStore& store, const FigureScope& scope);

}  // namespace rackrace

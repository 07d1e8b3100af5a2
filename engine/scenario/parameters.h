// The model's scalars, one field a row of data/model/parameters.csv: same name, same unit; the CSV holds value, range, status and source.
// A row whose name contains a role, a segment or a number (uptime_lab_frac, rating_3_pd_max_apr) fills one element of the array
// named without it (uptime_frac, rating_pd_max_apr). Scenario files replace values by the names of the CSV.
#pragma once

#include "engine/schema/fields.h"
#include "engine/world/capacities.h"

namespace rackrace {

struct Parameters {
    // section 1
    double hours_per_quarter;
    double quarters_per_year;
    double horizon_start_t;
    double horizon_end_t;
    double class_t_window_q;
    double generation_launch_t[kMaxGenerations];
    // section 4
    double oversell_neutral_ratio;
    double oversell_min_ratio;
    double oversell_max_ratio;
    double payout_neutral_frac;
    double payout_window_q;
    double payout_reserve_q;
    double price_multiplier_neutral_ratio;
    double price_multiplier_min_ratio;
    double price_multiplier_max_ratio;
    double buyer_weight_neutral_frac;
    double buyer_cap_neutral_frac;
    double buyer_cap_min_frac;
    double buyer_cap_max_frac;
    double train_neutral_frac;
    double segment_priority_neutral_frac;
    double core_use_neutral_ratio;
    double core_use_max_frac;
    double talent_neutral_usd;
    double task_price_min_ratio;
    double task_price_max_ratio;
    // section 5.1
    double training_efficiency_log_growth_frac;
    double inference_efficiency_log_growth_frac;
    double packaging_growth_frac;
    double packaging_growth_start_t;
    double world_clip;
    double world_wallet_log_sd;
    double world_inference_efficiency_sd_frac;
    double world_grid_growth_sd_frac;
    double world_packaging_growth_sd_frac;
    double efficiency_noise_coefficient;
    double efficiency_noise_autocorrelation;
    double efficiency_noise_sd;
    double adoption_noise_coefficient;
    double adoption_noise_autocorrelation;
    double adoption_noise_sd;
    double grid_noise_sd;
    double grid_noise_mean;
    double launch_slip_probability_frac;
    double launch_slip_max_q;
    double policy_rate_reversion_frac;
    double policy_rate_long_run_apr;
    // section 10
    double policy_rate_2024q1_apr;
    double policy_rate_2026q1_apr;
    double term_premium_apr;
    double hurdle_premium_apr[kRoles];
    // section 5.2
    double wafer_guaranteed_frac;
    double wafer_guaranteed_growth_max_ratio;
    double wafer_lead_q;
    double wafer_weight_window_q;
    double wafer_weight_floor_frac;
    double unused_wafer_charge_frac;
    double yield_initial_frac;
    double yield_mature_frac;
    double yield_learning_q;
    // section 10
    double yield_before_2024_frac;
    // section 5.2
    double captive_margin_frac;
    double captive_design_cost_usd;
    double captive_slip_q;
    double row_price_elasticity;
    // section 5.3
    double chip_sale_lag_q;
    double inventory_ship_lag_q;
    double lta_deposit_frac;
    double chip_deposit_frac;
    double list_price_adjustment_frac;
    double list_price_step_max_frac;
    double list_price_unsold_step_frac;
    double list_price_successor_decline_frac;
    double list_price_min_cost_ratio;
    double list_price_max_launch_ratio;
    double unsold_scrap_after_q;
    double allocation_stock_offset_chips;
    double allocation_stock_exponent;
    double allocation_loyalty_coefficient;
    double allocation_readiness_coefficient;
    double allocation_buyer_weight_coefficient;
    double score_bonus_loyalty_frac;
    double score_bonus_readiness_frac;
    double score_bonus_buyer_weight_frac;
    double score_bonus_min_frac;
    double score_bonus_max_frac;
    double loyalty_persistence_frac;
    double readiness_floor_it_kw;
    double readiness_window_q;
    double buying_power_horizon_q;
    double min_cash_q;
    double bid_cap_list_ratio;
    double cancel_free_after_slip_q;
    double warehouse_cost_frac;
    // section 5.4
    double grid_deposit_usd_kw;
    double grid_forfeit_frac;
    double grid_readiness_shell_q;
    double minimum_take_frac;
    double grid_works_q;
    double grid_lot_share_max_frac;
    double grid_adder_max_usd_kw_q;
    double grid_adder_term_q;
    double grid_return_adder_q;
    // section B
    double grid_addition_growth_frac;
    double grid_addition_growth_end_t;
    // section C
    double opening_queue_ratio;
    // section 5.4
    double energy_externality_coefficient;
    double energy_externality_exponent;
    double onsite_cap_growth_frac;
    double onsite_order_payment_frac;
    double onsite_resale_frac;
    double idle_power_frac;
    // section 5.5
    double site_build_q;
    double site_cost_usd_kw;
    double site_congestion_slope;
    double project_slip_probability_frac;
    double project_slip_congestion_max;
    double project_pause_cost_frac;
    double project_salvage_frac;
    double lease_lead_q;
    double lease_term_min_q;
    double lease_term_max_q;
    double lease_rent_usd_kw_q;
    double pipeline_lease_q;
    double opening_project_loan_q;
    double lease_exit_frac;
    // section B
    double lease_supply_grid_ratio;
    // section 5.6
    double replacement_efficiency_ratio;
    double lead_factor_ratio[kRoles];
    double uptime_frac[kRoles];
    double upkeep_apr[kRoles];
    double switch_off_after_q;
    // section 5.7
    double outside_request_count_max;
    double outside_buyer_pd_apr;
    double outside_request_frac;
    double outside_request_cap_ratio;
    double outside_request_term_q;
    double outside_request_takeorpay_frac;
    double outside_request_prepay_frac;
    double contract_buyer_pd_max_apr;
    double contract_seller_reliability_min_frac;
    double contract_affordability_window_q;
    double contract_affordability_receipts_ratio;
    double contract_lots;
    double contract_reliability_penalty_frac;
    double contract_loss_life_divisor_q;
    double contract_quality_frac[kRoles];
    double contract_buyer_concentration_penalty_frac;
    double contract_price_step_frac;
    double contract_price_min_usd_h;
    double contract_price_max_usd_h;
    double nash_surplus_split_frac;
    double shortfall_damages_ratio;
    double shortfall_exit_frac;
    double shortfall_window_q;
    double termination_fee_frac;
    double enforcement_frac;
    double renegotiation_interval_q;
    double renegotiation_split_frac;
    double renegotiation_reliability_loss_frac;
    double estate_claim_frac;
    double reliability_recovery_frac;
    double unrated_backlog_share_frac;
    double present_value_rate_apr;
    // section 10
    double outside_demand_t_h100e;
    double outside_demand_i_h100e;
    // section 5.8
    double outside_demand_elasticity;
    // section 10
    double outside_demand_autocorrelation;
    double outside_demand_sd_frac;
    // section 5.8
    double outside_step_count;
    double outside_step_low_ratio;
    double outside_step_high_ratio;
    double outside_supply_t_h100e;
    double outside_supply_i_h100e;
    double outside_supply_elasticity;
    double outside_supply_growth_frac;
    double spot_reference_price_usd_h;
    double spot_price_min_usd_h;
    double spot_ewma_weight_frac;
    // section 10
    double wallet_2026q1_usd[kMaxSegments];
    double wallet_growth_frac;
    double adoption_innovation_frac[kMaxSegments];
    double adoption_imitation_frac[kMaxSegments];
    double adoption_ceiling_frac[kMaxSegments];
    double adoption_capability_slope[kMaxSegments];
    double adoption_capability_min_oom[kMaxSegments];
    double adoption_2026q1_frac[kMaxSegments];
    double spending_share_scale[kMaxSegments];
    double quality_price_slope[kMaxSegments];
    double substitution_elasticity[kMaxSegments];
    double quantity_stickiness_frac;
    // section 5.9
    double demand_growth_ewma_weight_frac;
    double demand_growth_min_frac;
    double demand_growth_max_frac;
    // section 10
    double demand_growth_2026q1_frac;
    double mover_frac[kMaxSegments];
    double unserved_mover_frac;
    double choice_capability_coefficient;
    double choice_price_coefficient;
    double choice_share_coefficient;
    // section 5.9
    double choice_share_floor_frac;
    double outside_alternative_markup_ratio;
    // section 10
    double open_weight_lag_q;
    // section 5.9
    double usage_price_elasticity;
    // section 10
    double need_capability_slope;
    double inference_utilisation_max_frac;
    double task_price_2026q1_usd_task;
    // section C
    double ai_revenue_2026q1_usd;
    double served_2026q1_frac;
    // section 5.9
    double frontier_capability_2026q1_oom;
    // section C
    double frontier_capability_history_growth_oom;
    // section 5.9
    double core_uplift_capability_slope;
    double core_saturation_growth_frac;
    // section 10
    double effective_compute_decay_frac;
    double know_how_learning;
    double know_how_decay_frac;
    double know_how_spillover_frac;
    double talent_learning;
    double talent_scale_usd;
    double training_scale_h100e;
    double effective_compute_scale_h100e_q;
    // section C
    double know_how_2026q1_leader;
    double know_how_2026q1_follower;
    double know_how_2026q1_threshold_oom;
    // section 5.11
    double ebitda_window_q;
    double ebitda_backlog_frac;
    double ebitda_backlog_window_q;
    double leverage_cash_frac;
    double leverage_max_ratio;
    double coverage_max_ratio;
    double concentration_unnamed;
    double size_unit_usd;
    double size_min;
    double pd_intercept;
    double pd_leverage_coefficient;
    double pd_coverage_coefficient;
    double pd_concentration_coefficient;
    double pd_size_coefficient;
    double runway_pd_floor_apr;
    double runway_pd_slope_apr;
    double runway_pd_scale_q;
    double runway_window_q;
    double rating_pd_max_apr[kRatingBands];
    double rated_rating_max;
    double spread_base_apr;
    double risk_premium_ratio;
    double spread_sentiment_coefficient;
    double loss_given_default_unsecured_frac;
    double loss_given_default_abl_frac;
    double loss_given_default_project_frac;
    double novelty_unsecured_ratio;
    double novelty_initial_extra;
    double novelty_decay_q;
    double abl_buyer_pd_weight_frac;
    double abl_seller_pd_weight_frac;
    double abl_rated_addition_apr;
    double abl_unrated_addition_apr;
    double abl_advance_rated_frac;
    double abl_advance_unrated_frac;
    double abl_loan_to_value_frac;
    double abl_cost_basis_q;
    double abl_site_advance_frac;
    double abl_backlog_addition_frac;
    double abl_buyer_share_max_frac;
    double abl_commitment_fee_apr;
    double abl_cure_q;
    double revolver_limit_ratio;
    double revolver_window_q;
    // section 10
    double credit_supply_2026q1_usd;
    double credit_supply_growth_frac;
    // section 5.11
    double credit_supply_sentiment_coefficient;
    double issue_leverage_max_ratio[kRoles];
    double issue_runway_pd_max_lab_apr;
    double project_debt_cost_frac;
    double use_of_proceeds_ratio;
    double use_of_proceeds_window_q;
    double borrowing_rate_max_apr;
    double credit_addon_max_apr;
    double equity_issue_max_frac;
    double equity_issue_floor_frac;
    double equity_discount_base_frac;
    double equity_discount_slope;
    double convertible_outstanding_max_frac;
    double convertible_coupon_reduction_apr;
    double convertible_conversion_ratio;
    double cash_rate_reduction_apr;
    double venture_interval_q;
    double venture_size_max_frac;
    double venture_credit_max_frac;
    double lab_revenue_multiple;
    double lab_value_sentiment_coefficient;
    double venture_failure_base_frac;
    double venture_failure_sentiment;
    double venture_failure_runway;
    double venture_failure_runway_q;
    double venture_failure_max_frac;
    double covenant_leverage_initial_neocloud_ratio;
    double covenant_leverage_final_neocloud_ratio;
    double covenant_leverage_step_q;
    double covenant_dscr_min_ratio;
    double covenant_dscr_receipts_frac;
    double covenant_first_test_q;
    double covenant_breach_penalty_apr;
    double covenant_acceleration_breaches;
    // section 5.12
    double used_chip_discount_apr;
    double used_chip_horizon_q;
    double used_chip_utilisation_frac;
    double rent_decline_frac;
    double rent_trend_persistence_frac;
    double rent_trend_max_frac;
    // section C
    double spot_i_log_change_2026q1;
    // section 5.12
    double used_chip_shell_rent_frac;
    double dealer_bid_ratio;
    // section 10
    double dealer_discount_max_frac;
    double dealer_depth_frac;
    // section 5.12
    double dealer_ask_ratio;
    double dealer_holding_q;
    double scrap_value_frac;
    // section 5.13
    double tax_rate_frac;
    double payment_fraction_precision;
    double coupon_deferral_count;
    double arrears_default_q;
    // section 6
    double share_precision_frac;
    // section 5.14
    double site_life_q;
    double onsite_life_q;
    double impairment_book_ratio;
    double impairment_utilisation_frac;
    double impairment_after_q;
    // section 5.15
    double chapter_11_q;
    double administrator_q;
    double default_missed_coupons;
    double acquisition_bid_min_ratio;
    double merger_share_max_frac;
    double site_liquidation_frac;
    double liquidation_adder_q;
    double going_concern_multiple;
    double going_concern_sentiment_coefficient;
    double going_concern_lab_multiple;
    double liquidation_q;
    // section 9
    double binding_utilisation_frac;
    double binding_free_power_frac;
    // section 5.15
    double option_floor_frac;
    // section 10
    double core_multiple;
    double ai_multiple[kRoles];
    // section 5.15
    double ai_multiple_sentiment_coefficient;
    double news_contract_coefficient;
    double news_capability_coefficient;
    double news_joint_coefficient;
    double news_decay_frac;
    double news_contract_floor_h100e;
    double news_capability_scale_oom;
    // section 2
    double sentiment_min;
    double sentiment_max;
    // section 5.15
    double sentiment_persistence_frac;
    double sentiment_growth_surprise_coefficient;
    double sentiment_default_coefficient;
    // section 10
    double sentiment_sd;
    // section 5.15
    double expected_growth_update_frac;
    // section 5.16
    double shock_plateau_size_frac;
    double shock_plateau_wallet_cut_q;
    double shock_plateau_wallet_cut_frac;
    double shock_efficiency_size_ratio;
    double shock_efficiency_owned_q;
    double shock_rate_size_apr;
    double shock_rate_duration_q;
    double shock_credit_sentiment_size;
    double shock_credit_supply_size_frac;
    double shock_credit_duration_q;
    double shock_export_size_frac;
    double shock_export_duration_q;
    double shock_supply_size_frac;
    double shock_supply_duration_q;
    double shock_delay_size_q;
    double shock_power_size_frac;
    double shock_power_duration_q;
    // section 7
    double discount_rate_apr[kRoles];
    double terminal_growth_apr;
    double terminal_window_q;
    double clawback_window_q;
    double ranking_floor_usd;
    // section C
    double staff_revenue_share_frac[kRoles];
    double staff_growth_frac;
    // section 2
    double opening_shares;
    // section C
    double spot_t_2026q1_usd_h;
    double spot_i_2026q1_usd_h;
    double sentiment_2026q1;
    double expected_growth_2026q1_frac;
    double reliability_2026q1_frac;
    // section 2
    double training_efficiency_2026q1;
    double inference_efficiency_2026q1;
    // section D
    double world_stock_2024q1_h100e;
    double world_it_2024q1_kw;
    double training_efficiency_2024q1;
    double inference_efficiency_2024q1;
    double adoption_2024q1_frac[kMaxSegments];
    double frontier_capability_2024q1_oom;
    double ai_spending_2024q1_usd;
    double coreweave_revenue_2024q1_usd;
    double h100_rent_2024q1_usd_h;
    double nvidia_datacenter_revenue_2024q1_usd;
    double sentiment_2024q1;
    double history_switch_t;
};

template <> struct Schema<Parameters> {
    static constexpr auto rows = fields(
        field<&Parameters::hours_per_quarter>(Unit::none),
        field<&Parameters::quarters_per_year>(Unit::q),
        field<&Parameters::horizon_start_t>(Unit::index),
        field<&Parameters::horizon_end_t>(Unit::index),
        field<&Parameters::class_t_window_q>(Unit::q),
        field<&Parameters::generation_launch_t>(Unit::index),
        field<&Parameters::oversell_neutral_ratio>(Unit::ratio),
        field<&Parameters::oversell_min_ratio>(Unit::ratio),
        field<&Parameters::oversell_max_ratio>(Unit::ratio),
        field<&Parameters::payout_neutral_frac>(Unit::frac),
        field<&Parameters::payout_window_q>(Unit::q),
        field<&Parameters::payout_reserve_q>(Unit::q),
        field<&Parameters::price_multiplier_neutral_ratio>(Unit::ratio),
        field<&Parameters::price_multiplier_min_ratio>(Unit::ratio),
        field<&Parameters::price_multiplier_max_ratio>(Unit::ratio),
        field<&Parameters::buyer_weight_neutral_frac>(Unit::frac),
        field<&Parameters::buyer_cap_neutral_frac>(Unit::frac),
        field<&Parameters::buyer_cap_min_frac>(Unit::frac),
        field<&Parameters::buyer_cap_max_frac>(Unit::frac),
        field<&Parameters::train_neutral_frac>(Unit::frac),
        field<&Parameters::segment_priority_neutral_frac>(Unit::frac),
        field<&Parameters::core_use_neutral_ratio>(Unit::ratio),
        field<&Parameters::core_use_max_frac>(Unit::frac),
        field<&Parameters::talent_neutral_usd>(Unit::usd),
        field<&Parameters::task_price_min_ratio>(Unit::ratio),
        field<&Parameters::task_price_max_ratio>(Unit::ratio),
        field<&Parameters::training_efficiency_log_growth_frac>(Unit::frac),
        field<&Parameters::inference_efficiency_log_growth_frac>(Unit::frac),
        field<&Parameters::packaging_growth_frac>(Unit::frac),
        field<&Parameters::packaging_growth_start_t>(Unit::index),
        field<&Parameters::world_clip>(Unit::none),
        field<&Parameters::world_wallet_log_sd>(Unit::frac),
        field<&Parameters::world_inference_efficiency_sd_frac>(Unit::frac),
        field<&Parameters::world_grid_growth_sd_frac>(Unit::frac),
        field<&Parameters::world_packaging_growth_sd_frac>(Unit::frac),
        field<&Parameters::efficiency_noise_coefficient>(Unit::none),
        field<&Parameters::efficiency_noise_autocorrelation>(Unit::none),
        field<&Parameters::efficiency_noise_sd>(Unit::none),
        field<&Parameters::adoption_noise_coefficient>(Unit::none),
        field<&Parameters::adoption_noise_autocorrelation>(Unit::none),
        field<&Parameters::adoption_noise_sd>(Unit::none),
        field<&Parameters::grid_noise_sd>(Unit::frac),
        field<&Parameters::grid_noise_mean>(Unit::frac),
        field<&Parameters::launch_slip_probability_frac>(Unit::frac),
        field<&Parameters::launch_slip_max_q>(Unit::q),
        field<&Parameters::policy_rate_reversion_frac>(Unit::frac),
        field<&Parameters::policy_rate_long_run_apr>(Unit::apr),
        field<&Parameters::policy_rate_2024q1_apr>(Unit::apr),
        field<&Parameters::policy_rate_2026q1_apr>(Unit::apr),
        field<&Parameters::term_premium_apr>(Unit::apr),
        field<&Parameters::hurdle_premium_apr>(Unit::apr),
        field<&Parameters::wafer_guaranteed_frac>(Unit::frac),
        field<&Parameters::wafer_guaranteed_growth_max_ratio>(Unit::ratio),
        field<&Parameters::wafer_lead_q>(Unit::q),
        field<&Parameters::wafer_weight_window_q>(Unit::q),
        field<&Parameters::wafer_weight_floor_frac>(Unit::frac),
        field<&Parameters::unused_wafer_charge_frac>(Unit::frac),
        field<&Parameters::yield_initial_frac>(Unit::frac),
        field<&Parameters::yield_mature_frac>(Unit::frac),
        field<&Parameters::yield_learning_q>(Unit::q),
        field<&Parameters::yield_before_2024_frac>(Unit::frac),
        field<&Parameters::captive_margin_frac>(Unit::frac),
        field<&Parameters::captive_design_cost_usd>(Unit::usd),
        field<&Parameters::captive_slip_q>(Unit::q),
        field<&Parameters::row_price_elasticity>(Unit::none),
        field<&Parameters::chip_sale_lag_q>(Unit::q),
        field<&Parameters::inventory_ship_lag_q>(Unit::q),
        field<&Parameters::lta_deposit_frac>(Unit::frac),
        field<&Parameters::chip_deposit_frac>(Unit::frac),
        field<&Parameters::list_price_adjustment_frac>(Unit::frac),
        field<&Parameters::list_price_step_max_frac>(Unit::frac),
        field<&Parameters::list_price_unsold_step_frac>(Unit::frac),
        field<&Parameters::list_price_successor_decline_frac>(Unit::frac),
        field<&Parameters::list_price_min_cost_ratio>(Unit::ratio),
        field<&Parameters::list_price_max_launch_ratio>(Unit::ratio),
        field<&Parameters::unsold_scrap_after_q>(Unit::q),
        field<&Parameters::allocation_stock_offset_chips>(Unit::chips),
        field<&Parameters::allocation_stock_exponent>(Unit::none),
        field<&Parameters::allocation_loyalty_coefficient>(Unit::none),
        field<&Parameters::allocation_readiness_coefficient>(Unit::none),
        field<&Parameters::allocation_buyer_weight_coefficient>(Unit::none),
        field<&Parameters::score_bonus_loyalty_frac>(Unit::frac),
        field<&Parameters::score_bonus_readiness_frac>(Unit::frac),
        field<&Parameters::score_bonus_buyer_weight_frac>(Unit::frac),
        field<&Parameters::score_bonus_min_frac>(Unit::frac),
        field<&Parameters::score_bonus_max_frac>(Unit::frac),
        field<&Parameters::loyalty_persistence_frac>(Unit::frac),
        field<&Parameters::readiness_floor_it_kw>(Unit::kw),
        field<&Parameters::readiness_window_q>(Unit::q),
        field<&Parameters::buying_power_horizon_q>(Unit::q),
        field<&Parameters::min_cash_q>(Unit::q),
        field<&Parameters::bid_cap_list_ratio>(Unit::ratio),
        field<&Parameters::cancel_free_after_slip_q>(Unit::q),
        field<&Parameters::warehouse_cost_frac>(Unit::frac),
        field<&Parameters::grid_deposit_usd_kw>(Unit::usd_kw),
        field<&Parameters::grid_forfeit_frac>(Unit::frac),
        field<&Parameters::grid_readiness_shell_q>(Unit::q),
        field<&Parameters::minimum_take_frac>(Unit::frac),
        field<&Parameters::grid_works_q>(Unit::q),
        field<&Parameters::grid_lot_share_max_frac>(Unit::frac),
        field<&Parameters::grid_adder_max_usd_kw_q>(Unit::usd_kw_q),
        field<&Parameters::grid_adder_term_q>(Unit::q),
        field<&Parameters::grid_return_adder_q>(Unit::q),
        field<&Parameters::grid_addition_growth_frac>(Unit::frac),
        field<&Parameters::grid_addition_growth_end_t>(Unit::index),
        field<&Parameters::opening_queue_ratio>(Unit::ratio),
        field<&Parameters::energy_externality_coefficient>(Unit::none),
        field<&Parameters::energy_externality_exponent>(Unit::none),
        field<&Parameters::onsite_cap_growth_frac>(Unit::frac),
        field<&Parameters::onsite_order_payment_frac>(Unit::frac),
        field<&Parameters::onsite_resale_frac>(Unit::frac),
        field<&Parameters::idle_power_frac>(Unit::frac),
        field<&Parameters::site_build_q>(Unit::q),
        field<&Parameters::site_cost_usd_kw>(Unit::usd_kw),
        field<&Parameters::site_congestion_slope>(Unit::none),
        field<&Parameters::project_slip_probability_frac>(Unit::frac),
        field<&Parameters::project_slip_congestion_max>(Unit::ratio),
        field<&Parameters::project_pause_cost_frac>(Unit::frac),
        field<&Parameters::project_salvage_frac>(Unit::frac),
        field<&Parameters::lease_lead_q>(Unit::q),
        field<&Parameters::lease_term_min_q>(Unit::q),
        field<&Parameters::lease_term_max_q>(Unit::q),
        field<&Parameters::lease_rent_usd_kw_q>(Unit::usd_kw_q),
        field<&Parameters::pipeline_lease_q>(Unit::q),
        field<&Parameters::opening_project_loan_q>(Unit::q),
        field<&Parameters::lease_exit_frac>(Unit::frac),
        field<&Parameters::lease_supply_grid_ratio>(Unit::ratio),
        field<&Parameters::replacement_efficiency_ratio>(Unit::ratio),
        field<&Parameters::lead_factor_ratio>(Unit::ratio),
        field<&Parameters::uptime_frac>(Unit::frac),
        field<&Parameters::upkeep_apr>(Unit::apr),
        field<&Parameters::switch_off_after_q>(Unit::q),
        field<&Parameters::outside_request_count_max>(Unit::count),
        field<&Parameters::outside_buyer_pd_apr>(Unit::apr),
        field<&Parameters::outside_request_frac>(Unit::frac),
        field<&Parameters::outside_request_cap_ratio>(Unit::ratio),
        field<&Parameters::outside_request_term_q>(Unit::q),
        field<&Parameters::outside_request_takeorpay_frac>(Unit::frac),
        field<&Parameters::outside_request_prepay_frac>(Unit::frac),
        field<&Parameters::contract_buyer_pd_max_apr>(Unit::apr),
        field<&Parameters::contract_seller_reliability_min_frac>(Unit::frac),
        field<&Parameters::contract_affordability_window_q>(Unit::q),
        field<&Parameters::contract_affordability_receipts_ratio>(Unit::ratio),
        field<&Parameters::contract_lots>(Unit::count),
        field<&Parameters::contract_reliability_penalty_frac>(Unit::frac),
        field<&Parameters::contract_loss_life_divisor_q>(Unit::q),
        field<&Parameters::contract_quality_frac>(Unit::frac),
        field<&Parameters::contract_buyer_concentration_penalty_frac>(Unit::frac),
        field<&Parameters::contract_price_step_frac>(Unit::frac),
        field<&Parameters::contract_price_min_usd_h>(Unit::usd_h),
        field<&Parameters::contract_price_max_usd_h>(Unit::usd_h),
        field<&Parameters::nash_surplus_split_frac>(Unit::frac),
        field<&Parameters::shortfall_damages_ratio>(Unit::ratio),
        field<&Parameters::shortfall_exit_frac>(Unit::frac),
        field<&Parameters::shortfall_window_q>(Unit::q),
        field<&Parameters::termination_fee_frac>(Unit::frac),
        field<&Parameters::enforcement_frac>(Unit::frac),
        field<&Parameters::renegotiation_interval_q>(Unit::q),
        field<&Parameters::renegotiation_split_frac>(Unit::frac),
        field<&Parameters::renegotiation_reliability_loss_frac>(Unit::frac),
        field<&Parameters::estate_claim_frac>(Unit::frac),
        field<&Parameters::reliability_recovery_frac>(Unit::frac),
        field<&Parameters::unrated_backlog_share_frac>(Unit::frac),
        field<&Parameters::present_value_rate_apr>(Unit::apr),
        field<&Parameters::outside_demand_t_h100e>(Unit::h100e),
        field<&Parameters::outside_demand_i_h100e>(Unit::h100e),
        field<&Parameters::outside_demand_elasticity>(Unit::none),
        field<&Parameters::outside_demand_autocorrelation>(Unit::none),
        field<&Parameters::outside_demand_sd_frac>(Unit::frac),
        field<&Parameters::outside_step_count>(Unit::count),
        field<&Parameters::outside_step_low_ratio>(Unit::ratio),
        field<&Parameters::outside_step_high_ratio>(Unit::ratio),
        field<&Parameters::outside_supply_t_h100e>(Unit::h100e),
        field<&Parameters::outside_supply_i_h100e>(Unit::h100e),
        field<&Parameters::outside_supply_elasticity>(Unit::none),
        field<&Parameters::outside_supply_growth_frac>(Unit::frac),
        field<&Parameters::spot_reference_price_usd_h>(Unit::usd_h),
        field<&Parameters::spot_price_min_usd_h>(Unit::usd_h),
        field<&Parameters::spot_ewma_weight_frac>(Unit::frac),
        field<&Parameters::wallet_2026q1_usd>(Unit::usd),
        field<&Parameters::wallet_growth_frac>(Unit::frac),
        field<&Parameters::adoption_innovation_frac>(Unit::frac),
        field<&Parameters::adoption_imitation_frac>(Unit::frac),
        field<&Parameters::adoption_ceiling_frac>(Unit::frac),
        field<&Parameters::adoption_capability_slope>(Unit::none),
        field<&Parameters::adoption_capability_min_oom>(Unit::oom),
        field<&Parameters::adoption_2026q1_frac>(Unit::frac),
        field<&Parameters::spending_share_scale>(Unit::ratio),
        field<&Parameters::quality_price_slope>(Unit::none),
        field<&Parameters::substitution_elasticity>(Unit::none),
        field<&Parameters::quantity_stickiness_frac>(Unit::frac),
        field<&Parameters::demand_growth_ewma_weight_frac>(Unit::frac),
        field<&Parameters::demand_growth_min_frac>(Unit::frac),
        field<&Parameters::demand_growth_max_frac>(Unit::frac),
        field<&Parameters::demand_growth_2026q1_frac>(Unit::frac),
        field<&Parameters::mover_frac>(Unit::frac),
        field<&Parameters::unserved_mover_frac>(Unit::frac),
        field<&Parameters::choice_capability_coefficient>(Unit::none),
        field<&Parameters::choice_price_coefficient>(Unit::none),
        field<&Parameters::choice_share_coefficient>(Unit::none),
        field<&Parameters::choice_share_floor_frac>(Unit::frac),
        field<&Parameters::outside_alternative_markup_ratio>(Unit::ratio),
        field<&Parameters::open_weight_lag_q>(Unit::q),
        field<&Parameters::usage_price_elasticity>(Unit::none),
        field<&Parameters::need_capability_slope>(Unit::none),
        field<&Parameters::inference_utilisation_max_frac>(Unit::frac),
        field<&Parameters::task_price_2026q1_usd_task>(Unit::usd_task),
        field<&Parameters::ai_revenue_2026q1_usd>(Unit::usd),
        field<&Parameters::served_2026q1_frac>(Unit::frac),
        field<&Parameters::frontier_capability_2026q1_oom>(Unit::oom),
        field<&Parameters::frontier_capability_history_growth_oom>(Unit::oom),
        field<&Parameters::core_uplift_capability_slope>(Unit::none),
        field<&Parameters::core_saturation_growth_frac>(Unit::frac),
        field<&Parameters::effective_compute_decay_frac>(Unit::frac),
        field<&Parameters::know_how_learning>(Unit::none),
        field<&Parameters::know_how_decay_frac>(Unit::frac),
        field<&Parameters::know_how_spillover_frac>(Unit::frac),
        field<&Parameters::talent_learning>(Unit::none),
        field<&Parameters::talent_scale_usd>(Unit::usd),
        field<&Parameters::training_scale_h100e>(Unit::h100e),
        field<&Parameters::effective_compute_scale_h100e_q>(Unit::h100e_q),
        field<&Parameters::know_how_2026q1_leader>(Unit::none),
        field<&Parameters::know_how_2026q1_follower>(Unit::none),
        field<&Parameters::know_how_2026q1_threshold_oom>(Unit::oom),
        field<&Parameters::ebitda_window_q>(Unit::q),
        field<&Parameters::ebitda_backlog_frac>(Unit::frac),
        field<&Parameters::ebitda_backlog_window_q>(Unit::q),
        field<&Parameters::leverage_cash_frac>(Unit::frac),
        field<&Parameters::leverage_max_ratio>(Unit::ratio),
        field<&Parameters::coverage_max_ratio>(Unit::ratio),
        field<&Parameters::concentration_unnamed>(Unit::none),
        field<&Parameters::size_unit_usd>(Unit::usd),
        field<&Parameters::size_min>(Unit::ratio),
        field<&Parameters::pd_intercept>(Unit::none),
        field<&Parameters::pd_leverage_coefficient>(Unit::none),
        field<&Parameters::pd_coverage_coefficient>(Unit::none),
        field<&Parameters::pd_concentration_coefficient>(Unit::none),
        field<&Parameters::pd_size_coefficient>(Unit::none),
        field<&Parameters::runway_pd_floor_apr>(Unit::apr),
        field<&Parameters::runway_pd_slope_apr>(Unit::apr),
        field<&Parameters::runway_pd_scale_q>(Unit::q),
        field<&Parameters::runway_window_q>(Unit::q),
        field<&Parameters::rating_pd_max_apr>(Unit::apr),
        field<&Parameters::rated_rating_max>(Unit::rating),
        field<&Parameters::spread_base_apr>(Unit::apr),
        field<&Parameters::risk_premium_ratio>(Unit::ratio),
        field<&Parameters::spread_sentiment_coefficient>(Unit::none),
        field<&Parameters::loss_given_default_unsecured_frac>(Unit::frac),
        field<&Parameters::loss_given_default_abl_frac>(Unit::frac),
        field<&Parameters::loss_given_default_project_frac>(Unit::frac),
        field<&Parameters::novelty_unsecured_ratio>(Unit::ratio),
        field<&Parameters::novelty_initial_extra>(Unit::ratio),
        field<&Parameters::novelty_decay_q>(Unit::q),
        field<&Parameters::abl_buyer_pd_weight_frac>(Unit::frac),
        field<&Parameters::abl_seller_pd_weight_frac>(Unit::frac),
        field<&Parameters::abl_rated_addition_apr>(Unit::apr),
        field<&Parameters::abl_unrated_addition_apr>(Unit::apr),
        field<&Parameters::abl_advance_rated_frac>(Unit::frac),
        field<&Parameters::abl_advance_unrated_frac>(Unit::frac),
        field<&Parameters::abl_loan_to_value_frac>(Unit::frac),
        field<&Parameters::abl_cost_basis_q>(Unit::q),
        field<&Parameters::abl_site_advance_frac>(Unit::frac),
        field<&Parameters::abl_backlog_addition_frac>(Unit::frac),
        field<&Parameters::abl_buyer_share_max_frac>(Unit::frac),
        field<&Parameters::abl_commitment_fee_apr>(Unit::apr),
        field<&Parameters::abl_cure_q>(Unit::q),
        field<&Parameters::revolver_limit_ratio>(Unit::ratio),
        field<&Parameters::revolver_window_q>(Unit::q),
        field<&Parameters::credit_supply_2026q1_usd>(Unit::usd),
        field<&Parameters::credit_supply_growth_frac>(Unit::frac),
        field<&Parameters::credit_supply_sentiment_coefficient>(Unit::none),
        field<&Parameters::issue_leverage_max_ratio>(Unit::ratio),
        field<&Parameters::issue_runway_pd_max_lab_apr>(Unit::apr),
        field<&Parameters::project_debt_cost_frac>(Unit::frac),
        field<&Parameters::use_of_proceeds_ratio>(Unit::ratio),
        field<&Parameters::use_of_proceeds_window_q>(Unit::q),
        field<&Parameters::borrowing_rate_max_apr>(Unit::apr),
        field<&Parameters::credit_addon_max_apr>(Unit::apr),
        field<&Parameters::equity_issue_max_frac>(Unit::frac),
        field<&Parameters::equity_issue_floor_frac>(Unit::frac),
        field<&Parameters::equity_discount_base_frac>(Unit::frac),
        field<&Parameters::equity_discount_slope>(Unit::none),
        field<&Parameters::convertible_outstanding_max_frac>(Unit::frac),
        field<&Parameters::convertible_coupon_reduction_apr>(Unit::apr),
        field<&Parameters::convertible_conversion_ratio>(Unit::ratio),
        field<&Parameters::cash_rate_reduction_apr>(Unit::apr),
        field<&Parameters::venture_interval_q>(Unit::q),
        field<&Parameters::venture_size_max_frac>(Unit::frac),
        field<&Parameters::venture_credit_max_frac>(Unit::frac),
        field<&Parameters::lab_revenue_multiple>(Unit::ratio),
        field<&Parameters::lab_value_sentiment_coefficient>(Unit::none),
        field<&Parameters::venture_failure_base_frac>(Unit::frac),
        field<&Parameters::venture_failure_sentiment>(Unit::none),
        field<&Parameters::venture_failure_runway>(Unit::none),
        field<&Parameters::venture_failure_runway_q>(Unit::q),
        field<&Parameters::venture_failure_max_frac>(Unit::frac),
        field<&Parameters::covenant_leverage_initial_neocloud_ratio>(Unit::ratio),
        field<&Parameters::covenant_leverage_final_neocloud_ratio>(Unit::ratio),
        field<&Parameters::covenant_leverage_step_q>(Unit::q),
        field<&Parameters::covenant_dscr_min_ratio>(Unit::ratio),
        field<&Parameters::covenant_dscr_receipts_frac>(Unit::frac),
        field<&Parameters::covenant_first_test_q>(Unit::q),
        field<&Parameters::covenant_breach_penalty_apr>(Unit::apr),
        field<&Parameters::covenant_acceleration_breaches>(Unit::count),
        field<&Parameters::used_chip_discount_apr>(Unit::apr),
        field<&Parameters::used_chip_horizon_q>(Unit::q),
        field<&Parameters::used_chip_utilisation_frac>(Unit::frac),
        field<&Parameters::rent_decline_frac>(Unit::frac),
        field<&Parameters::rent_trend_persistence_frac>(Unit::frac),
        field<&Parameters::rent_trend_max_frac>(Unit::frac),
        field<&Parameters::spot_i_log_change_2026q1>(Unit::frac),
        field<&Parameters::used_chip_shell_rent_frac>(Unit::frac),
        field<&Parameters::dealer_bid_ratio>(Unit::ratio),
        field<&Parameters::dealer_discount_max_frac>(Unit::frac),
        field<&Parameters::dealer_depth_frac>(Unit::frac),
        field<&Parameters::dealer_ask_ratio>(Unit::ratio),
        field<&Parameters::dealer_holding_q>(Unit::q),
        field<&Parameters::scrap_value_frac>(Unit::frac),
        field<&Parameters::tax_rate_frac>(Unit::frac),
        field<&Parameters::payment_fraction_precision>(Unit::frac),
        field<&Parameters::coupon_deferral_count>(Unit::count),
        field<&Parameters::arrears_default_q>(Unit::q),
        field<&Parameters::share_precision_frac>(Unit::frac),
        field<&Parameters::site_life_q>(Unit::q),
        field<&Parameters::onsite_life_q>(Unit::q),
        field<&Parameters::impairment_book_ratio>(Unit::ratio),
        field<&Parameters::impairment_utilisation_frac>(Unit::frac),
        field<&Parameters::impairment_after_q>(Unit::q),
        field<&Parameters::chapter_11_q>(Unit::q),
        field<&Parameters::administrator_q>(Unit::q),
        field<&Parameters::default_missed_coupons>(Unit::count),
        field<&Parameters::acquisition_bid_min_ratio>(Unit::ratio),
        field<&Parameters::merger_share_max_frac>(Unit::frac),
        field<&Parameters::site_liquidation_frac>(Unit::frac),
        field<&Parameters::liquidation_adder_q>(Unit::q),
        field<&Parameters::going_concern_multiple>(Unit::ratio),
        field<&Parameters::going_concern_sentiment_coefficient>(Unit::none),
        field<&Parameters::going_concern_lab_multiple>(Unit::ratio),
        field<&Parameters::liquidation_q>(Unit::q),
        field<&Parameters::binding_utilisation_frac>(Unit::frac),
        field<&Parameters::binding_free_power_frac>(Unit::frac),
        field<&Parameters::option_floor_frac>(Unit::frac),
        field<&Parameters::core_multiple>(Unit::ratio),
        field<&Parameters::ai_multiple>(Unit::ratio),
        field<&Parameters::ai_multiple_sentiment_coefficient>(Unit::none),
        field<&Parameters::news_contract_coefficient>(Unit::none),
        field<&Parameters::news_capability_coefficient>(Unit::none),
        field<&Parameters::news_joint_coefficient>(Unit::none),
        field<&Parameters::news_decay_frac>(Unit::frac),
        field<&Parameters::news_contract_floor_h100e>(Unit::h100e),
        field<&Parameters::news_capability_scale_oom>(Unit::oom),
        field<&Parameters::sentiment_min>(Unit::none),
        field<&Parameters::sentiment_max>(Unit::none),
        field<&Parameters::sentiment_persistence_frac>(Unit::frac),
        field<&Parameters::sentiment_growth_surprise_coefficient>(Unit::none),
        field<&Parameters::sentiment_default_coefficient>(Unit::none),
        field<&Parameters::sentiment_sd>(Unit::none),
        field<&Parameters::expected_growth_update_frac>(Unit::frac),
        field<&Parameters::shock_plateau_size_frac>(Unit::frac),
        field<&Parameters::shock_plateau_wallet_cut_q>(Unit::q),
        field<&Parameters::shock_plateau_wallet_cut_frac>(Unit::frac),
        field<&Parameters::shock_efficiency_size_ratio>(Unit::ratio),
        field<&Parameters::shock_efficiency_owned_q>(Unit::q),
        field<&Parameters::shock_rate_size_apr>(Unit::apr),
        field<&Parameters::shock_rate_duration_q>(Unit::q),
        field<&Parameters::shock_credit_sentiment_size>(Unit::none),
        field<&Parameters::shock_credit_supply_size_frac>(Unit::frac),
        field<&Parameters::shock_credit_duration_q>(Unit::q),
        field<&Parameters::shock_export_size_frac>(Unit::frac),
        field<&Parameters::shock_export_duration_q>(Unit::q),
        field<&Parameters::shock_supply_size_frac>(Unit::frac),
        field<&Parameters::shock_supply_duration_q>(Unit::q),
        field<&Parameters::shock_delay_size_q>(Unit::q),
        field<&Parameters::shock_power_size_frac>(Unit::frac),
        field<&Parameters::shock_power_duration_q>(Unit::q),
        field<&Parameters::discount_rate_apr>(Unit::apr),
        field<&Parameters::terminal_growth_apr>(Unit::apr),
        field<&Parameters::terminal_window_q>(Unit::q),
        field<&Parameters::clawback_window_q>(Unit::q),
        field<&Parameters::ranking_floor_usd>(Unit::usd),
        field<&Parameters::staff_revenue_share_frac>(Unit::frac),
        field<&Parameters::staff_growth_frac>(Unit::frac),
        field<&Parameters::opening_shares>(Unit::count),
        field<&Parameters::spot_t_2026q1_usd_h>(Unit::usd_h),
        field<&Parameters::spot_i_2026q1_usd_h>(Unit::usd_h),
        field<&Parameters::sentiment_2026q1>(Unit::none),
        field<&Parameters::expected_growth_2026q1_frac>(Unit::frac),
        field<&Parameters::reliability_2026q1_frac>(Unit::frac),
        field<&Parameters::training_efficiency_2026q1>(Unit::none),
        field<&Parameters::inference_efficiency_2026q1>(Unit::none),
        field<&Parameters::world_stock_2024q1_h100e>(Unit::h100e),
        field<&Parameters::world_it_2024q1_kw>(Unit::kw),
        field<&Parameters::training_efficiency_2024q1>(Unit::none),
        field<&Parameters::inference_efficiency_2024q1>(Unit::none),
        field<&Parameters::adoption_2024q1_frac>(Unit::frac),
        field<&Parameters::frontier_capability_2024q1_oom>(Unit::oom),
        field<&Parameters::ai_spending_2024q1_usd>(Unit::usd),
        field<&Parameters::coreweave_revenue_2024q1_usd>(Unit::usd),
        field<&Parameters::h100_rent_2024q1_usd_h>(Unit::usd_h),
        field<&Parameters::nvidia_datacenter_revenue_2024q1_usd>(Unit::usd),
        field<&Parameters::sentiment_2024q1>(Unit::none),
        field<&Parameters::history_switch_t>(Unit::index));
};
static_assert(covered_bytes(Schema<Parameters>::rows) == sizeof(Parameters), "every parameter has a row");

}  // namespace rackrace

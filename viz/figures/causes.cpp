#include "viz/figures/causes.h"

#include <iterator>

namespace rackrace {
namespace {

struct CauseRow {
    Kind kind;
    Cause cause;
};
// clang-format off
constexpr CauseRow kCauses[] = {
    {Kind::core_receipt,                 {"core business", "core business"}},
    {Kind::ai_revenue,                   {"AI products", "AI products"}},
    {Kind::contract_bill,                {"contracts bought", "contracts sold"}},
    {Kind::prepayment,                   {"contracts bought", "contracts sold"}},
    {Kind::prepayment_draw,              {"contracts bought", "contracts sold"}},
    {Kind::prepayment_returned,          {"contracts sold", "contracts bought"}},
    {Kind::damages,                      {"damages", "damages"}},
    {Kind::termination_fee,              {"damages", "damages"}},
    {Kind::spot_purchase,                {"spot hours bought", "spot hours sold"}},
    {Kind::chip_deposit,                 {"chips bought", "chips sold"}},
    {Kind::chip_balance,                 {"chips bought", "chips sold"}},
    {Kind::chip_deposit_applied,         {"chips bought", "chips sold"}},
    {Kind::chip_deposit_forfeited,       {"chip deposits lost", "chips sold"}},
    {Kind::chip_deposit_returned,        {"chips sold", "chips bought"}},
    {Kind::row_sale,                     {"chips bought", "chips sold"}},
    {Kind::integration,                  {"systems around chips", "systems around chips"}},
    {Kind::wafer_bill,                   {"wafers", "wafers"}},
    {Kind::unused_wafers,                {"wafers", "wafers"}},
    {Kind::cost_of_sales,                {"cost of chips sold", "cost of chips sold"}},
    {Kind::inventory_write_down,         {"write-downs", "write-downs"}},
    {Kind::building_instalment,          {"sites", "sites"}},
    {Kind::building_pause,               {"sites", "sites"}},
    {Kind::building_salvage,             {"sites", "sites"}},
    {Kind::building_write_off,           {"write-downs", "write-downs"}},
    {Kind::site_completed,               {"sites", "sites"}},
    {Kind::rent,                         {"rent", "rent"}},
    {Kind::lease_exit,                   {"rent", "rent"}},
    {Kind::onsite_order,                 {"on-site power", "on-site power"}},
    {Kind::onsite_completed,             {"on-site power", "on-site power"}},
    {Kind::onsite_sale,                  {"on-site power", "on-site power"}},
    {Kind::onsite_disposal,              {"on-site power", "on-site power"}},
    {Kind::onsite_depreciation_disposal, {"on-site power", "on-site power"}},
    {Kind::energy,                       {"energy", "energy"}},
    {Kind::grid_adder,                   {"grid connections", "grid connections"}},
    {Kind::grid_deposit,                 {"grid connections", "grid connections"}},
    {Kind::grid_deposit_applied,         {"grid connections", "grid connections"}},
    {Kind::grid_deposit_forfeited,       {"grid connections", "grid connections"}},
    {Kind::grid_deposit_returned,        {"grid connections", "grid connections"}},
    {Kind::staff,                        {"staff", "staff"}},
    {Kind::upkeep,                       {"upkeep and storage", "upkeep and storage"}},
    {Kind::storage,                      {"upkeep and storage", "upkeep and storage"}},
    {Kind::talent,                       {"staff", "staff"}},
    {Kind::design_cost,                  {"chip design", "chip design"}},
    {Kind::debt_issue,                   {"lent", "borrowed"}},
    {Kind::debt_repayment,               {"debt repaid", "loans returned"}},
    {Kind::interest,                     {"interest and fees", "interest and fees"}},
    {Kind::fee,                          {"interest and fees", "interest and fees"}},
    {Kind::cash_interest,                {"interest and fees", "interest on cash"}},
    {Kind::conversion,                   {"debt made shares", "debt made shares"}},
    {Kind::debt_write_off,               {"debt written off", "loans lost"}},
    {Kind::claim_write_off,              {"debt written off", "claims lost"}},
    {Kind::share_issue,                  {"shares issued", "shares issued"}},
    {Kind::share_buy_back,               {"shares bought back", "shares bought back"}},
    {Kind::payout,                       {"paid to owners", "paid to owners"}},
    {Kind::vendor_credit,                {"lent", "borrowed"}},
    {Kind::site_sale,                    {"sites", "sites"}},
    {Kind::site_disposal,                {"sites", "sites"}},
    {Kind::site_depreciation_disposal,   {"sites", "sites"}},
    {Kind::firm_purchase,                {"firms bought", "firms bought"}},
    {Kind::used_chip_sale,               {"used chips", "used chips"}},
    {Kind::dealer_purchase,              {"used chips", "used chips"}},
    {Kind::dealer_sale,                  {"used chips", "used chips"}},
    {Kind::dealer_write_down,            {"used chips", "used chips"}},
    {Kind::dealer_gain,                  {"used chips", "used chips"}},
    {Kind::chip_disposal,                {"chips disposed of", "chips disposed of"}},
    {Kind::chip_depreciation_disposal,   {"chips disposed of", "chips disposed of"}},
    {Kind::tax,                          {"tax", "tax"}},
    {Kind::chip_depreciation,            {"depreciation", "depreciation"}},
    {Kind::site_depreciation,            {"depreciation", "depreciation"}},
    {Kind::onsite_depreciation,          {"depreciation", "depreciation"}},
    {Kind::chip_impairment,              {"write-downs", "write-downs"}},
    {Kind::arrears,                      {"not paid, owed on", "not received"}},
    {Kind::arrears_payment,              {"arrears paid", "arrears received"}},
};
// clang-format on
static_assert(std::size(kCauses) == kKinds);
static_assert([] {
    for (int k = 0; k < kKinds; ++k)
        if (static_cast<int>(kCauses[k].kind) != k) return false;
    return true;
}());

}  // namespace

const Cause& cause_of(Kind kind) { return kCauses[static_cast<int>(kind)].cause; }

std::optional<Kind> kind_named(std::string_view name) {
    for (int k = 0; k < kKinds; ++k)
        if (name == row_of(static_cast<Kind>(k)).name) return static_cast<Kind>(k);
    return std::nullopt;
}

}  // namespace rackrace

#include "engine/schema/fields.h"

namespace rackrace {

std::string_view unit_text(Unit unit) {
    switch (unit) {
        case Unit::none: return "";
        case Unit::usd: return "$";
        case Unit::musd: return "M$";
        case Unit::usd_h: return "$/h";
        case Unit::mh: return "Mh";
        case Unit::usd_chip: return "$/chip";
        case Unit::usd_kw: return "$/kW";
        case Unit::usd_kw_q: return "$/kW-quarter";
        case Unit::usd_mwh: return "$/MWh";
        case Unit::usd_task: return "$/task";
        case Unit::usd_year: return "$/year";
        case Unit::h100e: return "H100e";
        case Unit::h100e_h: return "H100e-h";
        case Unit::h100e_q: return "H100e-quarters";
        case Unit::h100e_chip: return "H100e/chip";
        case Unit::kw: return "kW";
        case Unit::it_kw: return "IT kW";
        case Unit::mw: return "MW";
        case Unit::grid_mw: return "grid MW";
        case Unit::kw_chip: return "kW/chip";
        case Unit::chips: return "chips";
        case Unit::wafers: return "wafers";
        case Unit::frac: return "share";
        case Unit::apr: return "per year";
        case Unit::q: return "quarters";
        case Unit::index: return "index";
        case Unit::id: return "id";
        case Unit::ratio: return "ratio";
        case Unit::oom: return "powers of ten";
        case Unit::task_units: return "task-units";
        case Unit::flag: return "flag";
        case Unit::hash: return "hash";
        case Unit::count: return "count";
        case Unit::rating: return "rating";
        case Unit::product_id: return "product id";
        case Unit::region_id: return "region id";
        case Unit::firm_id: return "firm id";
        case Unit::contract_id: return "contract id";
        case Unit::loan_id: return "loan id";
        case Unit::project_id: return "project id";
        case Unit::agreement_id: return "agreement id";
        case Unit::order_id: return "order id";
        case Unit::role_name: return "role";
        case Unit::kind_name: return "kind";
        case Unit::news_name: return "news kind";
    }
    return "";
}

}  // namespace rackrace

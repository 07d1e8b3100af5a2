#include "engine/schema/unit_meaning.h"

namespace rackrace {

UnitMeaning meaning_of(Unit unit) {
    switch (unit) {
        case Unit::usd: return {"_usd", "dollars, nominal"};
        case Unit::musd: return {"_musd", "million dollars, nominal"};
        case Unit::usd_h: return {"_usd_h", "dollars for an hour of one H100-equivalent: of training in contracts and where the name says _t_, of inference where it says _i_"};
        case Unit::mh: return {"_mh", "million hours of one H100-equivalent in a quarter, as hours of training; needs of inference are divided by kappa. Spot orders alone count in hours of their grade"};
        case Unit::usd_chip: return {"_usd_chip", "dollars for one accelerator"};
        case Unit::usd_kw: return {"_usd_kw", "dollars for one kW"};
        case Unit::usd_kw_q: return {"_usd_kw_q", "dollars for one kW at the meter and quarter"};
        case Unit::usd_mwh: return {"_usd_mwh", "dollars for one MWh of energy"};
        case Unit::usd_task: return {"_usd_task", "dollars for one task-unit, the work that customers of AI products buy"};
        case Unit::usd_year: return {"_usd", "dollars a year"};
        case Unit::h100e: return {"_h100e", "compute as good as that of so many H100s: of training unless said otherwise"};
        case Unit::h100e_h: return {"_h100e_h", "hours of one H100-equivalent of inference"};
        case Unit::h100e_q: return {"_h100e_q", "quarters of one H100-equivalent"};
        case Unit::h100e_chip: return {"_t_chip, _i_chip", "H100-equivalents of one accelerator, in training and in inference"};
        case Unit::kw: return {"_kw", "kW at the meter"};
        case Unit::it_kw: return {"_it_kw", "kW of IT load"};
        case Unit::mw: return {"_mw", "megawatts of IT load"};
        case Unit::grid_mw: return {"_grid_mw", "megawatts at the meter: IT load x pue_ratio"};
        case Unit::kw_chip: return {"kw_chip", "kW of IT load of one accelerator"};
        case Unit::chips: return {"_chips", "accelerators, whole"};
        case Unit::wafers: return {"wafers", "packaging wafers, whole"};
        case Unit::frac: return {"_frac", "a share, 0 to 1; growth and trends a quarter, 0.02 = 2 %"};
        case Unit::apr: return {"_apr", "a year: 0.08 = 8 %"};
        case Unit::q: return {"_q", "quarters"};
        case Unit::index: return {"_i", "place in a list, from 1, or number of one of a few things"};
        case Unit::ratio: return {"_ratio", "one over another of the same unit"};
        case Unit::oom: return {"_oom", "powers of ten"};
        case Unit::task_units: return {"", "task-units: the work that customers of AI products buy"};
        case Unit::flag: return {"", "true or false"};
        case Unit::rating: return {"", "1 best to 10 worst"};
        case Unit::product_id: return {"", "opaque: compared with == and given to verbs and helpers; no arithmetic, no order"};
        case Unit::region_id: case Unit::firm_id: case Unit::contract_id: case Unit::loan_id: case Unit::project_id: case Unit::agreement_id: case Unit::order_id:
            return {"", "opaque, as a product id"};
        case Unit::role_name: return {"", "\"hyperscaler\", \"neocloud\", \"lab\" or \"supplier\""};
        case Unit::kind_name: return {"", "one of a few texts"};
        case Unit::news_name: return {"", "what an item of news is about: one of a few texts"};
        case Unit::none: case Unit::id: case Unit::hash: case Unit::count: break;
    }
    return {};
}

}  // namespace rackrace

// P3: chips move from the warehouse into free powered shell, the most compute per kW first; when power is scarce they push out the least.
// Scarce power, not age, retires chips.
#pragma once

#include "engine/market/site_power.h"

namespace rackrace {

/// Training compute per kW of a product: the order of installation.
RACKRACE_HD inline double compute_per_kw(const Product& product) { return product.training_h100e_chip / product.kw_chip; }

/// The product in service with the lowest compute per kW, -1 for none. Equal ones: the lower slot, which is the older product.
RACKRACE_HD inline int least_efficient(const Scenario& scenario, const Firm& firm) {
    int worst = -1;
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p) {
        if (firm.holdings[p].installed == 0) continue;
        if (worst < 0 || compute_per_kw(scenario.products[p]) < compute_per_kw(scenario.products[worst])) worst = p;
    }
    return worst;
}

/// Takes chips out of service until the firm's power and shells carry the rest: the lowest compute per kW first. returns the free kW left
RACKRACE_HD inline double evict_without_power(const Scenario& scenario, Firm& firm) {
    double over = installed_it_kw(scenario, firm) - usable_it_kw(scenario, firm);
    RACKRACE_NO_UNROLL
    while (over > 1e-6) {
        const int p = least_efficient(scenario, firm);
        if (p < 0) break;
        Holding& h = firm.holdings[p];
        const std::int64_t need = ceil_to_int64(over / scenario.products[p].kw_chip);
        const std::int32_t out = need < h.installed ? to_int32(need) : h.installed;
        h.installed -= out;
        h.warehouse += out;
        over = installed_it_kw(scenario, firm) - usable_it_kw(scenario, firm);
    }
    return -over;
}

/// Installs one waiting product into the free kW. Where none is left it replaces installed chips whose compute per kW is under
/// replacement_efficiency_ratio of its own; those go to the warehouse and join `waiting`, a bit by product. returns the free kW left.
RACKRACE_HD inline double install_product(const Scenario& scenario, Firm& firm, int product, double free_kw, std::uint32_t& waiting) {
    const double kw = scenario.products[product].kw_chip;
    Holding& incoming = firm.holdings[product];
    const std::int64_t fits = floor_to_int64((free_kw + 1e-9) / kw);
    const std::int32_t first = fits < incoming.warehouse ? to_int32(fits > 0 ? fits : 0) : incoming.warehouse;
    incoming.installed += first;
    incoming.warehouse -= first;
    free_kw -= first * kw;
    RACKRACE_NO_UNROLL
    while (incoming.warehouse > 0) {
        const int old = least_efficient(scenario, firm);
        if (old < 0 || old == product) break;
        if (!(compute_per_kw(scenario.products[old]) < scenario.parameters.replacement_efficiency_ratio * compute_per_kw(scenario.products[product]))) break;
        Holding& outgoing = firm.holdings[old];
        const double old_kw = scenario.products[old].kw_chip;
        const std::int64_t need = ceil_to_int64((incoming.warehouse * kw - free_kw) / old_kw);
        const std::int32_t out = need < outgoing.installed ? to_int32(need) : outgoing.installed;
        outgoing.installed -= out;
        outgoing.warehouse += out;
        waiting |= 1u << old;
        free_kw += out * old_kw;
        const std::int64_t room = floor_to_int64((free_kw + 1e-9) / kw);
        const std::int32_t in = room < incoming.warehouse ? to_int32(room > 0 ? room : 0) : incoming.warehouse;
        incoming.installed += in;
        incoming.warehouse -= in;
        free_kw -= in * kw;
    }
    return free_kw;
}

/// P3 for one firm. Products wait in falling order of compute per kW, equal ones by slot.
RACKRACE_HD RACKRACE_APART inline void install_chips(const Scenario& scenario, Firm& firm) {
    double free_kw = evict_without_power(scenario, firm);
    std::uint32_t done = 0, waiting = 0;  // bit by product
    RACKRACE_NO_UNROLL
    for (int p = 0; p < scenario.product_count; ++p)
        if (firm.holdings[p].warehouse != 0) waiting |= 1u << p;
    RACKRACE_NO_UNROLL
    while ((waiting & ~done) != 0) {
        int next = -1;
        RACKRACE_NO_UNROLL
        for (std::uint32_t left = waiting & ~done; left != 0; left &= left - 1) {
            const int p = lowest_bit(left);
            if (next < 0 || compute_per_kw(scenario.products[p]) > compute_per_kw(scenario.products[next])) next = p;
        }
        done |= 1u << next;
        free_kw = install_product(scenario, firm, next, free_kw, waiting);
    }
}

}  // namespace rackrace

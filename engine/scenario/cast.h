// Who plays. A scenario may name some of the firms; the others leave, and the world shrinks by what leaves with them: their books, their products,
// their part of the customers, of the wafers and of the grid. Every table is read through here, so the books that stay balance by themselves.
// Host only.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/scenario/csv.h"
#include "engine/scenario/scenario.h"

namespace rackrace {

/// What leaves; nothing where every firm plays.
struct LeftOut {
    std::vector<std::string> firms, products;      // by name
    double customers_frac[kMaxSegments] = {};      // of a segment's customers at the opening
    double wafers_frac = 0.0;                      // of the wafers started for all suppliers
    double grid_frac = 0.0;                        // of the grid power that firms hold at the opening

    bool empty() const { return firms.empty(); }
};

/// From the tables of all firms and products: firm, role, grid_kw, share_enterprise_frac, share_consumer_frac; product, vendor, buyers.
/// A product leaves with its vendor, and an in-house line with the last of its owners. kept: those that play.
/// start_shares: wafer_start_share_<firm>_frac. Bad cells are left to the loaders of these tables.
LeftOut find_left_out(const std::vector<std::string>& kept, const CsvTable& firms, const CsvTable& products, const std::map<std::string, double>& start_shares);

/// Takes the rows of what left out of a table, by its columns firm, seller, supplier, vendor, buyer, product and product_rule. What a firm that
/// stays sells to one that left, it sells to outside customers: a contract's buyer becomes outside. Owners of in-house lines leave the list.
void drop_left_out(const LeftOut& left_out, CsvTable& table);

/// The rest of the world in proportion: wallets and AI revenue by the customers that stay; packaging by the wafers; grid additions, free grid power,
/// on-site plant, builders, compute of others and credit by the grid power. Whole kW and wafers, at least one where there was one.
void shrink_world(const LeftOut& left_out, Scenario& scenario);

}  // namespace rackrace

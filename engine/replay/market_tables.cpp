// The tables of what is traded: products, regions, segments of demand, capacity contracts.
#include "engine/replay/replay_tables.h"

#include "engine/settle/backlog.h"

namespace rackrace {
namespace {

constexpr auto integer = ColumnType::integer;
constexpr auto text = ColumnType::text;

/// Rows are in the order of names; the states of table worlds count by this.
Column index_column() {
    return {"i", integer, "index", "in stored states, from 0", [](const Row& r) { return whole(r.i); }};
}

Table products_table() {
    Table table{"products",
                "Each chip product at the close of a quarter: prices, output, sales and where its units are.",
                "quarter, product",
                Written::each_quarter,
                {},
                [](const RecordedQuarter& at, const std::function<void(int, int)>& row) {
                    for (int p = 0; p < at.scenario.product_count; ++p) row(p, 0);
                }};
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back({"product", text, "id", "", [](const Row& r) { return Cell{r.at.names.products[static_cast<std::size_t>(r.i)]}; }});
    c.push_back(index_column());
    c.push_back({"vendor", text, "id", "firm", [](const Row& r) { return firm_cell(r.at, r.at.scenario.products[r.i].vendor); }});
    c.push_back({"generation", integer, "index", "", [](const Row& r) { return whole(r.at.scenario.products[r.i].generation); }});
    add_fields(c, describe<ProductState>(), [](const Row& r) { return static_cast<const void*>(&r.at.world.products[r.i]); }, {});
    return table;
}

Table regions_table() {
    Table table{"regions",
                "Power of each region at the close of a quarter.",
                "quarter, region",
                Written::each_quarter,
                {},
                [](const RecordedQuarter& at, const std::function<void(int, int)>& row) {
                    for (int r = 0; r < at.scenario.region_count; ++r) row(r, 0);
                }};
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back({"region", text, "id", "", [](const Row& r) { return Cell{r.at.names.regions[static_cast<std::size_t>(r.i)]}; }});
    c.push_back(index_column());
    add_fields(c, describe<RegionState>(), [](const Row& r) { return static_cast<const void*>(&r.at.world.regions[r.i]); }, {});
    return table;
}

Table segments_table() {
    Table table{"segments",
                "Demand for AI products by segment.",
                "quarter, segment",
                Written::each_quarter,
                {},
                [](const RecordedQuarter&, const std::function<void(int, int)>& row) {
                    for (int s = 0; s < kMaxSegments; ++s) row(s, 0);
                }};
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back(
        {"segment", text, "word", "enterprise or consumer", [](const Row& r) { return Cell{std::string(r.i == 0 ? "enterprise" : "consumer")}; }});
    add_fields(c, describe<SegmentState>(), [](const Row& r) { return static_cast<const void*>(&r.at.world.segments[r.i]); }, {});
    return table;
}

Table contracts_table() {
    Table table{"contracts",
                "Capacity contracts that are live or signed at the close of a quarter.",
                "quarter, contract",
                Written::each_quarter,
                {},
                [](const RecordedQuarter& at, const std::function<void(int, int)>& row) {
                    for (int k = 0; k < kMaxContracts; ++k)
                        if (at.world.contracts[k].id != 0) row(k, 0);
                }};
    const auto contract = [](const Row& r) -> const Contract& { return r.at.world.contracts[r.i]; };
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back({"contract", integer, "id", "number in order of signing", [contract](const Row& r) { return whole(contract(r).id); }});
    c.push_back({"seller", text, "id", "firm", [contract](const Row& r) { return firm_cell(r.at, contract(r).seller); }});
    c.push_back(
        {"buyer", text, "id", "firm, or `customer` for an outside buyer", [contract](const Row& r) { return firm_cell(r.at, contract(r).buyer); }});
    c.push_back({"due_now_h100e", integer, "H100e", "committed this quarter",
                 [contract](const Row& r) { return whole(committed_in(contract(r), r.at.world.t)); }});
    c.push_back({"short_now_h100e", integer, "H100e", "of it not delivered", [contract](const Row& r) { return whole(contract(r).short_h100e[0]); }});
    c.push_back({"backlog_usd", integer, "$", "take-or-pay money left",
                 [contract](const Row& r) { return dollars(contract_backlog(r.at.scenario.parameters, contract(r), r.at.world.t)); }});
    add_fields(c, describe<Contract>(), [contract](const Row& r) { return static_cast<const void*>(&contract(r)); },
               {"id", "seller", "buyer", "short_h100e", "due_h100e"});
    return table;
}

}  // namespace

std::vector<Table> market_tables() { return {products_table(), regions_table(), segments_table(), contracts_table()}; }

}  // namespace rackrace

#include "engine/replay/replay_tables.h"

#include "engine/replay/digests.h"

namespace rackrace {

const std::vector<Table>& replay_tables() {
    static const std::vector<Table> tables = [] {
        std::vector<Table> all = run_tables();
        all.push_back(quarters_table());
        for (const auto& part : {firm_tables(), market_tables(), record_tables(), decision_tables(), auction_tables()}) all.insert(all.end(), part.begin(), part.end());
        all.push_back(digests_table());  // last: of all others
        return all;
    }();
    return tables;
}

const Table* find_table(std::string_view name) {
    for (const Table& table : replay_tables())
        if (table.name == name) return &table;
    return nullptr;
}

std::string create_statement(const Table& table) {
    std::string sql = "CREATE TABLE " + table.name + " (";
    for (const Column& column : table.columns) sql += column.name + " " + std::string(column_type_text(column.type)) + ", ";
    return sql + "PRIMARY KEY (" + table.key + ")) WITHOUT ROWID";
}

}  // namespace rackrace

// A figure as a table: the same data in full precision, for who does not see it, wants to read it, or wants to take it along.
#pragma once

#include <string>
#include <vector>

#include "viz/figures/figure_model.h"
#include "viz/window/look.h"

namespace rackrace {

struct TableTwin {
    struct Column {
        std::string head;        // "spot T, $/h"
        bool is_number = false;  // written at the right
    };
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;  // in the order of the key; empty where there is no value
};

TableTwin prepare_table(const FigureModel& figure);

/// Fills the room that is left in the current window; wide tables scroll, the first column stays. An empty figure shows its reason.
void draw_table(const FigureModel& figure, const TableTwin& table, const WindowLook& look);

}  // namespace rackrace

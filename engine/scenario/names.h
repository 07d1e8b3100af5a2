// Names of what the rules know by index, in index order: sorted by id, so that the order of rows in a file changes nothing.
#pragma once

#include <string>
#include <vector>

namespace rackrace {

struct Names {
    std::string scenario;
    std::vector<std::string> firms, firm_titles, products, regions, contracts;  // contracts: those of the opening books, by id - 1
};

}  // namespace rackrace

// What the pages of reports share: their head with the colours, figures with their words and tables, tables of facts, files to look into.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "viz/figures/figure_model.h"

namespace rackrace {

/// From the first byte to <body>: a page that needs nothing else, in light and in dark, on paper and on a phone.
std::string page_head(const std::string& title);

/// A figure, wide and narrow, its description, its table folded. id: of the page, once.
std::string figure_html(const FigureModel& figure, const std::string& id);

/// A table whose cells are all texts: words in the first `word_columns`, numbers at the right.
std::string short_table_html(const FigureTable& table, std::size_t word_columns);

/// A row a fact.
std::string facts_html(const std::vector<std::pair<std::string, std::string>>& facts);

/// A file's text, folded under `summary`; nothing where it cannot be read.
std::string file_html(const std::filesystem::path& file, const std::string& summary);

}  // namespace rackrace

// Calendar quarters as integers: 0 is 2024Q1, 9 is 2026Q2, 35 is 2032Q4.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rackrace {

inline constexpr int kFirstYear = 2024;

constexpr int quarter_index(int year, int quarter) { return (year - kFirstYear) * 4 + quarter - 1; }
constexpr int year_of(int t) { return kFirstYear + (t >= 0 ? t / 4 : -((3 - t) / 4)); }
constexpr int quarter_of(int t) { return t - (year_of(t) - kFirstYear) * 4 + 1; }

/// "2026Q2" for 9.
inline std::string quarter_name(int t) { return std::to_string(year_of(t)) + "Q" + std::to_string(quarter_of(t)); }

/// 9 for "2026Q2"; nothing for any other form.
inline std::optional<int> parse_quarter(std::string_view text) {
    if (text.size() != 6 || text[4] != 'Q' || text[5] < '1' || text[5] > '4') return std::nullopt;
    int year = 0;
    for (int i = 0; i < 4; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        year = year * 10 + (text[i] - '0');
    }
    return quarter_index(year, text[5] - '0');
}

}  // namespace rackrace

#include "agents/checker/number.h"

#include <algorithm>
#include <charconv>
#include <limits>

namespace rackrace::lua {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex_digit(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

int hex_value(char c) { return is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10; }

/// A numeral cut into its parts; `valid` says that nothing else stands in it.
struct Parts {
    bool hex = false;
    bool valid = false;
    bool has_point = false;
    bool has_exponent = false;
    std::string_view whole, fraction;  // digits before and after the point
    std::int64_t exponent = 0;         // saturated: beyond any double long before
};

Parts cut(std::string_view text) {
    Parts parts;
    parts.hex = text.size() >= 2 && text[0] == '0' && (text[1] | 0x20) == 'x';
    if (parts.hex) text.remove_prefix(2);
    const auto digits = [&] {
        std::size_t n = 0;
        while (n < text.size() && (parts.hex ? is_hex_digit(text[n]) : is_digit(text[n]))) ++n;
        const std::string_view found = text.substr(0, n);
        text.remove_prefix(n);
        return found;
    };
    parts.whole = digits();
    if (!text.empty() && text[0] == '.') {
        parts.has_point = true;
        text.remove_prefix(1);
        parts.fraction = digits();
    }
    if (parts.whole.empty() && parts.fraction.empty()) return parts;
    if (!text.empty() && (text[0] | 0x20) == (parts.hex ? 'p' : 'e')) {
        parts.has_exponent = true;
        text.remove_prefix(1);
        const bool negative = !text.empty() && text[0] == '-';
        if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
        if (text.empty()) return parts;
        while (!text.empty() && is_digit(text[0])) {
            parts.exponent = std::min<std::int64_t>(parts.exponent * 10 + (text[0] - '0'), 1'000'000'000'000);
            text.remove_prefix(1);
        }
        if (negative) parts.exponent = -parts.exponent;
    }
    parts.valid = text.empty();
    return parts;
}

/// Infinity or zero for a numeral that no double holds: by the place of its first digit that is not zero.
double out_of_range_value(const Parts& parts) {
    std::int64_t place = 0;
    const std::size_t in_whole = parts.whole.find_first_not_of('0');
    const std::size_t in_fraction = parts.fraction.find_first_not_of('0');
    if (in_whole != std::string_view::npos) place = static_cast<std::int64_t>(parts.whole.size() - in_whole);
    else if (in_fraction != std::string_view::npos) place = -static_cast<std::int64_t>(in_fraction);
    else return 0.0;
    return place * (parts.hex ? 4 : 1) + parts.exponent > 0 ? std::numeric_limits<double>::infinity() : 0.0;
}

}  // namespace

std::optional<std::variant<std::int64_t, double>> parse_numeral(std::string_view text) {
    const Parts parts = cut(text);
    if (!parts.valid) return std::nullopt;
    if (!parts.has_point && !parts.has_exponent) {
        std::uint64_t value = 0;
        if (parts.hex) {
            for (const char c : parts.whole) value = value * 16 + static_cast<std::uint64_t>(hex_value(c));
            return static_cast<std::int64_t>(value);
        }
        std::int64_t integer = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), integer);
        if (error == std::errc{}) return integer;
    }
    const std::string_view digits = parts.hex ? text.substr(2) : text;
    double value = 0.0;
    const auto format = parts.hex ? std::chars_format::hex : std::chars_format::general;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, format);
    return error == std::errc{} ? value : out_of_range_value(parts);
}

}  // namespace rackrace::lua

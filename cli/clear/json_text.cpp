#include "cli/clear/json_text.h"

#include <charconv>
#include <cmath>

namespace rackrace::clear {
namespace {

/// The library's own writer is not always the shortest.
std::string double_text(double value) {
    if (!std::isfinite(value)) return "null";
    const double magnitude = std::abs(value);
    const bool is_long = magnitude != 0.0 && (magnitude < 1e-4 || magnitude >= 1e16);
    char text[40];
    const auto [end, error] = std::to_chars(text, text + sizeof text, value, is_long ? std::chars_format::scientific : std::chars_format::fixed);
    std::string out(text, end);
    return out.find_first_of(".e") == std::string::npos ? out + ".0" : out;
}

}  // namespace

std::string json_text(const nlohmann::ordered_json& value) {
    std::string out;
    if (value.is_number_float()) return double_text(value.get<double>());
    if (value.is_object()) {
        for (const auto& [name, entry] : value.items())
            out += (out.empty() ? "{" : ",") + nlohmann::ordered_json(name).dump() + ":" + json_text(entry);
        return out.empty() ? "{}" : out + "}";
    }
    if (value.is_array()) {
        for (const auto& entry : value) out += (out.empty() ? "[" : ",") + json_text(entry);
        return out.empty() ? "[]" : out + "]";
    }
    return value.dump();
}

}  // namespace rackrace::clear

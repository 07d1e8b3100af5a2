// What a value of a case must be: one description for the check of what comes in, for `rackrace clear --list`, and for what a rule prints.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace rackrace::clear {

using Json = nlohmann::ordered_json;  // firms come out in the order they went in

/// The engine stores chips, kW and H100e in 32 bits, and its pro rata shares multiply two of them.
inline constexpr std::int64_t kMostUnits = 2147483647;
/// Times kMostUnits it still is an amount of whole dollars in 63 bits.
inline constexpr double kMostPrice = 1e9;
/// Whole dollars that a double holds exactly, since shares of them are computed in doubles.
inline constexpr std::int64_t kMostUsd = (std::int64_t{1} << 53) - 1;

enum class Shape {
    whole,  // a JSON number without decimal point or exponent
    number,
    name,     // a text that is not empty
    list,     // [X, ...], X is parts[0]
    by_name,  // {key: X, ...}, X is parts[0], the key a name
    row,      // [X, Y, ...], one of each of parts
    record,   // {x: X, y: Y, ...}, one of each of parts by its name
};

struct Field {
    std::string name;
    Shape shape = Shape::number;
    std::string unit;
    std::string meaning;
    double low = 0.0, high = 0.0;  // of numbers, both allowed
    int most = 0;                  // entries of list and by_name
    std::string key;               // what the names of by_name are, such as firm
    bool is_optional = false;      // may be left out, or null
    std::vector<Field> parts = {};
};

Field units(std::string name, std::string unit, std::string meaning);  // 0 to kMostUnits
Field price(std::string name, std::string unit, std::string meaning);  // 0 to kMostPrice
Field usd(std::string name, std::string meaning);                      // whole dollars, 0 to kMostUsd
Field frac(std::string name, std::string unit, std::string meaning, double low, double high);
Field whole(std::string name, std::string unit, std::string meaning, int low, int high);
Field named(std::string name, std::string meaning);
Field list_of(std::string name, std::string meaning, int most, Field entry);
Field by_name(std::string name, std::string meaning, std::string key, int most, Field entry);
Field row_of(std::vector<Field> parts);
Field record_of(std::vector<Field> parts);
Field optional(Field field);

/// As in the help: {firm: [[price, quantity], ...], ...}.
std::string shape_text(const Field& field);

/// "has 1 entry", "has 3 entries".
std::string has_entries(std::size_t count);

/// The path of a name or place inside `path`: bids.A[0]. Names that are no plain words are quoted.
std::string inside(const std::string& path, const std::string& name);
std::string inside(const std::string& path, std::size_t place);

/// Adds what is wrong with `value`, a refusal each, their place the path inside the case.
void check_value(const Field& field, const Json& value, const std::string& path, Refusals& wrong);

/// Whether an optional field is there.
bool is_given(const Json& record, const char* name);

}  // namespace rackrace::clear

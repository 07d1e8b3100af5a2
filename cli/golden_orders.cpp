#include "cli/golden_orders.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>

#include "cli/clear/json_text.h"
#include "engine/base/number_text.h"
#include "engine/base/quarter_index.h"
#include "engine/quarter/verbs.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* kSchema = "rackrace.golden/1";

Json name_or_number(const std::vector<std::string>& names, std::int32_t i) {
    if (i >= 0 && static_cast<std::size_t>(i) < names.size()) return names[static_cast<std::size_t>(i)];
    return i;
}

Json argument_json(const ArgInfo& arg, const unsigned char* args, const Names& names) {
    const double value = argument_value(arg, args);
    if (!std::isfinite(value)) return number_text(value);  // JSON has no such numbers
    if (arg.storage == Storage::f64) return value;
    const auto whole = static_cast<std::int32_t>(value);
    switch (arg.row.unit) {
        case Unit::product_id: return name_or_number(names.products, whole);
        case Unit::region_id: return name_or_number(names.regions, whole);
        case Unit::firm_id: return name_or_number(names.firms, whole);
        case Unit::flag: return whole != 0;
        case Unit::kind_name:
            if (whole >= 0 && whole < kMaxChoices) return arg.row.choices[whole];
            return whole;
        default: return whole;
    }
}

/// An optional argument with the value of one left out; names and words are always something.
bool is_left_out(const ArgInfo& arg, const unsigned char* args) {
    const bool is_word =
        arg.row.unit == Unit::product_id || arg.row.unit == Unit::region_id || arg.row.unit == Unit::firm_id || arg.row.unit == Unit::kind_name;
    return !arg.row.is_required && !is_word && argument_value(arg, args) == arg.row.otherwise;
}

bool is_golden_order(const Json& order) {
    const auto has = [&](const char* key, auto test) { return order.contains(key) && test(order[key]); };
    const auto is_text = [](const Json& value) { return value.is_string(); };
    return order.is_object() && has("seed", [](const Json& value) { return value.is_number_unsigned(); }) && has("quarter", is_text) &&
           has("stage", is_text) && has("verb", is_text) && has("args", [](const Json& value) { return value.is_object(); }) &&
           parse_quarter(order["quarter"].get<std::string>()) &&
           std::find(std::begin(kStageNames), std::end(kStageNames), order["stage"].get<std::string>()) != std::end(kStageNames) &&
           (!order.contains("code") || is_text(order["code"]));
}

/// Of which decision an order is; decisions are taken in this order.
std::array<std::uint64_t, 3> decision_of(const Json& order) {
    const bool is_operate = order["stage"] == kStageNames[static_cast<int>(Stage::b)];
    return {order["seed"].get<std::uint64_t>(), static_cast<std::uint64_t>(*parse_quarter(order["quarter"].get<std::string>())),
            is_operate ? 1u : 0u};
}

std::string order_text(const Json& order) {
    std::string out = order["verb"].get<std::string>();
    for (const auto& [name, value] : order["args"].items())
        out += fmt::format("{}{} {}", out == order["verb"] ? " with " : ", ", name, clear::json_text(value));
    return out;
}

std::string answer_text(const Json& order) { return order.contains("code") ? "refused with " + order["code"].get<std::string>() : "accepted"; }

/// What differs between two orders in the same place of the same decision; empty where nothing does.
std::string fact_of(const Json& placed, const Json& golden) {
    if (placed["verb"] != golden["verb"]) return fmt::format("is {}, in the file {}", order_text(placed), order_text(golden));
    const std::string verb = placed["verb"].get<std::string>();
    for (const auto& [name, value] : placed["args"].items()) {
        const auto other = golden["args"].find(name);
        if (other == golden["args"].end()) return fmt::format("{} has {} {}, in the file none", verb, name, clear::json_text(value));
        if (*other != value) return fmt::format("{} has {} {}, in the file {}", verb, name, clear::json_text(value), clear::json_text(*other));
    }
    for (const auto& [name, value] : golden["args"].items())
        if (!placed["args"].contains(name)) return fmt::format("{} has no {}, in the file {}", verb, name, clear::json_text(value));
    if (answer_text(placed) != answer_text(golden)) return fmt::format("{} is {}, in the file {}", verb, answer_text(placed), answer_text(golden));
    return "";
}

Refusal no_file(const fs::path& file) { return {file.string(), 0, 0, "is no file", "name another in t.golden, or remove it"}; }

}  // namespace

Json golden_order(std::uint64_t seed, int t, const PlacedOrder& order, const Names& names) {
    const VerbInfo& verb = info_of(order.verb);
    std::map<std::string, Json> args;
    for (const ArgInfo& arg : verb.args)
        if (!is_left_out(arg, order.args)) args[std::string(arg.name)] = argument_json(arg, order.args, names);
    Json out{{"seed", seed},
             {"quarter", quarter_name(t)},
             {"stage", kStageNames[static_cast<int>(order.stage)]},
             {"verb", verb.row.name},
             {"args", Json::object()}};
    for (const auto& [name, value] : args) out["args"][name] = value;
    if (!order.answer.ok()) out["code"] = row_of(order.answer.code).id;
    return out;
}

std::string golden_text(const Json& orders) {
    std::string out;
    for (const Json& order : orders) out += (out.empty() ? "\n" : ",\n") + clear::json_text(order);
    return fmt::format("{{\"schema\": \"{}\", \"orders\": [{}\n]}}\n", kSchema, out);
}

Result<Json> read_golden(const fs::path& file) {
    std::error_code error;
    if (!fs::exists(file, error)) return Refusal{file.string(), 0, 0, "is not there", ""};
    if (!fs::is_regular_file(file, error)) return no_file(file);
    std::ifstream in(file, std::ios::binary);
    const Json json = Json::parse(in, nullptr, false);
    const bool is_golden = json.is_object() && json.contains("schema") && json["schema"] == kSchema && json.contains("orders") &&
                           json["orders"].is_array() && std::all_of(json["orders"].begin(), json["orders"].end(), is_golden_order);
    if (!is_golden) return Refusal{file.string(), 0, 0, "is no golden file", "name another in t.golden, or remove it"};
    return json["orders"];
}

Result<bool> write_golden(const fs::path& file, const Json& orders) {
    std::error_code error;
    const std::string text = golden_text(orders);
    if (fs::exists(file, error)) {
        if (!fs::is_regular_file(file, error)) return no_file(file);
        if (const auto there = read_golden(file); !there) return there.error();
        std::ifstream in(file, std::ios::binary);
        if (std::string(std::istreambuf_iterator<char>(in), {}) == text) return false;
    }
    if (file.has_parent_path()) fs::create_directories(file.parent_path(), error);
    const fs::path partial = file.parent_path() / fmt::format(".{}-{}.partial", file.filename().string(), getpid());
    std::ofstream out(partial, std::ios::binary);
    out << text;
    out.close();
    if (out && !error) fs::rename(partial, file, error);
    if (out && !error) return true;
    fs::remove(partial, error);
    return Refusal{file.string(), 0, 0, "cannot be written", "check that the folder can be written and that the disk has room"};
}

std::optional<GoldenDifference> first_difference(const Json& placed, const Json& golden) {
    std::size_t number = 0;  // in its decision
    for (std::size_t i = 0; i < std::max(placed.size(), golden.size()); ++i) {
        const Json* mine = i < placed.size() ? &placed[i] : nullptr;
        const Json* other = i < golden.size() ? &golden[i] : nullptr;
        if (mine != nullptr && other != nullptr && decision_of(*mine) != decision_of(*other))
            (decision_of(*mine) < decision_of(*other) ? other : mine) = nullptr;
        const Json& here = mine != nullptr ? *mine : *other;
        const bool is_next = i > 0 && decision_of(placed[i - 1]) == decision_of(here);
        number = is_next ? number + 1 : 1;
        const std::string fact = mine == nullptr    ? "is missing, in the file " + order_text(here)
                                 : other == nullptr ? fmt::format("is {}, in the file nothing", order_text(here))
                                                    : fact_of(*mine, *other);
        if (fact.empty()) continue;
        const std::string where = fmt::format("{} of {}, seed {}, order {}", here["stage"].get<std::string>(), here["quarter"].get<std::string>(),
                                              here["seed"].get<std::uint64_t>(), number);
        return GoldenDifference{where, fact};
    }
    return std::nullopt;
}

}  // namespace rackrace

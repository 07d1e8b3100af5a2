// What a search maximises: an expression over the figures that a batch records of a run, of the searched firm and of the market.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/scenario/scenario_settings.h"
#include "gpu/batch.h"

namespace rackrace {

/// Numbers, + - * /, parentheses and figures (key_columns.h): `cash_usd` of the firm, `market.spot_t_usd_h` of the market, each in the last quarter played;
/// `sum(revenue_usd)`, `mean()`, `least()` and `most()` over all quarters played.
class Objective {
public:
    /// Refused, with the character: what is no such expression, unknown figures and functions.
    static Result<Objective> parse(const std::string& text, const Origin& at);

    const std::string& text() const { return text_; }
    /// Owners' value at the end and nothing else: the payoff of all other commands, which needs no figures by quarter.
    bool is_owners_value() const;
    /// Of a run that ended, with its panel unless is_owners_value(). No finite number where a figure is empty or something is divided by 0.
    double value(const Outcome& outcome, std::size_t firm) const;

private:
    friend class ObjectiveParser;
    enum class Op { number, firm, market, add, subtract, multiply, divide, negate };
    enum class Over { last, sum, mean, least, most };
    struct Step {
        Op op = Op::number;
        double number = 0.0;
        std::size_t figure = 0;
        Over over = Over::last;
    };

    std::string text_;
    std::vector<Step> steps_;  // operands before their operation
};

inline constexpr const char* kOwnersValue = "value_usd";

}  // namespace rackrace

#include "cli/search/objective.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/replay/key_columns.h"
#include "engine/scenario/tables.h"

namespace rackrace {
namespace {

constexpr std::string_view kMarket = "market.";
constexpr const char* kOverNames[] = {"last", "sum", "mean", "least", "most"};

std::vector<std::string> names_of(const std::vector<Column>& columns, std::string_view before) {
    std::vector<std::string> out;
    for (const Column& column : columns) out.push_back(std::string(before) + column.name);
    return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.' || is_digit(c); }

}  // namespace

class ObjectiveParser {
public:
    ObjectiveParser(const std::string& text, const Origin& at) : text_(text), at_(at) {}

    Result<Objective> parse() {
        out_.text_ = text_;
        sum();
        skip();
        if (refusals_.empty() && place_ < text_.size()) refuse(place_, fmt::format("'{}' follows what is whole", text_[place_]), "put an operator between, or delete it");
        if (!refusals_.empty()) return refusals_;
        return out_;
    }

private:
    using Op = Objective::Op;

    void refuse(std::size_t place, const std::string& fact, const std::string& advice) {
        if (refusals_.empty()) refusals_.add(at_.refusal(fmt::format("objective, character {}: {}", place + 1, fact), advice));
    }
    void skip() {
        while (place_ < text_.size() && text_[place_] == ' ') ++place_;
    }
    /// Takes the next character where it is one of these; 0: it is none.
    char take(std::string_view any) {
        skip();
        if (!refusals_.empty() || place_ >= text_.size() || any.find(text_[place_]) == std::string_view::npos) return 0;
        return text_[place_++];
    }
    void sum() {
        product();
        while (const char sign = take("+-")) {
            product();
            out_.steps_.push_back({sign == '+' ? Op::add : Op::subtract});
        }
    }
    void product() {
        factor();
        while (const char sign = take("*/")) {
            factor();
            out_.steps_.push_back({sign == '*' ? Op::multiply : Op::divide});
        }
    }
    void factor() {
        if (++depth_ > kMostDepth) refuse(place_, "brackets are nested too deep", fmt::format("{} levels are enough", kMostDepth));
        if (!refusals_.empty()) return;
        if (take("-") != 0) {
            factor();
            out_.steps_.push_back({Op::negate});
        } else if (take("(") != 0) {
            sum();
            close();
        } else if (place_ < text_.size() && is_digit(text_[place_])) {
            number();
        } else {
            figure();
        }
        --depth_;
    }
    void close() {
        if (take(")") == 0) refuse(place_, "a bracket is not closed", "write )");
    }
    void number() {
        Objective::Step step;
        const char* const from = text_.data() + place_;
        const auto read = std::from_chars(from, text_.data() + text_.size(), step.number);
        if (read.ec != std::errc{} || !std::isfinite(step.number)) refuse(place_, "a number that cannot be held", "write one up to 1e300");
        place_ += static_cast<std::size_t>(read.ptr - from);
        out_.steps_.push_back(step);
    }
    std::string word() {
        skip();
        const std::size_t from = place_;
        while (place_ < text_.size() && is_word(text_[place_])) ++place_;
        return text_.substr(from, place_ - from);
    }
    /// A figure, or a function of one.
    void figure() {
        std::size_t from = place_;
        std::string name = word();
        Objective::Step step;
        if (take("(") != 0) {
            const std::vector<std::string> known(std::begin(kOverNames), std::end(kOverNames));
            const int over = find_name(known, name);
            if (over < 0) return refuse(from, "no function is called '" + name + "'", suggestion(name, known));
            step.over = static_cast<Objective::Over>(over);
            skip();
            from = place_;
            name = word();
            find(from, name, step);
            close();
        } else {
            find(from, name, step);
        }
        out_.steps_.push_back(step);
    }
    void find(std::size_t from, const std::string& name, Objective::Step& step) {
        const auto firm = names_of(key_firm_figures(), ""), market = names_of(key_market_figures(), kMarket);
        if (name.empty()) return refuse(from, "here a figure, a number or ( is missing", "write something like value_usd or sum(revenue_usd)");
        const bool is_market = name.starts_with(kMarket);
        const int at = find_name(is_market ? market : firm, name);
        if (at < 0) {
            std::vector<std::string> known = firm;
            known.insert(known.end(), market.begin(), market.end());
            return refuse(from, "no figure is called '" + name + "'", suggestion(name, known));
        }
        step.op = is_market ? Op::market : Op::firm;
        step.figure = static_cast<std::size_t>(at);
    }

    static constexpr int kMostDepth = 100;

    const std::string& text_;
    Origin at_;
    Objective out_;
    Refusals refusals_;
    std::size_t place_ = 0;
    int depth_ = 0;
};

Result<Objective> Objective::parse(const std::string& text, const Origin& at) { return ObjectiveParser(text, at).parse(); }

bool Objective::is_owners_value() const {
    return steps_.size() == 1 && steps_[0].op == Op::firm && steps_[0].over == Over::last && key_firm_figures()[steps_[0].figure].name == kOwnersValue;
}

double Objective::value(const Outcome& outcome, std::size_t firm) const {
    if (is_owners_value()) return outcome.value_usd[firm];
    const std::size_t of_market = key_market_figures().size(), of_firms = outcome.value_usd.size() * key_firm_figures().size();
    const std::size_t quarters = outcome.panel.market.size() / of_market;
    const auto figure = [&](const Step& step) {
        const auto at = [&](std::size_t quarter) {
            return step.op == Op::market ? outcome.panel.market[quarter * of_market + step.figure]
                                         : outcome.panel.firms[quarter * of_firms + firm * key_firm_figures().size() + step.figure];
        };
        double value = at(step.over == Over::last ? quarters - 1 : 0);
        for (std::size_t quarter = 1; step.over != Over::last && quarter < quarters; ++quarter) {
            const double next = at(quarter);
            if (std::isnan(next)) return next;
            value = step.over == Over::least ? std::min(value, next) : step.over == Over::most ? std::max(value, next) : value + next;
        }
        return step.over == Over::mean ? value / static_cast<double>(quarters) : value;
    };
    std::vector<double> stack;
    const auto pop = [&] {
        const double top = stack.back();
        stack.pop_back();
        return top;
    };
    for (const Step& step : steps_) switch (step.op) {
            case Op::number: stack.push_back(step.number); break;
            case Op::firm:
            case Op::market: stack.push_back(figure(step)); break;
            case Op::negate: stack.back() = -stack.back(); break;
            default: {
                const double b = pop(), a = pop();
                stack.push_back(step.op == Op::add ? a + b : step.op == Op::subtract ? a - b : step.op == Op::multiply ? a * b : a / b);
            }
        }
    return stack.back();
}

}  // namespace rackrace

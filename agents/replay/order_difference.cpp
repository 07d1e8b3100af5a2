#include "agents/replay/order_difference.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "agents/host/shown_value.h"
#include "engine/replay/replay_tables.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

std::vector<const PlacedOrder*> calls_of(const DecisionLog& log, Verb verb) {
    std::vector<const PlacedOrder*> out;
    for (const PlacedOrder& order : log.orders)
        if (order.verb == verb) out.push_back(&order);
    return out;
}

std::string text(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::string text(const Json& args, const std::string& name) { return args.contains(name) ? text(args[name]) : ""; }

std::string all_text(const Json& args) {
    std::string out;
    for (const auto& [name, value] : args.items()) out += (out.empty() ? "" : ", ") + name + " " + (value.is_number() ? number_value(value.get<double>()).text : text(value));
    return out;
}

std::string answer_text(const PlacedOrder& order) {
    const CodeRow& code = row_of(order.answer.code);
    return order.answer.ok() ? "accepted" : std::string(code.id) + " " + std::string(code.name);
}

}  // namespace

std::vector<OrderChange> order_differences(const Names& names, const DecisionLog& first, const DecisionLog& second) {
    std::vector<Verb> verbs;
    for (const DecisionLog* log : {&first, &second})
        for (const PlacedOrder& order : log->orders)
            if (std::find(verbs.begin(), verbs.end(), order.verb) == verbs.end()) verbs.push_back(order.verb);
    std::vector<OrderChange> out;
    for (const Verb verb : verbs) {
        const auto a = calls_of(first, verb), b = calls_of(second, verb);
        const std::string name(info_of(verb).row.name);
        for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
            const int nth = static_cast<int>(i) + 1;
            const Json then = i < a.size() ? Json::parse(order_arguments(names, *a[i])) : Json::object(), now = i < b.size() ? Json::parse(order_arguments(names, *b[i])) : Json::object();
            if (i >= a.size() || i >= b.size()) {
                out.push_back({name, nth, "order", all_text(then), all_text(now)});
                continue;
            }
            for (const ArgInfo& arg : info_of(verb).args)
                if (const std::string argument(arg.name); text(then, argument) != text(now, argument)) out.push_back({name, nth, argument, text(then, argument), text(now, argument)});
            if (answer_text(*a[i]) != answer_text(*b[i])) out.push_back({name, nth, "answer", answer_text(*a[i]), answer_text(*b[i])});
        }
    }
    return out;
}

}  // namespace rackrace

// `rackrace why`: the reasons behind a price of a quarter, or what became of an order.
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "engine/replay/address.h"
#include "viz/figures/why.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

Json split_json(const Split& split) {
    Json out = {{"unit", split.unit}, {"now", split.now}, {"last", split.last}, {"parts", Json::array()}};
    for (const Split::Part& part : split.parts) out["parts"].push_back({{"of", part.of}, {"now", part.now}, {"last", part.last}});
    return out;
}

Json reasons_json(const std::vector<Reason>& reasons) {
    Json out = Json::array();
    for (const Reason& reason : reasons) {
        Json one = {{"text", reason.text}};
        if (!reason.address.empty()) one["address"] = reason.address;
        if (!reason.script.empty()) one.update({{"script", reason.script}, {"line", reason.line}});
        if (reason.split) one["split"] = split_json(*reason.split);
        if (!reason.behind.empty()) one["behind"] = reasons_json(reason.behind);
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace

ExitCode why_command(const WhyArguments& arguments, const Terminal& terminal) {
    const auto address = parse_address(arguments.address);
    if (!address) return terminal.refuse(address.error(), ExitCode::wrong_usage);
    const auto run = find_run(address->run);
    if (!run) return terminal.refuse(run.error(), ExitCode::bad_input);
    const auto store = ReplayStore::open(*run);
    if (!store) return terminal.refuse(store.error(), ExitCode::bad_input);
    const auto why = explain(*store, *address);
    const bool lacks_quarter = !address->t && address->value("contract").empty() && address->value("order").empty();  // all else is explained in a quarter
    if (!why) return terminal.refuse(why.error(), lacks_quarter ? ExitCode::wrong_usage : ExitCode::bad_input);
    if (terminal.wants_json)
        terminal.data(
            Json{{"schema", "rackrace.why/1"}, {"address", why->address}, {"title", why->title}, {"reasons", reasons_json(why->reasons)}}.dump() +
            "\n");
    else terminal.data(why_text(*why, !terminal.is_verbose));
    return ExitCode::done;
}

}  // namespace rackrace

#include "engine/quarter/verbs.h"

#include <string>

#include "engine/base/number_text.h"
#include "engine/quarter/apply_verb.h"

namespace rackrace {
namespace {

template <auto Member>
ArgInfo describe_arg(const ArgRow& row) {
    using Owner = typename MemberPointer<decltype(Member)>::Owner;
    using Type = typename MemberPointer<decltype(Member)>::Type;
    static const Owner sample{};
    const auto offset = reinterpret_cast<const unsigned char*>(&(sample.*Member)) - reinterpret_cast<const unsigned char*>(&sample);
    static_assert(storage_of<Type>() == Storage::f64 || storage_of<Type>() == Storage::i32);
    return {member_name<Member>(), row, static_cast<std::size_t>(offset), storage_of<Type>()};
}

template <auto... Member>
std::vector<ArgInfo> describe_args(const ArgTable<Member...>& table) {
    const ArgRow* row = table.rows;
    return {describe_arg<Member>(*row++)...};
}

template <class Args>
VerbAnswer apply_any(const Scenario& scenario, const World& world, int firm, const void* args, int line, Orders& orders) {
    return apply(scenario, world, firm, *static_cast<const Args*>(args), line, orders);
}

template <class Args>
void add(std::vector<VerbInfo>& verbs) {
    static_assert(sizeof(Args) <= kMaxArgsBytes);
    VerbInfo info{VerbSchema<Args>::row, describe_args(VerbSchema<Args>::args), sizeof(Args), &apply_any<Args>, -1, -1};
    for (int i = 0; i < static_cast<int>(info.args.size()); ++i) {
        const ArgInfo& arg = info.args[static_cast<std::size_t>(i)];
        int& place = is_reference(arg.row.unit) ? info.reference : info.quantity;
        if (place < 0) place = i;
    }
    verbs.push_back(std::move(info));
}

template <class... Args>
std::vector<VerbInfo> describe_each(VerbList<Args...>) {
    std::vector<VerbInfo> verbs;
    (add<Args>(verbs), ...);
    return verbs;
}

std::string end_text(const Bound& bound) {
    const std::string_view name = parameter_name(bound);
    return (name.empty() ? number_text(bound.value) : std::string(name)) + kBasisTexts[static_cast<int>(bound.basis)];
}

}  // namespace

const std::vector<VerbInfo>& describe_verbs() {
    static const std::vector<VerbInfo> verbs = describe_each(AllVerbs{});
    return verbs;
}

CodeMask VerbInfo::codes() const {
    CodeMask mask = row.codes;
    if (row.roles != kAllRoles) mask |= code_mask(Code::closed_to_role);
    for (const ArgInfo& arg : args)
        if (arg.row.low.is_set || arg.row.high.is_set) mask |= code_mask(arg.row.beyond);
    return mask;
}

std::string_view parameter_name(const Bound& bound) {
    if (bound.parameter == nullptr) return {};
    static const Parameters sample{};
    const auto offset = static_cast<std::size_t>(reinterpret_cast<const unsigned char*>(&(sample.*bound.parameter)) - reinterpret_cast<const unsigned char*>(&sample));
    for (const FieldInfo& field : describe<Parameters>().fields)
        if (field.offset == offset) return field.name;
    return {};
}

std::string choices_text(const ArgRow& row) {
    std::string text;
    const int count = row.choice_count();
    for (int i = 0; i < count; ++i) text += (i == 0 ? "\"" : i + 1 == count ? " or \"" : ", \"") + std::string(row.choices[i]) + "\"";
    return text;
}

std::string bounds_text(const ArgRow& row) {
    if (row.low.is_set && row.high.is_set) return end_text(row.low) + " to " + end_text(row.high);
    if (row.low.is_set) return "at least " + end_text(row.low);
    return row.high.is_set ? "at most " + end_text(row.high) : "";
}

}  // namespace rackrace

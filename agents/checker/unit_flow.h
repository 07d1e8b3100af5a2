// The unit of every expression: from fields of obs, parameters, names in memory and of locals, through arithmetic, helpers and the functions of the file.
// Flow-insensitive, as values.h: a local has the unit of everything it is given.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "agents/checker/api_names.h"
#include "agents/checker/declaration.h"
#include "agents/checker/measure.h"
#include "agents/checker/values.h"
#include "agents/library.h"

namespace rackrace {

/// How a function of race or math makes the unit of its result from those of its arguments.
enum class HelperRule : std::uint8_t {
    as_row,      // its row says it, and the names of its arguments say theirs
    first,       // that of the first argument: floor, abs
    alike,       // all arguments have one unit, and the result has it: min, clamp
    blend,       // the first two have one unit, the third is a weight: ema, lerp
    quotient,    // the first over the second, or the third: ratio
    compare,     // arguments of one unit, a plain result: step
    plain,       // a number without unit whatever it is given: exp, sign
    open         // nothing can be said
};

struct HelperCall {
    std::string_view name;  // "race.min"
    HelperRule rule = HelperRule::open;
    const LibraryFunction* row = nullptr;
};

class UnitFlow {
public:
    UnitFlow(const lua::Ast& ast, const lua::Names& names, const Values& values, const ApiNames& api, const Declaration& declaration);

    Measure of(const lua::Expr& expr) const { return exprs_[static_cast<std::size_t>(expr.id)]; }

    /// The function of race or math that a call goes to.
    HelperCall helper_of(const lua::Call& call) const;

    /// What was written into a local before its name was asked.
    Measure given_to(const lua::Local& local) const { return locals_[static_cast<std::size_t>(local.id)]; }

private:
    void find_paths(const lua::Ast& ast);
    Measure of_path(const ValuePath& path) const;
    Measure of_paths(const std::vector<ValuePath>& paths) const;
    bool refine(const lua::Ast& ast);
    Measure of_local(const lua::Local& local) const;
    Measure evaluate(const lua::Expr& expr);
    Measure of_binary(const lua::Binary& binary) const;
    Measure of_call(const lua::Expr& expr, const lua::Call& call);
    bool grow(Measure& known, const Measure& more) const;

    const lua::Names& names_;
    const Values& values_;
    const Declaration& declaration_;
    std::map<std::string, Measure, std::less<>> fields_;     // of obs, by path
    std::map<std::string, HelperCall, std::less<>> helpers_;  // by name within race
    std::vector<Measure> exprs_;                             // by Expr id
    std::vector<Measure> locals_;                            // by Local id
    std::vector<Measure> returns_;                           // by Function id, of the first result
    std::vector<std::vector<const lua::Expr*>> return_exprs_;  // by Function id
    std::map<int, std::vector<ValuePath>> paths_;            // of Index expressions
};

}  // namespace rackrace

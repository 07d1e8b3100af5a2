#include "agents/checker/unit_check.h"

#include <algorithm>

#include "agents/checker/unit_flow.h"
#include "agents/checker/verb_check.h"
#include "agents/checker/walk.h"

namespace rackrace {

using namespace lua;

namespace {

constexpr std::size_t kMaxQuoted = 60;  // letters of an operand that a fix repeats

/// From one unit to another: what to do in words, and the expression with % for the value.
struct Conversion {
    Unit from, to;
    std::string_view advice, form;
};

constexpr Conversion kConversions[] = {
    {Unit::mw, Unit::musd, "price the power first", "race.power_cost_musd(%, usd_mwh)"},
    {Unit::chips, Unit::musd, "price the chips first", "% * (chip.list_usd_chip + chip.system_usd_chip) / 1e6"},
    {Unit::mh, Unit::musd, "price the hours first", "% * usd_h"},
    {Unit::mh, Unit::chips, "count the chips that give the hours", "race.chips_for(%, chip)"},
    {Unit::chips, Unit::mh, "count the hours of the chips", "race.mh_of(%, chip)"},
    {Unit::chips, Unit::mw, "count the power of the chips", "race.mw_of(%, chip)"},
    {Unit::mw, Unit::grid_mw, "count both at the meter", "race.grid_mw(%, region)"},
    {Unit::usd, Unit::musd, "count both in M$", "% / 1e6"},
    {Unit::it_kw, Unit::mw, "count both in MW", "% / 1000.0"},
    {Unit::usd_task, Unit::usd_h, "price an hour of the task", "% / obs.market.task_h100e_h"},
    {Unit::usd_h, Unit::usd_task, "price a task of the hours", "% * obs.market.task_h100e_h"}};


class UnitCheck {
public:
    UnitCheck(const SourceText& source, const Names& names, const UnitFlow& flow, const ApiNames& api, const Declaration& declaration, Diagnostics& diagnostics)
        : source_(source), names_(names), flow_(flow), api_(api), declaration_(declaration), diagnostics_(diagnostics) {}

    void run(const Ast& ast) {
        Walker<UnitCheck>(*this).function(*ast.chunk);
        for (const VerbUse& use : declaration_.verbs)
            for (const auto& [argument, value] : given_arguments(use, api_, names_))
                given("act." + use.verb, argument->name, measure_of(argument->unit), std::string(unit_text(argument->unit)), *value);
    }

    void stat(const Stat& stat, const Function&) {
        if (const auto* local = as<LocalStat>(&stat))
            for (std::size_t i = 0; i < std::min(local->locals.size(), local->values.size()); ++i) named(local->locals[i]->name, *local->values[i]);
        if (const auto* assigned = as<AssignStat>(&stat))
            for (std::size_t i = 0; i < std::min(assigned->targets.size(), assigned->values.size()); ++i) named(name_of(*assigned->targets[i]), *assigned->values[i]);
    }

    void expr(const Expr& expr, const Function&) {
        if (const auto* binary = as<Binary>(&expr)) operation(*binary);
        if (const auto* call = as<Call>(&expr)) helper(*call);
    }

private:
    std::string_view name_of(const Expr& target) const {
        const Expr* at = &target;
        while (const auto* index = as<Index>(at)) {  // an item of an array has the array's unit
            if (const auto* key = as<StringLiteral>(index->key)) return key->value;
            at = index->object;
        }
        const auto* name = as<NameExpr>(at);
        return name != nullptr ? name->text : std::string_view();
    }

    std::string quoted(const Expr& expr) const {
        const std::string_view text = source_.text(expr.range);
        return text.size() > kMaxQuoted || text.find('\n') != std::string_view::npos ? "x" : std::string(text);
    }

    static std::string filled(std::string_view form, const std::string& value) {
        const std::size_t at = form.find('%');
        return std::string(form.substr(0, at)) + value + std::string(form.substr(at + 1));
    }

    static const Conversion* conversion(const Measure& from, const Measure& to) {
        for (const Conversion& one : kConversions)
            if (fit_of(measure_of(one.from), from) == Fit::fits && fit_of(measure_of(one.to), to) == Fit::fits) return &one;
        return nullptr;
    }

    /// "price the power first, e.g.  cost_musd + race.power_cost_musd(me.power_mw, usd_mwh)"
    std::string advice(const Expr& left, const Expr& right, const std::string& between) const {
        const auto both = [&](const std::string& a, const std::string& b) { return ", e.g.  " + a + between + b; };
        if (const Conversion* one = conversion(flow_.of(right), flow_.of(left))) return std::string(one->advice) + both(quoted(left), filled(one->form, quoted(right)));
        if (const Conversion* one = conversion(flow_.of(left), flow_.of(right))) return std::string(one->advice) + both(filled(one->form, quoted(left)), quoted(right));
        return "bring both to one unit first";
    }

    /// A bare number may be what turns the one unit into the other.
    void unclear(const Measure& one, const Measure& other, const std::string& what) {
        const Measure& mine = one.factor != nullptr ? one : other;
        const Expr& factor = *mine.factor;
        const bool is_parameter = as<Index>(&factor) != nullptr;
        const std::string text(source_.text(factor.range));
        Diagnostic& d = diagnostics_.add("U305", factor.range, what + ", unless " + text + " has a unit of its own",
                                         is_parameter ? "if it has one, declare it as the option of the parameter:  { unit = \"...\" }"
                                                      : "if it has one, make it a parameter that says so:  params = { x = race.fixed(" + text + ", { unit = \"...\" }) }");
        d.label = is_parameter ? "a parameter without unit" : "a number without unit";
    }

    /// An error is only what fields and declarations say; of what else tells units somebody may be sure who knows better.
    static std::string_view judged(std::string_view code, const Measure& a, const Measure& b) {
        return a.is_sure && b.is_sure && !differ_by_count(a, b) ? code : std::string_view("U306");
    }

    void pair(std::string_view code, const Expr& left, const Expr& right, const std::string& what, const std::string& between) {
        const Measure a = flow_.of(left), b = flow_.of(right);
        const Fit fit = fit_of(a, b);
        if (fit == Fit::fits) return;
        if (fit == Fit::unclear) return unclear(a, b, what);
        Diagnostic& d = diagnostics_.add(judged(code, a, b), left.range, what, advice(left, right, between));
        d.label = measure_text(a);
        d.marks.push_back({right.range, measure_text(b)});
    }

    void operation(const Binary& binary) {
        const std::string left = measure_text(flow_.of(*binary.left)), right = measure_text(flow_.of(*binary.right));
        const std::string between = " " + std::string(source_.text(binary.op_range)) + " ";
        if (binary.op == BinaryOperator::add) pair("U301", *binary.left, *binary.right, "adding " + left + " to " + right, between);
        else if (binary.op == BinaryOperator::subtract) pair("U301", *binary.left, *binary.right, "subtracting " + right + " from " + left, between);
        else if (is_comparison(binary.op)) pair("U302", *binary.left, *binary.right, "comparing " + left + " with " + right, between);
    }

    void helper(const Call& call) {
        const HelperCall helper = flow_.helper_of(call);
        const auto& arguments = call.arguments;
        const auto text = [&](std::size_t i) { return measure_text(flow_.of(*arguments[i])); };
        const auto against_first = [&](std::string_view code, const std::string& doing, std::size_t i) {
            if (i < arguments.size()) pair(code, *arguments[0], *arguments[i], doing + " " + text(0) + " with " + text(i), ", ");
        };
        switch (helper.rule) {
            case HelperRule::alike: case HelperRule::compare:
                for (std::size_t i = 1; i < arguments.size(); ++i) against_first("U302", "comparing", i);
                break;
            case HelperRule::blend: against_first("U301", "blending", 1); break;
            case HelperRule::as_row:
                for (std::size_t i = 0; helper.row != nullptr && i < std::min(arguments.size(), static_cast<std::size_t>(helper.row->argument_count())); ++i) {
                    const LibraryArgument& argument = helper.row->arguments[i];
                    if (argument.type == "number") {
                        const Measure wanted = measure_of_name(argument.name);
                        given("race." + std::string(helper.name), argument.name, wanted, measure_text(wanted), *arguments[i]);
                    }
                }
                break;
            default: break;
        }
    }

    void given(const std::string& callee, std::string_view argument, const Measure& wanted, const std::string& unit, const Expr& value) {
        const Measure has = flow_.of(value);
        const Fit fit = fit_of(wanted, has);
        if (fit == Fit::fits) return;
        const std::string what = callee + " takes " + std::string(argument) + " in " + unit + ", and this is " + measure_text(has);
        if (fit == Fit::unclear) return unclear(wanted, has, what);
        const Conversion* one = conversion(has, wanted);
        Diagnostic& d = diagnostics_.add(judged("U303", wanted, has), value.range, what, one == nullptr ? "give it a value in " + unit : std::string(one->advice) + ", e.g.  " + filled(one->form, quoted(value)));
        d.label = measure_text(has);
    }

    /// A name that ends in a unit is a promise.
    void named(std::string_view name, const Expr& value) {
        const Measure promised = measure_of_name(name), has = flow_.of(value);
        const Fit fit = fit_of(promised, has);
        if (fit == Fit::fits) return;
        const std::string what = in_quotes(name) + " says " + measure_text(promised) + ", and this is " + measure_text(has);
        if (fit == Fit::unclear) return unclear(promised, has, what);
        const Conversion* one = conversion(has, promised);
        Diagnostic& d = diagnostics_.add("U304", value.range, what, one == nullptr ? "give it a value in " + measure_text(promised) + ", or another name" : std::string(one->advice) + ", e.g.  " + filled(one->form, quoted(value)));
        d.label = measure_text(has);
    }

    const SourceText& source_;
    const Names& names_;
    const UnitFlow& flow_;
    const ApiNames& api_;
    const Declaration& declaration_;
    Diagnostics& diagnostics_;
};

}  // namespace

void check_units(const SourceText& source, const Ast& ast, const Names& names, const Values& values, const ApiNames& api, const Declaration& declaration,
                 Diagnostics& diagnostics) {
    const UnitFlow flow(ast, names, values, api, declaration);
    UnitCheck(source, names, flow, api, declaration, diagnostics).run(ast);
}

}  // namespace rackrace

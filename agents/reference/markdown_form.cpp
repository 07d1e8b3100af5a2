// The reference as a page for people: what a script sees, what it does, and the words between.
#include <initializer_list>
#include <utility>

#include "agents/checker/api_names.h"
#include "agents/checker/codes.h"
#include "agents/checker/declaration.h"
#include "agents/checker/sandbox_names.h"
#include "agents/checker/script_shape.h"
#include "agents/reference/reference.h"
#include "engine/base/number_text.h"
#include "engine/schema/unit_meaning.h"

namespace rackrace {
namespace {

/// Of the model's formulas, where no field or number has that name.
constexpr std::pair<const char*, const char*> kSymbols[] = {
    {"H100e", "H100-equivalent: the compute of one H100, in training unless inference is named"},
    {"HQ", "hours of a quarter, 2190"},
    {"perfT, perfI", "training and inference work of a chip: perf_t_chip, perf_i_chip"},
    {"kappa", "perfI/perfT summed over a firm's chips: inference hours of a training hour; for market figures, over all chips"},
    {"class T", "chips of the generations that train: launched in the last 16 quarters or later"},
    {"pool", "own compute of a firm in a generation"},
    {"spot T, spot I", "the markets for training and for inference hours"},
    {"EWMA", "moving mean: old + weight x (new - old)"},
    {"PUE", "kW at the meter for one IT kW: pue_ratio"},
    {"adder", "what grid power from a lot costs a kW and quarter beside energy, for its first 16 quarters"},
    {"e0(t)", "energy price of a region without the load of the firms"},
    {"Lw, Lmin", "quarters from a won lot to power; least wait in a queue"},
    {"dG", "new grid power of a region a quarter"},
    {"A, Atop", "capability in powers of ten, and that of the frontier"},
    {"chi", "how fast a firm behind the frontier needs more compute for a task"},
    {"EI, umax", "tasks that an hour of inference gives; the most that inference compute can be used"},
    {"Q, p, pbar, e", "task-units asked for in a segment, the firm's price, the mean price, how much less of a dear service customers use"},
    {"H_train, Z", "compute that trains; compute in the core business, in inference"},
    {"E", "what the market gives for all shares"},
    {"PD, LGD", "chance of default in a year, and what is lost then"},
    {"Sig, c", "mood of lenders and its weight"},
    {"r_short, r_long", "policy rate, and what it returns to"},
    {"tau", "take-or-pay part of a contract"},
    {"enf, xT", "what courts and contracts make of tau when a buyer leaves"},
    {"F_p", "fundamental value of a used chip: its inference rents to come, less energy and upkeep"},
    {"c_p", "unit_cost_usd_chip"},
    {"y0, y1", "yield of packages at first and in the end"},
    {"gexp", "growth of demand that was expected at the opening"},
    {"t, world.t", "quarters since the run's start; quarters since 2024Q1"}};

/// "all", else a letter a role: "H N L".
std::string letters(RoleMask mask) {
    if (mask == kAllRoles) return "all";
    std::string text;
    for (const Role role : roles_of(mask)) text += (text.empty() ? "" : " ") + std::string(1, static_cast<char>(role_text(role)[0] - 'a' + 'A'));
    return text;
}

std::string code(std::string_view text) { return "`" + std::string(text) + "`"; }

/// "list.products[i]" as the target of a link within the page.
std::string anchor(std::string_view heading) {
    std::string text;
    for (const char c : heading) {
        if (c == ' ') text += '-';
        else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-') text += c;
        else if (c >= 'A' && c <= 'Z') text += static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

class Page {
public:
    void line(const std::string& text = "") { text_ += text + "\n"; }
    void heading(int level, const std::string& text) {
        line();
        line(std::string(static_cast<std::size_t>(level), '#') + " " + text);
        line();
    }
    void head(std::initializer_list<std::string_view> cells) {
        row({cells.begin(), cells.end()});
        std::string rule = "|";
        for (std::size_t i = 0; i < cells.size(); ++i) rule += " --- |";
        line(rule);
    }
    void row(const std::vector<std::string>& cells) {
        std::string text = "|";
        for (const std::string& cell : cells) {
            text += ' ';
            for (const char c : cell) text += c == '|' ? "\\|" : std::string(1, c);
            text += " |";
        }
        line(text);
    }
    std::string take() { return std::move(text_); }

private:
    std::string text_;
};

void write_start(Page& page) {
    page.line("# Strategy reference");
    page.line();
    page.line("API " + std::to_string(kApiMajor) + "." + std::to_string(kApiMinor) +
              ". Printed by `rackrace api` from the tables that the program itself goes by, so nothing else exists and nothing is missing.");
    page.line("New here? [A strategy in ten minutes](writing-strategies.md) comes first.");
    page.line();
    page.line("[A script](#a-script) - [obs: what it sees](#obs-what-it-sees) - [act: what it does](#act-what-it-does) - [race: helpers](#race-helpers) - [rng: chance](#rng-chance) - "
              "[Lua](#lua) - [Answers](#answers) - [Messages](#messages-of-rackrace-check) - [Numbers](#numbers-of-the-model) - [Units](#units) - [Symbols](#symbols)");
    page.line();
    page.line("Roles are named by a letter: H hyperscaler, N neocloud, L lab, S supplier.");
}

void write_script(Page& page) {
    page.heading(2, "A script");
    page.line("A strategy is a file that returns one table given to `race.<role>`:");
    page.line();
    page.line("```lua");
    page.line("local race = require \"rackrace\"");
    page.line("return race.neocloud {");
    page.line("  api = \"1.0\", name = \"Ladder\",");
    page.line("  params = { hurdle_apr = race.range(0.05, 0.40, 0.15) },");
    page.line("  memory = { price_usd_h = 0.0 },");
    page.line("  decide = function(obs, act, p, mem, rng) end,");
    page.line("}");
    page.line("```");
    page.line();
    page.head({"key", "type", "needed", "meaning"});
    for (const DeclarationKey& key : kDeclarationKeys) {
        const std::string_view doc = callback_doc(key.name);
        std::string type(key.type);
        if (!doc.empty()) {
            type = "function(";
            for (const std::string_view parameter : callback_parameters(key.name)) type += (type.back() == '(' ? "" : ", ") + std::string(parameter);
            type += ")";
        }
        page.row({code(key.name), code(type), key.is_required ? "yes" : "", std::string(doc.empty() ? key.doc : doc)});
    }
    page.line();
    page.line("`obs` and `info` are read, `act` answers, `p` holds the parameters' values, `mem` the memory, `rng` draws. A lever none of whose verbs the script calls is played by the");
    page.line("role's baseline (the autopilot), unless `manual = true`. A decision depends on its arguments alone: variables outside the callbacks are read only.");
    page.line();
    page.line("Options of a parameter, in a table at its end:");
    page.line();
    page.head({"option", "type", "of", "meaning"});
    for (const ParameterOption& option : kParameterOptions) page.row({code(option.key.name), code(option.key.type), option.is_for_numbers ? "numbers" : "all", std::string(option.key.doc)});
    page.line();
    page.line("Limits of a script and of a decision:");
    page.line();
    page.head({"limit", "number", "of what"});
    for (const ReferenceLimit& limit : reference_limits()) page.row({std::string(limit.name), std::to_string(limit.value), std::string(limit.doc)});
}

std::string field_name(const ReferenceField& field) {
    if (!field.is_list()) return code(field.name);
    return code(field.name + (field.has_fixed_length ? "[1.." + std::to_string(field.most) + "]" : "[i]"));
}

/// What a field is, where a unit does not say it.
std::string field_unit(const Reference& reference, const ReferenceField& field) {
    if (field.record >= 0) {
        const std::string& path = reference.records[static_cast<std::size_t>(field.record)].path;
        return "[" + std::string(field.is_list() ? "records" : "record") + "](#" + anchor(path) + ")";
    }
    if (field.type == "race.Reference") return "any";
    for (const ReferenceChoice& choice : reference_choices())
        if (field.type == "race." + choice.name) return "[" + code(field.type) + "](#texts)";
    const std::string_view unit = unit_text(field.unit);
    return unit.empty() ? "number" : std::string(unit);
}

void write_record(Page& page, const Reference& reference, const ReferenceRecord& record) {
    page.heading(3, record.path);
    page.head({"field", "unit", "of", "for", "meaning"});
    for (const ReferenceField& field : record.fields)
        page.row({field_name(field), field_unit(reference, field), std::string(kMomentNames[static_cast<int>(field.moment)]), letters(field.roles),
                  std::string(field.meaning) + (field.is_list() && !field.has_fixed_length ? " (at most " + std::to_string(field.most) + ")" : "")});
}

void write_observation(Page& page, const Reference& reference) {
    page.heading(2, "obs: what it sees");
    page.line("Everything is read only. Own state is as it stands when the firm is asked; market figures are those of the last clearing, rivals' books those of the last close. `of` says");
    page.line("of when a value is: *fixed* never changes, *last quarter* is a flow, a clearing or a close of the quarter before, *at the call* is now, *ahead* a forecast or what is on");
    page.line("its way, *at stage B* is filled for `operate` only. `for` says which roles see it: reading another role's field is an error. Lists start at 1, have `#` and `ipairs`, and keep");
    page.line("their order; an index outside them is an error. All numbers arrive as floats, also whole ones. Ids are opaque: compare them with `==`. Numbers such as 5.7 are sections of the");
    page.line("model's text; [units](#units), [numbers](#numbers-of-the-model) and [symbols](#symbols) are at the end.");
    for (const ReferenceRecord& record : reference.records) write_record(page, reference, record);
    page.heading(3, "Texts");
    page.head({"type", "values", "meaning"});
    for (const ReferenceChoice& choice : reference_choices()) {
        std::string values;
        for (const std::string& value : choice.values) values += (values.empty() ? "" : ", ") + code("\"" + value + "\"");
        page.row({code("race." + choice.name), choice.name == "VerbName" ? "names of [verbs](#act-what-it-does)" : choice.name == "ResultCode" ? "[codes](#answers)" : values, choice.doc});
    }
}

void write_verb(Page& page, const Reference& reference, const VerbInfo& verb) {
    page.heading(3, std::string(verb.row.name));
    page.line(std::string("Stage ") + (verb.row.stage == Stage::a ? "A" : "B") + ", for " + letters(verb.row.roles) + ". " + std::string(verb.row.doc));
    page.line();
    page.head({"argument", "unit", "allowed", "meaning"});
    for (const ArgInfo& argument : verb.args) {
        const ArgRow& row = argument.row;
        std::string allowed = allowed_text(row, reference.parameters);
        for (int i = 0; i < argument.choice_count(); ++i) allowed += (i == 0 ? "" : ", ") + code("\"" + std::string(row.choices[i]) + "\"");
        if (row.low.is_set || row.high.is_set) allowed += ", else " + std::string(row_of(row.beyond).id);
        const std::string optional = row.is_required ? "" : argument.choice_count() > 0 ? "; may be left out: then " + code("\"" + std::string(row.choices[0]) + "\"") : row.otherwise > 0.0 ? "; may be left out: then " + code(number_text(row.otherwise)) : "; may be left out";
        page.row({code(argument.name), std::string(argument.choice_count() > 0 ? "text" : unit_text(row.unit)), allowed, std::string(row.doc) + optional});
    }
    page.line();
    std::string answers;
    for (int i = 1; i < static_cast<int>(Code::count); ++i)
        if ((answers_of(verb) >> i & 1u) != 0) answers += (answers.empty() ? "" : ", ") + std::string(kCodes[i].id) + " " + std::string(kCodes[i].name);
    page.line("Answers: " + answers + ".");
}

std::string signature(const LibraryFunction& function, const std::string& prefix) {
    std::string text = prefix + std::string(function.name) + "(";
    for (int i = 0; i < function.argument_count(); ++i) text += (i == 0 ? "" : ", ") + std::string(function.arguments[i].name) + (function.arguments[i].is_optional ? "?" : "");
    return code(text + ")");
}

void write_functions(Page& page, std::span<const LibraryFunction> functions, const std::string& prefix) {
    page.head({"function", "gives", "meaning", "example"});
    for (const LibraryFunction& function : functions) {
        const std::string_view unit = unit_text(function.unit);
        const std::string gives = !unit.empty() ? std::string(unit) : function.result == "number" || function.result.empty() ? std::string(function.result) : code(function.result);
        page.row({signature(function, prefix), gives, std::string(function.doc), function.example.empty() ? "" : code(function.example)});
    }
}

void write_actions(Page& page, const Reference& reference) {
    page.heading(2, "act: what it does");
    page.line("A verb takes one table of named arguments: `act.repay { loan = loan.id, musd = 20.0 }`. It returns `true`, or `false` with a code, and what became of it is in `obs.results`");
    page.line("of the firm's next callback: refused calls of all verbs, and what the markets made of bids for chips, power, wafers and spot hours.");
    page.line();
    page.line("- **Stage A** is played by `decide`, **stage B** by `operate`. Verbs of stage B called in `decide` are standing orders, which those of `operate` replace lever by lever; verbs of");
    page.line("  stage A are over in `operate`.");
    page.line("- **A business answer** (a code) changes nothing: the order is not made, a setting keeps its value. An order of 0 is no order and no refusal.");
    page.line("- **A script error** ends the decision with file and line, and the firm holds: its orders of this decision are dropped. Errors are unknown names, wrong types, numbers that are");
    page.line("  not finite, and quantities (chips, wafers, Mh, MW, M$, quarters) below 0.");
    page.line("- The allowed range of an argument ends with the code of the answer beyond it. `R14` is the answer to another role's verb.");
    page.line("- One order a stage for each product, region, loan or the like, unless a verb says otherwise; a second one is R11.");
    page.line();
    page.line("The levers:");
    page.line();
    page.head({"verb", "stage", "for", "lever of the model", "what it does"});
    for (const VerbInfo& verb : describe_verbs())
        page.row({"[" + std::string(verb.row.name) + "](#" + anchor(verb.row.name) + ")", verb.row.stage == Stage::a ? "A" : "B", letters(verb.row.roles), std::string(verb.row.lever),
                  std::string(verb.row.doc)});
    page.line();
    page.line("Beside the verbs, in both stages and for all roles:");
    page.line();
    write_functions(page, act_functions(), "act.");
    for (const VerbInfo& verb : describe_verbs()) write_verb(page, reference, verb);
}

void write_libraries(Page& page) {
    page.heading(2, "race: helpers");
    page.line("A `product` is a record of `obs.market.products` or its id, a `region` the same of `obs.market.regions`; `me` is `obs.me`. In the examples `chip` is such a product and `region` a");
    page.line("region. Helpers that read the market or numbers of the model work in `decide` and `operate`. Energy of a chip without a region counts at the mean PUE of the regions and full load.");
    for (const LibraryGroup& group : race_groups()) {
        page.heading(3, std::string(group.title));
        write_functions(page, group.functions, "race.");
    }
    page.heading(2, "rng: chance");
    page.line("Draws depend on the run's seed, the firm, the quarter, the stage, the stream and the number of the draw in it, and on nothing else. They are methods, called with a colon, in");
    page.line("`decide` and `operate`.");
    page.line();
    write_functions(page, rng_methods(), "rng:");
    page.heading(2, "Lua");
    page.line("Lua 5.4 as text: its statements and operators, and of its libraries what follows. Each function charges the budget by what it moves or compares.");
    page.heading(3, "Functions");
    write_functions(page, base_functions(), "");
    page.heading(3, "table");
    write_functions(page, table_functions(), "table.");
    page.heading(3, "math");
    write_functions(page, math_functions(), "math.");
    page.line();
    std::string constants;
    for (const LibraryConstant& constant : math_constants()) constants += (constants.empty() ? "" : ", ") + code("math." + std::string(constant.name)) + " (" + std::string(constant.doc) + ")";
    page.line("Numbers: " + constants + ".");
    page.heading(3, "Absent");
    page.head({"name", "why", "instead"});
    for (const AbsentName& name : absent_names()) page.row({code(name.name), std::string(name.why), std::string(name.instead)});
}

void write_codes(Page& page) {
    page.heading(2, "Answers");
    page.line("R: refused at the call, or cut by the rule of a market. F: what a market made of an order. In `obs.results`, `asked` and `got` are in the unit of the verb's quantity, and of a");
    page.line("refused call `price` is the number that it broke. `rackrace explain R13` says when an answer comes, and what a script can do.");
    page.line();
    page.head({"code", "name", "what the record says"});
    for (const CodeRow& row : answer_codes()) page.row({code(row.id.empty() ? "\"\"" : row.id), std::string(row.name), std::string(row.record)});
    page.heading(2, "Messages of rackrace check");
    page.line("`rackrace explain CODE` says more, with an example.");
    page.line();
    page.head({"code", "", "what is wrong"});
    for (const CodeEntry& entry : all_codes()) page.row({code(entry.code), std::string(severity_text(entry.severity)), std::string(entry.title)});
}

void write_legend(Page& page, const Reference& reference) {
    page.heading(2, "Numbers of the model");
    page.line("Those that bounds and formulas on this page name, with the values of the data; a scenario may set others.");
    page.line();
    page.head({"number", "value", "unit"});
    for (const ModelNumber& number : reference.numbers) page.row({code(number.name), number_text(number.value), std::string(unit_text(number.unit))});
    page.heading(2, "Units");
    page.head({"unit", "names end in", "meaning"});
    for (const Unit unit : reference.units) {
        const UnitMeaning meaning = meaning_of(unit);
        page.row({std::string(unit_text(unit)), meaning.suffix.empty() ? "" : code(meaning.suffix), std::string(meaning.meaning)});
    }
    page.heading(2, "Symbols");
    page.line("What formulas on this page use and the fields do not name.");
    page.line();
    page.head({"symbol", "meaning"});
    for (const auto& [symbol, meaning] : kSymbols) page.row({symbol, meaning});
}

}  // namespace

std::string reference_markdown(const Reference& reference) {
    Page page;
    write_start(page);
    write_script(page);
    write_observation(page, reference);
    write_actions(page, reference);
    write_libraries(page);
    write_codes(page);
    write_legend(page, reference);
    return page.take();
}

}  // namespace rackrace

// The reference: everything that the checker accepts and the host gives is in it, and nothing else; its examples are true.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "agents/checker/check.h"
#include "agents/checker/codes.h"
#include "agents/checker/sandbox_names.h"
#include "agents/library.h"
#include "agents/reference/answers.h"
#include "agents/reference/reference.h"
#include "engine/schema/unit_meaning.h"
#include "tests/agents/checker_support.h"
#include "tests/agents/host_support.h"

using namespace rackrace;
using namespace rackrace::host_test;
using Json = nlohmann::json;
using NameSet = std::set<std::string>;

namespace {

const Reference& reference() {
    static const Reference made = make_reference(model_parameters());
    return made;
}

const Json& api() {
    static const Json json = Json::parse(reference_json(reference()));
    return json;
}

NameSet names_in(const Json& list) {
    NameSet names;
    for (const Json& item : list) names.insert(item.at("name").get<std::string>());
    return names;
}

const Json* record_named(const std::string& type) {
    for (const Json& record : api().at("records"))
        if (record.at("name") == type) return &record;
    return nullptr;
}

/// Paths of values below a record, with the roles that see them: "market.products[].gen" -> "hyperscaler lab".
void add_paths(const Json& record, const std::string& path, std::map<std::string, std::string>& paths) {
    for (const Json& field : record.at("fields")) {
        const std::string here = path + field.at("name").get<std::string>() + (field.contains("list") ? "[]" : "");
        std::string roles;
        for (const Json& role : field.at("roles")) roles += (roles.empty() ? "" : ", ") + role.get<std::string>();
        if (const Json* inner = record_named(field.at("type"))) add_paths(*inner, here + ".", paths);
        else paths[here] = roles;
    }
}

std::map<std::string, std::string> paths_of_obs() {
    std::map<std::string, std::string> paths;
    add_paths(*record_named("race.Obs"), "", paths);
    return paths;
}

bool accepts(const std::string& script) {
    const CheckReport report = check_script("test.lua", script, {&api_names(), false});
    INFO(script << report.text());
    return !report.has_errors();
}

/// Runs statements in decide of a firm whose market sells chips. returns the failure, "" for none
std::string failure_of(const std::string& body) {
    ScriptedMarket m;
    m.seat(kNeo, script_of(Role::neocloud, "local chip, region, short_mh = obs.market.products[2], obs.market.regions[1], 1.0 " + body));
    if (const std::string refused = m.start(); !refused.empty()) return refused;
    m.decide();
    return m.failure();
}

std::vector<std::filesystem::path> strategies() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(RACKRACE_SOURCE_DIR) / "scripts/strategies"))
        if (entry.path().extension() == ".lua" && entry.path().stem().extension() != ".test") files.push_back(entry.path());
    return files;
}

}  // namespace

TEST_CASE("The fields of the reference are those that the checker accepts, for the same roles", "[agents][reference]") {
    std::map<std::string, std::string> known;
    for (const ApiField& field : api_names().fields) known[field.path] = roles_text(field.roles);
    CHECK(paths_of_obs() == known);
}

TEST_CASE("The verbs of the reference are those that the checker accepts, argument by argument", "[agents][reference]") {
    std::map<std::string, std::string> known, told;
    const auto text = [](const std::string& roles, const NameSet& arguments) {
        std::string out = roles + ":";
        for (const std::string& argument : arguments) out += " " + argument;
        return out;
    };
    for (const ApiVerb& verb : api_names().verbs) {
        NameSet arguments;
        for (const ApiArgument& argument : verb.arguments) arguments.insert(argument.name + (argument.is_required ? "" : "?"));
        known[verb.name] = text(verb.is_positional ? "act" : roles_text(verb.roles) + (verb.stage == VerbStage::a ? " A" : " B"), arguments);
    }
    for (const char* list : {"verbs", "act"})
        for (const Json& verb : api().at(list)) {
            NameSet arguments;
            for (const Json& argument : verb.at("arguments")) arguments.insert(argument.at("name").get<std::string>() + (argument.at("required").get<bool>() ? "" : "?"));
            std::string roles;
            if (verb.contains("roles"))
                for (const Json& role : verb.at("roles")) roles += (roles.empty() ? "" : ", ") + role.get<std::string>();
            told[verb.at("name")] = text(verb.contains("roles") ? roles + " " + verb.at("stage").get<std::string>() : "act", arguments);
        }
    CHECK(told == known);
}

TEST_CASE("The functions of the reference are those of the sandbox, and the checker accepts them", "[agents][reference]") {
    const Json& library = api().at("library");
    const auto checked = [](const std::vector<std::string>& names) { return NameSet(names.begin(), names.end()); };
    NameSet globals = names_in(library.at("globals")), math = names_in(library.at("math"));
    globals.insert({"race", "math", "table"});
    const NameSet constants = names_in(library.at("math_constants"));
    math.insert(constants.begin(), constants.end());
    CHECK(globals == checked(present_globals()));
    CHECK(math == checked(present_members("math")));
    CHECK(names_in(library.at("table")) == checked(present_members("table")));
    CHECK(names_in(library.at("race")) == checked(race_names()));
    CHECK(names_in(library.at("rng")) == checked(names_of(rng_methods())));
    std::string uses;
    for (const std::string& name : names_in(library.at("race"))) uses += "local a = race." + name + " ";
    for (const std::string& name : math) uses += "local a = math." + name + " ";
    for (const std::string& name : names_in(library.at("table"))) uses += "local a = table." + name + " ";
    for (const std::string& name : names_in(library.at("rng"))) uses += "rng:" + name + "(1, 2) ";
    for (const std::string& name : globals) uses += "local a = " + name + " ";
    CHECK(accepts(script_of(Role::neocloud, "do " + uses + "end")));
    for (const Json& absent : library.at("absent")) {
        const std::string name = absent.at("name");
        INFO(name);
        CHECK_FALSE(accepts(script_of(Role::neocloud, "local a = " + name)));
    }
    for (const char* part : {"race", "math", "table"})
        for (const std::string& name : names_in(library.at(part))) CHECK(failure_of("assert(type(" + std::string(part) + "." + name + ") == \"function\")") == "");
}

TEST_CASE("Every example of the reference runs, and those that say something are true", "[agents][reference]") {
    int examples = 0;
    for (const char* part : {"globals", "race", "math", "table", "rng"})
        for (const Json& function : api().at("library").at(part)) {
            if (!function.contains("example") || function.value("group", "") == "Declaration") continue;
            const std::string example = function.at("example");
            const bool says_something = example.find("==") != std::string::npos || example.find("> ") != std::string::npos || example.find("= ") != std::string::npos;
            const bool is_statement = example.starts_with("for ");
            INFO(example);
            CHECK(failure_of(is_statement ? example : says_something ? "assert(" + example + ")" : "local a = " + example) == "");
            ++examples;
        }
    for (const Json& function : api().at("act")) CHECK(failure_of(function.at("example").get<std::string>()) == "");
    CHECK(examples > 60);
}

TEST_CASE("The keys, options and forms of a declaration in the reference are accepted", "[agents][reference]") {
    std::string params, keys;
    for (const Json& function : api().at("library").at("race")) {
        const std::string example = function.value("example", "");
        if (function.at("group") == "Declaration" && !example.empty() && function.at("name") != "array") params += example + ", ";
        if (function.at("name") == "array") keys += "memory = { " + example + " },\n";
    }
    params += "all = race.range(0.1, 1, 0.5, { ";
    const std::map<std::string, std::string> values{{"doc", "\"x\""}, {"unit", "\"x\""}, {"scale", "\"log\""}, {"step", "0.1"}};
    for (const Json& option : api().at("declaration").at("parameter_options")) params += option.at("name").get<std::string>() + " = " + values.at(option.at("name")) + ", ";
    keys += "params = { " + params + "}) },\n";
    for (const Json& key : api().at("declaration").at("keys")) {
        const std::string name = key.at("name");
        if (name == "about") keys += "about = \"x\",\n";
        else if (name == "manual") keys += "manual = true,\n";
        else if (key.contains("called_with")) {
            std::string parameters;
            for (const Json& parameter : key.at("called_with")) parameters += (parameters.empty() ? "" : ", ") + parameter.get<std::string>();
            keys += name + " = function(" + parameters + ") end,\n";
        } else CHECK((name == "api" || name == "name" || name == "params" || name == "memory"));
    }
    CHECK(accepts(script_with(Role::lab, keys)));
}

TEST_CASE("Everything in the reference has a meaning, and every unit is in its legend", "[agents][reference]") {
    NameSet units;
    for (const Json& unit : api().at("units")) units.insert(unit.at("unit").get<std::string>());
    const auto check = [&](const Json& item) {
        INFO(item.dump());
        CHECK(!item.at("meaning").get<std::string>().empty());
        if (item.contains("unit") && !item.at("unit").get<std::string>().empty() && item.at("unit") != "id") CHECK(units.contains(item.at("unit")));
        if (item.contains("type")) CHECK(item.at("type") != "any");
    };
    for (const Json& record : api().at("records"))
        for (const Json& field : record.at("fields")) check(field);
    for (const Json& verb : api().at("verbs")) {
        check(verb);
        for (const Json& argument : verb.at("arguments")) check(argument);
        CHECK(!verb.at("answers").empty());
    }
    for (const auto& [name, part] : api().at("library").items())
        if (name != "absent")
            for (const Json& item : part) check(item);
    for (const char* list : {"act", "limits", "choices", "answers", "messages"})
        for (const Json& item : api().at(list)) CHECK(!item.at("meaning").get<std::string>().empty());
    std::set<std::string> answers;
    for (const Json& answer : api().at("answers")) answers.insert(answer.at("code").get<std::string>());
    for (const Json& verb : api().at("verbs"))
        for (const Json& answer : verb.at("answers")) CHECK(answers.contains(answer));
    CHECK(api().at("messages").size() == all_codes().size());
    CHECK(api().at("schema") == "rackrace.api/1");
}

TEST_CASE("Bounds are told with the numbers of the model that they name", "[agents][reference]") {
    const auto verb = std::find_if(api().at("verbs").begin(), api().at("verbs").end(), [](const Json& one) { return one.at("name") == "bid_chips"; });
    const Json& price = verb->at("arguments").at(2);
    CHECK(price.at("high").at("value") == model_parameters().bid_cap_list_ratio);
    CHECK(price.at("high").at("parameter") == "bid_cap_list_ratio");
    CHECK(price.at("high").at("times") == "list price");
    CHECK(price.at("beyond") == "R10");
    CHECK(names_in(api().at("numbers")).contains("bid_cap_list_ratio"));
}

TEST_CASE("What the strategies beside the program use is in the reference and in the editor definitions", "[agents][reference]") {
    const std::map<std::string, std::string> paths = paths_of_obs();
    const std::string meta = reference_meta(reference());
    int uses = 0;
    for (const auto& file : strategies()) {
        const CheckReport report = check_script(file.string(), checker_test::read_text(file), {&api_names(), false});
        REQUIRE(report.declaration.role);
        const std::string role(role_text(*report.declaration.role));
        for (const ObservationUse& use : report.declaration.observations) {
            INFO(file << ": obs." << use.path);
            const auto told = std::find_if(paths.begin(), paths.end(), [&](const auto& path) { return path.first.starts_with(use.path); });
            REQUIRE(told != paths.end());
            const std::string last = use.path.substr(use.path.rfind('.') + 1);
            CHECK(meta.find("---@field " + last.substr(0, last.find('[')) + " ") != std::string::npos);
            ++uses;
        }
        for (const VerbUse& use : report.declaration.verbs) {
            INFO(file << ": act." << use.verb);
            CHECK(meta.find("." + use.verb + "(") != std::string::npos);
        }
    }
    CHECK(uses > 100);
}

TEST_CASE("The editor definitions are a file that Lua loads, with a class a role for obs, act and declaration", "[agents][reference]") {
    const std::string meta = reference_meta(reference());
    CHECK(checker_test::lua_accepts(meta));
    CHECK(meta.starts_with("---@meta rackrace\n"));
    for (const char* role : {"hyperscaler", "neocloud", "lab", "supplier"})
        for (const char* name : {"Obs", "Me", "Act", "Declaration"}) {
            const std::string line = "---@class race." + std::string(role) + "." + name;
            INFO(line);
            CHECK((meta.find(line + ":") != std::string::npos || meta.find(line + "\n") != std::string::npos));
        }
    std::size_t classes = 0;
    NameSet defined;
    for (std::size_t at = meta.find("---@class "); at != std::string::npos; at = meta.find("---@class ", at + 1)) {
        const std::size_t begin = at + 10;
        defined.insert(meta.substr(begin, meta.find_first_of(" :\n", begin) - begin));
        ++classes;
    }
    CHECK(defined.size() == classes);
    for (const Json& record : api().at("records")) CHECK(defined.contains(record.at("name")));
}

TEST_CASE("The page links only to headings that it has", "[agents][reference]") {
    const std::string page = reference_markdown(reference());
    NameSet headings;
    std::size_t links = 0;
    for (std::size_t at = 0; at < page.size(); at = page.find('\n', at) + 1) {
        if (page[at] != '#') continue;
        const std::size_t begin = page.find(' ', at) + 1;
        std::string anchor;
        for (const char c : page.substr(begin, page.find('\n', begin) - begin))
            if (c == ' ') anchor += '-';
            else if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '-') anchor += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        INFO(anchor);
        CHECK(headings.insert(anchor).second);
    }
    for (std::size_t at = page.find("](#"); at != std::string::npos; at = page.find("](#", at + 1)) {
        const std::string anchor = page.substr(at + 3, page.find(')', at) - at - 3);
        INFO(anchor);
        CHECK(headings.contains(anchor));
        ++links;
    }
    CHECK(links > 50);
}

TEST_CASE("Every answer to an order has a long form with the verbs that are answered so", "[agents][reference]") {
    CHECK(answer_ids().size() == static_cast<std::size_t>(Code::count) - 1);
    for (const std::string_view id : answer_ids()) {
        INFO(id);
        const auto code = find_answer(id);
        REQUIRE(code);
        const std::string text = explain(*code);
        CHECK(text.starts_with(std::string(id) + " ("));
        CHECK(text.find(row_of(*code).name) != std::string::npos);
        CHECK_FALSE(text_of_answer(*code).meaning.empty());
        CHECK_FALSE(text_of_answer(*code).advice.empty());
        CHECK_FALSE(verbs_answered(*code).empty());
        for (const std::string_view verb : verbs_answered(*code)) CHECK(text.find(" " + std::string(verb)) != std::string::npos);
        CHECK(find_code(id) == nullptr);
    }
    CHECK(verbs_answered(Code::power_short) == std::vector<std::string_view>{"bid_power"});
    CHECK(find_answer("f02") == Code::partial);
    CHECK_FALSE(find_answer("R18"));
    CHECK_FALSE(find_answer(""));
}

#include "cli/arguments.h"

#include <CLI/CLI.hpp>

#include "engine/scenario/csv.h"

namespace rackrace {
namespace {

/// A command's line in the list of commands, and the three examples that its help opens with.
struct CommandText {
    const char* name;
    const char* summary;
    const char* examples;
};
// clang-format off
constexpr CommandText kTexts[] = {
    {"rackrace", "Plays the market for AI compute: chips, power, contracts, money.",
     "  rackrace run --seed 7                           play the default scenario and save the run\n"
     "  rackrace show runs/base-2026-s7-3f9c@2028Q3     the market in one quarter of it\n"
     "  rackrace verify runs/base-2026-s7-3f9c          play it again and compare every state\n"},
    {"run", "Play a scenario and save the run",
     "  rackrace run                                    base-2026, seed 1\n"
     "  rackrace run posted-2026 --seed 7 --until 2029Q4\n"
     "  rackrace run --set rules.power=QUEUE --set end=2030Q4 --dry-run\n"},
    {"show", "Show a run, a quarter of it, a firm, a number",
     "  rackrace show runs/base-2026-s7-3f9c     and --years for its story, a line a year\n"
     "  rackrace show 'runs/base-2026-s7-3f9c@2028Q3#firm=coreweave'     and &order=1841 for one of its orders\n"
     "  rackrace show 'runs/base-2026-s7-3f9c#market.spot_i_usd_h'\n"},
    {"verify", "Play a run again from its folder alone and compare every quarter",
     "  rackrace verify runs/base-2026-s7-3f9c\n"
     "  rackrace verify base-2026-s7-3f9c --json\n"
     "  rackrace verify -q runs/base-2026-s7-3f9c && echo same\n"},
    {"export", "Write a run's tables in another form",
     "  rackrace export runs/base-2026-s7-3f9c --format csv --out tables\n"
     "  rackrace export runs/base-2026-s7-3f9c --format csv --tables firms > firms.csv\n"
     "  rackrace export runs/base-2026-s7-3f9c --format sqlite --out copy.sqlite\n"},
    {"clear", "Run one clearing rule alone on cases from JSON",
     "  rackrace clear --list                           the rules, what each reads and prints\n"
     "  echo '{\"orders\": [40, 60], \"weights\": [1, 1], \"supply\": 50}' | rackrace clear weighted-uniform\n"
     "  rackrace clear chips.UNIFORM cases.json > results.json\n"},
    {"check", "Check strategy scripts and say all that is wrong with them",
     "  rackrace check my_neocloud.lua\n"
     "  rackrace check scripts/strategies/lab/baseline.lua scripts/examples/ladder.lua\n"
     "  rackrace check --strict --json my_neocloud.lua\n"},
    {"params", "List the parameters that a strategy declares",
     "  rackrace params scripts/examples/ladder.lua\n"
     "  rackrace params my_neocloud.lua --json\n"
     "  rackrace run --strategy coreweave=my_neocloud.lua --set coreweave.presold=0.5\n"},
    {"explain", "The long form of a message code", "  rackrace explain B101\n  rackrace explain A201 --json\n  rackrace explain S004\n"},
    {"api", "Print the reference of all that a strategy can use",
     "  rackrace api > reference.md                     fields, verbs, helpers and codes, with units and meanings\n"
     "  rackrace api --format meta > rackrace.lua       definitions for editors that speak LuaCATS\n"
     "  rackrace api --json | jq '.verbs[].name'\n"},
    {"doctor", "Say what this machine has and whether the data can be read",
     "  rackrace doctor\n  rackrace doctor --json\n  RACKRACE_DATA=data rackrace doctor\n"},
    {"version", "Say which program this is", "  rackrace version\n  rackrace version --json\n  rackrace version > about.txt\n"},
};
// clang-format on

const CommandText& text_of(const std::string& name) {
    for (const CommandText& text : kTexts)
        if (name == text.name) return text;
    return kTexts[0];
}

/// A seed is a whole number without sign: -1 would silently be another world.
std::string check_seed(const std::string& text) {
    const bool is_number = !text.empty() && text.size() <= 20 && text.find_first_not_of("0123456789") == std::string::npos;
    return is_number ? "" : "'" + text + "' is no seed; give a whole number from 0";
}

struct Parser {
    CLI::App app{kTexts[0].summary, "rackrace"};
    Arguments common;
    RunArguments run;
    ShowArguments show;
    VerifyArguments verify;
    ExportArguments exported;
    ClearArguments clear;
    CheckArguments check;
    ParamsArguments params;
    ExplainArguments explain;
    ApiArguments api;
    std::vector<std::string> sets, strategies;

    CLI::App* add(const std::string& name) {
        CLI::App* sub = app.add_subcommand(name, text_of(name).summary);
        sub->fallthrough();
        return sub;
    }

    void add_run() {
        CLI::App* sub = add("run");
        sub->add_option("SCENARIO", run.scenario, "A name in the data folder's scenarios, or a file")->capture_default_str();
        CLI::Option* seed =
            sub->add_option("--seed", run.seed, "A world: every draw of chance follows from it")->check(check_seed)->capture_default_str();
        sub->add_option("--until", run.until, "Last quarter played, such as 2030Q4");
        sub->add_option("--set", sets, "KEY=VALUE: a parameter, a rule, start, end, uncertainty; may be repeated")->allow_extra_args(false);
        sub->add_option("--strategy", strategies, "FIRM=FILE: the script that plays a firm; may be repeated")->allow_extra_args(false);
        sub->add_option("--from", run.from, "A run's folder: play its scenario with its seed again")->excludes(seed);
        sub->add_option("--out", run.out, "The run's folder (default runs/NAME-sSEED-HASH)");
        sub->add_flag("--dry-run", run.is_dry_run, "Say what would be played and stop");
        sub->add_flag("--force", run.is_forced, "Replace a run that is there already");
        sub->add_option("--on-error", run.on_error, "hold: a firm whose script fails orders nothing; abort: the run ends there")
            ->check(CLI::IsMember({"hold", "abort"}))
            ->capture_default_str();
        sub->add_flag("--strict", run.is_strict, "Leave with 7 where a script failed");
    }

    void add_scripts() {
        CLI::App* sub = add("check");
        sub->add_option("FILE", check.files, "Strategy scripts")->required();
        sub->add_flag("--strict", check.is_strict, "Warnings count as errors");
        sub = add("params");
        sub->add_option("FILE", params.file, "A strategy script")->required();
        sub = add("explain");
        sub->add_option("CODE", explain.code, "A message code, such as B101")->required();
        sub = add("api");
        sub->add_option("--format", api.format, "md: a page; meta: editor definitions; json: for tools, as with --json")
            ->check(CLI::IsMember({"meta", "md", "json"}))
            ->capture_default_str();
    }

    void add_readers() {
        CLI::App* sub = add("show");
        sub->add_option("ADDRESS", show.address, "RUN[@QUARTER][#PATH]: key=value pairs joined by &, or a dotted path")->required();
        sub->add_flag("--years", show.is_by_years, "The story of the run, a line a year");
        sub = add("verify");
        sub->add_option("RUN", verify.run, "A run's folder, or its name in runs/")->required();
        sub = add("export");
        sub->add_option("RUN", exported.run, "A run's folder, or its name in runs/")->required();
        sub->add_option("--format", exported.format, "csv or sqlite")->required()->check(CLI::IsMember({"csv", "sqlite"}));
        sub->add_option("--tables", exported.tables, "Tables, separated by commas (csv; default all)")->delimiter(',');
        sub->add_option("--out", exported.out, "Folder (csv) or file (sqlite); a single csv table goes to standard output without it");
        sub->add_flag("--force", exported.is_forced, "Replace what is there already");
    }

    void add_clear() {
        CLI::App* sub = add("clear");
        sub->add_option("RULE", clear.rule, "A clearing rule, such as chips.UNIFORM; the same code as in a run, with the model's parameters");
        sub->add_option("FILE", clear.file, "A case as a JSON object, or an array of cases (default: standard input); results are printed in the same order");
        sub->add_flag("--list", clear.is_list, "Print the rules, their fields and units (of RULE alone where one is named)");
    }

    Parser() {
        app.require_subcommand(1);
        app.add_flag("-q,--quiet", common.is_quiet, "Only data and refusals");
        app.add_flag("-v,--verbose", common.is_verbose, "Say more on the way");
        app.add_flag("--json", common.wants_json, "Print data as JSON");
        app.add_flag("--no-color", common.no_colour, "No colours (also: NO_COLOR set)");
        app.add_option("--progress", common.progress, "auto, plain or none")->check(CLI::IsMember({"auto", "plain", "none"}))->capture_default_str();
        app.add_option("-C", common.folder, "Go to this folder first");
        add_run();
        add_scripts();
        add_readers();
        add_clear();
        add("doctor");
        add("version");
    }

    CLI::App* chosen() { return app.get_subcommands().empty() ? &app : app.get_subcommands().front(); }

    /// The first word that nothing knows, with the nearest known one.
    std::string complaint(const std::string& message) {
        for (const std::string& word : app.remaining(true)) {
            const bool is_option = word.starts_with("-") && word.size() > 1;
            std::vector<std::string> known;
            if (is_option)
                for (CLI::App* level : {chosen(), &app})
                    for (const CLI::Option* option : level->get_options())
                        for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
            else if (chosen() == &app)
                for (const CLI::App* sub : app.get_subcommands([](CLI::App*) { return true; })) known.push_back(sub->get_name());
            const std::string bare = word.substr(0, word.find('='));
            const std::string near = nearest_word(bare, known);
            const std::string kind = is_option ? "option" : chosen() == &app ? "command" : "word";
            return "unknown " + kind + " '" + bare + "'" + (near.empty() ? "" : "; did you mean '" + near + "'?");
        }
        return chosen() == &app && message == "A subcommand is required" ? "name a command: run, check, params, explain, api, show, verify, export, clear, doctor or version" : message;
    }

    std::string split_sets() {
        for (const std::string& text : sets) {
            const std::size_t at = text.find('=');
            if (at == std::string::npos || at == 0) return "--set " + text + ": there is no KEY=VALUE";
            run.sets.emplace_back(text.substr(0, at), text.substr(at + 1));
        }
        for (const std::string& text : strategies) {
            const std::size_t at = text.find('=');
            if (at == std::string::npos || at == 0 || at + 1 == text.size()) return "--strategy " + text + ": there is no FIRM=FILE";
            run.strategies.emplace_back(text.substr(0, at), text.substr(at + 1));
        }
        return "";
    }

    void choose_command() {
        const std::string name = chosen()->get_name();
        if (name == "run") common.command = run;
        else if (name == "show") common.command = show;
        else if (name == "verify") common.command = verify;
        else if (name == "export") common.command = exported;
        else if (name == "clear") common.command = clear;
        else if (name == "check") common.command = check;
        else if (name == "params") common.command = params;
        else if (name == "explain") common.command = explain;
        else if (name == "api") common.command = api;
        else if (name == "doctor") common.command = DoctorArguments{};
        else common.command = VersionArguments{};
    }
};

}  // namespace

ParsedArguments parse_arguments(int count, const char* const* words) {
    Parser parser;
    ParsedArguments out;
    try {
        parser.app.parse(count, words);
    } catch (const CLI::CallForHelp&) {
        const std::string name = parser.chosen()->get_name();
        out.help = std::string("Examples:\n") + text_of(name).examples + "\n" + parser.chosen()->help(name == "rackrace" ? "" : "rackrace");
        return out;
    } catch (const CLI::ParseError& problem) {
        out.complaint = "rackrace: " + parser.complaint(problem.what()) + "\nSee: rackrace" +
                        (parser.chosen() == &parser.app ? "" : " " + parser.chosen()->get_name()) + " --help\n";
        out.code = ExitCode::wrong_usage;
        return out;
    }
    if (const std::string wrong = parser.split_sets(); !wrong.empty()) {
        out.complaint = "rackrace: " + wrong + "\nSee: rackrace run --help\n";
        out.code = ExitCode::wrong_usage;
        return out;
    }
    parser.choose_command();
    out.arguments = parser.common;
    return out;
}

}  // namespace rackrace

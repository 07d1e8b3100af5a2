#include "cli/arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <limits>

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
     "  rackrace show 'runs/base-2026-s7-3f9c#market.spot_i_usd_h'     and @2028Q3#firm=coreweave&table=memory for what its script remembers\n"},
    {"why", "Explain a price, an order, a contract, a loan, a default, or any other number of a run",
     "  rackrace why 'runs/base-2026-s7-3f9c@2028Q3#market.spot_i_usd_h'     also product=vr300, region=ercot; --verbose: all lines\n"
     "  rackrace why 'runs/base-2026-s7-3f9c#firm=coreweave&order=1841'      what it got and why not all, or why it was refused\n"
     "  rackrace why 'runs/base-2026-s7-3f9c@2028Q3#firm=iren'               of a firm: field=status, breach_q, cash_usd or another column of table firms, loan=2\n"},
    {"verify", "Play a run or a batch again from its folder alone and compare every state, or every row",
     "  rackrace verify runs/base-2026-s7-3f9c\n"
     "  rackrace verify -q runs/base-2026-s7-3f9c && echo same\n"
     "  rackrace verify batches/hedge-77ab02 --sample 20     runs that are spread evenly; without it all\n"},
    {"export", "Write a run's or a batch's tables in another form",
     "  rackrace export runs/base-2026-s7-3f9c --format csv --out tables\n"
     "  rackrace export runs/base-2026-s7-3f9c --format csv --tables firms > firms.csv\n"
     "  rackrace export runs/base-2026-s7-3f9c --format sqlite --out copy.sqlite\n"},
    {"clear", "Run one clearing rule alone on cases from JSON",
     "  rackrace clear --list                           the rules, what each reads and prints\n"
     "  echo '{\"orders\": [40, 60], \"weights\": [1, 1], \"supply\": 50}' | rackrace clear weighted-uniform\n"
     "  rackrace clear chips.UNIFORM cases.json > results.json\n"},
    {"check", "Check strategies, scenarios and plans and say all that is wrong with them",
     "  rackrace check my_neocloud.lua\n"
     "  rackrace check my_scenario.toml hedge.toml strategies/*.lua     a plan is told by its keys\n"
     "  rackrace check --strict --json my_neocloud.lua\n"
     "  rackrace check --fix my_neocloud.lua\n"},
    {"params", "List the parameters that a strategy declares",
     "  rackrace params scripts/examples/ladder.lua\n"
     "  rackrace params my_neocloud.lua --json\n"
     "  rackrace run --strategy coreweave=my_neocloud.lua --set coreweave.discount_frac=0.2\n"},
    {"explain", "The long form of a message's code or of the answer to an order", "  rackrace explain B101\n  rackrace explain R13       what it means, which verbs are answered so, what to do\n  rackrace explain A201 --json\n"},
    {"new", "Start a strategy from its role's template, with tests and editor settings",
     "  rackrace new strategy my_neocloud --role neocloud\n"
     "  rackrace new strategy my_lab --role lab --out strategies\n"
     "  rackrace new strategy my_neocloud --role neocloud --force\n"},
    {"test", "Play the cases kept beside a strategy",
     "  rackrace test my_neocloud.lua                   those of my_neocloud.test.lua\n"
     "  rackrace test my_neocloud.lua my_lab.lua --junit tests.xml\n"
     "  rackrace test my_neocloud.lua --update-golden   what t.golden compares with is written anew\n"},
    {"watch", "On each save: check a strategy, play it, score it against its role's baseline",
     "  rackrace watch my_neocloud.lua --firm coreweave\n"
     "  rackrace watch my_neocloud.lua --firm coreweave --seeds 32 --once\n"
     "  rackrace watch my_lab.lua --firm anthropic --scenario base-2026 --seeds 4\n"},
    {"profile", "What each line of a strategy takes of its budget over one run, and the bytes of a callback; or each firm's script in a recorded run",
     "  rackrace profile my_neocloud.lua\n"
     "  rackrace profile my_neocloud.lua --firm iren --seed 7 --all\n"
     "  rackrace profile runs/base-2026-s7-3f9c     every firm's script; with --firm coreweave its lines\n"},
    {"obs", "Print what a firm's script saw in a quarter, as a Lua table",
     "  rackrace obs runs/small-s1-3f9c@2027Q1 --firm coreweave\n"
     "  rackrace obs runs/small-s1-3f9c@2027Q1 --firm coreweave --stage operate > seen.lua\n"
     "  rackrace obs runs/small-s1-3f9c@2027Q1 --firm coreweave --json | jq .obs.me.cash_musd\n"},
    {"debug", "Make one decision of a run again and show it line by line; or what another script orders there",
     "  rackrace debug runs/small-s1-3f9c --firm coreweave --at 2027Q1\n"
     "  rackrace debug 'runs/small-s1-3f9c@2027Q1#firm=coreweave' --stage B --json | jq '.decisions[].orders'\n"
     "  rackrace debug runs/small-s1-3f9c --firm coreweave --at 2027Q1 --script mended.lua     and -v for its lines\n"},
    {"api", "Print the reference of all that a strategy can use",
     "  rackrace api > reference.md                     fields, verbs, helpers and codes, with units and meanings\n"
     "  rackrace api --format meta > rackrace.lua       definitions for editors that speak LuaCATS\n"
     "  rackrace api --json | jq '.verbs[].name'\n"},
    {"sweep", "Play a plan: profiles and parameters crossed with seeds, into one batch",
     "  rackrace sweep hedge.toml --dry-run             how many runs, how long, how much disk\n"
     "  rackrace sweep hedge.toml --sample lhs --runs 1024 --device cuda --verify-sample 100\n"
     "  rackrace sweep hedge.toml --shard 2/4 --out part2     the second of four machines; rackrace merge joins them\n"},
    {"resume", "Go on with a batch that was interrupted",
     "  rackrace resume batches/hedge-77ab02\n  rackrace resume hedge-77ab02 --threads 8\n  rackrace ls batches                             which ones are not complete\n"},
    {"merge", "Join the parts of a batch that several machines played",
     "  rackrace merge part1 part2 part3 part4\n  rackrace merge parts/* --out batches/hedge\n  rackrace sweep hedge.toml --shard 1/4 --out part1\n"},
    {"ls", "List runs, batches and searches",
     "  rackrace ls\n"
     "  rackrace ls batches --where 'status=open,runs>100' --sort -finished\n"
     "  rackrace ls --json | jq '.batches[].name'\n"},
    {"fork", "Play a run again with a firm in other hands from a quarter on, and say where the two part",
     "  rackrace fork runs/base-2026-s7-3f9c@2028Q3 --firm coreweave --script my_neocloud.lua\n"
     "  rackrace fork base-2026-s7-3f9c@2027Q1 --firm nebius --param shade=0.4      the same script, its memory kept\n"
     "  rackrace verify runs/base-2026-s7-77ab           a fork is a run: it is played again from its own folder\n"},
    {"compare", "The differences of two batches, paired by setting and seed, with intervals; or where two runs part",
     "  rackrace compare batches/base-1f00aa batches/posted-77ab02\n"
     "  rackrace compare base-1f00aa posted-77ab02 --json\n"
     "  rackrace compare runs/base-2026-s7-3f9c runs/base-2026-s7-77ab     the first order that differs, and the ends\n"},
    {"payoffs", "The payoff table of a batch whose firms or roles choose, with intervals and regret",
     "  rackrace payoffs batches/duel-77ab02            least regret first; --json for all of it\n"
     "  rackrace payoffs duel-77ab02 --format nfg --out duel.nfg     for Gambit; csv, and json for gameanalysis\n"
     "  rackrace payoffs rules-1f00aa --where rules.chips=POSTED     the game under one of several rules\n"},
    {"tournament", "Play every strategy of a role against every other, and rank them",
     "  rackrace tournament neocloud                    scripts/strategies/neocloud in the seat of coreweave, 32 seeds\n"
     "  rackrace tournament mine neocloud/careful.lua --firm nebius --seeds 64     folders and scripts\n"
     "  rackrace tournament batches/tournament-neocloud-77ab02     goes on, or tells it again\n"},
    {"search", "Find the best parameters of one firm's script against a fixed field, and check them on fresh seeds",
     "  rackrace search careful.toml --dry-run          which parameters, how many runs\n"
     "  rackrace search careful.toml --budget 2048 --objective 'sum(revenue_usd)'\n"
     "  rackrace search searches/careful-77ab02         goes on after an interruption, or tells it again\n"},
    {"audit", "Play strategies that nobody should play, and say whether they lose",
     "  rackrace audit degenerate                       each script of strategies/audit for a firm of every role, 20 seeds\n"
     "  rackrace audit degenerate small --seeds 2 --only order_nothing,strip_cash\n"
     "  rackrace audit degenerate --firm neocloud=nebius --json\n"},
    {"plot", "Draw a figure of a run or a batch, or say it in words",
     "  rackrace plot runs/base-2026-s7-3f9c prices --out prices.svg     and --style paper, slide or dark; .png (--width, --scale), .csv and .json too; without a figure they are listed\n"
     "  rackrace plot 'runs/base-2026-s7-3f9c@2028Q3#firm=coreweave' cash-bridge --describe; firm --with RUN: beside another run\n"
     "  rackrace plot batches/hedge-77ab02 fan --firm coreweave --key-figure cash_usd --out cash.svg\n"},
    {"report", "Write a run's story, figures and tables, or a batch's figures and means, as one HTML page",
     "  rackrace report runs/base-2026-s7-3f9c\n"
     "  rackrace report batches/hedge-77ab02 --out hedge.html     also of a batch that is not complete\n"
     "  rackrace report runs/base-2026-s7-3f9c --out story.html --force\n"},
    {"view", "Watch a run or a batch in a window, or take pictures of it without a display",
     "  rackrace view runs/base-2026-s7-3f9c                             Space plays, arrows step, W asks why, ? lists the keys\n"
     "  rackrace view runs/base-2026-s7-3f9c runs/base-2026-s7-77ab      two runs on the screen Compare; --at, --screen, --theme, --scale\n"
     "  rackrace view runs/base-2026-s7-3f9c --screenshot market.png     no display needed; --record FOLDER: a picture a quarter\n"},
    {"bench", "How fast this machine plays, and what scripts, engine and record take of a run",
     "  rackrace bench\n"
     "  rackrace bench batch_all --threads 8 --repeats 9     one measure alone\n"
     "  rackrace bench --scenario small --json | jq .threads_speedup\n"},
    {"doctor", "Say what this machine has and whether the data can be read",
     "  rackrace doctor\n  rackrace doctor --json\n  RACKRACE_DATA=data rackrace doctor\n"},
    {"version", "Say which program this is", "  rackrace version\n  rackrace version --json\n  rackrace version > about.txt\n"},
};
// clang-format on

constexpr int kMostRuns = 1'000'000'000;  // of a batch or a search: more than anybody plays

const CommandText& text_of(const std::string& name) {
    for (const CommandText& text : kTexts)
        if (name == text.name) return text;
    return kTexts[0];
}

/// "run, fork, check, ... or version"
std::string command_names() {
    std::string out;
    for (const CommandText& text : kTexts)
        if (&text != &kTexts[0]) out += (out.empty() ? "" : &text == std::end(kTexts) - 1 ? " or " : ", ") + std::string(text.name);
    return out;
}

/// A seed is a whole number without sign that 64 bits hold: -1, or one too many, would silently be another world.
std::string check_seed(const std::string& text) {
    std::uint64_t seed = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
    const bool is_seed = error == std::errc() && end == text.data() + text.size();
    return is_seed ? "" : fmt::format("'{}' is no seed; give a whole number from 0 to {}", text, std::numeric_limits<std::uint64_t>::max());
}

struct Parser {
    CLI::App app{kTexts[0].summary, "rackrace"};
    Arguments common;
    RunArguments run;
    ForkArguments fork;
    ShowArguments show;
    WhyArguments why;
    VerifyArguments verify;
    ExportArguments exported;
    ClearArguments clear;
    CheckArguments check;
    ParamsArguments params;
    ExplainArguments explain;
    ApiArguments api;
    NewArguments fresh;
    TestArguments test;
    WatchArguments watch;
    ProfileArguments profile;
    ObsArguments obs;
    DebugArguments debug;
    SweepArguments sweep;
    ResumeArguments resume;
    MergeArguments merge;
    ListArguments list;
    CompareArguments compare;
    PayoffsArguments payoffs;
    TournamentArguments tournament;
    SearchArguments search;
    AuditArguments audit;
    PlotArguments plot;
    ReportArguments report;
    ViewArguments view;
    BenchArguments bench;
    std::vector<std::string> sets, strategies, params_of_fork, audit_firms, picks;
    int common_threads = 0;
    /// An option whose default the environment gives.
    struct Variable {
        CLI::Option* option;
        const char* name;
        std::string wrong;  // what is wrong with its value there; empty: nothing
    };
    std::vector<Variable> variables;

    CLI::App* add(const std::string& name) {
        CLI::App* sub = app.add_subcommand(name, text_of(name).summary);
        sub->fallthrough();
        return sub;
    }

    /// What the variable says is the option's default from now on: not as if it had been said, so options that exclude it may still be given.
    void from_environment(CLI::Option* option, const char* name) {
        const char* value = std::getenv(name);
        option->description(option->get_description() + " (" + name + ")");
        if (value == nullptr || *value == '\0') return;
        Variable variable{option, name, ""};
        try {
            option->default_val(std::string(value));
        } catch (const CLI::Error& problem) {
            variable.wrong = std::string(name) + "=" + value + ": " + problem.what();
        }
        variables.push_back(std::move(variable));
    }

    void add_scenario(CLI::App* sub, const char* option, std::string& scenario) {
        from_environment(sub->add_option(option, scenario, "A name in the data folder's scenarios, or a file")->capture_default_str(), "RACKRACE_SCENARIO");
    }

    void add_run() {
        CLI::App* sub = add("run");
        add_scenario(sub, "SCENARIO", run.scenario);
        CLI::Option* seed =
            sub->add_option("--seed", run.seed, "A world: every draw of chance follows from it")->check(check_seed)->capture_default_str();
        from_environment(seed, "RACKRACE_SEED");
        sub->add_option("--until", run.until, "Last quarter played, such as 2030Q4");
        sub->add_option("--set", sets, "KEY=VALUE: a parameter, a rule, start, end, uncertainty, packaging, shocks; may be repeated")->allow_extra_args(false);
        sub->add_option("--strategy", strategies, "FIRM=FILE: the script that plays a firm, or with a role instead each of its firms; may be repeated")->allow_extra_args(false);
        sub->add_option("--from", run.from, "A run's folder, or its name in runs/: play its scenario with its seed again")->excludes(seed);
        sub->add_option("--out", run.out, "The run's folder (default runs/NAME-sSEED-HASH)");
        sub->add_flag("--dry-run", run.is_dry_run, "Say what would be played and stop");
        sub->add_flag("--force", run.is_forced, "Replace a run that is there already");
        from_environment(sub->add_option("--engine", run.engine, "auto: compiled where a script is portable, else by Lua; the bits are the same")
                             ->check(CLI::IsMember({"auto", "lua", "core"}))
                             ->capture_default_str(),
                         "RACKRACE_ENGINE");
        sub->add_option("--on-error", run.on_error, "hold: a firm whose script fails orders nothing; abort: the run ends there")
            ->check(CLI::IsMember({"hold", "abort"}))
            ->capture_default_str();
        sub->add_flag("--strict", run.is_strict, "Leave with 7 where a script failed");
    }

    void add_fork() {
        CLI::App* sub = add("fork");
        sub->add_option("RUN", fork.address, "RUN@QUARTER: a run's folder, or its name in runs/, and the first quarter that is decided otherwise")->required();
        sub->add_option("--firm", fork.to.firm, "Whose script or parameters change")->required();
        sub->add_option("--script", fork.to.script, "The script that plays the firm from there on, with memory of its own (default: the same goes on)");
        sub->add_option("--param", params_of_fork, "NAME=VALUE: a parameter of the script from there on; may be repeated")->allow_extra_args(false);
        sub->add_option("--out", fork.out, "The fork's folder (default runs/NAME-sSEED-HASH)");
        sub->add_flag("--force", fork.is_forced, "Replace a run that is there already");
    }

    void add_scripts() {
        CLI::App* sub = add("check");
        sub->add_option("FILE", check.files, "Strategy scripts; scenarios and plans, which end in .toml")->required();
        sub->add_flag("--strict", check.is_strict, "Warnings count as errors");
        sub->add_flag("--portable", check.must_be_portable, "A script that the core engine cannot run counts as an error");
        sub->add_flag("--fix", check.must_fix, "Write the repairs that cannot be wrong into the files, and say which; never into a file that is no Lua");
        sub->add_flag("--listing", check.wants_listing, "Print what each line is compiled to");
        sub->add_flag("--sarif", check.wants_sarif, "The messages as SARIF 2.1.0, which code hosts and editors read")->excludes("--listing");
        sub = add("params");
        sub->add_option("FILE", params.file, "A strategy script")->required();
        sub = add("explain");
        sub->add_option("CODE", explain.code, "A code of a message or an answer, such as B101 or R13")->required();
        sub = add("api");
        sub->add_option("--format", api.format, "md: a page; meta: editor definitions; json: for tools, as with --json")
            ->check(CLI::IsMember({"meta", "md", "json"}))
            ->capture_default_str();
    }

    void add_writing() {
        CLI::App* sub = add("new");
        sub->add_option("WHAT", fresh.what, "strategy")->required()->check(CLI::IsMember({"strategy"}));
        sub->add_option("NAME", fresh.name, "Name of the script, without .lua")->required();
        sub->add_option("--role", fresh.role, "hyperscaler, neocloud, lab or supplier")->required()->check(CLI::IsMember({"hyperscaler", "neocloud", "lab", "supplier"}));
        sub->add_option("--out", fresh.out, "Folder (default: this one)");
        sub->add_flag("--force", fresh.is_forced, "Replace a script that is there already");
        sub = add("test");
        sub->add_option("FILE", test.files, "Strategy scripts; the cases of NAME.lua are in NAME.test.lua")->required();
        sub->add_option("--junit", test.junit, "Write the results to this file as JUnit XML too");
        sub->add_flag("--update-golden", test.is_updating_golden, "Write the files that golden cases compare orders with");
        sub = add("watch");
        sub->add_option("FILE", watch.file, "A strategy script")->required();
        sub->add_option("--firm", watch.firm, "The firm that it plays")->required();
        sub->add_option("--seeds", watch.seeds, "Runs of script and baseline, on seeds 1, 2, ...")->check(CLI::Range(1, 10000))->capture_default_str();
        add_scenario(sub, "--scenario", watch.scenario);
        sub->add_flag("--once", watch.is_once, "One round, then end");
        add_threads(sub, watch.threads);
        sub = add("profile");
        sub->add_option("PLACE", profile.place, "A strategy script; or a run's folder, or its name in runs/, which is played again with its own scripts and seed")->required();
        sub->add_option("--firm", profile.firm, "The firm that a script plays (default: the first of its role); of a run: whose lines to show");
        add_scenario(sub, "--scenario", profile.scenario);
        from_environment(sub->add_option("--seed", profile.seed, "Seed of the run")->check(check_seed)->capture_default_str(), "RACKRACE_SEED");
        sub->add_flag("--all", profile.shows_all, "All lines, not the 20 dearest");
        sub = add("obs");
        sub->add_option("RUN", obs.address, "RUN@QUARTER: a run's folder, or its name in runs/, and a quarter; or an address such as RUN@2028Q3#firm=coreweave")->required();
        sub->add_option("--firm", obs.firm, "Whose view");
        sub->add_option("--stage", obs.stage, "decide, which is stage A, or operate, which is B")->check(CLI::IsMember({"decide", "operate", "A", "B"}))->capture_default_str();
        sub = add("debug");
        sub->add_option("RUN", debug.run, "A run's folder, its name in runs/, or an address such as RUN@2028Q3#firm=coreweave")->required();
        sub->add_option("--firm", debug.firm, "Whose decision");
        sub->add_option("--at", debug.at, "Quarter, such as 2028Q3");
        sub->add_option("--stage", debug.stage, "decide, or A: stage A alone; operate, or B: stage B alone (default: both)")->check(CLI::IsMember({"decide", "operate", "A", "B"}));
        sub->add_option("--script", debug.script, "Another strategy script: how its orders differ on the same input");
    }

    void add_readers() {
        CLI::App* sub = add("show");
        sub->add_option("ADDRESS", show.address, "RUN[@QUARTER][#PATH]: key=value pairs joined by &, or a dotted path; or BATCH, BATCH[@QUARTER]#run=N, or SEARCH")->required();
        sub->add_flag("--years", show.is_by_years, "The story of the run, a line a year");
        sub = add("why");
        sub->add_option("ADDRESS", why.address, "RUN@QUARTER#PATH: market.X, product=P, region=R, firm=F with field=X, firm=F&loan=N, firm=F&trace=NAME; RUN#contract=N, RUN#firm=F&order=N; or RUN@QUARTER alone")->required();
        sub = add("verify");
        sub->add_option("RUN", verify.run, "A run's folder, or its name in runs/; or a batch's, or its name in batches/")->required();
        sub->add_option("--sample", verify.sample, "Of a batch so many runs, spread evenly (default: all)")->check(CLI::Range(1, kMostRuns));
        add_threads(sub, verify.threads);
        sub = add("export");
        sub->add_option("RUN", exported.run, "A run's folder, or its name in runs/; or a batch's, or its name in batches/")->required();
        sub->add_option("--format", exported.format, "csv or sqlite; of a batch csv or netcdf")->required()->check(CLI::IsMember({"csv", "sqlite", "netcdf"}));
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

    void add_threads(CLI::App* sub, int& threads) {
        from_environment(sub->add_option("--threads", threads, "Runs played at once (default: as many as the machine has)")->check(CLI::Range(1, 4096)), "RACKRACE_THREADS");
    }

    void add_crew(CLI::App* sub, CrewRequest& crew) {
        add_threads(sub, crew.threads);
        from_environment(sub->add_option("--device", crew.device, "auto: a CUDA card too where there is one and the batch is worth it; cpu; cuda: refused without a card")
                             ->check(CLI::IsMember({"auto", "cpu", "cuda"}))
                             ->capture_default_str(),
                         "RACKRACE_DEVICE");
        sub->add_option("--verify-sample", crew.verified, "About so many of a card's runs are played on the CPU too and compared bit by bit")->check(CLI::Range(0, kMostRuns));
    }

    void add_batches() {
        CLI::App* sub = add("sweep");
        sub->add_option("PLAN", sweep.plan, "A plan file; docs/batches.md lists its keys")->required();
        sub->add_option("--out", sweep.out, "The batch's folder (default batches/NAME-HASH)");
        sub->add_option("--sample", sweep.sample, "grid, lhs or sobol: how ranges are filled, in place of what the plan says")->check(CLI::IsMember({"grid", "lhs", "sobol"}));
        sub->add_option("--runs", sweep.runs, "Runs of the whole batch: as many points of the sample as lists, strategies and seeds leave")->check(CLI::Range(1, kMostRuns));
        sub->add_option("--engine", sweep.engine, "auto: compiled where scripts are portable, else by Lua; lua: all by Lua; core: refused where one is not; the bits are the same")
            ->check(CLI::IsMember({"auto", "lua", "core"}));
        sub->add_option("--shard", sweep.shard, "i/n: play the i-th of n parts alone")->capture_default_str();
        add_crew(sub, sweep.crew);
        sub->add_flag("--dry-run", sweep.is_dry_run, "Say what would be played, how long it takes and how much disk, and stop");
        sub->add_flag("--force", sweep.is_forced, "Replace a batch that is there already");
        sub->add_flag("--strict", sweep.is_strict, "Leave with 7 where a script failed");
        sub = add("resume");
        sub->add_option("BATCH", resume.batch, "A batch's folder, or its name in batches/")->required();
        add_crew(sub, resume.crew);
        sub->add_flag("--strict", resume.is_strict, "Leave with 7 where a script failed");
        sub = add("merge");
        sub->add_option("PART", merge.parts, "Folders of all parts of one plan")->required();
        sub->add_option("--out", merge.out, "The batch's folder (default batches/NAME-HASH)");
        sub->add_flag("--force", merge.is_forced, "Replace a batch that is there already");
        sub = add("ls");
        sub->add_option("FOLDER", list.folder, "A folder of runs, batches and searches (default: runs/, batches/ and searches/)");
        sub->add_option("--where", list.where, "key=value, key!=value, key<number or key>number, joined by commas: fields that --json prints");
        sub->add_option("--sort", list.sort, "By this field; with - before it from the highest down");
        sub = add("compare");
        sub->add_option("FIRST", compare.first, "A batch's folder, or its name in batches/; or a run's, or its name in runs/")->required();
        sub->add_option("SECOND", compare.second, "Another of its kind: differences are second less first")->required();
    }

    void add_games() {
        CLI::App* sub = add("payoffs");
        sub->add_option("BATCH", payoffs.batch, "A batch's folder, or its name in batches/")->required();
        sub->add_option("--format", payoffs.format, "csv; json for gameanalysis, with all samples; nfg for Gambit (default: a table to read)")->check(CLI::IsMember({"csv", "json", "nfg"}));
        sub->add_option("--where", picks, "KEY=VALUE of a setting that varies: each of its values is a game of its own; may be repeated")->allow_extra_args(false);
        sub->add_option("--out", payoffs.out, "File; without it to standard output");
        sub->add_flag("--force", payoffs.is_forced, "Replace what is there already");
        sub = add("tournament");
        sub->add_option("DIR", tournament.places, "A folder of strategies of one role, here or in scripts/strategies; also several, and scripts; or the folder of a tournament")->required();
        add_scenario(sub, "--scenario", tournament.scenario);
        sub->add_option("--firm", tournament.firm, "Whose seat is played (default: the first of its role); the others of its role are the field");
        sub->add_option("--seeds", tournament.seeds, "Runs of each pair, on seeds 1, 2, ...")->check(CLI::Range(1, 1000000))->capture_default_str();
        sub->add_option("--out", tournament.out, "The batch's folder (default batches/tournament-ROLE-HASH)");
        add_crew(sub, tournament.crew);
        sub->add_flag("--dry-run", tournament.is_dry_run, "Say what would be played, how long it takes and how much disk, and stop");
        sub->add_flag("--force", tournament.is_forced, "Play it anew where it is there already");
        sub = add("search");
        sub->add_option("PLAN", search.plan, "A plan file, or a name in the data folder's plans; or the folder of a search")->required();
        sub->add_option("--budget", search.budget, "Runs of sample and climb together (default: as the plan says)")->check(CLI::Range(1, kMostRuns));
        sub->add_option("--objective", search.objective, "What to maximise, as \"sum(revenue_usd) - debt_usd\" (default: as the plan says, or owners' value)");
        sub->add_option("--out", search.out, "The search's folder (default searches/NAME-HASH)");
        add_threads(sub, search.threads);
        sub->add_flag("--dry-run", search.is_dry_run, "Say what would be played, how long it takes and how much disk, and stop");
    }

    void add_figures() {
        CLI::App* sub = add("plot");
        sub->add_option("RUN", plot.run, "A run's folder, its name in runs/, or an address such as RUN@2028Q3#firm=coreweave; or a batch's folder or its name in batches/")->required();
        sub->add_option("FIGURE", plot.figure, "A figure; without one they are listed");
        sub->add_option("--at", plot.at, "Quarter, such as 2028Q3 (default: the last one)");
        sub->add_option("--since", plot.since, "Quarter in which a bridge starts (default: the one before)");
        sub->add_option("--firm", plot.firm, "Firm of figures that are of one");
        sub->add_option("--market", plot.market, "Product, region, spot-t or spot-i");
        CLI::Option* with = sub->add_option("--with", plot.with, "Another run beside it: its lines, and the difference");
        sub->add_option("--mode", plot.mode, "Of the two runs: overlay, side or difference")->needs(with)->check(CLI::IsMember({"overlay", "side", "difference"}))->capture_default_str();
        sub->add_option("--key-figure", plot.key_figure, "Of a batch: spot_i_usd_h (the default), with --firm value_usd, or another that its list names");
        CLI::Option* out = sub->add_option("--out", plot.out, "File that ends in .svg, .png, .csv or .json; without it the figure is said in words and numbers");
        from_environment(sub->add_option("--style", plot.style, "Of pictures: light, paper (85 mm, 8 pt), slide (16 to 9) or dark")->check(CLI::IsMember({"light", "paper", "slide", "dark"}))->capture_default_str(), "RACKRACE_STYLE");
        sub->add_option("--width", plot.width, "Of a picture in pixels of 1/96 inch (default: as the style has it)")->needs(out)->check(CLI::Range(200.0, 8000.0));
        sub->add_option("--scale", plot.scale, "Of a PNG: its pixels for each of those (default 2)")->needs(out)->check(CLI::Range(0.5, 8.0));
        sub->add_flag("--describe", plot.wants_words, "Say it in words");
        sub->add_flag("--clean", plot.is_clean, "Leave out the line that says where the figure comes from");
        sub->add_flag("--force", plot.is_forced, "Replace what is there already");
        sub = add("report");
        sub->add_option("RUN", report.run, "A run's folder, or its name in runs/; or a batch's folder, or its name in batches/")->required();
        sub->add_option("--out", report.out, "The page (default: NAME.html in this folder)");
        sub->add_flag("--force", report.is_forced, "Replace what is there already");
    }

    void add_audit() {
        CLI::App* sub = add("audit");
        sub->add_option("KIND", audit.kind, "degenerate")->required()->check(CLI::IsMember({"degenerate"}));
        add_scenario(sub, "SCENARIO", audit.scenario);
        sub->add_option("--seeds", audit.seeds, "Runs of each strategy and of the baselines, on seeds 1, 2, ...")->check(CLI::Range(1, 10000))->capture_default_str();
        sub->add_option("--only", audit.only, "Scripts of strategies/audit by name, separated by commas (default all)")->delimiter(',');
        sub->add_option("--firm", audit_firms, "ROLE=FIRM, separated by commas (default: the first of the role)")->delimiter(',');
        add_threads(sub, audit.threads);
    }

    void add_view() {
        CLI::App* sub = add("view");
        sub->add_option("RUN", view.run, "A run's folder, its name in runs/, or an address such as RUN@2028Q3#firm=coreweave; or a batch's folder or its name in batches/; without one: the home screen");
        sub->add_option("SECOND", view.second, "Another run: both on the screen Compare");
        sub->add_option("--at", view.at, "Quarter to begin at, such as 2028Q3 (default: the last one)");
        sub->add_option("--screen", view.screen, "home, market, auction, firm, network, events, ensemble, compare or strategy")->check(CLI::IsMember({"home", "market", "auction", "firm", "network", "events", "ensemble", "compare", "strategy"}));
        sub->add_option("--firm", view.firm, "Firm of the screen Firm, or of the key figure of a batch");
        sub->add_option("--key-figure", view.key_figure, "Of a batch: spot_i_usd_h (the default), with --firm value_usd, or another that rackrace plot BATCH names");
        sub->add_option("--market", view.market, "Market of the screen Auction: product, region, spot-t or spot-i");
        sub->add_option("--theme", view.theme, "dark, light or contrast (default: the one that was kept)")->check(CLI::IsMember({"dark", "light", "contrast"}));
        sub->add_option("--scale", view.scale, "Size of everything, from 0.75 to 2.5 (default: the one that was kept, or the display's)")->check(CLI::Range(0.75, 2.5));
        sub->add_option("--size", view.size, "Of the window in pixels (default 1280x800)");
        sub->add_option("--screenshot", view.screenshot, "Write a picture to this PNG file and end; needs no display");
        sub->add_option("--record", view.record, "Write a picture a quarter into this folder and end; needs no display");
        sub->add_option("--frames", view.frames, "End after so many frames")->check(CLI::Range(1, 1000000));
        sub->add_flag("--fixed-dt", view.is_dt_fixed, "Every frame plays a sixtieth of a second, however long it took: the same frames on every machine");
        sub->add_option("--script", view.script, "A file of keys to press first, a line a key; docs/viewer.md says what else");
        sub->add_flag("--announce", view.is_announcing, "Say every sentence of the status line on standard error");
        sub->add_flag("--force", view.is_forced, "Replace a picture that is there already");
    }

    void add_bench() {
        CLI::App* sub = add("bench");
        sub->add_option("NAME", bench.name, "One measure alone (default: all): engine, compiled, lua, saved, batch_1 or batch_all")->check(CLI::IsMember({"engine", "compiled", "lua", "saved", "batch_1", "batch_all"}));
        add_scenario(sub, "--scenario", bench.scenario);
        sub->add_option("--repeats", bench.repeats, "Of each measure, in turns; medians are told")->check(CLI::Range(1, 1000))->capture_default_str();
        add_threads(sub, bench.threads);
    }

    Parser() {
        app.require_subcommand(1);
        app.add_flag("-q,--quiet", common.is_quiet, "Only data and refusals");
        app.add_flag("-v,--verbose", common.is_verbose, "Say more on the way");
        app.add_flag("--json", common.wants_json, "Print data as JSON");
        app.add_flag("--no-color", common.no_colour, "No colours (also: NO_COLOR set)");
        from_environment(app.add_option("--progress", common.progress, "auto, plain or none")->check(CLI::IsMember({"auto", "plain", "none"}))->capture_default_str(), "RACKRACE_PROGRESS");
        add_threads(&app, common_threads);
        app.add_option("-C", common.folder, "Go to this folder first");
        add_run();
        add_fork();
        add_scripts();
        add_writing();
        add_readers();
        add_clear();
        add_batches();
        add_games();
        add_audit();
        add_figures();
        add_view();
        add_bench();
        add("doctor");
        add("version");
    }

    /// What is wrong with a variable that the command reads, where no option goes before it.
    std::string wrong_environment() {
        for (const Variable& variable : variables) {
            const auto is_of = [&](const CLI::App* level) {
                const auto options = level->get_options();
                return std::find(options.begin(), options.end(), variable.option) != options.end();
            };
            if (!variable.wrong.empty() && variable.option->count() == 0 && (is_of(chosen()) || is_of(&app))) return variable.wrong;
        }
        return "";
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
        return chosen() == &app && message == "A subcommand is required" ? "name a command: " + command_names() : message;
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
        for (const std::string& text : params_of_fork) {
            const std::size_t at = text.find('=');
            if (at == std::string::npos || at == 0) return "--param " + text + ": there is no NAME=VALUE";
            fork.to.params.emplace_back(text.substr(0, at), text.substr(at + 1));
        }
        for (const std::string& text : picks) {
            const std::size_t at = text.find('=');
            if (at == std::string::npos || at == 0) return "--where " + text + ": there is no KEY=VALUE";
            payoffs.picks.emplace_back(text.substr(0, at), text.substr(at + 1));
        }
        for (const std::string& text : audit_firms) {
            const std::size_t at = text.find('=');
            const std::string role = text.substr(0, at);
            if (at == std::string::npos || at + 1 == text.size()) return "--firm " + text + ": there is no ROLE=FIRM";
            if (role != "hyperscaler" && role != "neocloud" && role != "lab" && role != "supplier") return "--firm " + text + ": '" + role + "' is no role; name hyperscaler, neocloud, lab or supplier";
            audit.firms.emplace_back(role, text.substr(at + 1));
        }
        return "";
    }

    void choose_command() {
        const std::string name = chosen()->get_name();
        for (int* own : {&watch.threads, &verify.threads, &sweep.crew.threads, &resume.crew.threads, &tournament.crew.threads, &search.threads, &audit.threads, &bench.threads})
            if (*own == 0 || app.count("--threads") > 0) *own = common_threads;
        for (std::string* stage : {&obs.stage, &debug.stage})
            if (*stage == "A" || *stage == "B") *stage = *stage == "A" ? "decide" : "operate";
        if (name == "run") common.command = run;
        else if (name == "fork") common.command = fork;
        else if (name == "show") common.command = show;
        else if (name == "why") common.command = why;
        else if (name == "verify") common.command = verify;
        else if (name == "export") common.command = exported;
        else if (name == "clear") common.command = clear;
        else if (name == "check") common.command = check;
        else if (name == "params") common.command = params;
        else if (name == "explain") common.command = explain;
        else if (name == "api") common.command = api;
        else if (name == "new") common.command = fresh;
        else if (name == "test") common.command = test;
        else if (name == "watch") common.command = watch;
        else if (name == "profile") {
            for (const char* option : {"--scenario", "--seed"})
                if (chosen()->get_option(option)->count() > 0) profile.of_files = option;
            common.command = profile;
        }
        else if (name == "obs") common.command = obs;
        else if (name == "debug") common.command = debug;
        else if (name == "sweep") common.command = sweep;
        else if (name == "resume") common.command = resume;
        else if (name == "merge") common.command = merge;
        else if (name == "ls") common.command = list;
        else if (name == "compare") common.command = compare;
        else if (name == "payoffs") common.command = payoffs;
        else if (name == "tournament") common.command = tournament;
        else if (name == "search") common.command = search;
        else if (name == "audit") common.command = audit;
        else if (name == "plot") common.command = plot;
        else if (name == "report") common.command = report;
        else if (name == "view") common.command = view;
        else if (name == "bench") common.command = bench;
        else if (name == "doctor") common.command = DoctorArguments{};
        else common.command = VersionArguments{};
    }
};

/// The words with `--version` and `help COMMAND`, which other programs have, as `version` and `COMMAND --help`.
std::vector<const char*> usual_words(int count, const char* const* words) {
    std::vector<const char*> out(words, words + count);
    if (count < 2) return out;
    const std::string first = words[1];
    if (first == "--version") out[1] = "version";
    if (first != "help") return out;
    out.erase(out.begin() + 1);
    out.push_back("--help");
    return out;
}

}  // namespace

ParsedArguments parse_arguments(int count, const char* const* words) {
    Parser parser;
    ParsedArguments out;
    try {
        const std::vector<const char*> all = usual_words(count, words);
        parser.app.parse(static_cast<int>(all.size()), all.data());
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
        out.complaint = "rackrace: " + wrong + "\nSee: rackrace " + parser.chosen()->get_name() + " --help\n";
        out.code = ExitCode::wrong_usage;
        return out;
    }
    if (const std::string wrong = parser.wrong_environment(); !wrong.empty()) {
        out.complaint = "rackrace: " + wrong + "\n";
        out.code = ExitCode::wrong_usage;
        return out;
    }
    parser.choose_command();
    out.arguments = parser.common;
    return out;
}

}  // namespace rackrace

// What was asked on the command line, as plain data. The parser library is behind arguments.cpp and nowhere else.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cli/exit_codes.h"

namespace rackrace {

/// A firm in other hands from a quarter on.
struct HandoverArguments {
    std::string quarter, firm;
    std::string script;  // a file; empty: the script of before goes on
    std::vector<std::pair<std::string, std::string>> params;
};
struct RunArguments {
    std::string scenario = "base-2026";
    std::uint64_t seed = 1;
    std::string until;
    std::vector<std::pair<std::string, std::string>> sets;
    std::vector<std::pair<std::string, std::string>> strategies;  // firm, file
    std::string from;  // a run's folder: its scenario and seed are played again
    std::vector<HandoverArguments> handovers;  // beside those of the scenario
    std::string out;
    bool is_dry_run = false;
    bool is_forced = false;
    bool is_strict = false;  // script errors make the exit code 7
    std::string engine = "auto";    // or lua, core
    std::string on_error = "hold";  // or abort: the first script error ends the run
};
struct ForkArguments {
    std::string address;  // RUN@QUARTER
    HandoverArguments to;
    std::string out;
    bool is_forced = false;
};
struct ClearArguments {
    std::string rule;
    std::string file;      // standard input where empty
    bool is_list = false;  // print rules and fields
};
struct CheckArguments {
    std::vector<std::string> files;
    bool is_strict = false;  // warnings count as errors
    bool must_be_portable = false;
    bool wants_listing = false;
    bool must_fix = false;   // writes the repairs that cannot be wrong
    bool wants_sarif = false;
};
struct ParamsArguments {
    std::string file;
};
struct ExplainArguments {
    std::string code;
};
struct ApiArguments {
    std::string format = "md";  // meta, md or json
};
struct NewArguments {
    std::string what;  // strategy
    std::string name, role;
    std::string out;   // folder; empty: the working folder
    bool is_forced = false;
};
struct TestArguments {
    std::vector<std::string> files;
    std::string junit;
    bool is_updating_golden = false;
};
struct ProfileArguments {
    std::string place;  // a script's file, or a run
    std::string firm;   // empty: the first of the script's role; of a run: all
    std::string scenario = "base-2026";
    std::uint64_t seed = 1;
    std::string of_files;  // the option, said, that a run has no use for: --scenario or --seed
    bool shows_all = false;
};
struct WatchArguments {
    std::string file, firm;
    std::string scenario = "small";
    int seeds = 8;
    int threads = 0;  // 0: as many as the machine has
    bool is_once = false;
};
struct ObsArguments {
    std::string address;  // its firm counts where the option leaves it out
    std::string firm;
    std::string stage = "decide";  // or operate
};
struct DebugArguments {
    std::string run;     // an address: its quarter and firm count where the options leave them out
    std::string firm, at;
    std::string stage;   // decide or operate; both where empty
    std::string script;  // another script on the same input
};
struct ShowArguments {
    std::string address;
    bool is_by_years = false;  // the story of the run, a line a year
};
struct WhyArguments {
    std::string address;
};
struct VerifyArguments {
    std::string run;          // or a batch
    std::int64_t sample = 0;  // runs of a batch; 0: all
    int threads = 0;          // 0: as many as the machine has
};
struct ExportArguments {
    std::string run;
    std::string format;               // csv or sqlite; of a batch csv or netcdf
    std::vector<std::string> tables;  // all where empty
    std::string out;
    bool is_forced = false;
};
/// Who plays a batch.
struct CrewRequest {
    std::string device = "auto";  // auto, cpu or cuda
    int threads = 0;              // 0: as many as the machine has
    std::int64_t verified = 0;    // cells of cards that the CPU plays too
};
struct SweepArguments {
    std::string plan;
    std::string out;
    std::string shard = "1/1";  // i/n
    std::string sample, engine;  // in place of the plan's; empty: as it says
    std::int64_t runs = 0;       // of the whole batch; 0: as the plan says
    CrewRequest crew;
    bool is_dry_run = false;
    bool is_forced = false;
    bool is_strict = false;
};
struct ResumeArguments {
    std::string batch;
    CrewRequest crew;
    bool is_strict = false;
};
struct MergeArguments {
    std::vector<std::string> parts;
    std::string out;
    bool is_forced = false;
};
struct ListArguments {
    std::string folder;  // the working folder's runs/ and batches/ where empty
    std::string where;   // conditions, as status=open,runs>100
    std::string sort;    // a field, with - before it from the highest down
};
struct CompareArguments {
    std::string first, second;
};
struct PayoffsArguments {
    std::string batch;
    std::string format;                                     // csv, json or nfg; a table where empty
    std::vector<std::pair<std::string, std::string>> picks; // key and value of settings that vary
    std::string out;
    bool is_forced = false;
};
struct TournamentArguments {
    std::vector<std::string> places;  // folders and scripts; or the folder of a tournament
    std::string scenario = "base-2026";
    std::string firm;                 // whose seat is played; empty: the usual one of the role
    int seeds = 32;
    std::string out;
    CrewRequest crew;
    bool is_dry_run = false;
    bool is_forced = false;
};
struct SearchArguments {
    std::string plan;  // or the folder of a search
    std::int64_t budget = 0;  // runs; 0: what the plan says
    std::string objective;    // an expression; empty: what the plan says
    std::string out;
    int threads = 0;
    bool is_dry_run = false;
};
struct AuditArguments {
    std::string kind;  // degenerate
    std::string scenario = "base-2026";
    int seeds = 20;
    int threads = 0;                                          // 0: as many as the machine has
    std::vector<std::string> only;                            // scripts of strategies/audit, without .lua
    std::vector<std::pair<std::string, std::string>> firms;   // role and firm
};
struct PlotArguments {
    std::string run;     // an address, or a batch: its quarter and firm count where the options leave them out
    std::string figure;  // empty: list the figures
    std::string at, since;
    std::string firm;
    std::string market;      // a product, a region, spot-t or spot-i
    std::string key_figure;  // of a batch
    std::string with;        // another run, drawn beside it
    std::string mode = "overlay";  // of the two: overlay, side or difference
    std::string out;         // by its ending: svg, png, csv, json
    std::string style = "light";
    double width = 0.0;   // of a picture, in pixels of 1/96 inch; 0: as the style has it
    double scale = 0.0;   // of a PNG, pixels for each of those; 0: 2
    bool wants_words = false;
    bool is_clean = false;  // without the line that says where it comes from
    bool is_forced = false;
};
struct ReportArguments {
    std::string run;  // or a batch
    std::string out;  // NAME.html where empty
    bool is_forced = false;
};
struct ViewArguments {
    std::string run;  // an address, or a batch: its quarter, firm and market count where the options leave them out; empty: the home screen
    std::string second;  // another run, compared with it
    std::string at, screen, firm, market, theme;
    std::string key_figure;  // of a batch
    double scale = 0.0;  // 0: the display's
    std::string size;    // 1280x800
    std::string screenshot, record, script;
    int frames = 0;  // 0: until it is closed
    bool is_dt_fixed = false;
    bool is_announcing = false;
    bool is_forced = false;
};
struct BenchArguments {
    std::string name;  // of one measure; empty: all
    std::string scenario = "base-2026";
    int threads = 0;  // 0: as many as the machine has
    int repeats = 5;
};
struct DoctorArguments {};
struct VersionArguments {};

struct Arguments {
    bool is_quiet = false, is_verbose = false, wants_json = false, no_colour = false;
    std::string progress = "auto";
    std::string folder;  // -C: where to go first
    std::variant<RunArguments, ForkArguments, ShowArguments, WhyArguments, VerifyArguments, ExportArguments, ClearArguments, CheckArguments, ParamsArguments, ExplainArguments, ApiArguments,
                 NewArguments, TestArguments, WatchArguments, ProfileArguments, ObsArguments, DebugArguments,
                 SweepArguments, ResumeArguments, MergeArguments, ListArguments, CompareArguments, PayoffsArguments, TournamentArguments, SearchArguments, AuditArguments, PlotArguments, ReportArguments, ViewArguments, BenchArguments, DoctorArguments, VersionArguments>
        command;
};

/// Either arguments, or text to print and the status to leave with: help on standard output, wrong usage on standard error.
struct ParsedArguments {
    std::optional<Arguments> arguments;
    std::string help;
    std::string complaint;
    ExitCode code = ExitCode::done;
};
ParsedArguments parse_arguments(int count, const char* const* words);

}  // namespace rackrace

#include "cli/tournament/entrants.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "agents/checker/check.h"
#include "cli/build_info.h"
#include "cli/trial.h"
#include "engine/base/file_text.h"
#include "engine/scenario/load_scenario.h"
#include "engine/scenario/tables.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;

struct Entrant {
    std::string name;  // as a plan names it
    fs::path file;
    Role role = Role::neocloud;
};

/// The scripts of a folder, sorted.
std::vector<fs::path> scripts_in(const fs::path& folder) {
    std::vector<fs::path> out;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (it->path().extension() == ".lua" && it->path().stem().extension() != ".test") out.push_back(it->path());
    std::sort(out.begin(), out.end());
    return out;
}

/// The folders of scripts/strategies, and the scripts in them.
std::vector<std::string> words_of_shelf(const fs::path& shelf) {
    std::vector<std::string> out;
    std::error_code error;
    for (fs::recursive_directory_iterator it(shelf, error), end; !error && it != end; it.increment(error)) out.push_back(it->path().lexically_relative(shelf).string());
    return out;
}

/// What a word of the command line stands for: a script, or those of a folder; here, else on the shelf, where names begin at the shelf.
Refusals add_entrants(const std::string& word, std::vector<Entrant>& entrants) {
    const fs::path shelf = scripts_folder() / "strategies";
    std::error_code error;
    for (const fs::path& base : {fs::path(), shelf}) {
        const fs::path place = base / word;
        const auto name = [&](const fs::path& file) { return (base.empty() ? file : file.lexically_relative(base)).lexically_normal().generic_string(); };
        if (fs::is_regular_file(place, error)) {
            entrants.push_back({name(place), place});
            return {};
        }
        const auto files = scripts_in(place);
        for (const fs::path& file : files) entrants.push_back({name(file), file});
        if (!files.empty()) return {};
        if (fs::is_directory(place, error)) return Refusal{word, 0, 0, "has no scripts", "name a folder with strategies of one role, as NAME.lua"};
    }
    return Refusal{word, 0, 0, "is neither here nor in " + shelf.string(), suggestion(word, words_of_shelf(shelf))};
}

/// Reads what role each script declares. Refused: what the checker refuses.
Refusals read_roles(std::vector<Entrant>& entrants) {
    Refusals refusals;
    for (Entrant& one : entrants) {
        const CheckReport report = check_script(one.file.string(), file_text(one.file), {&api_names(), false});
        if (!report.has_errors()) {
            one.role = report.declaration.role.value_or(Role::neocloud);
            continue;
        }
        if (const auto loaded = load_strategy(one.file, report.declaration.role.value_or(Role::neocloud)); !loaded) refusals.add(loaded.error());
    }
    return refusals;
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (char c : text) out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out + "\"";
}

std::string plan_text(const TournamentArguments& arguments, const std::string& role, const std::string& firm, const std::vector<Entrant>& entrants) {
    std::string list;
    for (const Entrant& one : entrants) list += "    " + quoted(one.name) + ",\n";
    return fmt::format("# A tournament: every strategy in the seat of {1}, in a field of every strategy at the other firms of its role.\nscenario = {2}\nseeds    = {{ first = 1, count = {3} }}\n"
                       "panel    = false\n[profiles]\n{0} = [\n{4}]\n{1} = [\n{4}]\n",
                       role, firm, quoted(arguments.scenario), arguments.seeds, list);
}

int count_of_role(const LoadedScenario& loaded, Role role) {
    int count = 0;
    for (int f = 0; f < loaded.scenario.firm_count; ++f) count += loaded.scenario.firms[f].role == role;
    return count;
}

}  // namespace

std::variant<TournamentPlan, TournamentRefusals> tournament_plan(const TournamentArguments& arguments) {
    const auto refused = [](Refusals refusals, bool are_scripts = false) { return TournamentRefusals{std::move(refusals), are_scripts}; };
    const auto loaded = load_scenario({arguments.scenario, data_folder(), {}, ""});
    if (!loaded) return refused(loaded.error());
    std::vector<Entrant> entrants;
    Refusals missing;
    for (const std::string& word : arguments.places) missing.add(add_entrants(word, entrants));
    if (!missing.empty()) return refused(missing);
    std::set<std::string> seen;
    std::erase_if(entrants, [&](const Entrant& one) { return !seen.insert(one.name).second; });
    if (Refusals wrong = read_roles(entrants); !wrong.empty()) return refused(wrong, true);

    TournamentPlan out;
    Role role = entrants.front().role;
    const auto& names = loaded->names.firms;
    if (!arguments.firm.empty()) {
        const auto at = std::find(names.begin(), names.end(), arguments.firm);
        if (at == names.end()) return refused(Refusal{"--firm " + arguments.firm, 0, 0, "no firm of " + arguments.scenario + " is called so", suggestion(arguments.firm, names)});
        role = loaded->scenario.firms[at - names.begin()].role;
        for (const Entrant& one : entrants)
            if (one.role != role) out.left_out.push_back(one.name);
        std::erase_if(entrants, [&](const Entrant& one) { return one.role != role; });
    } else {
        for (const Entrant& one : entrants)
            if (one.role != role)
                return refused(Refusal{one.name, 0, 0, fmt::format("is of a {}, {} of a {}", role_text(one.role), entrants.front().name, role_text(role)), "name the seat, as --firm coreweave: scripts of other roles are left out"});
    }
    out.role = std::string(role_text(role));
    out.firm = arguments.firm.empty() ? usual_firm(*loaded, role) : arguments.firm;
    if (entrants.size() < 2) return refused(Refusal{arguments.places.front(), 0, 0, fmt::format("has only {} {} of a {}", entrants.size(), entrants.size() == 1 ? "strategy" : "strategies", out.role), "a tournament needs two"});
    if (count_of_role(*loaded, role) < 2)
        return refused(Refusal{arguments.scenario, 0, 0, fmt::format("has {} {}: there is nobody to play against", count_of_role(*loaded, role), out.role), "name a --scenario with two firms of the role"});
    auto plan = parse_plan("tournament-" + out.role + ".toml", plan_text(arguments, out.role, out.firm, entrants));
    if (!plan) return refused(plan.error());
    out.plan = std::move(*plan);
    return out;
}

Result<TournamentAxes> tournament_axes(const Plan& plan, const std::string& place) {
    const auto is_like = [](const Setting<std::string>& a, const Setting<std::string>& b) { return a.value == b.value; };
    if (plan.profiles.size() == 2 && plan.axes.empty()) {
        const auto &field = plan.profiles[0].options, &seat = plan.profiles[1].options;
        if (seat.size() > 1 && std::equal(seat.begin(), seat.end(), field.begin(), field.end(), is_like)) return TournamentAxes{};
    }
    return Refusal{place, 0, 0, "is a batch, but no tournament", "name a folder that rackrace tournament made; rackrace payoffs reads other batches"};
}

}  // namespace rackrace

// `rackrace payoffs`: the payoff table of a batch whose firms or roles choose, with what each profile's players could gain by leaving it.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <nlohmann/json.hpp>

#include "cli/batch/batch_folder.h"
#include "cli/batch/payoffs.h"
#include "cli/commands.h"
#include "cli/counted.h"
#include "cli/open_number.h"
#include "game/game_files.h"
#include "game/regret.h"

namespace rackrace {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr std::size_t kShownProfiles = 20;

std::string in_billions(const MeanInterval& usd) {
    return std::isfinite(usd.half_width) ? fmt::format("{:.2f} +- {:.2f}", usd.mean / 1e9, usd.half_width / 1e9) : fmt::format("{:.2f}", usd.mean / 1e9);
}

Json interval_json(const MeanInterval& of) {
    return {{"mean", of.mean}, {"low", number_or_null(of.low())}, {"high", number_or_null(of.high())}, {"standard_error", of.standard_error}, {"n", of.n}};
}

/// "neocloud: careful, +1.24 B$" of the deviation that gains most; empty where nothing gains.
std::string leaver_text(const PayoffTable& table, const ProfileRegret& regret) {
    std::size_t most = 0;
    for (std::size_t p = 1; p < regret.best.size(); ++p)
        if (regret.best[p].gain.mean > regret.best[most].gain.mean) most = p;
    if (regret.best[most].gain.mean <= 0.0) return "";
    const GamePlayer& player = table.players()[most];
    return fmt::format("{}: {}", player.name, player.strategies[regret.best[most].strategy]);
}

std::string table_text(const PayoffTable& table, const std::vector<ProfileRegret>& regrets) {
    std::vector<std::size_t> order(regrets.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return std::pair(!regrets[a].is_complete, regrets[a].regret) < std::pair(!regrets[b].is_complete, regrets[b].regret); });
    std::string out = fmt::format("  {}: {}, {}, {}; owners' value in B$, 95 % intervals\n", table.title(), counted(table.players().size(), "player"), counted(table.profiles(), "profile"), counted(table.seeds(), "seed"));
    for (const GamePlayer& player : table.players()) out += fmt::format("  {:<24} {:>18}", player.name, "payoff");
    out += fmt::format("   {:>8} {:>18}   {}\n", "regret", "95 %", "who would leave, for what");
    for (std::size_t i = 0; i < std::min(order.size(), kShownProfiles); ++i) {
        const auto profile = static_cast<std::int64_t>(order[i]);
        const ProfileRegret& regret = regrets[order[i]];
        for (std::size_t p = 0; p < table.players().size(); ++p)
            out += fmt::format("  {:<24} {:>18}", table.players()[p].strategies[table.strategy_of(profile, p)], in_billions(table.payoff(profile, p)));
        const std::string high = std::isfinite(regret.high) ? fmt::format("{:.2f}", regret.high / 1e9) : "?";
        out += regret.is_complete ? fmt::format("   {:>8.2f} {:>18}   {}\n", regret.regret / 1e9, fmt::format("{:.2f} to {}", regret.low / 1e9, high), leaver_text(table, regret)) : "   not all deviations were played\n";
    }
    const auto stable = std::count_if(regrets.begin(), regrets.end(), [](const ProfileRegret& one) { return one.is_complete && one.regret == 0.0; });
    const auto open = std::count_if(regrets.begin(), regrets.end(), [](const ProfileRegret& one) { return one.is_complete && one.low == 0.0; });
    if (order.size() > kShownProfiles) out += fmt::format("  and {} more: --format csv has all\n", order.size() - kShownProfiles);
    return out + fmt::format("  pure equilibria of the mean table: {} of {}; in {} no gain of leaving is told from 0\n", stable, counted(table.profiles(), "profile"), open);
}

std::string json_text(const PayoffTable& table, const std::vector<ProfileRegret>& regrets) {
    Json players = Json::array(), profiles = Json::array();
    for (const GamePlayer& player : table.players()) players.push_back({{"name", player.name}, {"strategies", player.strategies}});
    for (std::int64_t profile = 0; profile < table.profiles(); ++profile) {
        const ProfileRegret& regret = regrets[static_cast<std::size_t>(profile)];
        Json of_players = Json::array();
        for (std::size_t p = 0; p < table.players().size(); ++p) {
            const auto& strategies = table.players()[p].strategies;
            of_players.push_back({{"strategy", strategies[table.strategy_of(profile, p)]}, {"payoff_usd", interval_json(table.payoff(profile, p))},
                                  {"best_deviation", strategies[regret.best[p].strategy]}, {"gain_usd", interval_json(regret.best[p].gain)}});
        }
        profiles.push_back({{"profile", profile}, {"players", of_players}, {"regret_usd", regret.is_complete ? Json(regret.regret) : Json()},
                            {"regret_low_usd", regret.is_complete ? Json(regret.low) : Json()}, {"regret_high_usd", regret.is_complete ? number_or_null(regret.high) : Json()}});
    }
    return Json{{"schema", "rackrace.payoffs/1"}, {"game", table.title()}, {"seeds", table.seeds()}, {"players", players}, {"profiles", profiles}}.dump() + "\n";
}

ExitCode write(const std::string& text, const PayoffsArguments& arguments, const Terminal& terminal) {
    if (arguments.out.empty()) {
        terminal.data(text);
        return ExitCode::done;
    }
    std::error_code error;
    if (fs::exists(arguments.out, error) && !arguments.is_forced)
        return terminal.refuse(Refusal{arguments.out, 0, 0, "exists already", "give --force to replace it, or another --out"}, ExitCode::cannot_write);
    if (const Refusals wrong = write_batch_text(arguments.out, text); !wrong.empty()) return terminal.refuse(wrong, ExitCode::cannot_write);
    terminal.note("wrote " + arguments.out + "\n");
    return ExitCode::done;
}

}  // namespace

ExitCode payoffs_command(const PayoffsArguments& arguments, const Terminal& terminal) {
    const auto folder = find_batch(arguments.batch);
    if (!folder) return terminal.refuse(folder.error(), ExitCode::bad_input);
    const auto table = game_in(*folder, arguments.picks);
    if (!table) return terminal.refuse(table.error(), ExitCode::bad_input);
    if (arguments.format == "csv") return write(payoffs_csv(*table), arguments, terminal);
    if (arguments.format == "json") return write(gameanalysis_json(*table), arguments, terminal);
    if (arguments.format == "nfg") {
        const auto text = nfg_text(*table);
        return text ? write(*text, arguments, terminal) : terminal.refuse(text.error(), ExitCode::bad_input);
    }
    std::vector<ProfileRegret> regrets;
    for (std::int64_t profile = 0; profile < table->profiles(); ++profile) regrets.push_back(regret_of(*table, profile));
    return write(terminal.wants_json ? json_text(*table, regrets) : table_text(*table, regrets), arguments, terminal);
}

}  // namespace rackrace

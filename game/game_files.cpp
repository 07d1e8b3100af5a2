#include "game/game_files.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

#include <nlohmann/json.hpp>

#include "engine/base/number_text.h"
#include "game/regret.h"

namespace rackrace {
namespace {

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

/// Empty for what has no end, such as the interval of one sample.
std::string csv_number(double value) { return std::isfinite(value) ? number_text(value) : ""; }

/// A text in quotes as Gambit reads it.
std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (char c : text) out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return out + "\"";
}

/// Shortest decimal that reads back the same, without an exponent.
std::string decimal_text(double value) {
    char text[400];
    const auto [end, error] = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed);
    return {text, end};
}

std::string heads(const PayoffTable& table) {
    std::string out = "profile";
    for (const GamePlayer& player : table.players()) out += "," + csv_cell("strategy." + player.name);
    out += ",seeds";
    for (const GamePlayer& player : table.players())
        for (const char* figure : {"payoff", "standard_error", "low", "high", "best_deviation", "gain", "gain_low", "gain_high"})
            out += "," + csv_cell(std::string(figure) + "." + player.name);
    return out + ",regret,regret_low,regret_high\n";
}

}  // namespace

std::string payoffs_csv(const PayoffTable& table) {
    const auto& players = table.players();
    std::ostringstream out;
    out << heads(table);
    for (std::int64_t profile = 0; profile < table.profiles(); ++profile) {
        const ProfileRegret regret = regret_of(table, profile);
        out << profile;
        for (std::size_t p = 0; p < players.size(); ++p) out << ',' << csv_cell(players[p].strategies[table.strategy_of(profile, p)]);
        out << ',' << table.payoff(profile, 0).n;
        for (std::size_t p = 0; p < players.size(); ++p) {
            const MeanInterval payoff = table.payoff(profile, p);
            const Deviation& best = regret.best[p];
            if (payoff.n == 0) out << ",,,,";
            else out << ',' << number_text(payoff.mean) << ',' << number_text(payoff.standard_error) << ',' << csv_number(payoff.low()) << ',' << csv_number(payoff.high());
            out << ',' << csv_cell(players[p].strategies[best.strategy]) << ',' << number_text(best.gain.mean) << ',' << csv_number(best.gain.low()) << ',' << csv_number(best.gain.high());
        }
        if (regret.is_complete) out << ',' << number_text(regret.regret) << ',' << number_text(regret.low) << ',' << csv_number(regret.high) << '\n';
        else out << ",,,\n";
    }
    return out.str();
}

std::string gameanalysis_json(const PayoffTable& table) {
    nlohmann::json json = {{"type", "samplegame.1"}, {"profiles", nlohmann::json::array()}};
    const auto& players = table.players();
    for (const GamePlayer& player : players) {
        std::vector<std::string> names = player.strategies;
        std::sort(names.begin(), names.end());
        json["players"][player.name] = 1;
        json["strategies"][player.name] = names;
    }
    for (std::int64_t profile = 0; profile < table.profiles(); ++profile) {
        nlohmann::json one;
        bool is_there = true;
        for (std::size_t p = 0; p < players.size(); ++p) {
            std::vector<double> samples;
            for (std::size_t s = 0; s < table.seeds(); ++s)
                if (const double value = table.sample(profile, p, s); !std::isnan(value)) samples.push_back(value);
            is_there = is_there && !samples.empty();
            one[players[p].name].push_back(nlohmann::json::array({players[p].strategies[table.strategy_of(profile, p)], 1, samples}));
        }
        if (is_there) json["profiles"].push_back(one);
    }
    return json.dump() + "\n";
}

Result<std::string> nfg_text(const PayoffTable& table) {
    std::string out = "NFG 1 R " + quoted(table.title()) + " {";
    for (const GamePlayer& player : table.players()) out += " " + quoted(player.name);
    out += " } {";
    for (const GamePlayer& player : table.players()) out += " " + std::to_string(player.strategies.size());
    out += " }\n\n";
    for (std::int64_t profile = 0; profile < table.profiles(); ++profile)
        for (std::size_t p = 0; p < table.players().size(); ++p) {
            const MeanInterval payoff = table.payoff(profile, p);
            if (payoff.n == 0) return Refusal{table.title(), 0, 0, "profile " + std::to_string(profile) + " has no samples", "an .nfg has no gaps: see failed.csv for what ended its runs, or write csv or json"};
            out += decimal_text(payoff.mean) + (p + 1 < table.players().size() ? " " : "\n");
        }
    return out;
}

}  // namespace rackrace

#include "cli/tournament/result.h"

#include <fmt/format.h>

#include <cmath>

#include <nlohmann/json.hpp>

#include "cli/cells.h"
#include "cli/counted.h"
#include "cli/open_number.h"
#include "engine/base/number_text.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kEndNames[] = {"unclear", "first", "second"};

std::string csv_interval(const MeanInterval& of) { return fmt::format("{},{},{}", number_text(of.mean), csv_number(of.low()), csv_number(of.high())); }
Json json_interval(const MeanInterval& of) { return {{"mean", of.mean}, {"low", number_or_null(of.low())}, {"high", number_or_null(of.high())}}; }

/// Billions with two decimals, never -0.
double in_billions(double usd) { return std::round(usd / 1e7) / 100.0 + 0.0; }

/// "12.30 (11.10 to 13.50)" in B$.
std::string billions(const MeanInterval& usd, const char* form) {
    const auto text = [&](double value) { return fmt::format(fmt::runtime(form), in_billions(value)); };
    return std::isfinite(usd.half_width) ? fmt::format("{} ({} to {})", text(usd.mean), text(usd.low()), text(usd.high())) : text(usd.mean);
}

/// How the strategy of one rank ended against that of another: + beats, - is beaten, . unclear.
char sign_of(const Standings& standings, std::size_t own, std::size_t other) {
    for (const Duel& duel : standings.duels) {
        if (duel.first == own && duel.second == other) return duel.end == DuelEnd::first_wins ? '+' : duel.end == DuelEnd::second_wins ? '-' : '.';
        if (duel.first == other && duel.second == own) return duel.end == DuelEnd::second_wins ? '+' : duel.end == DuelEnd::first_wins ? '-' : '.';
    }
    return ' ';
}

std::string who_beats_whom(const TournamentResult& result) {
    const auto& ranks = result.standings.by_rank;
    std::string out = fmt::format("\n  who beats whom: + row beats column, - is beaten, . not told apart\n  {:<27}", "");
    for (const Standing& one : ranks) out += fmt::format(" {:>2}", one.rank);
    for (const Standing& row : ranks) {
        out += fmt::format("\n  {:>4}  {:<21}", row.rank, result.strategies[row.strategy].substr(0, 21));
        for (const Standing& column : ranks) out += fmt::format("  {}", sign_of(result.standings, row.strategy, column.strategy));
    }
    return out + "\n";
}

}  // namespace

std::string standings_csv(const TournamentResult& result) {
    std::string out = "rank,rank_low,rank_high,strategy,score_usd,score_low_usd,score_high_usd,lead_usd,lead_low_usd,lead_high_usd,wins,losses,unclear,best_reply,reply_gain_usd,reply_gain_low_usd,reply_gain_high_usd\n";
    for (const Standing& one : result.standings.by_rank)
        out += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", one.rank, one.rank_low, one.rank_high, csv_text(Cell{result.strategies[one.strategy]}), csv_interval(one.score),
                           csv_interval(one.lead), one.wins, one.losses, one.unclear, csv_text(Cell{result.strategies[one.best_reply]}), csv_interval(one.reply_gain));
    return out;
}

std::string duels_csv(const TournamentResult& result) {
    std::string out = "first,second,difference_usd,low_usd,high_usd,seeds,winner\n";
    for (const Duel& duel : result.standings.duels)
        out += fmt::format("{},{},{},{},{}\n", csv_text(Cell{result.strategies[duel.first]}), csv_text(Cell{result.strategies[duel.second]}), csv_interval(duel.difference), duel.difference.n,
                           kEndNames[static_cast<int>(duel.end)]);
    return out;
}

std::string tournament_text(const TournamentResult& result) {
    const Standings& standings = result.standings;
    std::string out = fmt::format("  {} strategies of a {} in the seat of {}, {}, {}; owners' value in B$, 95 % intervals\n  {:>4} {:>7}  {:<21} {:>22} {:>26} {:>4} {:>4} {:>7}   {}\n", result.strategies.size(),
                                  result.role, result.firm, result.scenario, counted(standings.seeds, "seed"), "rank", "95 %", "strategy", "score", "over the mean of all", "won", "lost", "unclear", "best reply to its field");
    for (const Standing& one : standings.by_rank) {
        const std::string reply = one.best_reply == one.strategy ? "itself" : fmt::format("{}, {}", result.strategies[one.best_reply], billions(one.reply_gain, "{:+.2f}"));
        out += fmt::format("  {:>4} {:>7}  {:<21} {:>22} {:>26} {:>4} {:>4} {:>7}   {}\n", one.rank, fmt::format("{}-{}", one.rank_low, one.rank_high), result.strategies[one.strategy].substr(0, 21),
                           billions(one.score, "{:.2f}"), billions(one.lead, "{:+.2f}"), one.wins, one.losses, one.unclear, reply);
    }
    out += who_beats_whom(result);
    const std::size_t pairs = standings.duels.size();
    return out + fmt::format("  of {} pairs about {} would be told apart by chance alone\n", pairs, static_cast<int>(std::ceil(0.05 * static_cast<double>(pairs))));
}

std::string tournament_json(const TournamentResult& result, const std::string& path) {
    Json rows = Json::array(), duels = Json::array();
    for (const Standing& one : result.standings.by_rank)
        rows.push_back({{"rank", one.rank}, {"rank_low", one.rank_low}, {"rank_high", one.rank_high}, {"strategy", result.strategies[one.strategy]}, {"score_usd", json_interval(one.score)},
                        {"lead_usd", json_interval(one.lead)}, {"wins", one.wins}, {"losses", one.losses}, {"unclear", one.unclear}, {"best_reply", result.strategies[one.best_reply]},
                        {"reply_gain_usd", json_interval(one.reply_gain)}});
    for (const Duel& duel : result.standings.duels)
        duels.push_back({{"first", result.strategies[duel.first]}, {"second", result.strategies[duel.second]}, {"difference_usd", json_interval(duel.difference)}, {"winner", kEndNames[static_cast<int>(duel.end)]}});
    return Json{{"schema", "rackrace.tournament/1"}, {"role", result.role}, {"firm", result.firm}, {"scenario", result.scenario}, {"seeds", result.standings.seeds}, {"inputs_hash", result.inputs_hash},
                {"standings", rows}, {"duels", duels}, {"path", path}}
               .dump() + "\n";
}

FigureModel tournament_figure(const TournamentResult& result) {
    FigureModel figure;
    figure.id = "standings";
    figure.title = fmt::format("Tournament of {} {} strategies", result.strategies.size(), result.role);
    figure.subtitle = fmt::format("owners' value of {} over all fields, by rank; 95 % intervals over {} seeds", result.firm, result.standings.seeds);
    figure.from = {result.name, result.scenario, fmt::format("1 to {}", result.standings.seeds), result.program_version, result.inputs_hash, result.first_quarter, result.last_quarter};
    figure.is_list = true;
    FigurePanel panel;
    panel.id = "scores";
    panel.title = "score";
    panel.is_horizontal = true;
    panel.names_series = false;
    panel.measure = measure_axis("owners' value", "$");
    std::vector<std::string> names;
    Series means{"means", "score", MarkShape::mark, 0};
    std::vector<Series> intervals;
    for (const Standing& one : result.standings.by_rank) {
        Datum datum;
        datum.key = static_cast<double>(names.size());
        datum.value = one.score.mean;
        datum.reason = fmt::format("{}: {} B$, rank {} to {}", result.strategies[one.strategy], billions(one.score, "{:.2f}"), one.rank_low, one.rank_high);
        names.push_back(fmt::format("{} {}", one.rank, result.strategies[one.strategy]));
        means.data.push_back(datum);
        const bool has_interval = std::isfinite(one.score.half_width);
        if (!has_interval) {
            means.data.back().label = billions(one.score, "{:.2f}");
            continue;
        }
        Series& interval = intervals.emplace_back(Series{fmt::format("interval-{}", one.rank), "95 % interval", MarkShape::line, 0});
        datum.value = one.score.low();
        interval.data.push_back(datum);
        datum.value = one.score.high();
        datum.label = billions(one.score, "{:.2f}");
        interval.data.push_back(datum);
    }
    panel.key = category_axis("strategy", names);
    panel.series = std::move(intervals);
    panel.series.push_back(std::move(means));
    figure.panels.push_back(std::move(panel));
    const Standing& first = result.standings.by_rank.front();
    figure.findings.push_back(fmt::format("{} ranks first with {} B$; resampled seeds leave it rank {} to {}.", result.strategies[first.strategy], billions(first.score, "{:.2f}"), first.rank_low, first.rank_high));
    figure.notes.push_back("A score is the mean over fields in which all other firms of the role play one strategy, the own one among them.");
    return finish_figure(std::move(figure));
}

}  // namespace rackrace

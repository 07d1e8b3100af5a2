#include "cli/batch/payoffs.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "cli/batch/batch_folder.h"
#include "cli/batch/design.h"
#include "cli/batch/inputs.h"
#include "engine/base/command_words.h"
#include "engine/base/number_text.h"
#include "engine/replay/key_columns.h"
#include "engine/scenario/tables.h"

namespace rackrace {
namespace {

/// Something that differs between profiles: a key of [vary], or of [profiles].
struct Factor {
    std::string key;    // column of table runs
    std::string owner;  // whose choice it is; empty: a setting of the world
    std::string short_name;
    Origin at;
    bool is_sampled = false;
    bool is_strategy = false;
    std::vector<std::string> labels;  // of a strategy, by option
    std::size_t place = 0;            // among the plan's axes, or its profiles
};

/// What a profile has of the factor, as a table shows it.
std::string value_of(const Factor& factor, const ProfileChoice& choice) {
    return factor.is_strategy ? factor.labels[choice.options[factor.place]] : choice.values[factor.place];
}

std::vector<Factor> factors_of(const Plan& plan) {
    std::vector<Factor> out;
    for (std::size_t i = 0; i < plan.profiles.size(); ++i) {
        const StrategyAxis& axis = plan.profiles[i];
        if (axis.options.size() > 1) out.push_back({"strategy." + axis.owner, axis.owner, "", axis.at, false, true, strategy_labels(axis), i});
    }
    for (std::size_t i = 0; i < plan.axes.size(); ++i) {
        const Axis& axis = plan.axes[i];
        if (!axis.is_range && axis.values.size() == 1) continue;
        const auto [owner, parameter] = owner_and_parameter(axis.key);
        out.push_back({axis.key, owner, parameter, axis.at, axis.is_range && plan.method != SampleMethod::grid, false, {}, i});
    }
    return out;
}

/// Picks with a factor each. Refused: keys that do not vary, settings that are left open, samples.
Refusals check(const std::vector<Factor>& factors, const GamePicks& picks) {
    Refusals refusals;
    std::vector<std::string> known;
    for (const Factor& factor : factors) known.push_back(factor.key);
    for (const auto& [key, value] : picks)
        if (std::find(known.begin(), known.end(), key) == known.end()) refusals.add({"--where " + key + "=" + value, 0, 0, "the plan does not vary " + key, suggestion(key, known)});
    for (const Factor& factor : factors) {
        if (factor.is_sampled) refusals.add(factor.at.refusal(factor.key + " is sampled, not crossed: no profile meets another in it", "sweep it as a list, or sample with grid"));
        const auto is_picked = std::any_of(picks.begin(), picks.end(), [&](const auto& pick) { return pick.first == factor.key; });
        if (factor.owner.empty() && !is_picked && !factor.is_sampled)
            refusals.add(factor.at.refusal(factor.key + " is nobody's choice: each value is a game of its own", "pick one: --where " + factor.key + "=VALUE"));
    }
    return refusals;
}

/// The game's shape, and which profile of it each profile of the batch is.
struct Shape {
    std::vector<GamePlayer> players;
    std::vector<std::vector<std::size_t>> choices;  // [profile of the batch][player]; empty where it is not of this game
};

Shape shape_of(const Design& design, const std::vector<Factor>& factors, const GamePicks& picks) {
    Shape out;
    for (const Factor& factor : factors)
        if (const auto is_player = [&](const GamePlayer& one) { return one.name == factor.owner; };
            !factor.owner.empty() && std::none_of(out.players.begin(), out.players.end(), is_player))
            out.players.push_back({factor.owner, {}});
    for (std::int64_t profile = 0; profile < design.profiles(); ++profile) {
        const ProfileChoice choice = design.choice(profile);
        auto& chosen = out.choices.emplace_back();
        const bool is_of_game = std::all_of(picks.begin(), picks.end(), [&](const auto& pick) {
            return std::any_of(factors.begin(), factors.end(), [&](const Factor& factor) { return factor.key == pick.first && value_of(factor, choice) == pick.second; });
        });
        if (!is_of_game) continue;
        for (GamePlayer& player : out.players) {
            std::string name;
            for (const Factor& factor : factors)
                if (factor.owner == player.name) name += (name.empty() ? "" : " ") + (factor.is_strategy ? "" : factor.short_name + "=") + value_of(factor, choice);
            const auto known = std::find(player.strategies.begin(), player.strategies.end(), name);
            chosen.push_back(static_cast<std::size_t>(known - player.strategies.begin()));
            if (known == player.strategies.end()) player.strategies.push_back(name);
        }
    }
    return out;
}

}  // namespace

std::vector<std::string> strategy_labels(const StrategyAxis& axis) {
    std::vector<std::string> stems, out;
    for (const auto& option : axis.options) stems.push_back(std::filesystem::path(option.value).stem().string());
    const bool are_unique = std::set<std::string>(stems.begin(), stems.end()).size() == stems.size();
    for (std::size_t i = 0; i < stems.size(); ++i) out.push_back(are_unique ? stems[i] : std::filesystem::path(axis.options[i].value).replace_extension().string());
    return out;
}

std::vector<std::string> firms_of_player(const std::string& player, const std::vector<std::string>& players, const Plan& plan, const LoadedScenario& loaded) {
    std::vector<std::string> out;
    for (int f = 0; f < loaded.scenario.firm_count; ++f) {
        const std::string& firm = loaded.names.firms[static_cast<std::size_t>(f)];
        const StrategyAxis* axis = strategy_axis_of(plan, loaded, f);
        const bool has_own = firm != player && (std::find(players.begin(), players.end(), firm) != players.end() || (axis != nullptr && axis->owner == firm));
        if (owns(player, loaded, f) && !has_own) out.push_back(firm);
    }
    return out;
}

Result<PayoffTable> game_of_batch(OpenBatch& batch, const Plan& plan, const LoadedScenario& loaded, const GamePicks& picks) {
    if (!batch.is_complete) return Refusal{batch.folder.string(), 0, 0, std::to_string(batch.finished) + " runs are finished: it is not complete", "finish it first: rackrace resume " + quoted_word(batch.folder.string())};
    if (batch.facts.shard.count > 1) return Refusal{batch.folder.string(), 0, 0, "is part " + batch.facts.shard.text() + " of a batch", "join the parts first: rackrace merge"};
    const auto design = Design::make(plan);
    if (!design) return design.error();
    const std::vector<Factor> factors = factors_of(plan);
    if (Refusals wrong = check(factors, picks); !wrong.empty()) return wrong;
    const Shape shape = shape_of(*design, factors, picks);
    if (shape.players.empty())
        return Refusal{batch.folder.string(), 0, 0, "nobody chooses: no firm or role has several strategies", "sweep a plan with [profiles], or with lists of a firm's parameters"};
    for (const GamePlayer& player : shape.players)
        if (player.strategies.empty()) return Refusal{batch.folder.string(), 0, 0, "no profile has what --where asks for", "rackrace export " + quoted_word(batch.folder.string()) + " --format csv --tables runs shows the values"};
    auto table = PayoffTable::make(batch.facts.name, shape.players, plan.seeds.size());
    if (!table) return table.error();

    std::vector<std::string> names;
    for (const GamePlayer& player : shape.players) names.push_back(player.name);
    std::string columns;
    std::vector<std::size_t> ends;  // of each player's firms among the columns
    for (const std::string& name : names) {
        const auto firms = firms_of_player(name, names, plan, loaded);
        if (firms.empty()) return Refusal{batch.folder.string(), 0, 0, name + " chooses for no firm: all its firms have strategies of their own", "delete it from the plan"};
        for (const std::string& firm : firms) columns += ", \"value_usd." + firm + "\"";
        ends.push_back(static_cast<std::size_t>(std::count(columns.begin(), columns.end(), ',')));
    }
    std::map<std::int64_t, std::size_t> seed_at;
    for (std::size_t s = 0; s < plan.seeds.size(); ++s) seed_at[static_cast<std::int64_t>(plan.seeds[s])] = s;
    auto rows = batch.database.prepare("SELECT profile, seed" + columns + " FROM runs WHERE status IN ('ok', 'script_errors')");
    if (!rows) return rows.error();
    while (rows->step() == Step::row) {
        const auto& choice = shape.choices[static_cast<std::size_t>(std::get<std::int64_t>(rows->cell(0)))];
        if (choice.empty()) continue;
        const std::size_t seed = seed_at.at(std::get<std::int64_t>(rows->cell(1)));
        for (std::size_t p = 0, column = 0; p < names.size(); ++p) {
            double sum = 0.0;
            for (; column < ends[p]; ++column) sum += cell_number(rows->cell(static_cast<int>(2 + column)));
            table->set(table->profile_of(choice), p, seed, sum);
        }
    }
    return table;
}

Result<PayoffTable> game_in(const std::filesystem::path& folder, const GamePicks& picks) {
    auto batch = open_batch(folder);
    if (!batch) return batch.error();
    const auto plan = plan_of(folder, batch->facts.name);
    if (!plan) return plan.error();
    const auto inputs = frozen_inputs(*plan, folder);
    if (!inputs) return inputs.error();
    const auto loaded = load_scenario({inputs->scenario().string(), inputs->data_folder, {}, ""});
    if (!loaded) return loaded.error();
    return game_of_batch(*batch, *plan, *loaded, picks);
}

}  // namespace rackrace

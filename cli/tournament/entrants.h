// Who meets in a tournament, as a plan: the strategies of one role, crossed in the seat of one firm and in the field of the role's other firms.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "cli/arguments.h"
#include "cli/batch/plan.h"

namespace rackrace {

struct TournamentPlan {
    Plan plan;
    std::string role, firm;
    std::vector<std::string> left_out;  // scripts of other roles, where the firm says which role is meant
};

struct TournamentRefusals {
    Refusals refusals;
    bool are_scripts = false;
};

/// Looks for scripts in the folders that are named, first here, then in scripts/strategies. Cases (NAME.test.lua) are none.
/// Refused: folders and scripts that are not there, scripts that the checker refuses, several roles without a firm, fewer than two strategies, a firm without
/// others of its role.
std::variant<TournamentPlan, TournamentRefusals> tournament_plan(const TournamentArguments& arguments);

/// Seat and field of a tournament's plan: indices of its profiles. Refused: a plan that is none.
struct TournamentAxes {
    std::size_t field = 0, seat = 1;
};
Result<TournamentAxes> tournament_axes(const Plan& plan, const std::string& place);

}  // namespace rackrace

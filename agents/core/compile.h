// From a checked script to a program of the core engine, or the reasons, line by line, why it is none (N of the checker's codes). Pure: the same
// script gives the same program.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "agents/checker/check.h"
#include "agents/core/program.h"

namespace rackrace {

struct Compiled {
    std::shared_ptr<const Program> program;  // nullptr: the script is not portable
    std::vector<Diagnostic> reasons;         // by place; empty where it is
};

/// Compiles the callbacks that a checked script declares, for its role. A script with errors is not compiled, and has no reasons.
Compiled compile(const CheckReport& report);

/// Compiles, and puts the reasons among the messages of the report.
Compiled add_portability(CheckReport& report);

/// The program for people: instructions under the lines of the script that they come from.
std::string listing(const Program& program, const CheckReport& report);

}  // namespace rackrace

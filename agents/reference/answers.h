// The answers to orders (R, F) in long form, as `rackrace explain` prints them. Ids, names and records are those of engine/quarter/codes.h, the
// verbs those of their table: only what the words mean stands here.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/quarter/codes.h"

namespace rackrace {

struct AnswerText {
    std::string_view meaning;
    std::string_view advice;  // what a script can do
};

const AnswerText& text_of_answer(Code code);

/// Of "R13" or "r13"; none where no answer has that id.
std::optional<Code> find_answer(std::string_view id);

/// All ids, R01 to F02.
std::vector<std::string_view> answer_ids();

/// The verbs that a firm which has them may be answered with it, in the order of the reference.
std::vector<std::string_view> verbs_answered(Code code);

/// The long form, as text.
std::string explain(Code code);

}  // namespace rackrace

// A line of words as a person types it or an environment variable has it, read without a shell: blanks part words, quotes and backslashes keep them
// together, nothing else means anything.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"

namespace rackrace {

/// "code --wait 'my file'" is three words. Refused: a quote that is not closed, a backslash at the end.
Result<std::vector<std::string>> words_of(const std::string& line);

/// The word as words_of reads it, and as a shell does: in quotes where either would cut or change it.
std::string quoted_word(const std::string& word);

}  // namespace rackrace

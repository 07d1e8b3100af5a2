#include "engine/replay/other_folder.h"

#include "engine/base/command_words.h"
#include "engine/replay/batch_format.h"

namespace rackrace {

std::optional<Refusal> other_folder(const std::filesystem::path& folder) {
    const std::string name = folder.string();
    if (is_batch(folder)) return Refusal{name, 0, 0, "is a batch, no run", "play one of its runs alone, as rackrace show " + quoted_word(name + "#run=0") + " says"};
    std::error_code error;
    if (std::filesystem::exists(folder / kSearchFile, error)) return Refusal{name, 0, 0, "is a search, no run", "rackrace show " + quoted_word(name) + " tells what it found"};
    return std::nullopt;
}

}  // namespace rackrace

// A script in a person's editor: which file that is, and what the checker says of it each time it is saved. A run's own folder is never written to.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "agents/host/strategy.h"
#include "engine/base/result.h"

namespace rackrace {

struct EditQuestion {
    std::filesystem::path run, data;  // the run's folder; where the model's parameters and tables are
    std::filesystem::path scripts;    // that come with the program: they are not edited, copies are
    std::filesystem::path copies;     // where those are put, a folder a run
    std::uint64_t hash = 0;           // of the run: others have its name
    std::string firm;
    int t = 0;
    std::filesystem::path edited;     // of this run's firm already, and perhaps changed since; empty: nothing
};

struct EditPlace {
    std::filesystem::path file;    // absolute
    std::filesystem::path played;  // what the run played, in its folder
    std::filesystem::path run;     // its folder; empty, as the two around it, for a script of no run
    std::string firm;              // that it plays
    Role role = Role::neocloud;
    bool is_copy = false;
};

/// The file by the name that the run noted, where a person still has it as it was played or edits it already; else a copy of what was played, with what it
/// requires, which is made where it is not there yet. Refused: what load_scenario refuses, a run without the script, a copy that cannot be written.
Result<EditPlace> place_to_edit(const EditQuestion& question);

class ScriptEdit {
public:
    explicit ScriptEdit(EditPlace place);

    const EditPlace& place() const { return place_; }
    /// As a person names it: from the working folder where it lies below that.
    const std::string& name() const { return name_; }
    /// Whether it, or a file that it requires, was saved since the last look; then it has been checked.
    bool look();
    bool is_clean() const { return is_clean_; }
    /// Not what the run played, byte by byte.
    bool is_changed() const { return is_changed_; }
    /// What the checker found first, or that it found nothing, in a sentence.
    const std::string& finding() const { return finding_; }

private:
    std::vector<std::filesystem::file_time_type> saved_at() const;
    void check();

    EditPlace place_;
    std::string name_;
    std::vector<std::filesystem::path> files_;  // the script, then what it required when it was last clean
    std::vector<std::filesystem::file_time_type> saved_;
    bool is_clean_ = false, is_changed_ = false;
    std::string finding_;
};

}  // namespace rackrace

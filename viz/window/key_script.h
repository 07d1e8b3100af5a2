// A script of keys: what a person would do, a line a step, for tests and pictures.
#pragma once

#include <string>
#include <vector>

#include "engine/base/result.h"
#include "viz/window/labels.h"

namespace rackrace {

/// Lines: a key of the table of actions ("Shift+Right", "G"), `type TEXT`, `click LABEL`, `wait N` frames. Empty lines and those that begin
/// with # say nothing, nor do blanks around a step; those at the end of a text are typed.
class KeyScript {
public:
    struct Step {
        enum class Kind { key, text, click, wait } kind;
        std::string words;
        int line;
        int frames = 0;  // to wait
    };

    KeyScript() = default;
    /// Refused: a line that is none of these.
    static Result<KeyScript> parse(const std::string& place, const std::string& text);

    bool is_done() const { return next_ == steps_.size() && waits_ <= 0; }
    /// Before a frame: sends the next step's events and then lets the frames pass that they need. Refused: a label that is not drawn.
    Refusals advance(const Labels& labels);

private:
    std::string place_;
    std::vector<Step> steps_;
    std::size_t next_ = 0;
    int waits_ = 0;
};

}  // namespace rackrace

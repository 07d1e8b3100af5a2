#include "viz/window/key_script.h"

#include <fmt/format.h>

#include <charconv>
#include <sstream>

#include "viz/window/actions.h"
#include "viz/window/key_events.h"

namespace rackrace {
namespace {

/// Frames after a step: the key goes down, comes up, and what it opened takes its place and the focus.
constexpr int kSettling = 4;
constexpr int kLongestWait = 36000;  // frames: ten minutes

/// The line without the blanks around it, and without the end of a line as Windows writes it.
std::string trimmed(std::string line) {
    if (line.ends_with('\r')) line.pop_back();
    line.erase(0, line.find_first_not_of(" \t"));
    if (!line.starts_with("type ")) line.erase(line.find_last_not_of(" \t") + 1);
    return line;
}

std::optional<int> frames_of(const std::string& words) {
    int frames = 0;
    const auto [end, error] = std::from_chars(words.data(), words.data() + words.size(), frames);
    if (error != std::errc{} || end != words.data() + words.size() || frames < 0 || frames > kLongestWait) return std::nullopt;
    return frames;
}

std::optional<KeyScript::Step> step_of(const std::string& line, int number) {
    using Kind = KeyScript::Step::Kind;
    if (line.starts_with("wait ")) {
        const auto frames = frames_of(line.substr(5));
        return frames ? std::optional(KeyScript::Step{Kind::wait, line, number, *frames}) : std::nullopt;
    }
    for (const auto& [word, kind] : {std::pair<const char*, Kind>{"type ", Kind::text}, {"click ", Kind::click}})
        if (line.starts_with(word)) return KeyScript::Step{kind, line.substr(std::string(word).size()), number};
    for (const char* extra : {"Up", "Down", "PageUp", "PageDown"})
        if (line == extra) return KeyScript::Step{Kind::key, line, number};
    if (action_of({line}) == nullptr) return std::nullopt;
    return KeyScript::Step{Kind::key, line, number};
}

}  // namespace

Result<KeyScript> KeyScript::parse(const std::string& place, const std::string& text) {
    KeyScript script;
    script.place_ = place;
    Refusals refusals;
    std::istringstream in(text);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        line = trimmed(std::move(line));
        if (line.empty() || line[0] == '#') continue;
        if (const auto step = step_of(line, number)) script.steps_.push_back(*step);
        else refusals.add({place, number, 0, "'" + line + "' is no key",
                           fmt::format("write a key of docs/viewer.md, or type TEXT, click LABEL, wait N with N from 0 to {}", kLongestWait)});
    }
    if (!refusals.empty()) return refusals;
    return script;
}

Refusals KeyScript::advance(const Labels& labels) {
    if (waits_ > 0) {
        --waits_;
        return {};
    }
    if (next_ == steps_.size()) return {};
    const Step& step = steps_[next_++];
    waits_ = kSettling;
    switch (step.kind) {
        case Step::Kind::key: send_key(step.words); break;
        case Step::Kind::text: send_text(step.words); break;
        case Step::Kind::wait: waits_ = step.frames; break;
        case Step::Kind::click: {
            const auto place = labels.find(step.words);
            if (!place)
                return Refusal{place_, step.line, 0, "nothing of label '" + step.words + "' is drawn", "labels are the words on buttons and tabs"};
            send_click(place->x(), place->y());
        }
    }
    return {};
}

}  // namespace rackrace

#include "cli/clear/cases.h"

#include <algorithm>
#include <set>

#include "engine/scenario/csv.h"

namespace rackrace::clear {
namespace {

constexpr int kDeepest = 8;  // no rule reads deeper: cases in an array take five levels

/// Sees every name and value while the text is parsed; the tree alone would keep one of two equal names and say nothing.
class Watch {
public:
    explicit Watch(std::string place) : place_(std::move(place)) {}

    bool operator()(int depth, Json::parse_event_t event, const Json& parsed) {
        using Event = Json::parse_event_t;
        const auto level = static_cast<std::size_t>(depth);
        if (event == Event::object_start || event == Event::array_start) {
            open_.resize(level);
            if (depth == kDeepest) refuse("is nested too deep", "no field has that many levels");
            open_.push_back({event == Event::array_start, 0, {}, ""});
            return depth < kDeepest;
        }
        open_.resize(level);
        if (event == Event::key) {
            Level& object = open_.back();
            object.name = parsed.get<std::string>();
            if (!object.names.insert(object.name).second) refuse("stands twice in one object", "keep one");
        } else if (level > 0) {
            ++open_.back().next;  // a value, or the end of an object or array, at this place of the level
        }
        return true;
    }

    const Refusals& refusals() const { return refusals_; }

private:
    struct Level {
        bool is_array;
        std::size_t next;
        std::set<std::string> names;
        std::string name;
    };

    void refuse(const char* fact, const char* advice) {
        const bool is_list = !open_.empty() && open_[0].is_array;
        std::string path;
        for (std::size_t i = is_list ? 1 : 0; i < open_.size(); ++i)
            path = open_[i].is_array ? inside(path, open_[i].next) : inside(path, open_[i].name);
        refusals_.add({case_place(place_, is_list ? open_[0].next : 0, path), 0, 0, fact, advice});
    }

    std::string place_;
    std::vector<Level> open_;
    Refusals refusals_;
};

std::pair<int, int> line_and_column(std::string_view text, std::size_t byte) {
    const std::string_view before = text.substr(0, std::min(byte, text.size()));
    const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return {static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1, static_cast<int>(before.size() - line_start) + 1};
}

}  // namespace

std::string case_place(const std::string& place, std::size_t index, const std::string& path) {
    return place + ": case " + std::to_string(index) + (path.empty() ? "" : ": " + path);
}

Result<Cases> read_cases(std::string_view text, const std::string& place) {
    if (const auto [line, byte] = first_bad_byte(text); line > 0) return Refusal{place, line, byte, "is not UTF-8 here", "save it as UTF-8"};
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return Refusal{place, 0, 0, "is empty", "give one case as a JSON object, or an array of them"};
    Watch watch(place);
    Json json;
    try {
        json = Json::parse(text, std::ref(watch));
    } catch (const Json::parse_error& problem) {
        const auto [line, column] = line_and_column(text, problem.byte > 0 ? problem.byte - 1 : 0);
        return Refusal{place, line, column, "is not JSON here",
                       "a case is a JSON object such as {\"supply\": 50}; NaN and infinity are no JSON numbers"};
    } catch (const Json::out_of_range&) {
        return Refusal{place, 0, 0, "holds a number that is too large", "give finite numbers"};
    }
    if (!watch.refusals().empty()) return watch.refusals();
    Cases cases;
    cases.is_list = json.is_array();
    if (cases.is_list) cases.all.assign(json.begin(), json.end());
    else cases.all.push_back(std::move(json));
    Refusals wrong;
    for (std::size_t i = 0; i < cases.all.size(); ++i)
        if (!cases.all[i].is_object())
            wrong.add({case_place(place, i, ""), 0, 0, std::string("is no object but of type ") + cases.all[i].type_name(),
                       "give one case as a JSON object, or an array of them"});
    if (!wrong.empty()) return wrong;
    return cases;
}

}  // namespace rackrace::clear

#include "cli/clear/cases.h"

#include <algorithm>
#include <set>

#include "engine/scenario/csv.h"

namespace rackrace::clear {
namespace {

constexpr std::size_t kDeepest = 8;  // no rule reads deeper: cases in an array take five levels

std::pair<int, int> line_and_column(std::string_view text, std::size_t byte) {
    const std::string_view before = text.substr(0, std::min(byte, text.size()));
    const std::size_t line_start = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    return {static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1, static_cast<int>(before.size() - line_start) + 1};
}

/// Reads the text once before the tree is built: the tree would keep one of two equal names and say nothing.
class Watch : public nlohmann::json_sax<Json> {
public:
    Watch(std::string_view text, std::string place) : text_(text), place_(std::move(place)) {}

    bool null() override { return next(); }
    bool boolean(bool) override { return next(); }
    bool number_integer(number_integer_t) override { return next(); }
    bool number_unsigned(number_unsigned_t) override { return next(); }
    bool number_float(number_float_t, const string_t&) override { return next(); }
    bool string(string_t&) override { return next(); }
    bool binary(binary_t&) override { return next(); }
    bool start_object(std::size_t) override { return open(false); }
    bool start_array(std::size_t) override { return open(true); }
    bool end_object() override { return close(); }
    bool end_array() override { return close(); }
    bool key(string_t& name) override {
        Level& object = open_.back();
        object.name = name;
        if (!object.names.insert(name).second) refuse("stands twice in one object", "keep one");
        return true;
    }
    bool parse_error(std::size_t position, const std::string&, const Json::exception& problem) override {
        const auto [line, column] = line_and_column(text_, position > 0 ? position - 1 : 0);
        constexpr int too_large = 406;
        if (problem.id == too_large) refusals_.add({place_, line, column, "ends a number that is too large", "give finite numbers"});
        else
            refusals_.add(
                {place_, line, column, "is not JSON here", "a case is a JSON object such as {\"supply\": 50}; NaN and infinity are no JSON numbers"});
        return false;
    }

    const Refusals& refusals() const { return refusals_; }

private:
    struct Level {
        bool is_array;
        std::size_t place;
        std::set<std::string> names;
        std::string name;
    };

    bool next() {
        if (!open_.empty()) ++open_.back().place;
        return true;
    }
    bool open(bool is_array) {
        if (open_.size() == kDeepest) {
            refuse("is nested too deep", "no field has that many levels");
            return false;
        }
        open_.push_back({is_array, 0, {}, ""});
        return true;
    }
    bool close() {
        open_.pop_back();
        return next();
    }

    void refuse(const char* fact, const char* advice) {
        const bool is_list = open_[0].is_array;
        std::string path;
        for (std::size_t i = is_list ? 1 : 0; i < open_.size(); ++i)
            path = open_[i].is_array ? inside(path, open_[i].place) : inside(path, open_[i].name);
        refusals_.add({case_place(place_, is_list ? open_[0].place : 0, path), 0, 0, fact, advice});
    }

    std::string_view text_;
    std::string place_;
    std::vector<Level> open_;
    Refusals refusals_;
};

}  // namespace

std::string case_place(const std::string& place, std::size_t index, const std::string& path) {
    return place + ": case " + std::to_string(index) + (path.empty() ? "" : ": " + path);
}

Result<Cases> read_cases(std::string_view text, const std::string& place) {
    if (const auto [line, byte] = first_bad_byte(text); line > 0) return Refusal{place, line, byte, "is not UTF-8 here", "save it as UTF-8"};
    if (text.find_first_not_of(" \t\r\n") == std::string_view::npos)
        return Refusal{place, 0, 0, "is empty", "give one case as a JSON object, or an array of them"};
    Watch watch(text, place);
    Json::sax_parse(text, &watch);
    if (!watch.refusals().empty()) return watch.refusals();
    Json json = Json::parse(text);
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

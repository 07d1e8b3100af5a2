// Result<T>: a value or a refusal. A refusal says where, what, and what to do; loaders collect several.
// A subset of std::expected's spelling (C++23 makes this an alias); host only.
#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace rackrace {

/// One located message: `file:line: fact; advice`. line 0 means the whole file, column 0 the whole line.
struct Refusal {
    std::string place;
    int line = 0;
    int column = 0;
    std::string fact;
    std::string advice;

    std::string text() const {
        std::string out = place;
        if (line > 0) out += ":" + std::to_string(line);
        if (line > 0 && column > 0) out += ":" + std::to_string(column);
        if (!out.empty()) out += ": ";
        out += fact;
        if (!advice.empty()) out += "; " + advice;
        return out;
    }
};

struct Refusals {
    std::vector<Refusal> all;

    Refusals() = default;
    Refusals(Refusal one) { all.push_back(std::move(one)); }  // NOLINT: a single refusal is a list of one
    bool empty() const { return all.empty(); }
    void add(Refusal one) { all.push_back(std::move(one)); }
    void add(const Refusals& more) { all.insert(all.end(), more.all.begin(), more.all.end()); }
    std::string text() const {
        std::string out;
        for (const Refusal& r : all) out += r.text() + "\n";
        return out;
    }
};

template <class T>
class [[nodiscard]] Result {
public:
    Result(T value) : content_(std::move(value)) {}            // NOLINT: implicit, as in std::expected
    Result(Refusals refusals) : content_(std::move(refusals)) {}  // NOLINT
    Result(Refusal refusal) : content_(Refusals{std::move(refusal)}) {}  // NOLINT

    bool has_value() const { return std::holds_alternative<T>(content_); }
    explicit operator bool() const { return has_value(); }
    T& value() { return std::get<T>(content_); }
    const T& value() const { return std::get<T>(content_); }
    T& operator*() { return value(); }
    const T& operator*() const { return value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    const Refusals& error() const { return std::get<Refusals>(content_); }

private:
    std::variant<T, Refusals> content_;
};

}  // namespace rackrace

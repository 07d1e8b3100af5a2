// The seeds of a plan: a range that is told by its ends, however long it is, or a list.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

namespace rackrace {

class Seeds {
public:
    /// By place, from the first.
    class Iterator {
    public:
        using iterator_category = std::forward_iterator_tag;
        using value_type = std::uint64_t;
        using difference_type = std::ptrdiff_t;
        using pointer = const std::uint64_t*;
        using reference = std::uint64_t;

        Iterator() = default;
        Iterator(const Seeds& seeds, std::size_t at) : seeds_(&seeds), at_(at) {}
        std::uint64_t operator*() const { return (*seeds_)[at_]; }
        Iterator& operator++() { return ++at_, *this; }
        Iterator operator++(int) { return {*seeds_, at_++}; }
        bool operator==(const Iterator& other) const { return at_ == other.at_; }

    private:
        const Seeds* seeds_ = nullptr;
        std::size_t at_ = 0;
    };

    /// `count` seeds from `first` on, in place of what was there.
    void set_range(std::uint64_t first, std::size_t count) { first_ = first, count_ = count, list_.clear(); }
    /// One more of a list; a range before it is gone.
    void add(std::uint64_t seed) { list_.push_back(seed), count_ = list_.size(); }

    std::size_t size() const { return count_; }
    bool empty() const { return count_ == 0; }
    std::uint64_t operator[](std::size_t at) const { return list_.empty() ? first_ + at : list_[at]; }
    std::uint64_t front() const { return (*this)[0]; }
    std::uint64_t back() const { return (*this)[count_ - 1]; }
    Iterator begin() const { return {*this, 0}; }
    Iterator end() const { return {*this, count_}; }

private:
    std::uint64_t first_ = 0;
    std::size_t count_ = 0;
    std::vector<std::uint64_t> list_;  // empty: the range
};

}  // namespace rackrace

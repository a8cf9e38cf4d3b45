// A parameter of the law with its dates: which value holds in which month, and who says so.
#pragma once

#include <algorithm>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/basis/month.hpp"

namespace pensim::law {

/// A value that will be set before it is read.
template <class T>
[[nodiscard]] T unset() {
    if constexpr (std::is_default_constructible_v<T>) {
        return T{};
    } else {
        return T::first();
    }
}

/// Values of one parameter, each from its month on until the next. The first also holds before its
/// own month.
template <class T>
class Dated {
  public:
    struct Entry {
        YearMonth from = YearMonth::first();
        T value = unset<T>();
        std::string source;
    };

    Dated() = default;
    explicit Dated(std::vector<Entry> entries) : entries_(std::move(entries)) {
        PENSIM_EXPECT(std::is_sorted(entries_.begin(), entries_.end(), earlier));
    }

    /// The value in force in a month. There must be one entry at least.
    [[nodiscard]] T const& at(YearMonth month) const { return entry_at(month).value; }
    [[nodiscard]] Entry const& entry_at(YearMonth month) const {
        PENSIM_EXPECT(!entries_.empty());
        auto after = std::upper_bound(entries_.begin(),
                                      entries_.end(),
                                      month,
                                      [](YearMonth m, Entry const& e) { return m < e.from; });
        return after == entries_.begin() ? *after : *(after - 1);
    }
    [[nodiscard]] std::vector<Entry> const& entries() const { return entries_; }
    [[nodiscard]] bool empty() const { return entries_.empty(); }

    /// A reform: these entries (in order, at least one) replace everything from their first month
    /// on.
    void replace_from(std::vector<Entry> reform) {
        PENSIM_EXPECT(!reform.empty() && std::is_sorted(reform.begin(), reform.end(), earlier));
        auto const first = reform.front().from;
        std::erase_if(entries_, [&](Entry const& e) { return e.from >= first; });
        entries_.insert(entries_.end(), reform.begin(), reform.end());
    }

  private:
    static bool earlier(Entry const& a, Entry const& b) { return a.from < b.from; }
    std::vector<Entry> entries_;
};

/// Reads one parameter at months that never go back; a step costs no search. The parameter outlives
/// the reader.
template <class T>
class DatedReader {
  public:
    DatedReader(Dated<T> const& dated, YearMonth start)
        : entry_(&dated.entry_at(start)), last_(&dated.entries().back()) {}
    /// The value in force in a month, which is not before the last one asked for, nor before the
    /// start.
    [[nodiscard]] T const& at(YearMonth month) {
        while (entry_ != last_ && (entry_ + 1)->from <= month) {
            ++entry_;
        }
        return entry_->value;
    }

  private:
    typename Dated<T>::Entry const* entry_;
    typename Dated<T>::Entry const* last_;
};

} // namespace pensim::law

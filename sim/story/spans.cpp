#include "sim/story/spans.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "core/law/timeline.hpp"

namespace pensim::story {

namespace {

/// Collects what was paid, by record; what a record paid for nothing is what is left.
class SpanListener : public law::SilentListener {
  public:
    explicit SpanListener(Life const& life) : life_(life), paid_(life.records.size()) {}

    void paid(law::PaidStretch const& stretch) {
        auto& spans = paid_[static_cast<std::size_t>(stretch.record)];
        SpanState const state = state_of(stretch);
        if (!spans.empty() && spans.back().state == state
            && spans.back().to.next() == stretch.first) {
            spans.back().to = stretch.last;
        } else {
            spans.push_back({stretch.record, stretch.first, stretch.last, state});
        }
    }
    void departed(YearMonth /*month*/, bool terminated) {
        if (terminated) {
            paid_.assign(life_.records.size(), {});
        }
    }

    [[nodiscard]] std::vector<Span> take() {
        std::vector<Span> all;
        for (std::size_t i = 0; i < life_.records.size(); ++i) {
            Record const& record = life_.records[i];
            int const index = static_cast<int>(i);
            if (record.scheme == Scheme::resident) {
                all.push_back({index, record.from, record.to, SpanState::resident});
                continue;
            }
            YearMonth const last = record.kind == Kind::lump_sum ? record.from : record.to;
            YearMonth next = record.from;
            for (Span const& span : paid_[i]) {
                if (next < span.from) {
                    all.push_back({index, next, span.from.previous(), SpanState::idle});
                }
                all.push_back(span);
                next = span.to.next();
            }
            if (next <= last) {
                all.push_back({index, next, last, SpanState::idle});
            }
        }
        return all;
    }

  private:
    [[nodiscard]] SpanState state_of(law::PaidStretch const& stretch) const {
        switch (life_.records[static_cast<std::size_t>(stretch.record)].kind) {
        case Kind::extension:
            return SpanState::extension;
        case Kind::lump_sum:
            return SpanState::lump_sum;
        default:
            return stretch.temporary ? SpanState::temporary : SpanState::counted;
        }
    }

    Life const& life_;
    std::vector<std::vector<Span>> paid_;
};

constexpr std::array<std::string_view, 6> state_words{
    "counted", "temporary", "extension", "lump_sum", "void", "resident"};

} // namespace

std::string_view word_of(SpanState state) {
    return state_words[static_cast<std::size_t>(state)];
}

std::vector<Span> spans_of(law::LawContext const& law, Life const& life) {
    SpanListener listener(life);
    law::Walk walk;
    law::Timeline(law, life, walk, listener).run();
    PENSIM_EXPECT(walk.faults.empty());
    return listener.take();
}

std::vector<Spell> spells_of(std::vector<Span> const& spans, Life const& life) {
    std::vector<Span> ordered = spans;
    std::stable_sort(ordered.begin(), ordered.end(), [](Span const& a, Span const& b) {
        return a.from < b.from;
    });
    std::vector<Spell> spells;
    for (Span const& span : ordered) {
        Record const& record = life.records[static_cast<std::size_t>(span.record)];
        int const months =
            record.kind == Kind::lump_sum ? record.lump_months : (span.to - span.from).count() + 1;
        auto const before = std::find_if(spells.begin(), spells.end(), [&](Spell const& spell) {
            return spell.area == record.area && spell.state == span.state
                   && spell.to.next() == span.from;
        });
        if (before == spells.end()) {
            spells.push_back({record.area, span.from, span.to, span.state, months});
        } else {
            before->to = span.to;
            before->months += months;
        }
    }
    std::sort(spells.begin(), spells.end(), [](Spell const& a, Spell const& b) {
        return std::tuple(a.from, row(a.area), a.to) < std::tuple(b.from, row(b.area), b.to);
    });
    return spells;
}

} // namespace pensim::story

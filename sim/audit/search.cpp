#include "sim/audit/search.hpp"

#include <algorithm>

#include "sim/input/interrupt.hpp"

namespace pensim::audit {

void Show::merge(Show const& other) {
    if (rank.front() != other.rank.front()) { // a cheaper stay: the dearer ones count no more
        if (other.rank < rank) {
            *this = other;
        }
        return;
    }
    std::uint64_t const all = careers + other.careers;
    auto const low = least && other.least ? std::min(*least, *other.least)
                     : least              ? least
                                          : other.least;
    auto const high = most && other.most ? std::max(*most, *other.most) : most ? most : other.most;
    if (other.rank < rank) {
        *this = other;
    }
    careers = all;
    least = low;
    most = high;
}

namespace {

class Search {
  public:
    Search(law::LawContext const& law, Setting const& setting, Limits const& limits)
        : setting_(setting), limits_(limits), examiner_(law, setting),
          place_pays_(law.book.pension.paid_by.at(setting.counting) == law::PaidBy::place) {}

    SettingFindings run(int spells) {
        constexpr std::size_t between_looks = 256;
        auto careers = careers_to_try(limits_, spells);
        if (setting_.timing != Timing::across) {
            auto const lump_sums = lump_sums_to_try(limits_);
            careers.insert(careers.end(), lump_sums.begin(), lump_sums.end());
        }
        for (index_ = 0; index_ < careers.size(); ++index_) {
            if (index_ % between_looks == 0 && input::interrupted()) {
                throw input::Interrupted();
            }
            if (setting_.takes(careers[index_])) {
                look(careers[index_]);
            }
        }
        found_.examined = examiner_.examined();
        return std::move(found_);
    }

  private:
    void look(Career const& unplaced) {
        auto const career = examiner_.placed(unplaced);
        if (!career) {
            found_.too_long += setting_.exchanged ? 0U : 1U;
            return;
        }
        found_.careers += setting_.exchanged ? 0U : 1U;
        examiner_.examine(*career, as_is_);
        bool const at_once = std::any_of(career->spells().begin(),
                                         career->spells().end(),
                                         [](Spell const& spell) { return spell.at_once; });
        if (!as_is_.place) {
            FindingKind const kind = !as_is_.tie_open ? FindingKind::gap
                                     : at_once        ? FindingKind::known_tie
                                                      : FindingKind::open_tie;
            note({.kind = kind}, *career);
            return;
        }
        if (!setting_.exchanged) {
            note_criteria(*career);
        }
        if (!at_once) { // lump sums are tried for what they leave open alone
            vary(*career);
        }
    }

    void vary(Career const& career) {
        pay_on(career);
        lengthen_earlier(career);
        stay_elsewhere(career);
        if (!setting_.exchanged) {
            note_longer(career);
            try_stability(career);
        }
        if (place_pays_) {
            try_gaming(career);
        }
    }

    // ---- one life ----

    void note_criteria(Career const& career) {
        found_.decided |= bit_of(criterion_of(as_is_.by_order->branch));
        for (law::Criterion const criterion : examiner_.terms().order) {
            if ((found_.decided & bit_of(criterion)) == 0 && examiner_.fits(criterion, as_is_)) {
                note({.kind = FindingKind::dead_criterion,
                      .before = as_is_.place->branch,
                      .dead = criterion},
                     career);
            }
        }
    }

    void note_longer(Career const& career) {
        law::Standing const* const own = as_is_.standing(as_is_.place->area);
        int const months = own == nullptr ? 0 : own->months;
        if (std::any_of(as_is_.standings.begin(), as_is_.standings.end(), [&](auto const& other) {
                return !other.temporary && other.months > months;
            })) {
            note({.kind = FindingKind::longer_loses, .before = as_is_.place->branch}, career);
        }
    }

    // ---- one month more ----

    void pay_on(Career const& career) {
        Career const longer =
            career.followed_by({career.last().label, 1, false, career.last().base});
        examiner_.examine(longer, paid_on_);
        compare(Change::last_longer, career, longer, paid_on_);
    }

    void lengthen_earlier(Career const& career) {
        for (std::size_t i = 0; i + 1 < career.size(); ++i) {
            if (auto const longer = examiner_.fitted(career.lengthened(i))) {
                examiner_.examine(*longer, other_);
                compare(Change::earlier_longer, career, *longer, other_);
            }
        }
    }

    /// A month in every other area of the career, in one that is new to it, and in the hukou area.
    void stay_elsewhere(Career const& career) {
        stays_.clear();
        int const known = std::min(career.labels() + 1, setting_.labels);
        for (int label = 0; label <= outside_label; ++label) {
            bool const outside = label == outside_label && setting_.has_outside
                                 && (setting_.hukou == outside_label || known == career.labels());
            if ((label < known || outside) && label != career.last().label) {
                stays_.push_back(label);
            }
        }
        for (std::size_t i = 0; i < stays_.size(); ++i) {
            Career const longer = career.followed_by(examiner_.stay_after(career, stays_[i], 1));
            Verdict& verdict = stayed_[i];
            examiner_.examine(longer, verdict);
            compare(career.pays_in(stays_[i]) ? Change::month_back : Change::month_elsewhere,
                    career,
                    longer,
                    verdict);
        }
    }

    /// Is an account temporary in one of the two lives and not in the other?
    [[nodiscard]] Accounts accounts(Verdict const& changed) const {
        for (law::Standing const& standing : changed.standings) {
            law::Standing const* const before = as_is_.standing(standing.area);
            if (before != nullptr && before->temporary != standing.temporary) {
                return Accounts::temporary_changes;
            }
        }
        return Accounts::same;
    }

    void
    compare(Change change, Career const& career, Career const& changed, Verdict const& verdict) {
        if (!verdict.place || verdict.place->area == as_is_.place->area) {
            return;
        }
        Show& show = note({.kind = FindingKind::cliff,
                           .change = change,
                           .accounts = accounts(verdict),
                           .before = as_is_.place->branch,
                           .after = verdict.place->branch},
                          career,
                          changed);
        if (as_is_.pension && verdict.pension) {
            Fen const difference = *verdict.pension - *as_is_.pension;
            show.least = show.least ? std::min(*show.least, difference) : difference;
            show.most = show.most ? std::max(*show.most, difference) : difference;
        }
    }

    // ---- paying on at the designated place ----

    /// One month, up to the required months, and up to just below, at and above the limit.
    void try_stability(Career const& career) {
        AreaId const place = as_is_.place->area;
        int const label = setting_.label_of(place);
        PENSIM_ENSURE(label >= 0);
        law::Standing const* const own = as_is_.standing(place);
        int const to_limit = limits_.min_months - (own == nullptr ? 0 : own->months);
        std::array<int, 5> lengths{
            1, as_is_.required - as_is_.months, to_limit - 1, to_limit, to_limit + 1};
        std::sort(lengths.begin(), lengths.end());
        int tried = 0;
        for (int const months : lengths) {
            if (months <= tried) {
                continue;
            }
            tried = months;
            auto const longer =
                examiner_.fitted(career.followed_by(examiner_.stay_after(career, label, months)));
            if (longer && changes_place(*longer)) {
                note({.kind = FindingKind::instability,
                      .before = as_is_.place->branch,
                      .after = other_.place ? other_.place->branch : Branch::none},
                     career,
                     *longer,
                     months);
                return;
            }
        }
    }

    /// With the relation there and all else as it was; nothing else is paying on.
    [[nodiscard]] bool changes_place(Career const& longer) {
        examiner_.examine(longer, other_);
        AreaId const place = as_is_.place->area;
        bool const comparable = std::all_of(
            other_.standings.begin(), other_.standings.end(), [&](law::Standing const& standing) {
                law::Standing const* const before = as_is_.standing(standing.area);
                return standing.area == place
                           ? !standing.temporary
                           : before != nullptr && before->temporary == standing.temporary;
            });
        if (!comparable || other_.relation != place) {
            return false;
        }
        ++found_.paid_on;
        return !other_.pays(place);
    }

    // ---- short stays that pay ----

    void try_gaming(Career const& career) {
        for (int months = 1; months <= cheapest_stay_; ++months) {
            if (months > 1) {
                Spell const more{career.last().label, months, false, career.last().base};
                examiner_.examine(career.followed_by(more), paid_on_);
            }
            if (paid_on_.pension && paid_on_.pays(as_is_.place->area)
                && stay_pays(career, months)) {
                cheapest_stay_ = months;
                return;
            }
        }
    }

    [[nodiscard]] bool stay_pays(Career const& career, int months) {
        bool pays = false;
        for (std::size_t i = 0; i < stays_.size(); ++i) {
            Career const longer =
                career.followed_by(examiner_.stay_after(career, stays_[i], months));
            if (months > 1) {
                examiner_.examine(longer, stayed_[i]);
            }
            Verdict const& stayed = stayed_[i];
            if (stayed.place && stayed.pension && !stayed.pays(as_is_.place->area)
                && *stayed.pension > *paid_on_.pension) {
                note_gain(career, longer, months, *stayed.pension - *paid_on_.pension);
                pays = true;
            }
        }
        return pays;
    }

    void note_gain(Career const& career, Career const& changed, int months, Fen gain) {
        Spell const more{career.last().label, months, false, career.last().base};
        note({.kind = FindingKind::gaming}, career.followed_by(more), changed, months, gain);
    }

    // ---- what was found ----

    Show& note(FindingClass const& what,
               Career const& career,
               std::optional<Career> const& changed = {},
               int months = 0,
               std::optional<Fen> gain = {}) {
        bool const gaming = what.kind == FindingKind::gaming;
        Rank const rank{gaming ? months : 0,
                        gain ? -gain->count() : 0,
                        static_cast<std::int64_t>(career.size()),
                        career.months(),
                        setting_.exchanged ? 1 : 0,
                        static_cast<std::int64_t>(index_)};
        auto const [at, first] = found_.shows.try_emplace(what);
        Show& show = at->second;
        bool const cheaper = !first && rank.front() < show.rank.front();
        if (cheaper) {
            show = Show{}; // the dearer stays count no more
        }
        if (first || cheaper || rank < show.rank) {
            show.rank = rank;
            show.career = career;
            show.changed = changed;
            show.months = months;
            show.gain = gain;
        }
        show.careers += gaming || !setting_.exchanged ? 1U : 0U;
        return show;
    }

    Setting const& setting_;
    Limits limits_;
    Examiner examiner_;
    bool place_pays_;
    std::size_t index_ = 0;
    int cheapest_stay_ = stay_months_max;
    SettingFindings found_;

    Verdict as_is_;
    Verdict paid_on_;
    Verdict other_;
    std::vector<int> stays_; ///< labels
    std::array<Verdict, labels_max + 1> stayed_;
};

} // namespace

SettingFindings
search(law::LawContext const& law, Setting const& setting, Limits const& limits, int spells) {
    return Search(law, setting, limits).run(spells);
}

} // namespace pensim::audit

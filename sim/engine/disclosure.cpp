#include "sim/engine/disclosure.hpp"

#include <algorithm>

#include "core/basis/check.hpp"

namespace pensim::engine {

namespace {

/// What of an area's books goes together: amounts, and who stands behind them.
enum class Part : std::uint8_t {
    contributions,
    pensions,
    interest, ///< from here on as in Behind
    refunds,
    inheritances,
    to_residents,
    for_elsewhere,
    by_elsewhere,
    count_,
};
constexpr auto part_count = static_cast<std::size_t>(Part::count_);
/// Those before it are in an area's account fund.
constexpr auto account_parts = static_cast<std::size_t>(Part::for_elsewhere);

void clear(AreaYear& books, Part part) {
    switch (part) {
    case Part::contributions:
        books.insured = 0;
        books.months = 0;
        books.paid_to_accounts = Fen{};
        books.paid_to_pool = Fen{};
        books.paid_by_workers = Fen{};
        break;
    case Part::pensions:
        books.pensioners = 0;
        books.pension_months = 0;
        books.pensions_from_accounts = Fen{};
        books.pensions_from_pool = Fen{};
        break;
    case Part::interest:
        books.interest = Fen{};
        break;
    case Part::refunds:
        books.refunds = Fen{};
        break;
    case Part::inheritances:
        books.inheritances = Fen{};
        break;
    case Part::to_residents:
        books.to_residents = Fen{};
        break;
    case Part::for_elsewhere:
        books.for_elsewhere = Fen{};
        break;
    case Part::by_elsewhere:
        books.by_elsewhere = Fen{};
        break;
    case Part::count_:
        break;
    }
}

/// Numbers that were hidden and whose sum can be found: what is missing in a known whole.
struct HiddenSum {
    std::int64_t numbers = 0;
    std::int64_t people = 0; ///< behind each, added up
    void add(std::int64_t more) {
        ++numbers;
        people += more;
    }
    /// Does the sum tell of too few?
    [[nodiscard]] bool tells(std::int64_t below) const {
        return numbers == 1 || (numbers > 0 && people < below);
    }
};

class Hiding {
  public:
    Hiding(Tally& tally, std::int64_t below)
        : tally_(tally), below_(below), accounts_(tally.ledger.areas()),
          elsewhere_(static_cast<std::size_t>(FundLedger::years())) {}

    HiddenCells all() {
        hidden_.flows = tally_.flows.erase_if([&](auto const& cell) {
            bool const hide = small(cell.values[0]);
            if (hide && cell.values[1] != 0) {
                FlowKey const key = FlowKey::unpacked(cell.key);
                accounts_[row(key.from)].add(cell.values[0]);
                accounts_[row(key.to)].add(cell.values[0]);
            }
            return hide;
        });
        locations();
        books();
        hidden_.others += hide_parts(tally_.by_status);
        for (std::size_t i = 0; i < ending_count; ++i) {
            hidden_.others += hide_parts(tally_.endings.of(static_cast<Ending>(i)));
        }
        for (auto* const counts : {&tally_.paying, &tally_.moves}) {
            for (std::int64_t& count : *counts) {
                hidden_.others += small(count) ? 1 : 0;
                count = small(count) ? 0 : count;
            }
        }
        return hidden_;
    }

  private:
    [[nodiscard]] bool small(std::int64_t people) const { return 0 < people && people < below_; }

    /// The parts of a whole that is known: those hidden must not be found as what is left of it,
    /// divided by how many they are. Hides all under the number that is returned.
    [[nodiscard]] std::int64_t limit_of(std::vector<std::int64_t> parts) const {
        std::erase(parts, 0);
        std::sort(parts.begin(), parts.end());
        std::int64_t sum = 0;
        std::size_t hidden = 0;
        auto const found = [&] {
            return hidden > 0 && (sum < below_ || parts[hidden - 1] == parts[0]);
        };
        while (hidden < parts.size() && (small(parts[hidden]) || found())) {
            sum += parts[hidden++];
        }
        // Equal numbers go together.
        return hidden == 0 ? 0 : parts[hidden - 1] + 1;
    }
    template <class Counts>
    std::int64_t hide_parts(Counts& counts) const {
        std::int64_t const limit = limit_of({counts.begin(), counts.end()});
        std::int64_t hidden = 0;
        for (std::int64_t& count : counts) {
            bool const hide = 0 < count && count < limit;
            hidden += hide ? 1 : 0;
            count = hide ? 0 : count;
        }
        return hidden;
    }

    void locations() {
        std::vector<std::int64_t> people;
        for (auto const& cell : tally_.locations.cells()) {
            people.push_back(cell.values[0]);
        }
        std::int64_t const limit = limit_of(people);
        hidden_.locations =
            tally_.locations.erase_if([&](auto const& cell) { return cell.values[0] < limit; });
    }

    /// A part of an area's year.
    struct Place {
        std::size_t line = 0; ///< the year's
        std::size_t area = 0;
        Part part = Part::contributions;
    };
    [[nodiscard]] std::int64_t& people_at(Place const& place) {
        int const year = FundLedger::first_year + static_cast<int>(place.line);
        auto const area = static_cast<AreaId>(place.area);
        AreaYear& books = tally_.ledger.at(year, area);
        constexpr auto counted = static_cast<std::size_t>(Part::interest);
        return place.part == Part::contributions ? books.insured
               : place.part == Part::pensions
                   ? books.pensioners
                   : tally_.behind[tally_.place_behind(year, area)]
                                  [static_cast<std::size_t>(place.part) - counted];
    }
    /// The whole that the part is missing in.
    [[nodiscard]] HiddenSum& sum_of(Place const& place) {
        return static_cast<std::size_t>(place.part) < account_parts ? accounts_[place.area]
                                                                    : elsewhere_[place.line];
    }
    void hide(Place const& place) {
        std::int64_t& people = people_at(place);
        sum_of(place).add(people);
        people = 0;
        clear(tally_.ledger.at(FundLedger::first_year + static_cast<int>(place.line),
                               static_cast<AreaId>(place.area)),
              place.part);
        ++hidden_.books;
    }
    template <class Act>
    void each_place(Act const& act) const {
        for (std::size_t line = 0; line < elsewhere_.size(); ++line) {
            for (std::size_t area = 0; area < accounts_.size(); ++area) {
                for (std::size_t part = 0; part < part_count; ++part) {
                    act(Place{line, area, static_cast<Part>(part)});
                }
            }
        }
    }

    /// Nothing is left of an area's accounts after all lives, and in a year all areas pay for
    /// elsewhere what is paid by elsewhere: where one hidden amount could be found by that, others
    /// go as well, those of the fewest people first.
    void books() {
        each_place([&](Place const& place) {
            if (small(people_at(place))) {
                hide(place);
            }
        });
        std::vector<Place> more;
        each_place([&](Place const& place) {
            if (sum_of(place).tells(below_) && people_at(place) > 0) {
                more.push_back(place);
            }
        });
        std::stable_sort(more.begin(), more.end(), [&](Place const& a, Place const& b) {
            return people_at(a) < people_at(b);
        });
        for (Place const& place : more) {
            if (sum_of(place).tells(below_)) {
                hide(place);
            }
        }
    }

    Tally& tally_;
    std::int64_t below_;
    std::vector<HiddenSum> accounts_;  ///< by area, over the years
    std::vector<HiddenSum> elsewhere_; ///< by year, over the areas
    HiddenCells hidden_;
};

} // namespace

HiddenCells hide_small_numbers(Tally& tally, std::int64_t below) {
    PENSIM_EXPECT(!tally.behind.empty());
    return Hiding(tally, below).all();
}

} // namespace pensim::engine

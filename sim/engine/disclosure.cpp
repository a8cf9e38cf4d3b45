#include "sim/engine/disclosure.hpp"

#include <algorithm>

#include "core/basis/check.hpp"

namespace pensim::engine {

namespace {

class Hiding {
  public:
    Hiding(Tally& tally, std::int64_t below) : tally_(tally), below_(below) {}

    HiddenCells all() {
        hidden_.flows =
            tally_.flows.erase_if([&](auto const& cell) { return small(cell.values[0]); });
        locations();
        for (int i = 0; i < FundLedger::years(); ++i) {
            for (std::size_t a = 0; a < tally_.ledger.areas(); ++a) {
                year_of_area(FundLedger::first_year + i, static_cast<AreaId>(a));
            }
        }
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

    /// The parts of a whole that is known: those hidden must not be found as what is left of it.
    /// Hides all under the number that is returned.
    [[nodiscard]] std::int64_t limit_of(std::vector<std::int64_t> parts) const {
        std::erase(parts, 0);
        std::sort(parts.begin(), parts.end());
        std::int64_t sum = 0;
        std::size_t hidden = 0;
        while (hidden < parts.size()
               && (small(parts[hidden]) || (hidden > 0 && (hidden == 1 || sum < below_)))) {
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

    /// An amount behind which too few stand.
    void hide_amount(Fen& amount, Behind what, std::array<std::int64_t, behind_count> const& of) {
        if (small(of[static_cast<std::size_t>(what)])) {
            amount = Fen{};
            ++hidden_.books;
        }
    }

    void year_of_area(int year, AreaId area) {
        AreaYear& books = tally_.ledger.at(year, area);
        auto const& behind = tally_.behind[tally_.place_behind(year, area)];
        if (small(books.insured)) {
            books.insured = 0;
            books.months = 0;
            books.paid_to_accounts = Fen{};
            books.paid_to_pool = Fen{};
            books.paid_by_workers = Fen{};
            ++hidden_.books;
        }
        if (small(books.pensioners)) {
            books.pensioners = 0;
            books.pension_months = 0;
            books.pensions_from_accounts = Fen{};
            books.pensions_from_pool = Fen{};
            books.for_elsewhere = Fen{};
            ++hidden_.books;
        }
        hide_amount(books.interest, Behind::interest, behind);
        hide_amount(books.refunds, Behind::refunds, behind);
        hide_amount(books.inheritances, Behind::inheritances, behind);
        hide_amount(books.to_residents, Behind::to_residents, behind);
        hide_amount(books.for_elsewhere, Behind::for_elsewhere, behind);
        hide_amount(books.by_elsewhere, Behind::by_elsewhere, behind);
    }

    Tally& tally_;
    std::int64_t below_;
    HiddenCells hidden_;
};

} // namespace

HiddenCells hide_small_numbers(Tally& tally, std::int64_t below) {
    PENSIM_EXPECT(!tally.behind.empty());
    return Hiding(tally, below).all();
}

} // namespace pensim::engine

// Pensions in lanes against the law's own payment, year by year.
#include "sim/lanes/pension_years.hpp"

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/sim/lanes/restless_world.hpp"
#include "tests/support/few_lives.hpp"
#include "tests/support/in_lanes.hpp"

namespace pensim::test {

namespace {

using lanes::Earner;
using lanes::LaneTables;
using lanes::PensionYears;

/// A pension, where it is paid and for whom.
struct Paid {
    law::PensionTerms terms;
    AreaId area{};
    std::vector<Earner> earners{};
    int months_total = 180;
};

/// The books of an area and year as pension_years.hpp has them, in whole numbers.
struct Books {
    std::array<std::int64_t, lanes::line_size> numbers{};
    std::int64_t by_elsewhere = 0;
};

/// Tables under the law, or with another rule about the interest of the year of death.
class Pensions {
  public:
    explicit Pensions(bool interest_at_death)
        : world_(restless_world("law")), book_(rules("law")),
          money_(with(book_, interest_at_death)), limits_(book_, tables().wages, areas().size()),
          tables_(LaneTables::make(
              world_.world, {book_, money_, tables().wages}, limits_, areas().size())) {
        REQUIRE(tables_ != nullptr);
    }
    [[nodiscard]] LaneTables const& lane_tables() const { return *tables_; }
    [[nodiscard]] int last_year() const { return tables_->first_year() + tables_->years() - 1; }

    /// What the lanes say against what the law says; empty if they say the same.
    [[nodiscard]] std::string difference(std::vector<Paid> const& pensions) const {
        for (int const width : lane_widths()) {
            PensionYears years(*tables_, width);
            std::string const found = difference(years, pensions);
            if (!found.empty()) {
                return fmt::format("{} lanes: {}", width, found);
            }
        }
        return "";
    }
    /// In `years`, whose books are empty.
    [[nodiscard]] std::string difference(PensionYears& years,
                                         std::vector<Paid> const& pensions) const {
        std::vector<Books> wanted(years.books().size());
        for (Paid const& paid : pensions) {
            if (!years.fits(paid.terms, paid.months_total, paid.earners.size())) {
                return "a pension does not fit";
            }
            years.add(paid.terms,
                      book_.refund.part_year_interest.at(paid.terms.death),
                      paid.area,
                      paid.earners,
                      paid.months_total);
            book_as_law(wanted, paid);
        }
        years.run();
        return difference_of(years, wanted);
    }

  private:
    static law::RuleBook const& with(law::RuleBook& book, bool interest_at_death) {
        book.refund.part_year_interest.replace_from({{YearMonth::first(), interest_at_death, ""}});
        return book;
    }
    [[nodiscard]] std::size_t line(AreaId area, int year) const {
        return row(area) * static_cast<std::size_t>(tables_->years())
               + static_cast<std::size_t>(year - tables_->first_year());
    }

    void book_as_law(std::vector<Books>& books, Paid const& paid) const {
        auto const rest = law::pay_pension(paid.terms, book_, [&](law::PensionYear const& year) {
            auto& [interest, accounts, pool, holdings, months, people, away, left] =
                books[line(paid.area, year.year)].numbers;
            static_cast<void>(left);
            interest += year.interest.count();
            accounts += year.from_account.count();
            pool += year.from_pool.count();
            holdings += year.account_left.count();
            months += year.months;
            ++people;
            for (Earner const& earner : paid.earners) {
                auto const part = static_cast<std::int64_t>(
                    static_cast<Wide>(year.from_pool.count()) * earner.months / paid.months_total);
                away += part;
                books[line(earner.area, year.year)].by_elsewhere += part;
            }
        });
        books[line(paid.area, rest.month.year())].numbers.back() += rest.account.count();
    }

    std::string difference_of(PensionYears& years, std::vector<Books> const& wanted) const {
        auto const years_count = static_cast<std::size_t>(tables_->years());
        for (std::size_t i = 0; i < areas().size() * years_count; ++i) {
            double const* const has = &years.books()[i].interest;
            auto const compare = [&](std::size_t number, double is, std::int64_t should) {
                return is == static_cast<double>(should)
                           ? ""
                           : fmt::format("area {} in {}, number {}: {} instead of {}",
                                         i / years_count,
                                         tables_->first_year() + static_cast<int>(i % years_count),
                                         number,
                                         is,
                                         should);
            };
            std::string found =
                compare(lanes::line_size, years.by_elsewhere()[i], wanted[i].by_elsewhere);
            for (std::size_t j = 0; j < lanes::line_size && found.empty(); ++j) {
                found = compare(j, has[j], wanted[i].numbers[j]);
            }
            if (!found.empty()) {
                return found;
            }
        }
        return "";
    }

    SmallWorld world_;
    law::RuleBook book_;
    law::MoneyCalendar money_;
    world::BaseLimits limits_;
    std::unique_ptr<LaneTables const> tables_;
};

std::vector<Earner> two_others() {
    return {{AreaId{4}, 100}, {AreaId{5}, 7}};
}

/// Pensions as random as their limits let them be.
class Draw {
  public:
    explicit Draw(std::uint64_t seed) : random_(seed) {}
    int between(int low, int high) {
        return low + static_cast<int>(random_() % static_cast<std::uint64_t>(high - low + 1));
    }
    Fen fen(int digits_max) {
        std::int64_t limit = 1;
        for (int digits = between(0, digits_max); digits > 0; --digits) {
            limit *= 10;
        }
        return Fen(static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(limit)));
    }
    Paid pension(int first_year, int last_year, Fen largest_account) {
        Paid paid;
        YearMonth const settled(between(first_year, last_year - 1), between(1, 12));
        int const room = (YearMonth(last_year, 12) - settled).count();
        int const lasts = std::min(room, between(0, 3) == 0 ? between(1, 25) : between(1, 600));
        Fen const account = fen(7);
        // An account that ends with a month, with a year, soon, or not at all; often there is none.
        Fen balance = fen(10);
        switch (between(0, 5)) {
        case 0:
            balance = account * between(0, 30);
            break;
        case 1:
            balance = account * (12 - settled.month() + 12 * between(0, 2));
            break;
        case 2:
            balance = account * between(1, 30) + Fen(between(-1, 1));
            balance = std::max(balance, Fen{});
            break;
        case 3:
            balance = Fen{};
            break;
        default:
            break;
        }
        balance = std::min(balance, largest_account);
        paid.terms = {settled, settled + Months(lasts), fen(7), account, balance};
        paid.area = AreaId{static_cast<std::uint16_t>(between(0, 30))};
        paid.months_total = between(1, 540);
        int rest = paid.months_total;
        for (int i = between(-2, 12); i > 0; --i) {
            int const months = between(0, rest);
            paid.earners.push_back({AreaId{static_cast<std::uint16_t>(between(0, 30))}, months});
            rest -= months;
        }
        return paid;
    }

  private:
    std::mt19937_64 random_;
};

} // namespace

TEST_CASE("one pension in lanes is that of the law: on both sides of each limit") {
    struct Case {
        std::string why;
        Paid paid;
    };
    auto const at = [](YearMonth settled, YearMonth death, int basic, int account, int balance) {
        return Paid{{settled, death, Fen(basic), Fen(account), Fen(balance)}, AreaId{3}};
    };
    YearMonth const may(2030, 5);
    YearMonth const december(2030, 12);
    std::vector<Case> const cases{
        {"dies in the month after", at(may, {2030, 6}, 123'456, 7'890, 1'000'000)},
        {"dies in the December after", at(may, {2030, 12}, 123'456, 7'890, 1'000'000)},
        {"dies in the January after", at(may, {2031, 1}, 123'456, 7'890, 1'000'000)},
        {"settled in December, raised at once", at(december, {2051, 3}, 123'456, 7'890, 999'999)},
        {"settled in December, dies in January", at(december, {2031, 1}, 123'456, 7'890, 999'999)},
        {"settled in November", at({2030, 11}, {2031, 1}, 123'456, 7'890, 999'999)},
        {"the account ends with the first month", at(may, {2040, 2}, 100, 7'890, 7'890)},
        {"a fen more", at(may, {2040, 2}, 100, 7'890, 7'891)},
        {"a fen less", at(may, {2040, 2}, 100, 7'890, 7'889)},
        {"it ends with the first year", at(may, {2040, 2}, 100, 7'890, 7 * 7'890)},
        {"a fen more than that", at(may, {2040, 2}, 100, 7'890, 7 * 7'890 + 1)},
        {"a fen less than that", at(may, {2040, 2}, 100, 7'890, 7 * 7'890 - 1)},
        {"it ends within the first year", at(may, {2040, 2}, 100, 7'890, 4 * 7'890)},
        {"it ends with the year of death", at(may, {2030, 9}, 100, 7'890, 4 * 7'890)},
        {"one fen", at(may, {2040, 2}, 100, 7'890, 1)},
        {"no account", at(may, {2040, 2}, 100, 7'890, 0)},
        {"no account and no part of it", at(may, {2040, 2}, 100, 0, 0)},
        {"no part of an account", at(may, {2040, 2}, 100, 0, 5'000)},
        {"nothing at all", at(may, {2040, 2}, 0, 0, 0)},
        {"only the account", at(may, {2040, 2}, 0, 7'890, 1'000'000)},
        {"a fen a month", at(may, {2090, 2}, 1, 1, 100)},
    };
    for (bool const interest_at_death : {false, true}) {
        Pensions const pensions(interest_at_death);
        std::vector<Paid> all;
        for (Case const& c : cases) {
            CAPTURE(interest_at_death);
            CAPTURE(c.why);
            Paid shared = c.paid;
            shared.earners = two_others();
            CHECK(pensions.difference({c.paid}) == "");
            CHECK(pensions.difference({shared}) == "");
            all.push_back(c.paid);
            all.push_back(shared);
        }
        CHECK(pensions.difference(all) == "");
        CHECK(pensions.difference({}) == "");
    }
}

TEST_CASE("many pensions in lanes are those of the law") {
    Draw draw(20280301);
    for (int i = 0; i < lives_to_try(40); ++i) {
        CAPTURE(i);
        Pensions const pensions(i % 2 == 0);
        int const first_year = pensions.lane_tables().first_year();
        Fen const largest(static_cast<std::int64_t>(pensions.lane_tables().largest_account()));
        std::vector<Paid> some;
        for (int j = draw.between(1, 300); j > 0; --j) {
            some.push_back(draw.pension(first_year, pensions.last_year(), largest));
        }
        // Which of them are at fault is seen by trying them one by one.
        if (std::string const found = pensions.difference(some); !found.empty()) {
            FAIL_CHECK(found);
            for (Paid const& paid : some) {
                law::PensionTerms const& terms = paid.terms;
                CAPTURE(terms.settlement.text());
                CAPTURE(terms.death.text());
                CAPTURE(terms.basic.count());
                CAPTURE(terms.account.count());
                CAPTURE(terms.balance.count());
                CHECK(pensions.difference({paid}) == "");
            }
        }
    }
}

TEST_CASE("the same lanes pay other pensions, and the books go on; a queue that is full is paid") {
    Pensions const pensions(true);
    Paid const paid{{{2030, 5}, {2050, 3}, Fen(300'000), Fen(100'000), Fen(15'000'000)},
                    AreaId{3},
                    two_others()};
    Paid alone = paid;
    alone.earners.clear();
    for (int const width : lane_widths()) {
        CAPTURE(width);
        PensionYears years(pensions.lane_tables(), width);
        REQUIRE(pensions.difference(years, {paid, paid}) == "");
        std::vector<lanes::PensionBooks> const once = years.books();
        CHECK(pensions.difference(years, {paid}) != ""); // with the others' books
        bool grown = false;
        for (std::size_t i = 0; i < once.size(); ++i) {
            CHECK(years.books()[i].from_pool * 2 == once[i].from_pool * 3);
            grown = grown || once[i].from_pool > 0;
        }
        CHECK(grown);
        for (std::size_t const count : {511U, 512U, 513U, 1025U}) {
            CAPTURE(count);
            CHECK(pensions.difference(std::vector<Paid>(count, paid)) == "");
            CHECK(pensions.difference(std::vector<Paid>(count, alone)) == "");
        }
    }
}

TEST_CASE("a pension fits up to a limit, and is exact up to there") {
    Pensions const pensions(true);
    for (int const width : lane_widths()) {
        PensionYears years(pensions.lane_tables(), width);
        for (auto const& limit : {std::pair{YearMonth(2030, 6), 1},
                                  {YearMonth(2030, 6), 300'000},
                                  {YearMonth(2100, 12), 400}}) {
            YearMonth const death = limit.first;
            int const months = limit.second;
            CAPTURE(width);
            CAPTURE(death.text());
            CAPTURE(months);
            std::int64_t fits = 0;
            std::int64_t fits_not = std::int64_t{1} << 52U;
            Paid paid{{{2030, 5}, death, Fen{}, Fen{}, Fen(77)}, AreaId{1}, {}, months};
            auto const try_basic = [&](std::int64_t basic) {
                paid.terms.basic = Fen(basic / 2);
                paid.terms.account = Fen(basic - basic / 2);
                return years.fits(paid.terms, months, 0);
            };
            CHECK_FALSE(try_basic(fits_not));
            while (fits + 1 < fits_not) {
                std::int64_t const middle = fits + (fits_not - fits) / 2;
                (try_basic(middle) ? fits : fits_not) = middle;
            }
            CHECK(fits > 1'000'000); // ten thousand yuan a month
            REQUIRE(try_basic(fits));
            CHECK(pensions.difference({paid}) == "");
            paid.earners = {{AreaId{2}, months}};
            CHECK(pensions.difference({paid}) == "");
        }
        auto const largest = static_cast<std::int64_t>(pensions.lane_tables().largest_account());
        law::PensionTerms terms{{2030, 5}, {2060, 1}, Fen(1), Fen(1'000), Fen(largest)};
        CHECK(years.fits(terms, 180, 0));
        CHECK(years.fits(terms, 180, lanes::earners_max));
        CHECK_FALSE(years.fits(terms, 180, lanes::earners_max + 1));
        CHECK(pensions.difference({{terms, AreaId{0}}}) == "");
        terms.balance = Fen(largest + 1);
        CHECK_FALSE(years.fits(terms, 180, 0));
    }
}

} // namespace pensim::test

#include "core/law/pension_payment.hpp"

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

using law::Inheritance;
using law::PensionTerms;
using law::PensionYear;

constexpr std::int64_t one_percent = 10'000; // parts per million

law::RuleBook book_with(std::int64_t raise_ppm, std::int64_t interest_ppm, bool at_death = true) {
    law::RuleBook book;
    YearMonth const always = YearMonth::first();
    book.payout.january_raise.replace_from({{always, Rate::ppm(raise_ppm), ""}});
    book.account.interest.replace_from({{always, Rate::ppm(interest_ppm), ""}});
    book.refund.part_year_interest.replace_from({{always, at_death, ""}});
    return book;
}

struct PaidPension {
    std::vector<PensionYear> years;
    Inheritance heirs;
};

PaidPension pay(PensionTerms const& terms, law::RuleBook const& book) {
    PaidPension paid;
    paid.heirs =
        law::pay_pension(terms, book, [&](PensionYear const& year) { paid.years.push_back(year); });
    return paid;
}

/// "year: months, account + pool + interest, left; ... | month of death, what the heirs receive"
std::string text(PaidPension const& paid) {
    std::string all;
    for (PensionYear const& y : paid.years) {
        all += std::to_string(y.year) + ": " + std::to_string(y.months) + ", "
               + std::to_string(y.from_account.count()) + " + "
               + std::to_string(y.from_pool.count()) + " + " + std::to_string(y.interest.count())
               + ", " + std::to_string(y.account_left.count()) + "; ";
    }
    return all + "| " + paid.heirs.month.text() + ", " + std::to_string(paid.heirs.account.count());
}

/// Balance and interest make what was paid from the account and what the heirs receive; every month
/// is paid once.
void check_sums(PensionTerms const& terms, PaidPension const& paid) {
    Fen in = terms.balance;
    Fen out = paid.heirs.account;
    int months = 0;
    for (PensionYear const& y : paid.years) {
        in += y.interest;
        out += y.from_account;
        months += y.months;
        CHECK(y.account_left >= Fen{});
        CHECK(y.from_pool >= Fen{});
    }
    CHECK(in == out);
    CHECK(months == std::max(0, (terms.death - terms.settlement).count()));
    CHECK(paid.heirs.month == terms.death);
}

/// The same by single months, with a year's credits in twelve boxes, as contract 2.1.5 and 2.1.6
/// write it.
class MonthByMonth {
  public:
    MonthByMonth(PensionTerms const& terms, law::RuleBook const& book)
        : terms_(terms), book_(book), basic_(terms.basic.count()), part_(terms.account.count()) {}

    PaidPension pay() {
        if (terms_.death <= terms_.settlement) {
            return {{}, {terms_.death, terms_.balance}};
        }
        YearMonth const first = terms_.settlement.next();
        if (first.month() == 1) {
            opening_ = terms_.balance.count();
        } else {
            credits_[static_cast<std::size_t>(first.month() - 1)] = terms_.balance.count();
        }
        for (YearMonth month = first; month <= terms_.death; month = month.next()) {
            if (month.month() == 1) {
                raise(month);
            }
            pay(month);
            bool const dead = month == terms_.death;
            if (dead || month.month() == 12) {
                bool const bears = !dead || book_.refund.part_year_interest.at(month);
                close(month, bears ? book_.account.interest.at(month) : Rate{}, dead);
            }
        }
        return std::move(paid_);
    }

  private:
    static Wide half_up(Wide numerator, Wide denominator) {
        return (2 * numerator + denominator) / (2 * denominator);
    }
    static Fen fen(Wide count) { return Fen(static_cast<std::int64_t>(count)); }

    [[nodiscard]] Wide principal() const {
        Wide sum = opening_;
        for (Wide const credit : credits_) {
            sum += credit;
        }
        return sum;
    }

    void raise(YearMonth january) {
        Wide const ppm = book_.payout.january_raise.at(january).parts();
        basic_ += half_up(basic_ * ppm, 1'000'000);
        part_ += half_up(part_ * ppm, 1'000'000);
    }

    void pay(YearMonth month) {
        Wide const drawn = std::min(part_, principal());
        credits_[static_cast<std::size_t>(month.month() - 1)] -= drawn;
        year_.year = month.year();
        ++year_.months;
        year_.from_account += fen(drawn);
        year_.from_pool += fen(basic_ + part_ - drawn);
    }

    void close(YearMonth month, Rate rate, bool dead) {
        Wide weighted = month.month() * opening_;
        for (int n = 1; n <= month.month(); ++n) {
            weighted += credits_[static_cast<std::size_t>(n - 1)] * (month.month() + 1 - n);
        }
        Wide const interest = half_up(weighted * rate.parts(), 12'000'000);
        opening_ = principal() + interest;
        credits_.fill(0);
        year_.interest = fen(interest);
        if (dead) {
            paid_.heirs = {month, fen(opening_)};
        } else {
            year_.account_left = fen(opening_);
        }
        paid_.years.push_back(year_);
        year_ = {};
    }

    PensionTerms const& terms_;
    law::RuleBook const& book_;
    Wide basic_;
    Wide part_;
    Wide opening_ = 0;
    std::array<Wide, 12> credits_{};
    PensionYear year_;
    PaidPension paid_;
};

int between(std::mt19937_64& random, int low, int high) {
    return low
           + static_cast<int>(random()
                              % static_cast<std::uint64_t>(high - low + 1)); // evenly enough
}

law::RuleBook random_book(std::mt19937_64& random) {
    law::RuleBook book = book_with(0, 0);
    for (int year = 2000; year < 2060; year += between(random, 1, 9)) {
        YearMonth const from{year, between(random, 1, 3) == 1 ? between(random, 1, 12) : 1};
        book.payout.january_raise.replace_from(
            {{from, Rate::ppm(between(random, 0, 12) * one_percent / 2), ""}});
        book.account.interest.replace_from(
            {{from, Rate::ppm(between(random, 0, 120) * one_percent / 10), ""}});
        book.refund.part_year_interest.replace_from({{from, between(random, 1, 4) > 1, ""}});
    }
    return book;
}

PensionTerms random_terms(std::mt19937_64& random) {
    YearMonth const settlement{between(random, 1995, 2055), between(random, 1, 12)};
    int const months =
        between(random, 1, 8) == 1 ? between(random, -3, 14) : between(random, 0, 45 * 12);
    std::int64_t const account =
        between(random, 1, 12) == 1 ? 0 : between(random, 1, between(random, 1, 2) * 150'000 - 100);
    // From an empty account to one that outlives its owner, often around a whole number of parts.
    std::int64_t const balance =
        account * between(random, 0, 300) + between(random, -2, 2) * between(random, 0, 50);
    return {settlement,
            settlement + Months(months),
            Fen(between(random, 0, 800'000)),
            Fen(account),
            Fen(std::max<std::int64_t>(0, balance))};
}

} // namespace

TEST_CASE("which months are paid, and which are raised") {
    struct Case {
        std::string why;
        YearMonth settlement;
        YearMonth death;
        std::string paid;
    };
    // 10.00 basic, 1.00 account part, 1 000.00 in the account; a raise of 10%, no interest.
    law::RuleBook const book = book_with(10 * one_percent, 0);
    for (auto const& c : std::vector<Case>{
             {"death before settlement", {2026, 5}, {2026, 4}, "| 2026-04, 100000"},
             {"death in the month of settlement", {2026, 5}, {2026, 5}, "| 2026-05, 100000"},
             {"death a month later: that month is paid",
              {2026, 5},
              {2026, 6},
              "2026: 1, 100 + 1000 + 0, 0; | 2026-06, 99900"},
             {"settled in January: no raise in this year",
              {2026, 1},
              {2026, 12},
              "2026: 11, 1100 + 11000 + 0, 0; | 2026-12, 98900"},
             {"until the next January: raised",
              {2026, 1},
              {2027, 1},
              "2026: 11, 1100 + 11000 + 0, 98900; 2027: 1, 110 + 1100 + 0, 0; | 2027-01, 98790"},
             {"settled in November: one month, then the raise",
              {2026, 11},
              {2027, 2},
              "2026: 1, 100 + 1000 + 0, 99900; 2027: 2, 220 + 2200 + 0, 0; | 2027-02, 99680"},
             {"settled in November, dead in December",
              {2026, 11},
              {2026, 12},
              "2026: 1, 100 + 1000 + 0, 0; | 2026-12, 99900"},
             {"settled in December: raised before the first payment",
              {2026, 12},
              {2027, 1},
              "2027: 1, 110 + 1100 + 0, 0; | 2027-01, 99890"},
             {"settled and dead in December", {2026, 12}, {2026, 12}, "| 2026-12, 100000"},
             {"raises build on each other, each rounded: 110, 121, 133",
              {2026, 12},
              {2029, 1},
              "2027: 12, 1320 + 13200 + 0, 98680; 2028: 12, 1452 + 14520 + 0, 97228; "
              "2029: 1, 133 + 1331 + 0, 0; | 2029-01, 97095"},
         }) {
        CAPTURE(c.why);
        PensionTerms const terms{c.settlement, c.death, Fen{1'000}, Fen{100}, Fen{100'000}};
        PaidPension const paid = pay(terms, book);
        CHECK(text(paid) == c.paid);
        check_sums(terms, paid);
    }
}

TEST_CASE("the account pays while it lasts, then the pool") {
    struct Case {
        std::string why;
        std::int64_t account;
        std::int64_t balance;
        std::string paid;
    };
    // 10.00 basic; settled in October, dead in the March of the year after next; neither raise nor
    // interest.
    for (auto const& c : std::vector<Case>{
             {"no account",
              0,
              0,
              "2026: 2, 0 + 2000 + 0, 0; 2027: 12, 0 + 12000 + 0, 0; 2028: 3, 0 + 3000 + 0, 0; "
              "| 2028-03, 0"},
             {"an account too small for a part",
              0,
              5,
              "2026: 2, 0 + 2000 + 0, 5; 2027: 12, 0 + 12000 + 0, 5; 2028: 3, 0 + 3000 + 0, 0; "
              "| 2028-03, 5"},
             {"an empty account: the pool pays its part too",
              100,
              0,
              "2026: 2, 0 + 2200 + 0, 0; 2027: 12, 0 + 13200 + 0, 0; 2028: 3, 0 + 3300 + 0, 0; "
              "| 2028-03, 0"},
             {"less than one part",
              100,
              99,
              "2026: 2, 99 + 2101 + 0, 0; 2027: 12, 0 + 13200 + 0, 0; 2028: 3, 0 + 3300 + 0, 0; "
              "| 2028-03, 0"},
             {"one part",
              100,
              100,
              "2026: 2, 100 + 2100 + 0, 0; 2027: 12, 0 + 13200 + 0, 0; 2028: 3, 0 + 3300 + 0, 0; "
              "| 2028-03, 0"},
             {"until December but a fen",
              100,
              199,
              "2026: 2, 199 + 2001 + 0, 0; 2027: 12, 0 + 13200 + 0, 0; 2028: 3, 0 + 3300 + 0, 0; "
              "| 2028-03, 0"},
             {"until December",
              100,
              200,
              "2026: 2, 200 + 2000 + 0, 0; 2027: 12, 0 + 13200 + 0, 0; 2028: 3, 0 + 3300 + 0, 0; "
              "| 2028-03, 0"},
             {"a fen for January",
              100,
              201,
              "2026: 2, 200 + 2000 + 0, 1; 2027: 12, 1 + 13199 + 0, 0; 2028: 3, 0 + 3300 + 0, 0; "
              "| 2028-03, 0"},
             {"seven months and a half",
              100,
              750,
              "2026: 2, 200 + 2000 + 0, 550; 2027: 12, 550 + 12650 + 0, 0; "
              "2028: 3, 0 + 3300 + 0, 0; | 2028-03, 0"},
             {"until the month before death",
              100,
              1'600,
              "2026: 2, 200 + 2000 + 0, 1400; 2027: 12, 1200 + 12000 + 0, 200; "
              "2028: 3, 200 + 3100 + 0, 0; | 2028-03, 0"},
             {"until the month of death",
              100,
              1'700,
              "2026: 2, 200 + 2000 + 0, 1500; 2027: 12, 1200 + 12000 + 0, 300; "
              "2028: 3, 300 + 3000 + 0, 0; | 2028-03, 0"},
             {"a fen for the heirs",
              100,
              1'701,
              "2026: 2, 200 + 2000 + 0, 1501; 2027: 12, 1200 + 12000 + 0, 301; "
              "2028: 3, 300 + 3000 + 0, 0; | 2028-03, 1"},
         }) {
        CAPTURE(c.why);
        PensionTerms const terms{{2026, 10}, {2028, 3}, Fen{1'000}, Fen(c.account), Fen(c.balance)};
        PaidPension const paid = pay(terms, book_with(0, 0));
        CHECK(text(paid) == c.paid);
        check_sums(terms, paid);
    }
}

TEST_CASE("what is left bears interest: 1% a month") {
    struct Case {
        std::string why;
        YearMonth settlement;
        YearMonth death;
        std::int64_t account;
        std::int64_t balance;
        std::string paid;
    };
    law::RuleBook const book = book_with(0, 12 * one_percent);
    for (auto const& c : std::vector<Case>{
             {"November: 900 for a month",
              {2026, 11},
              {2027, 1},
              100,
              1'000,
              // then 809 for a month
              "2026: 1, 100 + 0 + 9, 909; 2027: 1, 100 + 0 + 8, 0; | 2027-01, 817"},
             {"December: the balance opens the year, 900 for a month",
              {2026, 12},
              {2027, 1},
              100,
              1'000,
              "2027: 1, 100 + 0 + 9, 0; | 2027-01, 909"},
             {"January: 900 + 800 + ... + 0 until November, and nothing in December",
              {2026, 1},
              {2027, 1},
              100,
              1'000,
              "2026: 11, 1000 + 100 + 45, 45; 2027: 1, 45 + 55 + 0, 0; | 2027-01, 0"},
             {"dead in December: as on the 31st, and the heirs have it",
              {2026, 1},
              {2026, 12},
              100,
              1'000,
              "2026: 11, 1000 + 100 + 45, 0; | 2026-12, 45"},
             {"a whole year: 12 x 2 400 less 100 x 78, and what is left for the next",
              {2026, 12},
              {2028, 2},
              100,
              2'400,
              "2027: 12, 1200 + 0 + 210, 1410; 2028: 2, 200 + 0 + 25, 0; | 2028-02, 1235"},
             {"a draw in part: 250, 150, 50, 0; its interest pays in January",
              {2026, 8},
              {2027, 2},
              100,
              350,
              "2026: 4, 350 + 50 + 5, 5; 2027: 2, 5 + 195 + 0, 0; | 2027-02, 0"},
             {"half a fen is a fen: 50 for a month",
              {2026, 11},
              {2026, 12},
              0,
              50,
              "2026: 1, 0 + 0 + 1, 0; | 2026-12, 51"},
             {"less is nothing: 49 for a month",
              {2026, 11},
              {2026, 12},
              0,
              49,
              "2026: 1, 0 + 0 + 0, 0; | 2026-12, 49"},
         }) {
        CAPTURE(c.why);
        PensionTerms const terms{c.settlement, c.death, Fen{}, Fen(c.account), Fen(c.balance)};
        PaidPension const paid = pay(terms, book);
        CHECK(text(paid) == c.paid);
        check_sums(terms, paid);
    }
    PensionTerms const terms{{2026, 12}, {2028, 2}, Fen{}, Fen{100}, Fen{2'400}};
    CHECK(text(pay(terms, book_with(0, 12 * one_percent, false)))
          == "2027: 12, 1200 + 0 + 210, 1410; 2028: 2, 200 + 0 + 0, 0; | 2028-02, 1210");
}

TEST_CASE("raise and interest are those of each year") {
    law::RuleBook book = book_with(0, 0);
    book.payout.january_raise.replace_from(
        {{{2027, 1}, Rate::ppm(50 * one_percent), ""}, {{2027, 2}, Rate::ppm(0), ""}});
    book.account.interest.replace_from(
        {{{2027, 1}, Rate::ppm(12 * one_percent), ""}, {{2028, 1}, Rate::ppm(0), ""}});
    PensionTerms const terms{{2026, 11}, {2028, 12}, Fen{10}, Fen{100}, Fen{10'000}};
    PaidPension const paid = pay(terms, book);
    // 2027: 12 x 9 900 - 150 x 78
    CHECK(text(paid)
          == "2026: 1, 100 + 10 + 0, 9900; 2027: 12, 1800 + 180 + 1071, 9171; "
             "2028: 12, 1800 + 180 + 0, 0; | 2028-12, 7371");
    check_sums(terms, paid);
}

TEST_CASE("years and single months pay the same to the fen") {
    std::mt19937_64 random(20260301);
    int emptied = 0;
    int inherited = 0;
    for (int i = 0; i < 20'000; ++i) {
        law::RuleBook const book = i % 4 == 0 ? rules("law") : random_book(random);
        PensionTerms const terms = random_terms(random);
        PaidPension const by_years = pay(terms, book);
        PaidPension const by_months = MonthByMonth(terms, book).pay();
        CAPTURE(i);
        CAPTURE(terms.settlement.text());
        CAPTURE(terms.account.count());
        CAPTURE(terms.balance.count());
        CHECK(text(by_years) == text(by_months));
        check_sums(terms, by_years);
        ++(by_years.heirs.account > Fen{} ? inherited : emptied);
    }
    CHECK(emptied > 1'000);
    CHECK(inherited > 1'000);
}

TEST_CASE("years told together are the years told one by one") {
    PensionTerms const terms{{2026, 7}, {2031, 3}, Fen{300'000}, Fen{80'000}, Fen{2'000'000}};
    PaidPension const paid = pay(terms, rules("law"));
    law::PensionPayment payment(terms, rules("law"));
    for (PensionYear const& year : paid.years) {
        REQUIRE(payment.has_year_left());
        CHECK(payment.pay_year() == year);
    }
    CHECK_FALSE(payment.has_year_left());
    CHECK(payment.inheritance() == paid.heirs);
}

TEST_CASE("a pension that leaves 64 bits is an error, and no part is negative") {
    YearMonth const settled{2026, 12};
    YearMonth const death{2027, 12};
    auto const ignore = [](PensionYear const&) {};
    law::RuleBook const& book = rules("law");
    auto const pay_all = [&](Fen basic, Fen account, Fen balance) {
        static_cast<void>(
            law::pay_pension({settled, death, basic, account, balance}, book, ignore));
    };
    CHECK_THROWS_AS(pay_all(Fen{INT64_MAX / 11}, Fen{}, Fen{}), MoneyOverflow);
    CHECK_THROWS_AS(pay_all(Fen{}, Fen{}, Fen{INT64_MAX}), MoneyOverflow);
    CHECK_NOTHROW(pay_all(Fen{INT64_MAX / 20}, Fen{}, Fen{INT64_MAX / 20}));
    CHECK_THROWS_AS(pay_all(Fen{-1}, Fen{}, Fen{}), ContractViolation);
    CHECK_THROWS_AS(pay_all(Fen{}, Fen{-1}, Fen{}), ContractViolation);
    CHECK_THROWS_AS(pay_all(Fen{}, Fen{}, Fen{-1}), ContractViolation);
}

} // namespace pensim::test

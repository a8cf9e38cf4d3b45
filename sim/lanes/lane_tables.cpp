#include "sim/lanes/lane_tables.hpp"

#include <algorithm>
#include <numeric>

#include "sim/world/survival.hpp"

namespace pensim::lanes {

namespace {

constexpr std::int64_t million = 1'000'000;
constexpr double exact = 9'007'199'254'740'992.0; // 2^53
/// Nobody pays longer: T lies far before, and nobody pays as a child.
constexpr int paying_years_max = 60;
/// The books are added up for so many before they are brought to the tally.
constexpr double persons_at_least = 1024;

double parts(Rate rate) {
    return static_cast<double>(rate.parts());
}

double highest_base(MoneyLine const& line) {
    double const share = std::max(line.ceiling, line.floor);
    return line.wage * share / million;
}

template <class T, class Fits>
bool all_entries(law::Dated<T> const& dated, Fits const& fits) {
    return std::all_of(dated.entries().begin(), dated.entries().end(), fits);
}

/// Do values change with the calendar year?
bool by_year(law::Dated<Rate> const& dated) {
    return std::all_of(dated.entries().begin() + 1, dated.entries().end(), [](auto const& entry) {
        return entry.from.month() == 1;
    });
}

} // namespace

std::unique_ptr<LaneTables const> LaneTables::make(world::World const& world,
                                                   law::LawContext const& law,
                                                   world::BaseLimits const& limits,
                                                   std::size_t areas) {
    std::unique_ptr<LaneTables> tables(new LaneTables());
    tables->areas_ = areas;
    tables->find_years(world);
    if (tables->first_year_ < YearMonth::first_year
        || tables->first_year_ + tables->years_ - 1 > YearMonth::last_year
        || !tables->rules_fit(law.book)) {
        return nullptr;
    }
    tables->make_periods(law);
    tables->make_rates(law);
    tables->make_lines(law, limits);
    if (!tables->amounts_fit(world)) {
        return nullptr;
    }
    return tables;
}

/// From the first payment that can be to the last death.
void LaneTables::find_years(world::World const& world) {
    YearMonth first = YearMonth::last();
    YearMonth last = YearMonth::first();
    for (world::GroupTables const& group : world.groups) {
        YearMonth const latest_entry =
            group.entry_first + Months(static_cast<int>(group.entry_month.size()) - 1);
        YearMonth const latest_birth = latest_entry - Months(group.entry_age_first);
        first = std::min(first, group.entry_first);
        last = std::max(
            {last, latest_entry, latest_birth + Months::of_years(world::Survival::age_max)});
    }
    first_year_ = first.year();
    years_ = last.year() - first_year_ + 1;
}

bool LaneTables::rules_fit(law::RuleBook const& book) const {
    return by_year(book.account.interest)
           && all_entries(book.account.rate, [](auto const& entry) { return entry.value > Rate{}; })
           && all_entries(book.pension.paid_by,
                          [](auto const& entry) { return entry.value == law::PaidBy::place; });
}

void LaneTables::make_periods(law::LawContext const& law) {
    first_month_ = YearMonth(first_year_, 1);
    YearMonth const last(first_year_ + years_ - 1, months_of_year);
    for (YearMonth month = first_month_; month <= last;) {
        if (month.month() == 1) {
            first_period_.push_back(static_cast<std::uint16_t>(periods_.size()));
        }
        law::MoneyTerms const& terms = law.money.at(month);
        YearMonth const end = std::min(month.december(), terms.last);
        periods_.push_back({month, end, terms.recorded});
        period_ends_.push_back(month_number(end) + 1);
        month = end.next();
    }
    period_count_ = periods_.size();
    first_period_.insert(first_period_.end(), 2, static_cast<std::uint16_t>(period_count_));
}

void LaneTables::make_rates(law::LawContext const& law) {
    std::int64_t unit = months_of_year * million;
    for (int i = 0; i < years_; ++i) {
        interest_rates_.push_back(law.money.interest(YearMonth(first_year_ + i, months_of_year)));
        unit = std::gcd(unit, interest_rates_.back().parts());
        Rate const raise = law.book.payout.january_raise.at(YearMonth(first_year_ + i, 1));
        raises_.push_back(parts(raise));
        growth_.push_back((i == 0 ? 1 : growth_.back()) * (1 + parts(raise) / million));
    }
    for (Rate const rate : interest_rates_) {
        std::int64_t const in_units = rate.parts() / unit; // without rest
        interest_.push_back(static_cast<double>(in_units));
    }
    std::int64_t const whole = months_of_year * million / unit;
    interest_unit_ = static_cast<double>(whole);
}

void LaneTables::make_lines(law::LawContext const& law, world::BaseLimits const& limits) {
    std::array<std::vector<std::int64_t>, 2> temporary;
    pooled_unit_ = million;
    for (std::size_t a = 0; a < areas_; ++a) {
        auto const area = static_cast<AreaId>(a);
        for (Period const& period : periods_) {
            law::MoneyTerms const& terms = law.money.at(period.first);
            int const year = period.first.year();
            auto const& cell = limits.at(area, year);
            Rate const employed = law::pool_rate(terms, Kind::employed, area);
            Rate const alone = law::pool_rate(terms, Kind::flexible, area);
            MoneyLine line{.wage = static_cast<double>(cell.wage),
                           .floor = static_cast<double>(cell.floor),
                           .ceiling = static_cast<double>(cell.ceiling)};
            if (period.recorded) {
                line.account = parts(terms.account);
                line.pool_employed = parts(employed);
                line.pool_alone = parts(alone);
                line.individual = parts(terms.individual->at(area));
            }
            line.interest = interest_[static_cast<std::size_t>(year - first_year_)];
            lines_.push_back(line);
            inverse_wages_.push_back(1 / static_cast<double>(cell.wage));
            Rate const general = terms.pooled.actual ? Rate{} : terms.pooled.rate;
            for (std::size_t i = 0; i < 2; ++i) {
                temporary[i].push_back(std::max(general, i == 0 ? employed : alone).parts());
                pooled_unit_ = std::gcd(pooled_unit_, temporary[i].back());
            }
        }
    }
    for (std::size_t i = 0; i < 2; ++i) {
        for (std::int64_t const rate : temporary[i]) {
            std::int64_t const in_units = rate / pooled_unit_; // without rest
            temporary_rates_[i].push_back(static_cast<double>(in_units));
        }
    }
}

/// What somebody holds who earns the highest wages of all areas from some year on, and leaves it
/// until the end of the tables.
double LaneTables::account_of_highest_wages() const {
    std::vector<double> credit(static_cast<std::size_t>(years_));
    for (std::size_t a = 0; a < areas_; ++a) {
        for (std::size_t p = 0; p < periods_.size(); ++p) {
            MoneyLine const& line = lines_[a * periods_.size() + p];
            double const base = highest_base(line);
            double& most = credit[static_cast<std::size_t>(periods_[p].first.year() - first_year_)];
            most = std::max(most, months_of_year * (base + 1) * line.account / million);
        }
    }
    double most = 0;
    for (std::size_t start = 0; start < credit.size(); ++start) {
        double account = 0;
        for (std::size_t year = start; year < credit.size(); ++year) {
            double const paid =
                year - start < static_cast<std::size_t>(paying_years_max) ? credit[year] : 0;
            account = (account + paid) * (1 + parts(interest_rates_[year]) / million) + 1;
        }
        most = std::max(most, account);
    }
    return most;
}

double LaneTables::largest_posting_of_life() const {
    constexpr double holdings_max = 16; // at the end of one year
    // A year of pension, see PensionYears::fits.
    constexpr double pension = months_of_year * largest_product / million;
    return std::max(2 * holdings_max * largest_account_, pension);
}

bool LaneTables::amounts_fit(world::World const& world) {
    double largest_base = 0;
    double largest_rate = 0;
    for (MoneyLine const& line : lines_) {
        largest_base = std::max(largest_base, highest_base(line) + 1);
        largest_rate = std::max(
            {largest_rate, line.account, line.pool_employed, line.pool_alone, line.individual});
    }
    double largest_temporary = 0;
    for (auto const& rates : temporary_rates_) {
        largest_temporary =
            std::max(largest_temporary, *std::max_element(rates.begin(), rates.end()));
    }
    std::int64_t age_ppm = 1;
    for (world::GroupTables const& group : world.groups) {
        for (int i = 0; i < ages_of_group(); ++i) {
            Months const age = Months::of_years(std::max(0, i - years_));
            age_shares_.push_back(static_cast<double>(group.age_ppm(age)));
        }
        age_ppm =
            std::max(age_ppm, *std::max_element(group.wage_ppm.begin(), group.wage_ppm.end()));
    }
    largest_own_ppm_ =
        std::min<std::int64_t>(INT32_MAX, static_cast<std::int64_t>(largest_product) / age_ppm);
    largest_account_ = account_of_highest_wages();
    double const largest_interest = *std::max_element(interest_.begin(), interest_.end());
    return largest_base * million < largest_product && largest_base * largest_rate < largest_product
           && largest_base * months_of_year * paying_years_max * largest_temporary < exact
           && largest_account_ * 2 * months_of_year * largest_interest < largest_product
           && largest_posting_of_life() * persons_at_least < exact;
}

} // namespace pensim::lanes

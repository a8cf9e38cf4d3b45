// What the job "national.json, one full life" costs at the least, on one thread: each kind of its
// work alone, in the fastest form known to us, in lives a second like run_scenario/national.
//
//   draws_alone       the random bits and a look-up for each draw. Left out: what a draw decides,
//                     so spells and their ends, and the tables of death and of ages at moves
//   arithmetic_alone  amounts of paid stretches and years of pension, to the fen. Left out: looking
//                     up wages, rates and limits, finding the stretches, years without payment,
//                     transfers, refunds, the formula of the pension
//   scatter_alone     a line added to the books for each area and year of payment or interest and
//                     for each year of pension. Left out: second lines, flows, locations, endings
//   roofline_sum      one after the other, batch by batch, so that they share the caches
//
// How much of each a life takes is counted in lives of the engine (support/mean_life.hpp); every
// life here takes the mean. Words and look-ups are the engine's own; amounts are compared with the
// engine's first, and a difference throws. What is left out costs something as well: roofline_sum
// is what a program that does each of these for each life can come near to, and not what it will
// reach.
#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <tuple>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/law/pension_payment.hpp"
#include "sim/random/first_words.hpp"

#include "bench/support/careers.hpp"
#include "bench/support/lanes.hpp"
#include "bench/support/mean_life.hpp"
#include "bench/support/simulations.hpp"

namespace pensim::bench {
namespace {

constexpr std::size_t batch = 512; ///< lives
constexpr std::size_t groups = batch / lane_count;

/// `mean` of each of `lives`, as a whole number for all of them together.
std::size_t together(double mean, std::size_t lives) {
    return static_cast<std::size_t>(std::llround(mean * static_cast<double>(lives)));
}

/// Of `sum` things the share of one of the groups in step.
std::size_t of_group(std::size_t sum, std::size_t group) {
    return (group + 1) * sum / groups - group * sum / groups;
}

class DrawingWork {
  public:
    DrawingWork() : ready_(simulation("national")) {
        LivesTaken const& taken = lives_taken();
        for (StreamUse const& use : taken.streams) {
            Stream stream{.purpose = use.purpose};
            for (std::int64_t const lives : use.lives_of_block) {
                std::size_t const persons = together(taken.mean(lives), batch);
                stream.persons_of_block.push_back(persons);
                stream.words += 4 * stream.persons_of_block.back();
            }
            stream.exponentials = together(taken.mean(use.draws.exponentials), batch);
            stream.choices = together(taken.mean(use.draws.choices), batch);
            stream.log_normals = together(taken.mean(use.draws.log_normals), batch);
            stream.chances = together(taken.mean(use.draws.chances), batch);
            words_.resize(std::max(words_.size(), stream.words));
            streams_.push_back(stream);
        }
        doubles_.resize(words_.size());
        numbers_.resize(words_.size());
    }

    void do_batch() {
        for (Stream const& stream : streams_) {
            std::span<std::uint32_t> left(words_.data(), stream.words);
            for (std::size_t const persons : stream.persons_of_block) {
                // First blocks of other persons, in the place of later ones of some of these.
                std::size_t const words = 4 * persons;
                random::write_first_words(
                    ready_.key(0), first_person_, persons, stream.purpose, 1, left.first(words));
                left = left.subspan(words);
                first_person_ += persons;
            }
            look_up_all(stream);
        }
        benchmark::ClobberMemory();
    }

  private:
    struct Stream {
        random::Purpose purpose = random::Purpose::who;
        std::vector<std::size_t> persons_of_block;
        std::size_t words = 0;
        std::size_t exponentials = 0;
        std::size_t choices = 0;
        std::size_t log_normals = 0;
        std::size_t chances = 0;
    };

    void look_up_all(Stream const& stream) {
        world::GroupTables const& group = ready_.world.groups.front();
        random::Choice const& choice =
            stream.purpose == random::Purpose::who ? group.entry_month : group.kind;
        std::span<std::uint32_t const> words(words_);
        auto const next = [&](std::size_t count) {
            auto const those = words.first(count);
            words = words.subspan(count);
            return those;
        };
        look_up(ready_.world.exponential, next(stream.exponentials), doubles_);
        look_up(choice, next(stream.choices), numbers_);
        look_up(group.spell_wage, next(stream.log_normals), numbers_);
        look_up(group.leaves_money, next(stream.chances), numbers_);
        benchmark::DoNotOptimize(doubles_.data());
        benchmark::DoNotOptimize(numbers_.data());
        benchmark::ClobberMemory();
    }

    scenario::Simulation const& ready_;
    std::vector<Stream> streams_;
    std::vector<std::uint32_t> words_;
    std::vector<double> doubles_;
    std::vector<std::int32_t> numbers_;
    std::uint64_t first_person_ = 0;
};

/// Eight years from `first_year` on in as many areas as there are lanes, and what they do to lives.
class ArithmeticWork {
  public:
    ArithmeticWork()
        : ready_(simulation("national")), context_(ready_.law->context()),
          stretches_(together(lives_taken().mean(lives_taken().stretches), groups)),
          pension_years_(together(lives_taken().mean(lives_taken().pension_years), groups)) {
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            for (std::size_t year = 0; year < years; ++year) {
                set_year(lane, year);
            }
            auto const number = static_cast<double>(lane);
            paying_.wage_ppm[lane] = 400'000 + 81'234 * number;
            paying_.alone[lane] = alone(lane) ? 1 : 0;
            retired_.basic[lane] = 150'000 + 5'678 * number;
            retired_.account_part[lane] = 60'000 + 4'321 * number;
            // Some accounts are empty within the years that are compared.
            retired_.account[lane] = retired_.account_part[lane] * (20 + 5 * number) + 17;
        }
        expect_amounts_of_payments();
        expect_amounts_of_pensions();
    }

    void do_batch() {
        for (std::size_t group = 0; group < groups; ++group) {
            PayingLives paying = paying_;
            pay_years(paid_years_, of_group(stretches_, group), paying);
            benchmark::DoNotOptimize(paying);
            PensionLives retired = retired_;
            pay_pensions(years_of_pension_, of_group(pension_years_, group), retired);
            benchmark::DoNotOptimize(retired);
        }
    }

  private:
    static constexpr std::size_t years = 8;
    static constexpr int first_year = 2006;
    static constexpr int first_pension_year = 2031;
    static constexpr std::size_t age = 30;

    static bool alone(std::size_t lane) { return lane % 5 == 4; }
    [[nodiscard]] AreaId area_of(std::size_t lane) const {
        return static_cast<AreaId>(lane % ready_.tables.areas.size());
    }
    /// Not all years are whole.
    static YearMonth start(std::size_t lane, std::size_t year) {
        bool const whole = (lane + year) % 4 != 0;
        return {first_year + static_cast<int>(year), whole ? 1 : 1 + static_cast<int>(lane % 12)};
    }
    [[nodiscard]] Rate individual(std::size_t lane, YearMonth month) const {
        return context_.money.at(month).individual->at(area_of(lane));
    }
    [[nodiscard]] Rate pool(std::size_t lane, YearMonth month) const {
        return law::pool_rate(
            context_.money.at(month), alone(lane) ? Kind::flexible : Kind::employed, area_of(lane));
    }

    void set_year(std::size_t lane, std::size_t number) {
        auto const parts = [](Rate rate) { return static_cast<double>(rate.parts()); };
        AreaId const area = area_of(lane);
        YearMonth const month = start(lane, number);
        law::ContributionRules const& rules = context_.book.contribution;
        auto const wage = static_cast<double>(context_.wages.at(area, month.year() - 1).count());
        auto const payments = static_cast<double>(13 - month.month());
        PaidYears& year = paid_years_[number];
        year.age_factor[lane] =
            static_cast<double>(ready_.world.groups.front().wage_ppm[age + number]);
        year.average_wage[lane] = wage;
        year.base_floor[lane] = parts(rules.base_floor.at(month).at(area));
        year.base_ceiling[lane] = parts(rules.base_ceiling.at(month).at(area));
        year.account[lane] = parts(context_.money.at(month).account);
        year.pool[lane] = parts(pool(lane, month));
        year.individual[lane] = parts(individual(lane, month));
        year.interest[lane] = parts(context_.money.interest(month.december()));
        year.payments[lane] = payments;
        year.months_of_interest[lane] = payments * (payments + 1) / 2;
        year.wage_inverse[lane] = 1 / wage;
        YearMonth const paid(first_pension_year + static_cast<int>(number), 1);
        PensionYears& pension = years_of_pension_[number];
        pension.raise[lane] = parts(context_.book.payout.january_raise.at(paid));
        pension.interest[lane] = parts(context_.book.account.interest.at(paid.december()));
        pension.months[lane] = 12;
    }

    /// What core/law makes of the same years, to the fen.
    void expect_amounts_of_payments() const {
        PayingLives lives = paying_;
        pay_years(paid_years_, years, lives);
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            law::Holding holding;
            Fen sum_of_own;
            for (std::size_t number = 0; number < years; ++number) {
                YearMonth const month = start(lane, number);
                auto const payments = 13 - month.month();
                std::int64_t const ppm = static_cast<std::int64_t>(paying_.wage_ppm[lane])
                                         * ready_.world.groups.front().wage_ppm[age + number]
                                         / 1'000'000;
                Fen const base = ready_.limits.base(area_of(lane), month.year(), ppm);
                Fen const to_account = times(base, context_.money.at(month).account);
                Fen const to_pool = times(base, pool(lane, month));
                Fen const own =
                    alone(lane) ? to_account + to_pool : times(base, individual(lane, month));
                holding.credit(month, month.december(), to_account);
                holding.base_sum += base * payments;
                holding.pool_in += to_pool * payments;
                sum_of_own += own * payments;
                holding.close_year(
                    holding.interest(month.december(), context_.money.interest(month.december())));
            }
            PENSIM_ENSURE(same(lives.account[lane], holding.opening));
            PENSIM_ENSURE(same(lives.base_sum[lane], holding.base_sum));
            PENSIM_ENSURE(same(lives.pool_in[lane], holding.pool_in));
            PENSIM_ENSURE(same(lives.own[lane], sum_of_own));
        }
    }

    void expect_amounts_of_pensions() const {
        PensionLives lives = retired_;
        pay_pensions(years_of_pension_, years, lives);
        auto const fen = [](double amount) { return Fen(static_cast<std::int64_t>(amount)); };
        for (std::size_t lane = 0; lane < lane_count; ++lane) {
            law::PensionPayment payment({.settlement = {first_pension_year - 1, 12},
                                         .death = YearMonth::last(),
                                         .basic = fen(retired_.basic[lane]),
                                         .account = fen(retired_.account_part[lane]),
                                         .balance = fen(retired_.account[lane])},
                                        context_.book);
            law::PensionYear sum;
            for (std::size_t number = 0; number < years; ++number) {
                law::PensionYear const paid = payment.pay_year();
                sum.from_account += paid.from_account;
                sum.from_pool += paid.from_pool;
                sum.interest += paid.interest;
                sum.account_left = paid.account_left;
            }
            PENSIM_ENSURE(same(lives.from_account[lane], sum.from_account));
            PENSIM_ENSURE(same(lives.from_pool[lane], sum.from_pool));
            PENSIM_ENSURE(same(lives.interest[lane], sum.interest));
            PENSIM_ENSURE(same(lives.account[lane], sum.account_left));
        }
    }

    static bool same(double amount, Fen of_law) { return std::llround(amount) == of_law.count(); }

    scenario::Simulation const& ready_;
    law::LawContext context_;
    std::size_t stretches_;     ///< of a life, times the groups
    std::size_t pension_years_; ///< of a life, times the groups
    std::array<PaidYears, years> paid_years_{};
    std::array<PensionYears, years> years_of_pension_{};
    PayingLives paying_{};
    PensionLives retired_{};
};

class PostingWork {
  public:
    PostingWork() : table_(lives_taken().lines) {
        for (std::size_t i = 0; i < amounts_.size(); ++i) {
            amounts_[i].amounts.fill(static_cast<std::int64_t>(i));
        }
    }

    /// The next lives of those that were run; after the last ones the first again.
    void do_batch() {
        LivesTaken const& taken = lives_taken();
        if (first_life_ + batch > taken.posted.size()) {
            first_life_ = 0;
        }
        std::size_t const from = first_life_ == 0 ? 0 : taken.posted[first_life_ - 1];
        first_life_ += batch;
        std::size_t const count = taken.posted[first_life_ - 1] - from;
        post(std::span(taken.postings).subspan(from, count), amounts_, table_);
        benchmark::DoNotOptimize(table_.data());
        benchmark::ClobberMemory();
    }

  private:
    std::array<Line, 16> amounts_{};
    std::vector<Line> table_;
    std::size_t first_life_ = 0;
};

/// One a benchmark, made before the clock runs.
template <class... Work>
void work_alone(benchmark::State& state) {
    std::tuple<Work...> work;
    for (auto _ : state) {
        std::apply([](auto&... each) { (each.do_batch(), ...); }, work);
    }
    count_lives(state, batch);
    LivesTaken const& taken = lives_taken();
    state.counters["blocks"] = taken.mean(taken.blocks());
    state.counters["draws"] = taken.mean(taken.draws().count());
    state.counters["stretches"] = taken.mean(taken.stretches);
    state.counters["pension_years"] = taken.mean(taken.pension_years);
    state.counters["postings"] = taken.mean(static_cast<std::int64_t>(taken.postings.size()));
}
BENCHMARK(work_alone<DrawingWork>)->Name("draws_alone");
BENCHMARK(work_alone<ArithmeticWork>)->Name("arithmetic_alone");
BENCHMARK(work_alone<PostingWork>)->Name("scatter_alone");
BENCHMARK(work_alone<DrawingWork, ArithmeticWork, PostingWork>)->Name("roofline_sum");

} // namespace
} // namespace pensim::bench

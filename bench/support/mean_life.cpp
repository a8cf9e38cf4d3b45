#include "bench/support/mean_life.hpp"

#include <algorithm>
#include <array>

#include "core/law/retirement_age.hpp"
#include "sim/engine/life_runner.hpp"

#include "bench/support/simulations.hpp"

namespace pensim::bench {

namespace {

using random::Purpose;

constexpr std::array purposes{Purpose::who,
                              Purpose::career,
                              Purpose::wage,
                              Purpose::death,
                              Purpose::claim,
                              Purpose::election};

/// A stream that knows what its draws were for.
class CountedStream {
  public:
    CountedStream(random::Key key, std::uint64_t person, Purpose purpose)
        : stream_(key, person, purpose) {}
    std::uint32_t exponential() { return counted(draws_.exponentials); }
    std::uint32_t choice() { return counted(draws_.choices); }
    std::uint32_t log_normal() { return counted(draws_.log_normals); }
    std::uint32_t chance() { return counted(draws_.chances); }
    [[nodiscard]] Draws const& draws() const { return draws_; }

  private:
    std::uint32_t counted(std::int64_t& kind) {
        ++kind;
        return stream_.next();
    }
    random::Stream stream_;
    Draws draws_;
};

/// Draws once more what world::LifeDrawer drew for a mainlander, and counts it. Only the month in
/// which somebody short ends the relation is left out, a few draws in a thousand lives.
class Redrawing {
  public:
    Redrawing(world::World const& world,
              law::LawContext const& law,
              random::Key key,
              std::uint64_t person)
        : world_(world), group_(world.groups.front()), law_(law), who_(key, person, Purpose::who),
          career_(key, person, Purpose::career), wage_(key, person, Purpose::wage),
          death_(key, person, Purpose::death), claim_(key, person, Purpose::claim),
          election_(key, person, Purpose::election) {
        // What `national` does not use is not drawn again here.
        PENSIM_EXPECT(world.groups.size() == 1 && group_.group == Group::mainland
                      && group_.exempt.never() && group_.leaving_rate <= 0 && !group_.home.empty());
    }

    void redraw(engine::LifeResult const& result) {
        redraw_who();
        death_.exponential();
        claim_.chance();
        claim_.chance();
        redraw_career(*result.drawn);
        law::Walk const& walk = *result.walk;
        if (walk.counted && walk.counted_months > 0 && walk.counted_months < walk.required) {
            if (!group_.elects_last_area.never()) {
                election_.chance();
            }
            if (walk.counted_place) {
                claim_.choice();
            }
        }
    }

    /// In the order of `purposes`.
    [[nodiscard]] std::array<Draws, purposes.size()> draws() const {
        return {who_.draws(),
                career_.draws(),
                wage_.draws(),
                death_.draws(),
                claim_.draws(),
                election_.draws()};
    }

  private:
    void redraw_who() {
        who_.choice(); // the group
        who_.chance(); // male
        who_.chance(); // in management
        who_.choice(); // the month of entry
        who_.choice(); // the age at entry
        home_ = static_cast<AreaId>(group_.home.draw(who_.choice()));
        bool const stays = group_.stays_home.happens(who_.chance());
        first_area_ = stays || !group_.moving->leads_away(home_)
                          ? home_
                          : group_.moving->destination(home_, who_.choice());
    }

    int wait(double rate_a_month) {
        if (rate_a_month <= 0) {
            return world::never;
        }
        double const months = world_.exponential.draw(career_.exponential()) / rate_a_month;
        return months < world::never ? static_cast<int>(months) : world::never;
    }

    void redraw_career(world::DrawnLife const& drawn) {
        Life const& life = drawn.life;
        YearMonth const statutory = law::statutory_month(law_.book, life);
        YearMonth const counting = std::max(statutory, life.claim.value_or(statutory));
        YearMonth const end = std::min(counting, drawn.death);
        AreaId area = first_area_;
        int paid = 0;
        wage_.log_normal(); // the person's
        for (YearMonth month = drawn.entry; month <= end;) {
            int const age = (month - life.birth).count();
            int const move =
                group_.moving->leads_away(area) ? group_.moving->age().months_until(
                    age, group_.moving->rate(area), world_.exponential.draw(career_.exponential()))
                                                : world::never;
            int const back = area != home_ ? wait(group_.return_rate) : world::never;
            int const gap = wait(group_.gap_rate);
            int const lasts = std::max(1, std::min({move, back, gap}) + 1);
            career_.choice();   // how the spell is paid
            wage_.log_normal(); // the spell's
            paid += std::min(lasts, (end - month).count() + 1);
            month = month + Months(lasts);
            if (month > end) {
                break;
            }
            if (lasts == move + 1 || lasts == back + 1) {
                area =
                    lasts == move + 1 ? group_.moving->destination(area, career_.choice()) : home_;
                career_.chance(); // the money stays behind
            } else if (lasts == gap + 1) {
                month = month + Months(1 + wait(group_.gap_end_rate));
            }
        }
        bool const cut = life.claim && *life.claim < statutory; // an early claim ends the career
        PENSIM_ENSURE(cut || paid == months_of_career(life));
    }

    static int months_of_career(Life const& life) {
        int months = 0;
        for (Record const& record : life.records) {
            bool const of_career = record.kind != Kind::extension && record.kind != Kind::lump_sum;
            months += of_career ? (record.to - record.from).count() + 1 : 0;
        }
        return months;
    }

    world::World const& world_;
    world::GroupTables const& group_;
    law::LawContext law_;
    AreaId home_{};
    AreaId first_area_{};
    CountedStream who_;
    CountedStream career_;
    CountedStream wage_;
    CountedStream death_;
    CountedStream claim_;
    CountedStream election_;
};

void add(StreamUse& use, Draws const& draws) {
    constexpr std::int64_t words_of_block = 4;
    use.draws.exponentials += draws.exponentials;
    use.draws.choices += draws.choices;
    use.draws.log_normals += draws.log_normals;
    use.draws.chances += draws.chances;
    auto const blocks =
        static_cast<std::size_t>((draws.count() + words_of_block - 1) / words_of_block);
    use.lives_of_block.resize(std::max(use.lives_of_block.size(), blocks));
    for (std::size_t block = 0; block < blocks; ++block) {
        ++use.lives_of_block[block];
    }
}

struct StretchCounter : law::SilentListener {
    void paid(law::PaidStretch const& stretch) { count += stretch.account_credit > Fen{} ? 1 : 0; }
    std::int64_t count = 0;
};

void note_postings(LivesTaken& taken, engine::LifeBooks const& books) {
    auto const years = static_cast<std::size_t>(FundLedger::years());
    for (engine::LifeBooks::Row const& of : books.rows()) {
        auto const place = static_cast<std::uint32_t>(
            row(of.area) * years + static_cast<std::size_t>(of.year - FundLedger::first_year));
        bool const retired = of.books.pensioners > 0;
        if (of.books.months > 0 || (!retired && of.books.interest > Fen{})) {
            taken.postings.push_back(place);
        }
        if (retired) {
            taken.postings.push_back(place + static_cast<std::uint32_t>(taken.lines / 2));
            taken.pension_years += of.books.pensioners;
        }
    }
    taken.posted.push_back(taken.postings.size());
}

LivesTaken run_lives() {
    constexpr std::uint64_t persons = 20'000;
    scenario::Simulation const& ready = simulation("national");
    std::size_t const areas = ready.tables.areas.size();
    engine::LifeBooks books(areas);
    engine::BasicLifeRunner<engine::LifeBooks> runner(ready.setup(), ready.key(0), books);
    law::LawContext const context = ready.law->context();
    law::Walk walk;
    StretchCounter stretches;
    LivesTaken taken;
    taken.lines = 2 * areas * static_cast<std::size_t>(FundLedger::years());
    for (Purpose const purpose : purposes) {
        taken.streams.push_back({.purpose = purpose});
    }
    for (std::uint64_t person = 0; person < persons; ++person) {
        books.clear();
        engine::LifeResult const& result = runner.run(person);
        Redrawing again(ready.world, context, ready.key(0), person);
        again.redraw(result);
        auto const draws = again.draws();
        for (std::size_t i = 0; i < draws.size(); ++i) {
            add(taken.streams[i], draws[i]);
        }
        note_postings(taken, books);
        law::Timeline(context, result.drawn->life, walk, stretches).run();
        ++taken.lives;
    }
    taken.stretches = stretches.count;
    return taken;
}

} // namespace

std::int64_t LivesTaken::blocks() const {
    std::int64_t sum = 0;
    for (StreamUse const& use : streams) {
        for (std::int64_t const those : use.lives_of_block) {
            sum += those;
        }
    }
    return sum;
}

Draws LivesTaken::draws() const {
    Draws sum;
    for (StreamUse const& use : streams) {
        sum.exponentials += use.draws.exponentials;
        sum.choices += use.draws.choices;
        sum.log_normals += use.draws.log_normals;
        sum.chances += use.draws.chances;
    }
    return sum;
}

LivesTaken const& lives_taken() {
    static LivesTaken const taken = run_lives();
    return taken;
}

} // namespace pensim::bench

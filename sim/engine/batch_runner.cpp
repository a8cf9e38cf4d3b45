#include "sim/engine/batch_runner.hpp"

#include <algorithm>

#include "sim/random/first_words.hpp"

namespace pensim::engine {

std::unique_ptr<lanes::LaneTables const> lane_tables(Setup const& setup) {
    if (setup.lanes == 0 || setup.watch.behind) {
        return nullptr;
    }
    return lanes::LaneTables::make(setup.world, setup.law, setup.limits, setup.areas);
}

BatchRunner::BatchRunner(Setup const& setup,
                         random::Key key,
                         lanes::LaneTables const& tables,
                         Tally& tally,
                         BatchCompany* company)
    : setup_(setup), key_(key), tally_(tally), careers_(setup.world, setup.law),
      planner_(setup.world, setup_.law, careers_, tables),
      reckoner_(setup, key, tables, {{&tally, Booking::As::all}}), company_(company) {
    if (company_ == nullptr) {
        general_.emplace(setup, key, tally);
    }
    auto const watch = [&](YearMonth month) {
        first_watched_ = std::min(first_watched_, month);
        last_watched_ = std::max(last_watched_, month);
    };
    std::for_each(setup.watch.months.begin(), setup.watch.months.end(), watch);
    if (setup.watch.moves_from) {
        watch(*setup.watch.moves_from);
        watch(*setup.watch.moves_to);
    }
}

void BatchRunner::run(std::uint64_t first, std::uint64_t end) {
    for (std::uint64_t const step = persons_drawn; first < end;
         first += std::min(step, end - first)) {
        draw(first, static_cast<std::size_t>(std::min(step, end - first)));
        if (reckoner_.plans().lives.size() >= batch) {
            reckoner_.run(company_);
        }
    }
}

void BatchRunner::finish() {
    reckoner_.run(company_);
    reckoner_.flush();
}

/// Those who go the general way go at once.
void BatchRunner::draw(std::uint64_t first, std::size_t persons) {
    if (!reckoner_.has_room(persons)) {
        finish();
    }
    plan(first, persons);
    for (std::uint64_t const person : general_persons_) {
        if (company_ != nullptr) {
            company_->run_alone(person);
        } else {
            general_->run(person);
        }
    }
    went_general_ += static_cast<std::int64_t>(general_persons_.size());
    general_persons_.clear();
}

void BatchRunner::make_words(std::uint64_t first, std::size_t persons) {
    using random::Purpose;
    constexpr std::array purposes{
        Purpose::who, Purpose::death, Purpose::claim, Purpose::career, Purpose::wage};
    constexpr std::array<std::size_t, 5> blocks{who_blocks, 1, 1, career_blocks, wage_blocks};
    for (std::size_t i = 0; i < purposes.size(); ++i) {
        words_[i].resize(persons * blocks[i] * random::Stream::words_of_block);
        random::write_first_words(key_, first, persons, purposes[i], blocks[i], words_[i]);
    }
}

void BatchRunner::plan(std::uint64_t first, std::size_t persons) {
    make_words(first, persons);
    for (std::size_t i = 0; i < persons; ++i) {
        auto const words = [&](std::size_t purpose, std::size_t blocks) {
            std::size_t const count = blocks * random::Stream::words_of_block;
            return std::span(words_[purpose]).subspan(i * count, count);
        };
        world::PersonStreams streams(key_,
                                     first + i,
                                     {words(0, who_blocks),
                                      words(1, 1),
                                      words(2, 1),
                                      words(3, career_blocks),
                                      words(4, wage_blocks)});
        careers_.draw(streams, career_);
        Way const way = way_of(first + i, streams);
        if (way == Way::alone) {
            general_persons_.push_back(first + i);
        } else {
            note_watched(career_);
        }
    }
}

/// The drawn career; if it stays, it is in the plans.
Way BatchRunner::way_of(std::uint64_t person, world::PersonStreams& streams) {
    if (!planner_.plan(career_, streams, reckoner_.plans())) {
        return Way::alone;
    }
    Way const way = company_ != nullptr ? company_->way_of(person, planner_, career_) : Way::stays;
    if (way == Way::stays) {
        planner_.keep(person, reckoner_.years());
    }
    return way;
}

void BatchRunner::note_watched(world::Career const& career) {
    Watch const& watch = setup_.watch;
    std::optional<AreaId> from;
    std::optional<AreaId> to;
    for (world::Spell const& spell : career.spells) {
        if (spell.to < first_watched_ || last_watched_ < spell.from) {
            continue;
        }
        auto const has = [&](YearMonth month) { return spell.from <= month && month <= spell.to; };
        for (std::size_t i = 0; i < watch.months.size(); ++i) {
            if (has(watch.months[i])) {
                tally_.note_paying(i, career.life.group, spell.area);
            }
        }
        if (watch.moves_from) {
            from = has(*watch.moves_from) ? spell.area : from;
            to = has(*watch.moves_to) ? spell.area : to;
        }
    }
    if (from && to) {
        tally_.note_move(*from, *to);
    }
}

} // namespace pensim::engine

#include "sim/resume/people_run.hpp"

#include <algorithm>
#include <chrono>

#include "sim/report/microdata.hpp"
#include "sim/resume/integer_bytes.hpp"
#include "sim/resume/shares.hpp"
#include "sim/resume/tally_bytes.hpp"

namespace pensim::resume {

namespace {

using Clock = std::chrono::steady_clock;

/// Lives of a stretch that has rows, on however many threads: they wait in memory, some 50 bytes
/// each, packed.
constexpr std::uint64_t stretch_of_rows_max = std::uint64_t{1} << 21U;

using RowsByFirst = std::map<std::uint64_t, std::string>;

engine::RowSink const* sink_of(engine::RowsOfReplicate const& rows, std::uint32_t replicate) {
    return rows ? rows(replicate) : nullptr;
}

std::string bytes_of_rows(RowsByFirst const& rows) {
    IntegerWriter writer;
    writer.put(static_cast<std::int64_t>(rows.size()));
    for (auto const& [first, packed] : rows) {
        writer.put(static_cast<std::int64_t>(first));
        writer.put_text(packed);
    }
    return writer.finish();
}

void add_rows(RowsByFirst& rows, std::string const& bytes) {
    IntegerReader reader(bytes);
    std::uint64_t const stretches = reader.get_count(bytes.size());
    for (std::uint64_t i = 0; i < stretches && reader.good(); ++i) {
        std::uint64_t const first = reader.get_count(INT64_MAX);
        rows.emplace(first, reader.get_text());
    }
    PENSIM_ENSURE(reader.finished());
}

/// Gives rows that were put aside to who wants them, in order of persons.
void take_all(RowsByFirst const& rows, engine::RowSink const* sink) {
    if (sink == nullptr) {
        return;
    }
    for (auto const& [first, packed] : rows) {
        auto const text = report::gunzipped(packed);
        PENSIM_ENSURE(text.has_value());
        sink->take(*text, packed);
    }
}

} // namespace

PeopleRun::PeopleRun(scenario::Simulation const& simulation,
                     ranks::Ranks& ranks,
                     SavedRun* saved,
                     engine::Progressed progressed)
    : simulation_(simulation), crowds_(simulation.setup()), ranks_(ranks), saved_(saved),
      progressed_(std::move(progressed)) {}

engine::Tally PeopleRun::empty_tally() const {
    return {simulation_.tables.areas.size(), simulation_.watch};
}

/// Other ranks tell the first one a few times a second.
void PeopleRun::note_progress(std::uint64_t persons) {
    constexpr auto pause = std::chrono::milliseconds(200);
    if (ranks_.first()) {
        if (progressed_) {
            progressed_(persons + ranks_.progress_of_others());
        }
        return;
    }
    untold_ += persons;
    if (Clock::now() >= next_told_) {
        ranks_.tell_progress(std::exchange(untold_, 0));
        next_told_ = Clock::now() + pause;
    }
}

/// As many as take a few seconds, in whole shards: no more is lost when the run is killed, and what
/// threads wait for one another at the end of a stretch is nothing beside it.
std::uint64_t PeopleRun::next_stretch(std::uint64_t shard, bool with_rows) const {
    constexpr double seconds = 4;
    constexpr std::uint64_t shards_at_least = 64;
    auto lives = static_cast<std::uint64_t>(lives_a_second_ * seconds);
    lives = with_rows ? std::min(lives, stretch_of_rows_max) : lives;
    return std::max(shards_at_least, lives / shard) * shard;
}

bool PeopleRun::take_saved(engine::Stretch const& people, engine::Tally& sum, Rows const& rows) {
    auto const found = saved_->read(people);
    if (!found) {
        return false;
    }
    auto tally = tally_of(found->tally, simulation_.tables.areas.size(), simulation_.watch);
    auto const text = rows.sink != nullptr ? report::gunzipped(found->rows) : std::string();
    if (!tally || !text || tally->people != static_cast<std::int64_t>(people.persons)) {
        return false;
    }
    sum.merge(*tally);
    if (rows.sink != nullptr) {
        rows.take(people.first, *text, found->rows);
    }
    return true;
}

void PeopleRun::run_stretch(engine::Stretch const& people,
                            std::uint64_t shard,
                            engine::Tally& sum,
                            Rows const& rows) {
    std::string text;
    std::string packed;
    engine::RowSink kept;
    if (rows.sink != nullptr) {
        kept = *rows.sink;
        kept.take = [&](std::string const& more_text, std::string const& more_packed) {
            text += more_text;
            packed += more_packed;
        };
    }
    auto const begin = Clock::now();
    engine::Tally tally = crowds_.run(
        simulation_.key(people.replicate),
        {people.first, people.persons, shard},
        [this](std::uint64_t persons) { note_progress(persons); },
        rows.sink != nullptr ? &kept : nullptr);
    std::chrono::duration<double> const taken = Clock::now() - begin;
    lives_a_second_ = static_cast<double>(people.persons) / std::max(taken.count(), 1e-6);
    sum.merge(tally);
    if (rows.sink != nullptr) {
        rows.take(people.first, text, packed);
    }
    if (saved_ != nullptr) {
        saved_->add(people, tally, std::move(packed));
    }
}

void PeopleRun::run_all(engine::Stretch people,
                        std::uint64_t shard,
                        engine::Tally& sum,
                        Rows const& rows) {
    while (people.persons > 0) {
        auto const found = saved_ != nullptr ? saved_->first_inside(people) : std::nullopt;
        engine::Stretch next = people;
        if (found && found->first == people.first && take_saved(*found, sum, rows)) {
            next = *found;
        } else {
            std::uint64_t const free =
                found && found->first > people.first ? found->first - people.first : people.persons;
            next.persons = std::min(free, next_stretch(shard, rows.sink != nullptr));
            run_stretch(next, shard, sum, rows);
        }
        people.first += next.persons;
        people.persons -= next.persons;
    }
}

bool PeopleRun::split_by_replicates() const {
    return simulation_.scenario.run.replicates >= static_cast<std::uint32_t>(ranks_.size());
}

engine::Tally PeopleRun::run(engine::Stretch const& people,
                             std::uint64_t shard,
                             engine::RowsOfReplicate const& rows) {
    if (ranks_.alone()) {
        engine::Tally sum = empty_tally();
        engine::RowSink const* const sink = sink_of(rows, people.replicate);
        run_all(people,
                shard,
                sum,
                {sink, [&](std::uint64_t, std::string const& text, std::string const& packed) {
                     sink->take(text, packed);
                 }});
        return sum;
    }
    return split_by_replicates() ? run_by_replicates(people, shard, rows)
                                 : run_split(people, shard, rows);
}

/// Each rank runs its share of what was not saved, and reads some of what was.
engine::Tally PeopleRun::run_split(engine::Stretch const& people,
                                   std::uint64_t shard,
                                   engine::RowsOfReplicate const& rows) {
    std::vector<engine::Stretch> gaps;
    std::vector<engine::Stretch> mine;
    engine::Stretch left = people;
    for (int number = 0; left.persons > 0; ++number) {
        auto const found = saved_ != nullptr ? saved_->first_inside(left) : std::nullopt;
        std::uint64_t const next = found ? found->first : left.end();
        if (next > left.first) {
            gaps.push_back({left.replicate, left.first, next - left.first});
        }
        if (found && number % ranks_.size() == ranks_.rank()) {
            mine.push_back(*found);
        }
        std::uint64_t const behind = found ? found->end() : next;
        left = {left.replicate, behind, left.end() - behind};
    }
    for (engine::Stretch const& share : share_of(gaps, shard, ranks_.rank(), ranks_.size())) {
        mine.push_back(share);
    }
    Part part{empty_tally(), {}};
    engine::RowSink const* const sink = sink_of(rows, people.replicate);
    Rows const put_aside{sink,
                         [&](std::uint64_t first, std::string const&, std::string const& packed) {
                             part.rows[first] = packed;
                         }};
    for (engine::Stretch const& stretch : mine) {
        run_all(stretch, shard, part.tally, put_aside);
    }
    ranks_.reduce([&] { return bytes_of(part.tally); },
                  [&](std::string const& bytes) {
                      auto other =
                          tally_of(bytes, simulation_.tables.areas.size(), simulation_.watch);
                      PENSIM_ENSURE(other.has_value());
                      part.tally.merge(*other);
                  });
    if (sink != nullptr) {
        auto const all = ranks_.gather(bytes_of_rows(part.rows));
        for (std::size_t other = 1; other < all.size(); ++other) {
            add_rows(part.rows, all[other]);
        }
        take_all(part.rows, ranks_.first() ? sink : nullptr);
    }
    return std::move(part.tally);
}

/// Each rank runs the next replicate of its own, all at once; then they are given out in order.
engine::Tally PeopleRun::run_by_replicates(engine::Stretch const& people,
                                           std::uint64_t shard,
                                           engine::RowsOfReplicate const& rows) {
    auto const ranks = static_cast<std::uint32_t>(ranks_.size());
    auto const owner = static_cast<int>(people.replicate % ranks);
    std::uint32_t const mine = people.replicate + static_cast<std::uint32_t>(ranks_.rank());
    if (owner == 0) {
        Part& part = ahead_.emplace(Part{empty_tally(), {}});
        if (mine < simulation_.scenario.run.replicates) {
            run_all({mine, people.first, people.persons},
                    shard,
                    part.tally,
                    {sink_of(rows, mine),
                     [&](std::uint64_t first, std::string const&, std::string const& packed) {
                         part.rows[first] = packed;
                     }});
        }
    }
    Part part = owner == ranks_.rank() ? std::move(*ahead_) : Part{empty_tally(), {}};
    if (owner != 0 && owner == ranks_.rank()) {
        ranks_.send(0, bytes_of(part.tally));
        ranks_.send(0, bytes_of_rows(part.rows));
    } else if (owner != 0 && ranks_.first()) {
        auto other =
            tally_of(ranks_.receive(owner), simulation_.tables.areas.size(), simulation_.watch);
        PENSIM_ENSURE(other.has_value());
        part.tally = std::move(*other);
        add_rows(part.rows, ranks_.receive(owner));
    }
    take_all(part.rows, ranks_.first() ? sink_of(rows, people.replicate) : nullptr);
    return std::move(part.tally);
}

} // namespace pensim::resume

#include "sim/resume/people_run.hpp"

#include <utility>

#include <doctest/doctest.h>

#include "sim/report/microdata.hpp"
#include "sim/resume/tally_bytes.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::resume {
namespace {

constexpr std::uint64_t persons = 1000;
constexpr std::uint64_t shard = 4; // a stretch at first: 256 persons

/// One replicate's people, run by PeopleRun or by the engine alone.
class Trial {
  public:
    Trial() : simulation_(test::simulated("hmt", {.persons = persons, .with_pilot = false})) {}

    [[nodiscard]] SavedRun saved() const {
        return SavedRun({folder_.path("out.resume"), "{}", std::chrono::seconds(0)});
    }
    /// The tally as bytes, then the rows as they would stand in a file.
    std::string whole() {
        auto const* const sink = sink_of(1);
        engine::Tally tally = engine::run_people(
            simulation_->setup(), simulation_->key(1), {0, persons, shard}, {}, sink);
        return bytes_of(tally) + std::exchange(texts_, {}) + std::exchange(packed_, {});
    }
    std::string in_stretches(SavedRun* saved, engine::Stretch const& people = {1, 0, persons}) {
        run_ = 0;
        ranks::Ranks ranks;
        PeopleRun run(*simulation_, ranks, saved, [&](std::uint64_t done) { run_ += done; });
        engine::Tally tally =
            run.run(people, shard, [&](std::uint32_t replicate) { return sink_of(replicate); });
        return bytes_of(tally) + std::exchange(texts_, {}) + std::exchange(packed_, {});
    }
    [[nodiscard]] std::uint64_t lives_run() const { return run_; }
    [[nodiscard]] test::TemporaryFolder const& folder() const { return folder_; }

  private:
    engine::RowSink const* sink_of(std::uint32_t replicate) {
        sink_.append = [this, replicate](std::string& out,
                                         std::uint64_t person,
                                         engine::LifeResult const& result) {
            report::append_person(out, replicate, person, result, *simulation_);
        };
        sink_.pack = [](std::string_view text) { return report::gzipped(text); };
        sink_.take = [this](std::string const& text, std::string const& packed) {
            texts_ += text;
            packed_ += packed;
        };
        return &sink_;
    }
    test::TemporaryFolder folder_;
    std::unique_ptr<scenario::Simulation> simulation_;
    engine::RowSink sink_;
    std::string texts_; ///< of all rows
    std::string packed_;
    std::uint64_t run_ = 0;
};

TEST_CASE("gzip members one after another are one text") {
    std::string const both =
        report::gzipped("first") + report::gzipped("") + report::gzipped("second");
    CHECK(report::gunzipped(both) == "firstsecond");
    CHECK(report::gunzipped("") == "");
    CHECK_FALSE(report::gunzipped(both.substr(0, both.size() - 1)).has_value());
    CHECK_FALSE(report::gunzipped("first").has_value());
    std::string damaged = both;
    damaged[12] = static_cast<char>(damaged[12] ^ 1);
    CHECK_FALSE(report::gunzipped(damaged).has_value());
}

TEST_CASE("people in stretches are the same people, saved or read") {
    Trial trial;
    std::string const wanted = trial.whole();
    CHECK(trial.in_stretches(nullptr) == wanted);
    CHECK(trial.lives_run() == persons);
    {
        SavedRun first = trial.saved();
        CHECK(trial.in_stretches(&first) == wanted);
        CHECK(trial.lives_run() == persons);
    }
    SavedRun second = trial.saved();
    CHECK(second.take_up().empty());
    CHECK(second.lives_found() == persons);
    CHECK(trial.in_stretches(&second) == wanted);
    CHECK(trial.lives_run() == 0);
}

TEST_CASE("what is missing is run, wherever it is") {
    Trial trial;
    std::string const wanted = trial.whole();
    struct Case {
        engine::Stretch saved;
        std::uint64_t run;
    };
    for (Case const& c : std::vector<Case>{{{1, 0, 400}, 600},
                                           {{1, 400, 100}, 900},
                                           {{1, 900, 100}, 900},
                                           {{1, 0, persons}, 0},
                                           {{0, 0, persons}, persons}}) { // of other people
        CAPTURE(c.saved.first);
        {
            SavedRun before = trial.saved();
            static_cast<void>(trial.in_stretches(&before, c.saved));
        }
        SavedRun saved = trial.saved();
        CHECK(saved.take_up().empty());
        CHECK(saved.lives_found() == c.saved.persons);
        CHECK(trial.in_stretches(&saved) == wanted);
        CHECK(trial.lives_run() == c.run);
        saved.remove();
    }
}

TEST_CASE("a file that changes while the run is at work is run again") {
    Trial trial;
    std::string const wanted = trial.whole();
    {
        SavedRun before = trial.saved();
        static_cast<void>(trial.in_stretches(&before));
    }
    SavedRun saved = trial.saved();
    CHECK(saved.take_up().empty());
    trial.folder().file("out.resume/000001-0.shard", "damaged");
    CHECK(trial.in_stretches(&saved) == wanted);
    CHECK(trial.lives_run() >= 256);
    CHECK(trial.lives_run() < persons);
}

} // namespace
} // namespace pensim::resume

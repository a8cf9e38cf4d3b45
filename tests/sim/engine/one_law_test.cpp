// The promise "same law" of the contract (section 4): simulated persons, written as cases and read
// back as `decide` reads them, have exactly the transfers, refunds, places and pensions that they
// had in the run.
#include <map>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "core/law/pension_payment.hpp"
#include "core/law/words.hpp"
#include "sim/cases/case_json.hpp"
#include "sim/cases/case_out.hpp"
#include "sim/engine/parallel_run.hpp"
#include "sim/scenario/scenario_json.hpp"
#include "tests/support/simulated.hpp"

namespace pensim::test {
namespace {

/// Sums by cell, with the persons behind each.
template <std::size_t Values>
class Sums {
  public:
    void
    add(std::uint64_t key, std::uint64_t person, std::array<std::int64_t, Values> const& values) {
        Cell& cell = cells_[key];
        for (std::size_t i = 0; i < Values; ++i) {
            cell.values[i] += values[i];
        }
        cell.persons += fmt::format(" {}", person);
    }
    /// Where they differ from a run's, in words; empty if nowhere.
    template <class NameOf>
    std::string against(engine::CellTally<Values>& run, NameOf const& name_of) const {
        std::string differences;
        auto left = cells_;
        for (auto const& cell : run.cells()) {
            auto const found = left.find(cell.key);
            if (found == left.end() || found->second.values != cell.values) {
                differences += fmt::format(
                    "{}: run {}, decided {}, persons{}\n",
                    name_of(cell.key),
                    fmt::join(cell.values, "/"),
                    found == left.end() ? "nothing"
                                        : fmt::format("{}", fmt::join(found->second.values, "/")),
                    found == left.end() ? " none" : found->second.persons);
            }
            left.erase(cell.key);
        }
        for (auto const& [key, cell] : left) {
            differences += fmt::format("{}: run nothing, decided {}, persons{}\n",
                                       name_of(key),
                                       fmt::join(cell.values, "/"),
                                       cell.persons);
        }
        return differences;
    }
    [[nodiscard]] std::size_t size() const { return cells_.size(); }

  private:
    struct Cell {
        std::array<std::int64_t, Values> values{};
        std::string persons;
    };
    std::map<std::uint64_t, Cell> cells_;
};

/// The area of the last month that a history says was paid; nothing when two records end together.
std::optional<AreaId> area_paid_last(Life const& life) {
    std::optional<YearMonth> last;
    std::optional<AreaId> area;
    for (Record const& record : life.records) {
        YearMonth const end = record.kind == Kind::lump_sum ? record.from : record.to;
        if (!last || end > *last) {
            last = end;
            area = record.area;
        } else if (end == *last && record.area != area) {
            area.reset();
        }
    }
    return area;
}

/// One scenario under one rule set, both ways.
class BothWays {
  public:
    BothWays(std::string const& scenario, SimulatedOptions const& options)
        : name_(scenario + (options.rules.empty() ? "" : " under " + options.rules)),
          simulation_(simulated(scenario, options)), setup_(simulation_->setup()),
          persons_(options.persons), run_(setup_.areas, setup_.watch),
          decided_books_(setup_.areas) {}

    void compare() {
        std::vector<cases::Case> const read = write_and_read();
        engine::LifeRunner runner(setup_, simulation_->key(0), run_);
        law::Decider decider = simulation_->law->decider();
        for (std::uint64_t person = 0; person < persons_; ++person) {
            cases::Case const& written = read[person];
            person_ = person;
            check(written.problems.empty(), "the case is read without faults");
            engine::LifeResult const& result = runner.run(person);
            if (!decider.decide(written.life)) {
                check(false, "decide finds no fault");
                continue;
            }
            compare_person(result, written.life, decider.outcome());
            add_up(result, decider.outcome());
        }
        compare_sums();
    }
    /// Transfers, refunds, inheritances and accounts to the residents' scheme, to see that there
    /// was something to compare.
    struct Seen {
        std::size_t flows = 0;
        int refunds = 0;
        int inheritances = 0;
        int bridged = 0;
        int pensions = 0;
    };
    [[nodiscard]] Seen seen() const {
        Seen seen = seen_;
        seen.flows = flows_.size();
        return seen;
    }

  private:
    void check(bool same, std::string const& what) const {
        if (!same) {
            FAIL_CHECK(name_, ", person ", person_, ": not the same: ", what);
        }
    }

    /// Through the file of `pensim sample`, all of it.
    std::vector<cases::Case> write_and_read() {
        world::LifeDrawer drawer(simulation_->world, setup_.law, simulation_->limits);
        std::string text = cases::cases_head("law", "test");
        std::vector<std::string> single;
        for (std::uint64_t person = 0; person < persons_; ++person) {
            auto const& drawn = drawer.draw(simulation_->key(0), person);
            single.emplace_back();
            cases::append_case(
                single.back(), std::to_string(person), drawn.life, simulation_->tables.areas);
            text += (person == 0 ? "" : ",\n") + single.back();
        }
        text += cases::cases_end();
        auto file = cases::read_cases(text, simulation_->tables).value();
        REQUIRE(file.persons.size() == persons_);
        for (std::uint64_t person = 0; person < persons_; ++person) {
            std::string again;
            cases::append_case(again,
                               file.persons[person].id,
                               file.persons[person].life,
                               simulation_->tables.areas);
            person_ = person;
            check(again == single[person], "the case written again");
        }
        return std::move(file.persons);
    }

    void
    compare_person(engine::LifeResult const& result, Life const& life, Outcome const& outcome) {
        law::Walk const& walk = *result.walk;
        check(result.status == outcome.status, "status");
        check(walk.counting == outcome.counting_month, "counting month");
        check(walk.settlement == outcome.settlement_month, "settlement month");
        check(walk.months_total == outcome.months_total, "months");
        check(walk.required == outcome.required_months, "required months");
        check((walk.place ? walk.place->branch : Branch::none) == outcome.branch, "branch");
        check((walk.place ? std::optional(walk.place->area) : std::nullopt) == outcome.benefit_area,
              "benefit area");
        check(result.pension == outcome.pension, "pension");
        if (walk.settlement) {
            check(walk.balance == outcome.account_balance, "balance at settlement");
        }
        auto const last = area_paid_last(life);
        check(!last || last == walk.last_area, "area paid in last");
        Fen account;
        Fen pooled;
        for (Transfer const& t : outcome.transfers) {
            account += t.account;
            pooled += t.pooled;
        }
        check(result.moved.transfers == static_cast<int>(outcome.transfers.size()), "transfers");
        check(result.moved.account == account, "account moved");
        check(result.moved.pooled == pooled, "pooled money moved");
    }

    void add_up(engine::LifeResult const& result, Outcome const& outcome) {
        for (Transfer const& t : outcome.transfers) {
            flows_.add(FlowKey{t.month.year(), t.from, t.to, t.kind}.packed(),
                       person_,
                       {1, t.account.count(), t.pooled.count()});
        }
        locations_.add(engine::LocationKey{result.drawn->life.group,
                                           outcome.branch,
                                           result.walk->last_area,
                                           outcome.benefit_area}
                           .packed(),
                       person_,
                       {1});
        ++statuses_[static_cast<std::size_t>(outcome.status)];
        for (Refund const& refund : outcome.refunds) {
            bool const heirs = refund.reason == RefundReason::death;
            AreaYear& books = decided_books_.at(refund.month.year(), refund.area);
            (heirs ? books.inheritances : books.refunds) += refund.account;
            ++(heirs ? seen_.inheritances : seen_.refunds);
        }
        if (outcome.bridge) {
            check(outcome.bridge->direction == BridgeDirection::employee_to_resident,
                  "only employees' accounts cross");
            decided_books_.at(outcome.bridge->month.year(), *outcome.benefit_area).to_residents +=
                outcome.bridge->account;
            ++seen_.bridged;
        }
        if (outcome.pension) {
            ++seen_.pensions;
            leave_to_heirs(outcome, result.drawn->death);
        }
    }

    /// What a settled pension leaves: the run books it beside the refunds of a death before.
    void leave_to_heirs(Outcome const& outcome, YearMonth death) {
        auto const pay = [&](AreaId area, Fen basic, Fen account, Fen balance) {
            auto const rest =
                law::pay_pension({*outcome.settlement_month, death, basic, account, balance},
                                 simulation_->law->book(),
                                 [](law::PensionYear const&) {});
            decided_books_.at(rest.month.year(), area).inheritances += rest.account;
        };
        Pension const& pension = *outcome.pension;
        for (AreaPension const& share : pension.by_area) {
            pay(share.area, share.basic, share.account, share.balance);
        }
        if (pension.by_area.empty()) {
            pay(*outcome.benefit_area, pension.basic, pension.account, *outcome.account_balance);
        }
    }

    void compare_sums() {
        AreaTable const& areas = simulation_->tables.areas;
        auto const id = [&](std::optional<AreaId> area) { return area ? areas[*area].id : "-"; };
        auto const flow = [&](std::uint64_t key) { return name_of(FlowKey::unpacked(key), areas); };
        auto const location = [&](std::uint64_t packed) {
            auto const key = engine::LocationKey::unpacked(packed);
            return fmt::format("{} {} last {} benefit {}",
                               word(key.group),
                               word(key.branch),
                               id(key.last_area),
                               id(key.benefit_area));
        };
        auto run = engine::run_people(setup_, simulation_->key(0), {0, persons_, 100}, {});
        same("", difference_of(run_, run, areas));
        same("flows", flows_.against(run.flows, flow));
        same("locations", locations_.against(run.locations, location));
        CHECK(run.by_status == statuses_);
        for (int year = FundLedger::first_year; year <= YearMonth::last_year; ++year) {
            for (std::size_t a = 0; a < areas.size(); ++a) {
                auto const area = static_cast<AreaId>(a);
                AreaYear const& mine = run.ledger.at(year, area);
                AreaYear const& theirs = decided_books_.at(year, area);
                if (mine.refunds != theirs.refunds || mine.inheritances != theirs.inheritances
                    || mine.to_residents != theirs.to_residents) {
                    FAIL_CHECK(name_,
                               ": ",
                               areas[area].id,
                               " in ",
                               year,
                               fmt::format(": refunds {} and {}, inheritances {} and {}, to "
                                           "residents {} and {}",
                                           mine.refunds.count(),
                                           theirs.refunds.count(),
                                           mine.inheritances.count(),
                                           theirs.inheritances.count(),
                                           mine.to_residents.count(),
                                           theirs.to_residents.count()));
                }
            }
        }
    }
    void same(std::string const& table, std::string const& differences) const {
        if (!differences.empty()) {
            FAIL_CHECK(name_, ", ", table, ":\n", differences);
        }
    }

    std::string name_;
    std::unique_ptr<scenario::Simulation> simulation_;
    engine::Setup setup_;
    std::uint64_t persons_;
    std::uint64_t person_ = 0;
    engine::Tally run_;
    FundLedger decided_books_;
    Sums<3> flows_;
    Sums<1> locations_;
    std::array<std::int64_t, engine::status_count> statuses_{};
    Seen seen_;
};

TEST_CASE("a run and decide are one law: every shipped scenario") {
    BothWays::Seen all;
    for (std::string_view const id : scenario::shipped_scenarios()) {
        BothWays both(std::string(id),
                      {.persons = id == "country400" ? 600U : 3000U, .with_pilot = false});
        both.compare();
        CAPTURE(id);
        auto const seen = both.seen();
        CHECK(seen.flows > 50);
        all.refunds += seen.refunds;
        all.inheritances += seen.inheritances;
        all.bridged += seen.bridged;
        all.pensions += seen.pensions;
    }
    CHECK(all.refunds > 100);
    CHECK(all.inheritances > 100);
    CHECK(all.bridged > 10);
    CHECK(all.pensions > 1000);
}

TEST_CASE("a run and decide are one law: other rule sets") {
    for (std::string const rules : {"practice",
                                    "pro-rata",
                                    "no-pooled-money",
                                    "full-employer-share",
                                    "longest-only",
                                    "required-180"}) {
        for (std::string const scenario : {"hmt", "national", "foreigners"}) {
            BothWays both(scenario, {.persons = 700, .rules = rules, .with_pilot = false});
            both.compare();
        }
    }
}

} // namespace
} // namespace pensim::test

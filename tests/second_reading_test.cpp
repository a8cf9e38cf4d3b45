// Two readings of one law: core/law walks by stretches, tests/support/plain_law by single months.
// They must give the same outcome, to the fen, on random lives; and the lives must reach every
// branch.
//
// PENSIM_LIVES sets the number of lives (100 000 by default), PENSIM_SEED the first seed.
#include <array>
#include <cstdlib>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "core/law/decide.hpp"
#include "core/law/words.hpp"
#include "sim/cases/fault_text.hpp"
#include "sim/cases/outcome_json.hpp"
#include "tests/support/plain_law.hpp"
#include "tests/support/random_life.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {
namespace {

std::uint64_t setting(char const* name, std::uint64_t otherwise) {
    char const* const text = std::getenv(name);
    return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

/// What was reached, counted.
struct Reached {
    std::array<int, words<Status>.size()> status{};
    std::array<int, words<Branch>.size()> branch{};
    std::array<int, words<TransferKind>.size()> transfer{};
    std::array<int, words<RefundReason>.size()> refund{};
    std::array<int, 32> fault{};
    int bridged = 0;
    int bridged_and_died = 0;
    int decided = 0;
    int rejected = 0;

    void count(Outcome const& o) {
        ++decided;
        ++status[static_cast<std::size_t>(o.status)];
        ++branch[static_cast<std::size_t>(o.branch)];
        bridged += o.bridge ? 1 : 0;
        bridged_and_died += o.bridge && o.status == Status::died ? 1 : 0;
        for (Transfer const& t : o.transfers) {
            ++transfer[static_cast<std::size_t>(t.kind)];
        }
        for (Refund const& r : o.refunds) {
            ++refund[static_cast<std::size_t>(r.reason)];
        }
    }
};

/// The fields that the plain reading fills.
std::string comparable(Outcome outcome) {
    outcome.basis.clear();
    outcome.death_grant.reset();
    std::string text;
    cases::append_outcome(text, "x", Group::mainland, outcome, tables());
    return text;
}

void compare(law::Decider& decider, law::RuleBook const& book, Life const& life, Reached& reached) {
    bool const decided = decider.decide(life);
    auto const plain = plain_decide(book, tables().wages, life);
    bool const plain_decided = std::holds_alternative<Outcome>(plain);
    std::string faults;
    if (!decided) {
        ++reached.rejected;
        for (auto const& fault : decider.faults()) {
            ++reached.fault[static_cast<std::size_t>(fault.kind)];
            faults +=
                cases::pointer_of(fault, "") + " " + cases::describe(fault, life, areas()) + "\n";
        }
    }
    std::string const left = decided ? comparable(decider.outcome()) : "rejected";
    std::string const right = plain_decided ? comparable(std::get<Outcome>(plain)) : "rejected";
    if (left != right) {
        FAIL_CHECK("two readings differ\n",
                   describe(life),
                   "\nstretches: ",
                   left,
                   "\nmonths:    ",
                   right,
                   "\n",
                   faults);
    }
    if (decided) {
        reached.count(decider.outcome());
    }
}

TEST_CASE("two readings agree on random lives under the law") {
    std::uint64_t const lives = setting("PENSIM_LIVES", 100'000);
    std::mt19937_64 random(setting("PENSIM_SEED", 20260101));
    // The law with the opt-in of practice, whose area is moved to one that the random lives know.
    law::RuleBook book = rules("practice");
    book.place.election_area.replace_from({{YearMonth(2000, 1), {false, AreaId{0}}, "test"}});
    cases::Law const law(std::move(book), tables());
    law::Decider decider = law.decider();
    Reached reached;
    for (std::uint64_t i = 0; i < lives; ++i) {
        compare(decider, law.book(), random_life(random, {&law.book(), &tables().wages}), reached);
    }
    if (lives < 100'000) {
        return;
    }
    for (auto const status : {Status::pension,
                              Status::extend,
                              Status::lump_sum,
                              Status::short_no_extension,
                              Status::refunded,
                              Status::died,
                              Status::no_contributions}) {
        CAPTURE(word(status));
        CHECK(reached.status[static_cast<std::size_t>(status)] > 20);
    }
    for (auto const branch : {Branch::relation_qualified,
                              Branch::last_qualified,
                              Branch::longest,
                              Branch::longest_last,
                              Branch::hukou,
                              Branch::hukou_gathers,
                              Branch::last_area_election}) {
        CAPTURE(word(branch));
        CHECK(reached.branch[static_cast<std::size_t>(branch)] > 20);
    }
    for (std::size_t kind = 0; kind < reached.transfer.size(); ++kind) {
        CAPTURE(words<TransferKind>[kind]);
        CHECK(reached.transfer[kind] > 20);
    }
    for (std::size_t reason = 0; reason < reached.refund.size(); ++reason) {
        CAPTURE(words<RefundReason>[reason]);
        CHECK(reached.refund[reason] > 20);
    }
    CHECK(reached.bridged > 20);
    CHECK(reached.bridged_and_died > 20);
}

TEST_CASE("two readings agree on random lives under random rule sets") {
    std::uint64_t const lives = setting("PENSIM_LIVES", 100'000) / 2;
    std::mt19937_64 random(setting("PENSIM_SEED", 20260102));
    constexpr std::uint64_t lives_of_a_rule_set = 50;
    Reached reached;
    for (std::uint64_t i = 0; i < lives; i += lives_of_a_rule_set) {
        cases::Law const law(random_rules(random, rules("law")), tables());
        law::Decider decider = law.decider();
        for (std::uint64_t j = 0; j < lives_of_a_rule_set; ++j) {
            compare(
                decider, law.book(), random_life(random, {&law.book(), &tables().wages}), reached);
        }
    }
    if (lives < 50'000) {
        return;
    }
    for (std::size_t branch = 0; branch < reached.branch.size(); ++branch) {
        CAPTURE(words<Branch>[branch]);
        CHECK(reached.branch[branch] > 20);
    }
    CHECK(reached.status[static_cast<std::size_t>(Status::undetermined)] > 20);
}

} // namespace
} // namespace pensim::test

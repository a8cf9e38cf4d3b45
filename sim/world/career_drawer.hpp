// Draws the career of one person: who, where, when paying, moving, leaving, claiming, dying.
//
// Next-event sampling: in each state an exponential draw for every process that can end it, the
// earliest wins; the month is the grain. Up to T nothing of the law is asked but T itself; somebody
// short of months at T learns where the pension would be, and acts on it (conduct()).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/law/walk.hpp"
#include "sim/world/career.hpp"
#include "sim/world/retirement_table.hpp"
#include "sim/world/world.hpp"

namespace pensim::world {

/// The draws of one person, by what they are for.
struct PersonStreams {
    /// First words that were made before; any of them may be empty.
    struct FirstWords {
        std::span<std::uint32_t const> who;
        std::span<std::uint32_t const> death;
        std::span<std::uint32_t const> claim;
        std::span<std::uint32_t const> career;
        std::span<std::uint32_t const> wage;
    };
    PersonStreams(random::Key key, std::uint64_t person) : PersonStreams(key, person, {}) {}
    PersonStreams(random::Key key, std::uint64_t person, FirstWords const& words)
        : who(key, person, random::Purpose::who, words.who),
          death(key, person, random::Purpose::death, words.death),
          claim(key, person, random::Purpose::claim, words.claim),
          career(key, person, random::Purpose::career, words.career),
          wage(key, person, random::Purpose::wage, words.wage),
          election(key, person, random::Purpose::election) {}
    random::Stream who;
    random::Stream death;
    random::Stream claim;
    random::Stream career;
    random::Stream wage;
    random::Stream election;
};

class CareerDrawer {
  public:
    /// Both outlive the drawer.
    CareerDrawer(World const& world, law::LawContext const& law);

    /// The same whatever was drawn before; keeps its memory from career to career.
    void draw(PersonStreams& streams, Career& career) const;

    /// Would somebody short of months continue where they paid last, if the rules leave the choice
    /// (A16)?
    [[nodiscard]] bool elects_last_area(Career const& career, PersonStreams& streams) const;
    /// What somebody does who is short of months and has a benefit location; to be asked once.
    [[nodiscard]] Conduct conduct(Career const& career,
                                  std::optional<YearMonth> first_paid,
                                  PersonStreams& streams) const;

    /// The base share of somebody who pays alone, from that of the present spell.
    [[nodiscard]] static std::int64_t alone_ppm(GroupTables const& group, std::int64_t spell_ppm);

  private:
    void draw_who(random::Stream& who, Career& career, AreaId& home, AreaId& first_area) const;
    /// Gives whether an early claim is asked for.
    bool plan_claim(random::Stream& claim,
                    Career& career,
                    RetirementTable::Entry const& retirement) const;
    void draw_spells(PersonStreams& streams, Career& career, AreaId home, AreaId first_area) const;
    YearMonth wait_out_exemption(random::Stream& stream, Career& career) const;
    void settle_claim(Career& career, RetirementTable::Entry const& retirement) const;
    [[nodiscard]] int wait(double rate_a_month, random::Stream& stream) const;
    [[nodiscard]] GroupTables const& group_of(Career const& career) const {
        return world_.groups[static_cast<std::size_t>(career.group)];
    }

    World const& world_;
    law::LawContext law_;
    RetirementTable retirement_;
};

} // namespace pensim::world

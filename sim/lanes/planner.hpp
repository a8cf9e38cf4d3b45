// The law of one drawn career without its money: where the relation and each holding are in every
// month, the benefit location, what moves, ends and settles when; and the holdings with which
// PaidYears finds the amounts.
//   Law    mirrors core/law/timeline.hpp and relation.hpp for careers as they are drawn: spells in
//          order of time, no overlap. The place is decided by benefit_location.hpp itself.
//   Given  a career
//   Gives  what is to be reckoned once the amounts are known; or that the career goes the general
//          way: a lump sum, more holdings at once, more transfers in a row or higher wages than
//          lanes have room for
//   Fails  never
//
// Nothing of this depends on an amount, so spells are as long as they are: a career costs by its
// changes, not by its years.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/law/walk.hpp"
#include "core/record/outcome.hpp"
#include "sim/lanes/paid_years.hpp"
#include "sim/lanes/pension_years.hpp"
#include "sim/world/career_drawer.hpp"

namespace pensim::lanes {

/// One holding as long as it is in one area, and takes in no others.
struct Segment {
    AreaId area{};
    bool temporary = false;
    std::uint16_t pass = 0;
    YearMonth start = YearMonth::first(); ///< a payment or what others bring, in this month
    YearMonth end = YearMonth::first();   ///< it ends at the end of this month's payments
    std::uint32_t first_join = 0;         ///< segments that it takes in at its start
    std::uint32_t joins = 0;
};

struct PlannedTransfer {
    YearMonth month = YearMonth::first();
    AreaId from{};
    AreaId to{};
    TransferKind kind = TransferKind::move;
    bool temporary = false; ///< the holding that moves
    friend bool operator==(PlannedTransfer const&, PlannedTransfer const&) = default;
};

/// A segment that another takes in; by a transfer, or as the same area's own.
struct Join {
    std::uint32_t segment = 0;
    std::optional<std::uint32_t> transfer;
};

struct PlannedRefund {
    YearMonth month = YearMonth::first();
    RefundReason reason = RefundReason::death;
    AreaId area{};
    std::uint32_t segment = 0;
};

/// What becomes of the account at the benefit location; none: there is none, or heirs have it.
enum class AccountEnd : std::uint8_t { none, pension, resident_scheme };

struct PlannedLife {
    std::uint64_t person = 0;
    Group group = Group::mainland;
    Status status = Status::no_contributions;
    std::optional<law::PlaceDecision> place; ///< at the end
    std::optional<AreaId> last_area;
    bool counted = false; ///< at T, with months
    int missing = 0;      ///< months at T
    AccountEnd account_end = AccountEnd::none;
    YearMonth month = YearMonth::first(); ///< of that end
    YearMonth birth = YearMonth::first();
    YearMonth death = YearMonth::first();
    int months_total = 0;
    std::uint32_t first_segment = 0;
    std::uint32_t segments = 0;
    std::uint32_t first_transfer = 0;
    std::uint32_t transfers = 0;
    std::uint32_t first_refund = 0;
    std::uint32_t refunds = 0;
    std::uint32_t first_account = 0; ///< what the balance at that end is made of
    std::uint32_t accounts = 0;
    std::uint32_t first_earner = 0; ///< areas that did not pay it in the end
    std::uint32_t earners = 0;
};

/// What a batch of lives leaves to be reckoned.
struct Plans {
    std::vector<PlannedLife> lives;
    std::vector<PlannedTransfer> transfers;
    std::vector<PlannedRefund> refunds;
    std::vector<Segment> segments;
    std::vector<Join> joins;
    std::vector<std::uint32_t> accounts; ///< segments
    std::vector<Earner> earners;
    std::array<std::vector<std::uint32_t>, PaidYears::passes_max> takers; ///< segments with joins
    void clear();
};

class Planner {
  public:
    /// All outlive the planner.
    Planner(world::World const& world,
            law::LawContext const& law,
            world::CareerDrawer const& careers,
            LaneTables const& tables);

    /// Takes a career through the law; months that somebody short pays after T become a spell of
    /// it, an end after T an event. False: it goes the general way, and nothing is left of it here.
    /// True: to be kept or dropped before the next one.
    bool plan(world::Career& career, world::PersonStreams& streams, Plans& plans);
    /// The same career, as far as it was drawn, with another benefit location at T, into other
    /// plans; also to be kept or dropped. There must be one in both, and may_go_elsewhere().
    void plan_elsewhere(law::PlaceDecision const& place, Plans& plans);
    /// Have lanes room for the life whatever its benefit location?
    [[nodiscard]] bool may_go_elsewhere() const;
    /// Adds the life to the plans and its holdings to the years.
    PlannedLife& keep(std::uint64_t person, PaidYears& years);
    void drop();
    /// A life that is neither kept nor dropped, and its transfers.
    [[nodiscard]] PlannedLife const& life() const { return life_; }
    [[nodiscard]] std::span<PlannedTransfer const> transfers() const {
        return std::span(plans_->transfers).subspan(life_.first_transfer);
    }
    /// Has it a temporary account at any time?
    [[nodiscard]] bool has_temporary() const;
    /// Adds its temporary holdings to other years than those of its plan, of tables that may be
    /// another law's; by number from `first_holding` on. Gives the next number.
    std::uint32_t
    add_temporaries(std::uint32_t first_holding, LaneTables const& tables, PaidYears& years) const;
    /// What was planned as core/law has it, as far as where and when go: the career's life, given
    /// records that are spells without bases, each cut where its last year begins; a walk without
    /// money.
    Life const& outline(law::Walk& walk);

  private:
    /// Months that are paid into a segment, in order of time.
    struct Part {
        std::uint32_t segment = 0;
        std::uint32_t spell = 0;
    };
    struct Slot {
        AreaId area{};
        bool temporary = false;
        std::uint32_t segment = 0;
    };
    static constexpr std::size_t slots_max = 8;

    // ---- what happens; without streams, what was drawn for the first plan holds ----
    void begin(world::Career& career, Plans& plans);
    bool decide(world::PersonStreams* streams);
    void pay(std::uint32_t spell);
    void note_standing(world::Spell const& spell, bool temporary);
    void end_relation(YearMonth month);
    bool count(world::PersonStreams* streams);
    bool go_on_short(world::PersonStreams* streams);
    void gather();
    void finish(AccountEnd end, YearMonth month);
    void die();
    [[nodiscard]] std::optional<law::PlaceDecision> decide_place(bool enough) const;
    [[nodiscard]] bool opens_temporary(AreaId area, YearMonth month) const;
    [[nodiscard]] Slot* find_slot(AreaId area);
    std::uint32_t new_segment(AreaId area, bool temporary, YearMonth start);
    void close_segment(Slot const& slot, YearMonth month);
    std::uint32_t add_transfer(Slot const& slot, YearMonth month, AreaId to, TransferKind kind);
    template <class KindOf>
    void move_slots(YearMonth month, AreaId to, bool temporary_too, KindOf const& kind_of);
    // ---- holdings ----
    void write_holding(std::uint32_t number, PaidYears& years);
    /// Gives the month of the first payment into it.
    std::optional<YearMonth> add_holding(std::uint32_t number,
                                         std::uint32_t holding,
                                         LaneTables const& tables,
                                         PaidYears& years) const;
    void count_once(std::uint32_t number, int year, PaidYears& years) const;

    world::World const& world_;
    law::LawContext law_;
    law::PlaceCalendar places_;
    world::CareerDrawer const& careers_;
    LaneTables const& tables_;

    // Of the life at hand.
    world::Career* career_ = nullptr;
    Plans* plans_ = nullptr;
    PlannedLife life_;
    law::Person person_ = law::Person::mainland;
    std::uint32_t first_join_ = 0;
    std::size_t drawn_spells_ = 0; ///< what follows came with the plan
    std::size_t drawn_events_ = 0;
    std::optional<law::PlaceDecision> elsewhere_; ///< instead of the rules' place
    std::optional<world::Conduct> conduct_;       ///< of somebody short of months
    std::vector<Part> parts_;
    std::vector<law::Standing> standings_;
    std::vector<law::Standing> voided_; ///< standings of T, where the relation was ended later
    std::optional<AreaId> counted_relation_;
    std::optional<law::PlaceDecision> counted_place_;
    int counted_months_ = 0;
    std::array<Slot, slots_max> slots_{};
    std::size_t slot_count_ = 0;
    std::optional<AreaId> relation_;
    std::optional<YearMonth> first_paid_;
    bool ever_paid_ = false;
    bool terminated_ = false;
    bool fits_ = true;
};

} // namespace pensim::lanes

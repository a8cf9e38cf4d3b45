#include "sim/job/decide_frames.hpp"

#include <cmath>
#include <mutex>
#include <unordered_map>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/cases/csv_rows.hpp"
#include "sim/cases/outcome_json.hpp"
#include "sim/engine/shards.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/job/wrong_input.hpp"
#include "sim/report/table_maker.hpp"

namespace pensim::job {

namespace {

using cases::CsvFields;
using report::Column;
using report::Table;
using report::TableMaker;

cases::TableHead head_of(Frame const& frame) {
    cases::TableHead head{frame.name, frame.name, {}};
    for (FrameColumn const& column : frame.columns) {
        head.columns.push_back(column.name);
    }
    return head;
}

std::string_view cell(Frame const& frame, std::size_t column, std::size_t row) {
    FrameColumn const& of = frame.columns[column];
    std::int32_t const code = of.codes[row];
    return code < 0 ? std::string_view() : of.words[static_cast<std::size_t>(code)];
}

void fill(CsvFields& fields, Frame const& frame, std::size_t row) {
    fields.resize(frame.columns.size());
    for (std::size_t i = 0; i < fields.size(); ++i) {
        fields[i] = cell(frame, i, row);
    }
}

/// Whose record is whose: rows of records by person, in their order.
struct Join {
    std::vector<std::uint32_t> first;   ///< of each person in `rows`, and the end of the last
    std::vector<std::uint32_t> rows;    ///< of records
    std::vector<std::uint32_t> orphans; ///< rows of records of nobody
    std::vector<bool> doubled;          ///< persons with the id of an earlier one
};

Join join(Frame const& persons,
          std::size_t id_column,
          Frame const& records,
          std::size_t person_id_column) {
    std::unordered_map<std::string_view, std::uint32_t> known;
    Join joined;
    joined.doubled.resize(persons.rows);
    for (std::size_t i = 0; i < persons.rows; ++i) {
        joined.doubled[i] =
            !known.emplace(cell(persons, id_column, i), static_cast<std::uint32_t>(i)).second;
    }
    std::vector<std::uint32_t> owner(records.rows);
    joined.first.resize(persons.rows + 1);
    auto const nobody = static_cast<std::uint32_t>(persons.rows);
    for (std::size_t row = 0; row < records.rows; ++row) {
        auto const found = known.find(cell(records, person_id_column, row));
        owner[row] = found == known.end() ? nobody : found->second;
        if (owner[row] == nobody) {
            joined.orphans.push_back(static_cast<std::uint32_t>(row));
        } else {
            ++joined.first[owner[row] + 1];
        }
    }
    for (std::size_t i = 0; i < persons.rows; ++i) {
        joined.first[i + 1] += joined.first[i];
    }
    joined.rows.resize(joined.first.back());
    auto next = joined.first;
    for (std::size_t row = 0; row < records.rows; ++row) {
        if (owner[row] != nobody) {
            joined.rows[next[owner[row]]++] = static_cast<std::uint32_t>(row);
        }
    }
    return joined;
}

/// One person, decided: what the tables say of it.
struct Decided {
    std::optional<Outcome> outcome;
    Problems problems;
    std::string json;
};

/// Rows of the tables, in order of persons.
class FrameTables {
  public:
    FrameTables(AreaTable const& areas, Frame const& persons, Frame const& records)
        : areas_(areas), persons_(persons), records_(records) {
        auto statuses = report::words_of<Status>();
        statuses.emplace_back("error");
        o_.id = outcomes_.words("id", {});
        o_.status = outcomes_.words("status", std::move(statuses));
        for (char const* const name : {"statutory_month", "counting_month", "settlement_month"}) {
            o_.months.push_back(outcomes_.months(name));
        }
        for (char const* const name : {"months_total", "required_months", "missing_months"}) {
            o_.counts.push_back(outcomes_.whole(name));
        }
        o_.benefit_area = outcomes_.words("benefit_area", report::area_words(areas));
        auto branches = report::words_of<Branch>();
        branches.emplace_back();
        o_.branch = outcomes_.words("branch", std::move(branches));
        for (char const* const name :
             {"account_balance", "pension_basic", "pension_account", "pension_monthly"}) {
            o_.amounts.push_back(outcomes_.number(name, Column::Kind::yuan));
        }
        o_.index = outcomes_.number("pension_index", Column::Kind::real, 4);
        o_.payout = outcomes_.number("payout_months", Column::Kind::real, 1);
        t_ = {transfers_.words("id", {}),
              transfers_.months("month"),
              transfers_.words("from", report::area_words(areas)),
              transfers_.words("to", report::area_words(areas)),
              transfers_.words("kind", report::words_of<TransferKind>()),
              transfers_.number("account", Column::Kind::yuan),
              transfers_.number("pooled", Column::Kind::yuan)};
        r_ = {refunds_.words("id", {}),
              refunds_.months("month"),
              refunds_.words("reason", report::words_of<RefundReason>()),
              refunds_.words("area", report::area_words(areas)),
              refunds_.number("account", Column::Kind::yuan)};
        e_ = {errors_.words("id", {}),
              errors_.words("table", {persons.name, records.name}),
              errors_.whole("row"),
              errors_.words("column", {}),
              errors_.words("message", {})};
    }

    /// `id`: the number of the person, whose ids are the words of the column.
    void add(std::size_t person, Decided const& decided) {
        outcomes_.put(o_.id, person);
        if (decided.outcome) {
            put(person, *decided.outcome);
        } else {
            put_nothing();
        }
        outcomes_.end_row();
        for (Problem const& problem : decided.problems) {
            add_error(person, problem);
        }
    }
    /// "persons:3:birth"
    void add_error(std::size_t id, Problem const& problem) {
        std::string_view where = problem.where;
        bool const of_record = where.starts_with(records_.name + ":");
        where.remove_prefix((of_record ? records_ : persons_).name.size() + 1);
        std::size_t const colon = where.find(':');
        errors_.put(e_[0], id);
        errors_.put(e_[1], of_record ? 1 : 0);
        errors_.put_whole(e_[2], std::stoll(std::string(where.substr(0, colon))));
        errors_.put_text(e_[3], where.substr(colon + 1));
        errors_.put_text(e_[4], problem.what);
        errors_.end_row();
    }

    [[nodiscard]] bool has_outcome(std::string_view column) const { return outcomes_.has(column); }

    /// `ids`: of the persons, then of records of nobody.
    void finish(std::vector<std::string> const& ids, DecidedFrames& into) {
        into.outcomes = with_ids(outcomes_, ids);
        into.transfers = with_ids(transfers_, ids);
        into.refunds = with_ids(refunds_, ids);
        into.errors = with_ids(errors_, ids);
    }

  private:
    static Table with_ids(TableMaker& maker, std::vector<std::string> const& ids) {
        Table table = maker.finish_plain();
        table.columns.front().words = ids;
        return table;
    }
    void put(std::size_t person, Outcome const& o) {
        outcomes_.put(o_.status, static_cast<std::size_t>(o.status));
        outcomes_.put_month(o_.months[0], o.statutory_month);
        outcomes_.put_month(o_.months[1], o.counting_month);
        outcomes_.put_month(o_.months[2], o.settlement_month);
        outcomes_.put_whole_if(o_.counts[0], o.months_total);
        outcomes_.put_whole_if(o_.counts[1], o.required_months);
        outcomes_.put_whole_if(o_.counts[2], o.missing_months);
        outcomes_.put(o_.benefit_area,
                      o.benefit_area ? static_cast<std::size_t>(*o.benefit_area) : areas_.size());
        outcomes_.put(o_.branch, static_cast<std::size_t>(o.branch));
        auto const amount = [&](std::size_t i, std::optional<Fen> value) {
            outcomes_.put_whole_if(o_.amounts[i],
                                   value ? std::optional(value->count()) : std::nullopt);
        };
        auto const of_pension = [&](Fen Pension::*part) {
            return o.pension ? std::optional((*o.pension).*part) : std::nullopt;
        };
        amount(0, o.account_balance);
        amount(1, of_pension(&Pension::basic));
        amount(2, of_pension(&Pension::account));
        amount(3, of_pension(&Pension::monthly));
        outcomes_.put_real(o_.index, o.pension ? o.pension->index_e4 / 1e4 : std::nan(""));
        outcomes_.put_real(o_.payout,
                           o.pension ? o.pension->payout_months_e1 / 10.0 : std::nan(""));
        for (Transfer const& t : o.transfers) {
            transfers_.put(t_[0], person);
            transfers_.put_month(t_[1], t.month);
            transfers_.put(t_[2], static_cast<std::size_t>(t.from));
            transfers_.put(t_[3], static_cast<std::size_t>(t.to));
            transfers_.put(t_[4], static_cast<std::size_t>(t.kind));
            transfers_.put_whole(t_[5], t.account.count());
            transfers_.put_whole(t_[6], t.pooled.count());
            transfers_.end_row();
        }
        for (Refund const& r : o.refunds) {
            refunds_.put(r_[0], person);
            refunds_.put_month(r_[1], r.month);
            refunds_.put(r_[2], static_cast<std::size_t>(r.reason));
            refunds_.put(r_[3], static_cast<std::size_t>(r.area));
            refunds_.put_whole(r_[4], r.account.count());
            refunds_.end_row();
        }
    }
    void put_nothing() {
        outcomes_.put(o_.status, words<Status>.size());
        for (std::size_t const column : o_.months) {
            outcomes_.put_month(column, std::nullopt);
        }
        for (auto const* const columns : {&o_.counts, &o_.amounts}) {
            for (std::size_t const column : *columns) {
                outcomes_.put_whole_if(column, std::nullopt);
            }
        }
        outcomes_.put(o_.benefit_area, areas_.size());
        outcomes_.put(o_.branch, words<Branch>.size());
        outcomes_.put_real(o_.index, std::nan(""));
        outcomes_.put_real(o_.payout, std::nan(""));
    }

    AreaTable const& areas_;
    Frame const& persons_;
    Frame const& records_;
    TableMaker outcomes_{"outcomes", 1};
    TableMaker transfers_{"transfers", 1};
    TableMaker refunds_{"refunds", 1};
    TableMaker errors_{"errors", 1};
    struct OutcomeColumns {
        std::size_t id = 0;
        std::size_t status = 0;
        std::vector<std::size_t> months;
        std::vector<std::size_t> counts;
        std::size_t benefit_area = 0;
        std::size_t branch = 0;
        std::vector<std::size_t> amounts;
        std::size_t index = 0;
        std::size_t payout = 0;
    };
    OutcomeColumns o_;
    std::vector<std::size_t> t_;
    std::vector<std::size_t> r_;
    std::vector<std::size_t> e_;
};

/// Decides persons one after another; one a shard.
class FrameDecider {
  public:
    FrameDecider(cases::Law const& law,
                 cases::CsvShape const& shape,
                 Frame const& persons,
                 Frame const& records,
                 Join const& joined)
        : law_(law), persons_(persons), records_(records), joined_(joined),
          reader_(shape, law.tables()), decider_(law.decider()) {}

    Decided decide(std::size_t row, bool json) {
        fill(fields_, persons_, row);
        reader_.start(fields_, row);
        if (joined_.doubled[row]) {
            reader_.doubled(row);
        }
        std::uint32_t const first = joined_.first[row];
        for (std::uint32_t i = first; i < joined_.first[row + 1]; ++i) {
            fill(fields_, records_, joined_.rows[i]);
            reader_.add_record(fields_, joined_.rows[i]);
        }
        cases::Case& person = reader_.finish(row);
        auto const place_of = [&](law::LifeFault const& fault) {
            using Part = law::LifeFault::Part;
            return fault.part == Part::record
                       ? reader_.record_place(
                           joined_.rows[first + static_cast<std::uint32_t>(fault.index)],
                           fault.field)
                       : reader_.person_place(row,
                                              fault.part == Part::event ? "events" : fault.field);
        };
        Decided decided;
        auto const* const outcome =
            cases::decide_case(decider_, person, place_of, law_.tables().areas);
        if (outcome != nullptr) {
            decided.outcome = *outcome;
        } else {
            decided.problems = person.problems;
        }
        if (json && outcome != nullptr) {
            cases::append_outcome(
                decided.json, person.id, person.life.group, *outcome, law_.tables());
        } else if (json) {
            cases::append_errors(decided.json, person.id, person.problems);
        }
        return decided;
    }

  private:
    cases::Law const& law_;
    Frame const& persons_;
    Frame const& records_;
    Join const& joined_;
    cases::RowReader reader_;
    law::Decider decider_;
    CsvFields fields_;
};

std::vector<std::string> ids_of(Frame const& persons,
                                std::size_t id_column,
                                Frame const& records,
                                std::size_t person_id_column,
                                Join const& joined) {
    std::vector<std::string> ids;
    for (std::size_t row = 0; row < persons.rows; ++row) {
        ids.emplace_back(cell(persons, id_column, row));
    }
    for (std::uint32_t const row : joined.orphans) {
        ids.emplace_back(cell(records, person_id_column, row));
    }
    return ids;
}

} // namespace

DecidedFrames decide_frames(cases::Law const& law,
                            Frame const& persons,
                            Frame const& records,
                            FrameWishes const& wishes,
                            input::OnProgress const& progressed) {
    constexpr std::size_t shard_size = 1024;
    constexpr std::size_t window = 64 * shard_size; // so many outcomes are in memory as they are
    Problems problems;
    auto const shape =
        cases::shape_of(head_of(persons), head_of(records), wishes.keep_columns, problems);
    FrameTables tables(law.tables().areas, persons, records);
    for (std::size_t const column : shape.persons.further) {
        std::string const& name = persons.columns[column].name;
        if (wishes.keep_columns && tables.has_outcome(name)) {
            problems.push_back({persons.name, cases::cannot_be_kept(name)});
        }
    }
    if (!problems.empty()) {
        throw WrongInput(std::move(problems));
    }
    std::size_t const id_column = shape.persons.at[cases::p_id];
    std::size_t const person_id_column = shape.records.at[cases::r_person_id];
    Join const joined = join(persons, id_column, records, person_id_column);
    DecidedFrames made;
    std::vector<Decided> decided;
    std::mutex mutex;
    std::uint64_t done = 0;
    for (std::size_t begin = 0; begin < persons.rows; begin += window) {
        std::size_t const count = std::min(window, persons.rows - begin);
        decided.assign(count, {});
        engine::for_each_shard((count + shard_size - 1) / shard_size, [&](std::uint64_t shard) {
            FrameDecider decider(law, shape, persons, records, joined);
            std::size_t const end = std::min(count, (shard + 1) * shard_size);
            for (std::size_t i = shard * shard_size; i < end; ++i) {
                decided[i] = decider.decide(begin + i, wishes.json);
            }
            std::lock_guard const lock(mutex);
            done += end - shard * shard_size;
            if (progressed) {
                progressed(done, persons.rows, done);
            }
        });
        for (std::size_t i = 0; i < count; ++i) {
            tables.add(begin + i, decided[i]);
            made.failed += decided[i].outcome ? 0U : 1U;
            made.json += (begin + i == 0 ? "\n  " : ",\n  ") + decided[i].json;
        }
    }
    auto const ids = ids_of(persons, id_column, records, person_id_column, joined);
    for (std::size_t i = 0; i < joined.orphans.size(); ++i) {
        tables.add_error(
            persons.rows + i,
            {fmt::format("{}:{}:person_id", records.name, joined.orphans[i]),
             fmt::format("no person has the id {}", input::in_quotes(ids[persons.rows + i]))});
        ++made.failed;
    }
    tables.finish(ids, made);
    if (wishes.json) {
        made.json = "{\"schema\": \"pensim/outcomes/1\",\n \"outcomes\": [" + made.json + "\n ]}\n";
    } else {
        made.json.clear();
    }
    return made;
}

} // namespace pensim::job

#include "sim/cases/case_csv.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

#include <fmt/format.h>
#include <tbb/parallel_pipeline.h>

#include "core/law/words.hpp"
#include "sim/cases/csv_join.hpp"
#include "sim/cases/csv_rows.hpp"
#include "sim/cases/outcome_json.hpp"
#include "sim/input/file.hpp"
#include "sim/input/hand_over.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/input/output_folder.hpp"
#include "sim/input/progress.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/input/text_out.hpp"

namespace pensim::cases {

namespace {

/// What the workers share, read only.
struct Job {
    Law const& law;
    CsvShape shape;
    CsvOutput output = CsvOutput::json_lines;
    bool keep_columns = false;
};

/// What a batch adds to each output.
struct BatchText {
    std::string outcomes; ///< or JSON lines
    std::string transfers;
    std::string refunds;
    std::string errors;
    std::uint64_t persons = 0;
    std::uint64_t failed = 0;
    std::uint64_t read_to = 0; ///< bytes of records.csv, for the progress

    void clear() {
        outcomes.clear();
        transfers.clear();
        refunds.clear();
        errors.clear();
        persons = 0;
        failed = 0;
    }
};

class BatchDecider {
  public:
    explicit BatchDecider(Job const& job)
        : job_(job), areas_(job.law.tables().areas), reader_(job.shape, job.law.tables()),
          decider_(job.law.decider()) {}

    void decide(Batch const& batch, BatchText& text) {
        for (std::size_t i = 0; i < batch.count; ++i) {
            decide(batch, batch.persons[i], text);
        }
        for (OrphanRow const& orphan : batch.orphans) {
            Problems const problems{
                {fmt::format("{}:{}:person_id", job_.shape.records_file, orphan.line),
                 fmt::format("no person has the id {}", input::in_quotes(orphan.id))}};
            write_errors(orphan.id, problems, text);
            ++text.failed;
        }
    }

  private:
    void decide(Batch const& batch, PersonRows const& rows, BatchText& text) {
        Case& person = reader_.read(batch, rows);
        ++text.persons;
        auto const place_of = [&](law::LifeFault const& fault) {
            return this->place_of(fault, rows);
        };
        if (auto const* const outcome = decide_case(decider_, person, place_of, areas_)) {
            write(person, *outcome, text);
            return;
        }
        ++text.failed;
        if (job_.output == CsvOutput::folder) {
            input::append_csv_id(text.outcomes, person.id);
            text.outcomes += ",error,,,,,,,,,,,,,,";
            end_outcome_row(text);
        }
        write_errors(person.id, person.problems, text);
    }

    [[nodiscard]] std::string place_of(law::LifeFault const& fault, PersonRows const& rows) const {
        if (fault.part == law::LifeFault::Part::record) {
            return reader_.record_place(rows.records[static_cast<std::size_t>(fault.index)].line,
                                        fault.field);
        }
        return reader_.person_place(
            rows.person.line, fault.part == law::LifeFault::Part::event ? "events" : fault.field);
    }

    void write_errors(std::string_view id, Problems const& problems, BatchText& text) const {
        if (job_.output == CsvOutput::faults) {
            for (Problem const& problem : problems) {
                text.errors += problem.where + ": " + problem.what + "\n";
            }
            return;
        }
        if (job_.output == CsvOutput::json_lines) {
            append_errors(text.outcomes, id, problems);
            text.outcomes += '\n';
            return;
        }
        for (Problem const& problem : problems) {
            // "file:line:column", the column being absent for a broken row
            std::string_view where = problem.where;
            bool const of_record = where.starts_with(job_.shape.records_file + ":");
            std::string const& file = of_record ? job_.shape.records_file : job_.shape.persons_file;
            where.remove_prefix(std::min(file.size() + 1, where.size()));
            std::size_t const colon = std::min(where.find(':'), where.size());
            input::append_csv_id(text.errors, id);
            text.errors += ',';
            input::append_csv_field(text.errors, file);
            text.errors += ',';
            text.errors += where.substr(0, colon);
            text.errors += ',';
            text.errors += where.substr(std::min(colon + 1, where.size()));
            text.errors += ',';
            input::append_csv_field(text.errors, problem.what);
            text.errors += '\n';
        }
    }

    void end_outcome_row(BatchText& text) const {
        if (job_.keep_columns) {
            for (std::size_t const column : job_.shape.persons.further) {
                text.outcomes += ',';
                if (column < reader_.person_fields().size()) {
                    input::append_csv_field(text.outcomes, reader_.person_fields()[column]);
                }
            }
        }
        text.outcomes += '\n';
    }

    void write(Case const& person, Outcome const& outcome, BatchText& text) {
        if (job_.output == CsvOutput::faults) {
            return;
        }
        if (job_.output == CsvOutput::json_lines) {
            append_outcome(text.outcomes, person.id, person.life.group, outcome, job_.law.tables());
            text.outcomes += '\n';
            return;
        }
        id_.clear();
        input::append_csv_id(id_, person.id);
        write_scalars(outcome, text.outcomes);
        end_outcome_row(text);
        for (Transfer const& t : outcome.transfers) {
            start_row(text.transfers, t.month);
            append_area(text.transfers, t.from);
            text.transfers += ',';
            append_area(text.transfers, t.to);
            text.transfers += ',';
            text.transfers += word(t.kind);
            text.transfers += ',';
            input::append_yuan(text.transfers, t.account);
            text.transfers += ',';
            input::append_yuan(text.transfers, t.pooled);
            text.transfers += '\n';
        }
        for (Refund const& r : outcome.refunds) {
            start_row(text.refunds, r.month);
            text.refunds += word(r.reason);
            text.refunds += ',';
            append_area(text.refunds, r.area);
            text.refunds += ',';
            input::append_yuan(text.refunds, r.account);
            text.refunds += '\n';
        }
    }

    void append_area(std::string& out, AreaId area) const {
        input::append_csv_field(out, areas_[area].id);
    }

    void start_row(std::string& out, YearMonth month) const {
        out += id_;
        out += ',';
        input::append_month(out, month);
        out += ',';
    }

    void write_scalars(Outcome const& o, std::string& out) const {
        out += id_;
        out += ',';
        out += word(o.status);
        out += ',';
        input::append_month(out, o.statutory_month);
        out += ',';
        input::append_month(out, o.counting_month);
        out += ',';
        if (o.settlement_month) {
            input::append_month(out, *o.settlement_month);
        }
        for (int const number : {o.months_total, o.required_months, o.missing_months}) {
            out += ',';
            input::append_number(out, number);
        }
        out += ',';
        if (o.benefit_area) {
            append_area(out, *o.benefit_area);
        }
        out += ',';
        out += word(o.branch);
        out += ',';
        if (o.account_balance) {
            input::append_yuan(out, *o.account_balance);
        }
        if (!o.pension) {
            out += ",,,,,";
            return;
        }
        for (Fen const amount : {o.pension->basic, o.pension->account, o.pension->monthly}) {
            out += ',';
            input::append_yuan(out, amount);
        }
        out += ',';
        input::append_decimal(out, o.pension->index_e4, 4);
        out += ',';
        input::append_decimal(out, o.pension->payout_months_e1, 1);
    }

    Job const& job_;
    AreaTable const& areas_;
    RowReader reader_;
    law::Decider decider_;
    std::string id_;
};

constexpr std::string_view outcome_header =
    "id,status,statutory_month,counting_month,settlement_month,months_total,required_months,"
    "missing_months,benefit_area,branch,account_balance,pension_basic,pension_account,"
    "pension_monthly,pension_index,payout_months";

/// Kept columns whose names outcomes.csv has already.
void check_kept(CsvShape const& shape, input::RowStream const& persons, Problems& problems) {
    input::RowSplitter splitter;
    auto const& ours = *splitter.split(outcome_header);
    std::set<std::string> taken(ours.begin(), ours.end());
    for (std::size_t const column : shape.persons.further) {
        std::string written;
        input::append_csv_field(written, persons.header()[column]);
        if (!taken.insert(written).second) {
            problems.push_back({persons.path() + ":1", cannot_be_kept(persons.header()[column])});
        }
    }
}

// ---- outputs ----

/// Takes the texts of batches in order.
class Sink {
  public:
    Sink(Job const& job, std::string const& folder, std::vector<std::string> const& header) {
        if (job.output != CsvOutput::folder) {
            return;
        }
        folder_.emplace(folder);
        std::string outcomes(outcome_header);
        for (std::size_t const column : job.shape.persons.further) {
            if (job.keep_columns) {
                outcomes += ',';
                input::append_csv_field(outcomes, header[column]);
            }
        }
        add("outcomes.csv", outcomes);
        add("transfers.csv", "id,month,from,to,kind,account,pooled");
        add("refunds.csv", "id,month,reason,area,account");
        add("errors.csv", "id,file,line,column,message");
    }
    void write(BatchText const& text) {
        if (!folder_) {
            std::fwrite(text.errors.data(), 1, text.errors.size(), stderr);
            if (std::fwrite(text.outcomes.data(), 1, text.outcomes.size(), stdout)
                != text.outcomes.size()) {
                throw input::MachineFault("standard output cannot be written");
            }
            return;
        }
        folder_->write(0, text.outcomes);
        folder_->write(1, text.transfers);
        folder_->write(2, text.refunds);
        folder_->write(3, text.errors);
    }
    void finish() {
        if (folder_) {
            folder_->finish();
        } else if (std::fflush(stdout) != 0) {
            throw input::MachineFault("standard output cannot be written");
        }
    }

  private:
    void add(std::string_view name, std::string_view header) {
        std::size_t const file = folder_->add(name);
        folder_->write(file, header);
        folder_->write(file, "\n");
    }
    std::optional<input::OutputFolder> folder_;
};

// ---- the stream ----

/// A batch on its way from the files to the outputs.
struct Parcel {
    Batch batch;
    BatchText text;
};

/// Owns the parcels and hands out those that are not on their way: their memory is used again.
class ParcelStore {
  public:
    Parcel* take() {
        std::lock_guard const lock(guard_);
        if (free_.empty()) {
            all_.push_back(std::make_unique<Parcel>());
            return all_.back().get();
        }
        Parcel* const parcel = free_.back();
        free_.pop_back();
        return parcel;
    }
    void give_back(Parcel* parcel) {
        parcel->text.clear();
        std::lock_guard const lock(guard_);
        free_.push_back(parcel);
    }

  private:
    std::mutex guard_;
    std::vector<std::unique_ptr<Parcel>> all_;
    std::vector<Parcel*> free_;
};

/// Keeps the first exception of a pipeline until it has run dry: one that flies through it would
/// leak what is on its way. After a failure nothing more is done.
class FirstFailure {
  public:
    template <class Work>
    void guard(Work const& work) {
        if (happened()) {
            return;
        }
        try {
            work();
        } catch (...) {
            std::lock_guard const lock(guard_);
            first_ = first_ ? first_ : std::current_exception();
            happened_ = true;
        }
    }
    [[nodiscard]] bool happened() const { return happened_; }
    void rethrow() {
        std::lock_guard const lock(guard_);
        if (first_) {
            std::rethrow_exception(first_);
        }
    }

  private:
    std::mutex guard_;
    std::exception_ptr first_;
    std::atomic<bool> happened_ = false;
};

CsvSummary
stream(Job const& job, CsvJoin& join, input::RowStream const& records, Sink& sink, int threads) {
    CsvSummary summary;
    ParcelStore store;
    join.start();
    input::Progress progress("persons", records.size());
    FirstFailure failure;
    auto const read = [&](tbb::flow_control& flow) {
        Parcel* parcel = nullptr;
        input::TaskScope const task;
        failure.guard([&] {
            Parcel* const next = store.take();
            if (!input::interrupted() && join.next(next->batch)) {
                next->text.read_to = records.offset();
                parcel = next;
            }
        });
        if (parcel == nullptr) {
            flow.stop();
        }
        return parcel;
    };
    auto const decide = [&](Parcel* parcel) {
        input::TaskScope const task;
        failure.guard([&] { BatchDecider(job).decide(parcel->batch, parcel->text); });
        return parcel;
    };
    auto const write = [&](Parcel* parcel) {
        input::TaskScope const task;
        failure.guard([&] {
            sink.write(parcel->text);
            summary.persons += parcel->text.persons;
            summary.errors += parcel->text.failed;
            progress.update(parcel->text.read_to, summary.persons);
            store.give_back(parcel);
        });
    };
    constexpr std::size_t parcels_per_thread = 4;
    using tbb::filter_mode;
    input::task_order.give();
    tbb::parallel_pipeline(
        parcels_per_thread * static_cast<std::size_t>(threads),
        tbb::make_filter<void, Parcel*>(filter_mode::serial_in_order, read)
            & tbb::make_filter<Parcel*, Parcel*>(filter_mode::parallel, decide)
            & tbb::make_filter<Parcel*, void>(filter_mode::serial_in_order, write));
    input::task_order.take();
    failure.rethrow();
    return summary;
}

} // namespace

namespace {

TableHead head_of(input::RowStream const& stream) {
    return {stream.path(), stream.path() + ":1", stream.header()};
}

} // namespace

Result<CsvSummary> decide_csv(Law const& law, CsvJob const& job) {
    Problems problems;
    auto persons = input::RowStream::open(job.persons);
    auto records = input::RowStream::open(job.records);
    auto const collect = [&](Problems const& more) {
        problems.insert(problems.end(), more.begin(), more.end());
    };
    if (!persons) {
        collect(persons.error());
    }
    if (!records) {
        collect(records.error());
    }
    if (job.output == CsvOutput::folder) {
        collect(input::OutputFolder::check(job.folder));
    }
    if (!persons || !records) {
        return tl::make_unexpected(std::move(problems));
    }
    Job const shared{law,
                     shape_of(head_of(*persons), head_of(*records), job.keep_columns, problems),
                     job.output,
                     job.keep_columns};
    if (job.output == CsvOutput::folder && job.keep_columns) {
        check_kept(shared.shape, *persons, problems);
    }
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    CsvJoin join(
        *persons, shared.shape.persons.at[p_id], *records, shared.shape.records.at[r_person_id]);
    Sink sink(shared, job.folder, persons->header());
    CsvSummary const summary = stream(shared, join, *records, sink, job.threads);
    if (input::interrupted()) {
        throw input::Interrupted();
    }
    sink.finish();
    return summary;
}

} // namespace pensim::cases

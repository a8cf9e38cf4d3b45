#include "sim/cases/case_csv.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <unistd.h>

#include <fmt/format.h>
#include <tbb/parallel_pipeline.h>

#include "core/law/words.hpp"
#include "sim/cases/csv_join.hpp"
#include "sim/cases/fault_text.hpp"
#include "sim/cases/fields.hpp"
#include "sim/cases/outcome_json.hpp"
#include "sim/cases/text_out.hpp"
#include "sim/input/file.hpp"
#include "sim/input/interrupt.hpp"
#include "sim/input/progress.hpp"

namespace pensim::cases {

namespace {

using input::RowSplitter;
using Fields = std::vector<std::string_view>;

// ---- columns
// ------------------------------------------------------------------------------------------------------

enum PersonColumn : std::size_t {
    p_id,
    p_group,
    p_sex,
    p_birth,
    p_required, ///< the columns before must be there
    p_post = p_required,
    p_hukou,
    p_nationality,
    p_permanent_resident,
    p_claim,
    p_continue_in_last_area,
    p_move_to_resident_scheme,
    p_id_number,
    p_note,
    p_events,
    p_exemptions,
    p_count,
};
constexpr std::array<std::string_view, p_count> person_columns{"id",
                                                               "group",
                                                               "sex",
                                                               "birth",
                                                               "post",
                                                               "hukou",
                                                               "nationality",
                                                               "permanent_resident",
                                                               "claim",
                                                               "continue_in_last_area",
                                                               "move_to_resident_scheme",
                                                               "id_number",
                                                               "note",
                                                               "events",
                                                               "exemptions"};
enum RecordColumn : std::size_t {
    r_person_id,
    r_area,
    r_from,
    r_to,
    r_base,
    r_required,
    r_scheme = r_required,
    r_kind,
    r_months,
    r_transfer,
    r_keep,
    r_count,
};
constexpr std::array<std::string_view, r_count> record_columns{
    "person_id", "area", "from", "to", "base", "scheme", "kind", "months", "transfer", "keep"};

/// Where each known column stands in a file, and the columns that nobody knows.
template <std::size_t count>
struct ColumnMap {
    static constexpr std::size_t absent = static_cast<std::size_t>(-1);
    std::array<std::size_t, count> at{};
    std::vector<std::size_t> further;
    std::size_t width = 0;

    /// The field of a row, empty when the file has no such column.
    [[nodiscard]] std::string_view field(Fields const& row, std::size_t column) const {
        return at[column] == absent ? std::string_view() : row[at[column]];
    }
};

template <std::size_t count>
ColumnMap<count> map_columns(input::RowStream const& stream,
                             std::array<std::string_view, count> const& names,
                             std::size_t required,
                             bool further_allowed,
                             Problems& problems) {
    ColumnMap<count> map;
    map.at.fill(ColumnMap<count>::absent);
    map.width = stream.header().size();
    for (std::size_t i = 0; i < map.width; ++i) {
        std::string const& name = stream.header()[i];
        auto const known = std::find(names.begin(), names.end(), name);
        if (known != names.end()) {
            map.at[static_cast<std::size_t>(known - names.begin())] = i;
            continue;
        }
        map.further.push_back(i);
        // A near miss of a known name is a typing error, not a column of the agency's own.
        if (!further_allowed && input::nearest(name, names)) {
            problems.push_back({stream.path() + ":1", input::unknown("column", name, names)});
        }
    }
    for (std::size_t column = 0; column < required; ++column) {
        if (map.at[column] == ColumnMap<count>::absent) {
            problems.push_back(
                {stream.path() + ":1", fmt::format("column \"{}\" is missing", names[column])});
        }
    }
    return map;
}

// ---- one person
// ---------------------------------------------------------------------------------------------------

/// What the workers share, read only.
struct Job {
    Law const& law;
    std::string persons_file;
    std::string records_file;
    ColumnMap<p_count> persons;
    ColumnMap<r_count> records;
    bool to_folder = false;
    bool keep_columns = false;
};

/// Reads persons from their rows. Keeps its memory from person to person.
class RowReader {
  public:
    explicit RowReader(Job const& job) : job_(job), tables_(job.law.tables()) {}

    Case& read(Batch const& batch, PersonRows const& rows) {
        case_.life = Life{.records = std::move(case_.life.records),
                          .events = std::move(case_.life.events),
                          .exemptions = std::move(case_.life.exemptions)};
        case_.life.records.clear();
        case_.life.events.clear();
        case_.life.exemptions.clear();
        case_.problems.clear();
        case_.id_number.clear();
        read_person(batch.row(rows.person), rows.person.line);
        for (RowText const& record : rows.records) {
            read_record(batch.row(record), record.line);
        }
        if (case_.problems.empty()
            && (!case_.id_number.empty() || !case_.life.exemptions.empty())) {
            check_case(case_, "", tables_);
            for (Problem& problem : case_.problems) {
                problem.where = person_place(
                    rows.person.line, problem.where.substr(1, problem.where.find('/', 1) - 1));
            }
        }
        return case_;
    }

    /// The person's further columns, for outcomes.csv; empty when the row is broken.
    [[nodiscard]] Fields const& person_fields() const { return person_fields_; }

    [[nodiscard]] std::string person_place(std::uint64_t line, std::string_view column) const {
        return fmt::format("{}:{}:{}", job_.persons_file, line, column);
    }
    [[nodiscard]] std::string record_place(std::uint64_t line, std::string_view column) const {
        return fmt::format("{}:{}:{}", job_.records_file, line, column);
    }

  private:
    void
    broken(std::string const& file, std::uint64_t line, Fields const* fields, std::size_t width) {
        case_.problems.push_back(
            {fmt::format("{}:{}", file, line),
             fields == nullptr
                 ? std::string("broken quotes")
                 : fmt::format("{} fields; the header has {}", fields->size(), width)});
    }

    void read_person(std::string_view row, std::uint64_t line) {
        auto const* const fields = splitter_.split(row);
        if (fields == nullptr || fields->size() != job_.persons.width) {
            person_fields_.clear();
            case_.id = row.substr(0, row.find(','));
            broken(job_.persons_file, line, fields, job_.persons.width);
            return;
        }
        person_fields_ = *fields;
        auto const field = [&](PersonColumn column) { return job_.persons.field(*fields, column); };
        auto const fault = [&](PersonColumn column) {
            return [this, line, column](std::string what) {
                case_.problems.push_back(
                    {person_place(line, person_columns[column]), std::move(what)});
            };
        };
        case_.id = field(p_id);
        if (case_.id.empty()) {
            fault(p_id)("a person needs an id");
        }
        Life& life = case_.life;
        life.group =
            decode_word<Group>(field(p_group), "group", fault(p_group)).value_or(Group::mainland);
        life.sex = decode_word<Sex>(field(p_sex), "sex", fault(p_sex)).value_or(Sex::male);
        life.birth = decode_month(field(p_birth), fault(p_birth)).value_or(YearMonth::first());
        if (auto const text = field(p_post); !text.empty()) {
            life.post = decode_word<Post>(text, "post", fault(p_post)).value_or(Post::worker);
        }
        if (auto const text = field(p_hukou); !text.empty()) {
            life.hukou = decode_area(text, tables_.areas, fault(p_hukou));
        }
        if (auto const text = field(p_nationality); !text.empty()) {
            life.nationality = decode_country(text, tables_, fault(p_nationality));
        }
        if (auto const text = field(p_claim); !text.empty()) {
            life.claim = decode_month(text, fault(p_claim));
        }
        auto const flag = [&](PersonColumn column) {
            auto const text = field(column);
            return !text.empty() && decode_flag(text, fault(column)).value_or(false);
        };
        life.permanent_resident = flag(p_permanent_resident);
        life.continue_in_last_area = flag(p_continue_in_last_area);
        life.move_to_resident_scheme = flag(p_move_to_resident_scheme);
        case_.id_number = field(p_id_number);
        read_events(field(p_events), fault(p_events));
        read_exemptions(field(p_exemptions), fault(p_exemptions));
    }

    /// Calls `read(words)` for each "a b c" of "a b c; d e f".
    template <class Read>
    static void each_item(std::string_view list, Read const& read) {
        while (!list.empty()) {
            std::size_t const end = std::min(list.find(';'), list.size());
            std::string_view item = list.substr(0, end);
            list.remove_prefix(std::min(end + 1, list.size()));
            Fields parts;
            while (true) {
                std::size_t const start = item.find_first_not_of(' ');
                if (start == std::string_view::npos) {
                    break;
                }
                item.remove_prefix(start);
                std::size_t const stop = std::min(item.find(' '), item.size());
                parts.push_back(item.substr(0, stop));
                item.remove_prefix(stop);
            }
            if (!parts.empty()) {
                read(parts);
            }
        }
    }

    template <class Fault>
    void read_events(std::string_view list, Fault const& fault) {
        each_item(list, [&](Fields const& parts) {
            constexpr std::array<std::string_view, 3> kinds{"depart", "terminate", "death"};
            auto const kind = std::find(kinds.begin(), kinds.end(), parts[0]);
            if (kind == kinds.end() || parts.size() != 2) {
                fault(fmt::format("{} is no event; expected such as \"terminate 2020-01; death "
                                  "2030-05\" of depart, terminate, death",
                                  input::in_quotes(list)));
                return;
            }
            if (auto const month = decode_month(parts[1], fault)) {
                case_.life.events.push_back(
                    {*kind == "death" ? EventKind::death : EventKind::depart,
                     *month,
                     *kind == "terminate"});
            }
        });
    }

    template <class Fault>
    void read_exemptions(std::string_view list, Fault const& fault) {
        each_item(list, [&](Fields const& parts) {
            if (parts.size() != 3) {
                fault(fmt::format(
                    "{} is no exemption; expected such as \"agreement 2015-01 2019-12\"",
                    input::in_quotes(list)));
                return;
            }
            auto const ground = decode_word<ExemptionGround>(parts[0], "exemption", fault);
            auto const from = decode_month(parts[1], fault);
            auto const to = decode_month(parts[2], fault);
            if (ground && from && to) {
                case_.life.exemptions.push_back({*ground, *from, *to});
            }
        });
    }

    void read_record(std::string_view row, std::uint64_t line) {
        auto const* const fields = splitter_.split(row);
        if (fields == nullptr || fields->size() != job_.records.width) {
            broken(job_.records_file, line, fields, job_.records.width);
            return;
        }
        auto const field = [&](RecordColumn column) { return job_.records.field(*fields, column); };
        auto const fault = [&](RecordColumn column) {
            return [this, line, column](std::string what) {
                case_.problems.push_back(
                    {record_place(line, record_columns[column]), std::move(what)});
            };
        };
        Record record;
        record.area = decode_area(field(r_area), tables_.areas, fault(r_area)).value_or(AreaId{});
        if (auto const text = field(r_kind); !text.empty()) {
            record.kind = decode_word<Kind>(text, "kind", fault(r_kind)).value_or(Kind::employed);
        }
        if (auto const text = field(r_scheme); !text.empty()) {
            record.scheme =
                decode_word<Scheme>(text, "scheme", fault(r_scheme)).value_or(Scheme::employee);
        }
        record.from = decode_month(field(r_from), fault(r_from)).value_or(YearMonth::first());
        auto const to = field(r_to);
        record.to = to.empty() && record.kind == Kind::lump_sum
                        ? record.from
                        : decode_month(to, fault(r_to)).value_or(record.from);
        record.base = decode_base(field(r_base), fault(r_base)).value_or(Fen{});
        if (auto const text = field(r_months); !text.empty()) {
            record.lump_months = decode_months(text, fault(r_months)).value_or(0);
        }
        if (auto const text = field(r_transfer); !text.empty()) {
            record.transfer = decode_flag(text, fault(r_transfer)).value_or(true);
        }
        if (auto const text = field(r_keep); !text.empty()) {
            record.keep = decode_flag(text, fault(r_keep)).value_or(false);
        }
        case_.life.records.push_back(record);
    }

    Job const& job_;
    data::Tables const& tables_;
    RowSplitter splitter_;
    Fields person_fields_;
    Case case_;
};

// ---- a batch of persons
// -------------------------------------------------------------------------------------------

/// What a batch adds to each output.
struct BatchText {
    std::string outcomes; ///< or JSON lines
    std::string transfers;
    std::string refunds;
    std::string errors;
    std::uint64_t persons = 0;
    std::uint64_t failed = 0;
    std::uint64_t read_to = 0; ///< bytes of records.csv, for the progress
};

class BatchDecider {
  public:
    explicit BatchDecider(Job const& job)
        : job_(job), areas_(job.law.tables().areas), reader_(job), decider_(job.law.decider()) {}

    void decide(Batch const& batch, BatchText& text) {
        for (std::size_t i = 0; i < batch.count; ++i) {
            decide(batch, batch.persons[i], text);
        }
        for (OrphanRow const& orphan : batch.orphans) {
            Problems const problems{
                {fmt::format("{}:{}:person_id", job_.records_file, orphan.line),
                 fmt::format("no person has the id {}", input::in_quotes(orphan.id))}};
            write_errors(orphan.id, problems, text);
            ++text.failed;
        }
    }

  private:
    void decide(Batch const& batch, PersonRows const& rows, BatchText& text) {
        Case& person = reader_.read(batch, rows);
        ++text.persons;
        if (person.problems.empty() && decider_.decide(person.life)) {
            write(person, decider_.outcome(), text);
            return;
        }
        if (person.problems.empty()) {
            for (auto const& fault : decider_.faults()) {
                person.problems.push_back(
                    {place_of(fault, rows), describe(fault, person.life, areas_)});
            }
        }
        ++text.failed;
        if (job_.to_folder) {
            input::append_csv_field(text.outcomes, person.id);
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
        if (!job_.to_folder) {
            append_errors(text.outcomes, id, problems);
            text.outcomes += '\n';
            return;
        }
        for (Problem const& problem : problems) {
            // "file:line:column", the column being absent for a broken row
            std::string_view where = problem.where;
            bool const of_record = where.starts_with(job_.records_file + ":");
            std::string const& file = of_record ? job_.records_file : job_.persons_file;
            where.remove_prefix(std::min(file.size() + 1, where.size()));
            std::size_t const colon = std::min(where.find(':'), where.size());
            input::append_csv_field(text.errors, id);
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
            for (std::size_t const column : job_.persons.further) {
                text.outcomes += ',';
                if (column < reader_.person_fields().size()) {
                    input::append_csv_field(text.outcomes, reader_.person_fields()[column]);
                }
            }
        }
        text.outcomes += '\n';
    }

    void write(Case const& person, Outcome const& outcome, BatchText& text) {
        if (!job_.to_folder) {
            append_outcome(text.outcomes, person.id, person.life.group, outcome, job_.law.tables());
            text.outcomes += '\n';
            return;
        }
        id_.clear();
        input::append_csv_field(id_, person.id);
        write_scalars(outcome, text.outcomes);
        end_outcome_row(text);
        for (Transfer const& t : outcome.transfers) {
            start_row(text.transfers, t.month);
            text.transfers += areas_[t.from].id;
            text.transfers += ',';
            text.transfers += areas_[t.to].id;
            text.transfers += ',';
            text.transfers += word(t.kind);
            text.transfers += ',';
            append_yuan(text.transfers, t.account);
            text.transfers += ',';
            append_yuan(text.transfers, t.pooled);
            text.transfers += '\n';
        }
        for (Refund const& r : outcome.refunds) {
            start_row(text.refunds, r.month);
            text.refunds += word(r.reason);
            text.refunds += ',';
            text.refunds += areas_[r.area].id;
            text.refunds += ',';
            append_yuan(text.refunds, r.account);
            text.refunds += '\n';
        }
    }

    void start_row(std::string& out, YearMonth month) const {
        out += id_;
        out += ',';
        append_month(out, month);
        out += ',';
    }

    void write_scalars(Outcome const& o, std::string& out) const {
        out += id_;
        out += ',';
        out += word(o.status);
        out += ',';
        append_month(out, o.statutory_month);
        out += ',';
        append_month(out, o.counting_month);
        out += ',';
        if (o.settlement_month) {
            append_month(out, *o.settlement_month);
        }
        for (int const number : {o.months_total, o.required_months, o.missing_months}) {
            out += ',';
            append_number(out, number);
        }
        out += ',';
        if (o.benefit_area) {
            out += areas_[*o.benefit_area].id;
        }
        out += ',';
        out += word(o.branch);
        out += ',';
        if (o.account_balance) {
            append_yuan(out, *o.account_balance);
        }
        if (!o.pension) {
            out += ",,,,,";
            return;
        }
        for (Fen const amount : {o.pension->basic, o.pension->account, o.pension->monthly}) {
            out += ',';
            append_yuan(out, amount);
        }
        out += ',';
        append_decimal(out, o.pension->index_e4, 4);
        out += ',';
        append_decimal(out, o.pension->payout_months_e1, 1);
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

// ---- outputs
// ------------------------------------------------------------------------------------------------------

/// A new folder that appears whole: written under another name beside it and renamed by finish().
class OutputFolder {
  public:
    explicit OutputFolder(std::string folder)
        : folder_(std::move(folder)), part_(fmt::format("{}.{}.part", folder_, ::getpid())) {
        std::error_code failure;
        std::filesystem::create_directories(part_, failure);
        if (failure) {
            throw input::MachineFault(part_ + ": cannot be created: " + failure.message());
        }
    }
    OutputFolder(OutputFolder const&) = delete;
    OutputFolder& operator=(OutputFolder const&) = delete;
    ~OutputFolder() {
        if (!finished_) {
            files_ = {};
            std::error_code ignored;
            std::filesystem::remove_all(part_, ignored);
        }
    }

    void open(std::size_t index, std::string_view name, std::string_view header) {
        files_[index].reset(std::fopen(fmt::format("{}/{}", part_, name).c_str(), "wbe"));
        write(index, header);
        write(index, "\n");
    }
    void write(std::size_t index, std::string_view text) {
        if (!files_[index]
            || std::fwrite(text.data(), 1, text.size(), files_[index].get()) != text.size()) {
            throw input::MachineFault(folder_ + ": cannot be written");
        }
    }
    void finish() {
        for (auto& file : files_) {
            if (std::fclose(file.release()) != 0) {
                throw input::MachineFault(folder_ + ": cannot be written");
            }
        }
        std::error_code failure;
        std::filesystem::remove(folder_, failure); // an empty folder of that name may stand there
        std::filesystem::rename(part_, folder_, failure);
        if (failure) {
            throw input::MachineFault(folder_ + ": cannot be renamed to: " + failure.message());
        }
        finished_ = true;
    }

  private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    std::string folder_;
    std::string part_;
    std::array<std::unique_ptr<std::FILE, Close>, 4> files_;
    bool finished_ = false;
};

/// Takes the texts of batches in order.
class Sink {
  public:
    explicit Sink(Job const& job,
                  std::string const& folder,
                  std::vector<std::string> const& header) {
        if (!job.to_folder) {
            return;
        }
        std::string outcomes(outcome_header);
        for (std::size_t const column : job.persons.further) {
            if (job.keep_columns) {
                outcomes += ',';
                input::append_csv_field(outcomes, header[column]);
            }
        }
        folder_.emplace(folder);
        folder_->open(0, "outcomes.csv", outcomes);
        folder_->open(1, "transfers.csv", "id,month,from,to,kind,account,pooled");
        folder_->open(2, "refunds.csv", "id,month,reason,area,account");
        folder_->open(3, "errors.csv", "id,file,line,column,message");
    }
    void write(BatchText const& text) {
        if (!folder_) {
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
    std::optional<OutputFolder> folder_;
};

Result<void*> check_folder(std::string const& folder) {
    std::error_code ignored;
    if (!folder.empty() && std::filesystem::exists(folder, ignored)
        && !(std::filesystem::is_directory(folder, ignored)
             && std::filesystem::is_empty(folder, ignored))) {
        return tl::make_unexpected(Problems{{folder, "exists; expected the name of a new folder"}});
    }
    return nullptr;
}

CsvSummary
stream(Job const& job, CsvJoin& join, input::RowStream const& records, Sink& sink, int threads) {
    struct Parcel {
        Batch batch;
        BatchText text;
    };
    CsvSummary summary;
    input::Progress progress("persons", records.size());
    auto const read = [&](tbb::flow_control& flow) -> std::shared_ptr<Parcel> {
        auto parcel = std::make_shared<Parcel>();
        if (input::interrupted() || !join.next(parcel->batch)) {
            flow.stop();
            return nullptr;
        }
        parcel->text.read_to = records.offset();
        return parcel;
    };
    auto const decide = [&](std::shared_ptr<Parcel> parcel) {
        BatchDecider(job).decide(parcel->batch, parcel->text);
        return parcel;
    };
    auto const write = [&](std::shared_ptr<Parcel> const& parcel) {
        sink.write(parcel->text);
        summary.persons += parcel->text.persons;
        summary.errors += parcel->text.failed;
        progress.update(parcel->text.read_to, summary.persons);
    };
    constexpr std::size_t parcels_per_thread = 4;
    tbb::parallel_pipeline(
        parcels_per_thread * static_cast<std::size_t>(threads),
        tbb::make_filter<void, std::shared_ptr<Parcel>>(tbb::filter_mode::serial_in_order, read)
            & tbb::make_filter<std::shared_ptr<Parcel>, std::shared_ptr<Parcel>>(
                tbb::filter_mode::parallel, decide)
            & tbb::make_filter<std::shared_ptr<Parcel>, void>(tbb::filter_mode::serial_in_order,
                                                              write));
    return summary;
}

} // namespace

Result<CsvSummary> decide_csv(Law const& law, CsvJob const& asked) {
    CsvJob job = asked;
    while (job.folder.size() > 1 && job.folder.ends_with('/')) {
        job.folder.pop_back(); // "out/" and "out" are one folder; the part is written beside it
    }
    Problems problems;
    auto persons = input::RowStream::open(job.persons);
    auto records = input::RowStream::open(job.records);
    auto const folder = check_folder(job.folder);
    auto const collect = [&](auto const& result) {
        if (!result) {
            problems.insert(problems.end(), result.error().begin(), result.error().end());
        }
    };
    collect(persons);
    collect(records);
    collect(folder);
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    Job const shared{law,
                     job.persons,
                     job.records,
                     map_columns(*persons, person_columns, p_required, job.keep_columns, problems),
                     map_columns(*records, record_columns, r_required, false, problems),
                     !job.folder.empty(),
                     job.keep_columns};
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    CsvJoin join(*persons, shared.persons.at[p_id], *records, shared.records.at[r_person_id]);
    Sink sink(shared, job.folder, persons->header());
    CsvSummary const summary = stream(shared, join, *records, sink, job.threads);
    if (input::interrupted()) {
        throw input::Interrupted();
    }
    sink.finish();
    return summary;
}

} // namespace pensim::cases

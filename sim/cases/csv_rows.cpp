#include "sim/cases/csv_rows.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/cases/fields.hpp"
#include "sim/input/limits.hpp"

namespace pensim::cases {

namespace {

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
constexpr std::array<std::string_view, r_count> record_columns{
    "person_id", "area", "from", "to", "base", "scheme", "kind", "months", "transfer", "keep"};

template <std::size_t count>
ColumnMap<count> map_columns(TableHead const& head,
                             std::array<std::string_view, count> const& names,
                             std::size_t required,
                             bool further_allowed,
                             Problems& problems) {
    ColumnMap<count> map;
    map.at.fill(ColumnMap<count>::absent);
    map.width = head.columns.size();
    for (std::size_t i = 0; i < map.width; ++i) {
        std::string const& name = head.columns[i];
        auto const known = std::find(names.begin(), names.end(), name);
        if (known != names.end()) {
            map.at[static_cast<std::size_t>(known - names.begin())] = i;
            continue;
        }
        map.further.push_back(i);
        // A near miss of a known name is a typing error, not a column of the agency's own.
        if (!further_allowed && input::nearest(name, names)) {
            problems.push_back({head.place, input::unknown("column", name, names)});
        }
    }
    for (std::size_t column = 0; column < required; ++column) {
        if (map.at[column] == ColumnMap<count>::absent) {
            problems.push_back(
                {head.place, fmt::format("column \"{}\" is missing", names[column])});
        }
    }
    return map;
}

/// Calls `read(words)` for each "a b c" of "a b c; d e f".
template <class Read>
void each_item(std::string_view list, Read const& read) {
    while (!list.empty()) {
        std::size_t const end = std::min(list.find(';'), list.size());
        std::string_view item = list.substr(0, end);
        list.remove_prefix(std::min(end + 1, list.size()));
        CsvFields parts;
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

} // namespace

std::string cannot_be_kept(std::string_view column) {
    return fmt::format("column {} cannot be kept: outcomes.csv has one of that name; rename it",
                       input::in_quotes(column));
}

std::vector<std::string_view> person_columns_known() {
    return {person_columns.begin(), person_columns.end()};
}

CsvShape shape_of(TableHead const& persons,
                  TableHead const& records,
                  bool further_wanted,
                  Problems& problems) {
    return {persons.name,
            records.name,
            map_columns(persons, person_columns, p_required, further_wanted, problems),
            map_columns(records, record_columns, r_required, false, problems)};
}

std::string RowReader::person_place(std::uint64_t line, std::string_view column) const {
    return fmt::format("{}:{}:{}", shape_.persons_file, line, column);
}

std::string RowReader::record_place(std::uint64_t line, std::string_view column) const {
    return fmt::format("{}:{}:{}", shape_.records_file, line, column);
}

CsvFields const* RowReader::split(std::string_view row,
                                  std::string const& file,
                                  std::uint64_t line,
                                  std::size_t width) {
    bool const cut = row.size() > input::csv_row_bytes_max;
    auto const* const fields = cut ? nullptr : splitter_.split(row);
    if (fields != nullptr && fields->size() == width) {
        return fields;
    }
    case_.problems.push_back(
        {fmt::format("{}:{}", file, line),
         cut                 ? fmt::format("longer than {} bytes", input::csv_row_bytes_max)
         : fields == nullptr ? std::string("broken quotes")
                             : fmt::format("{} fields; the header has {}", fields->size(), width)});
    return nullptr;
}

void RowReader::clear() {
    Life& life = case_.life;
    life = Life{.records = std::move(life.records),
                .events = std::move(life.events),
                .exemptions = std::move(life.exemptions)};
    life.records.clear();
    life.events.clear();
    life.exemptions.clear();
    case_.problems.clear();
    case_.records_read.clear();
    case_.id_number.clear();
}

void RowReader::start(CsvFields const& person, std::uint64_t line) {
    clear();
    read_person(person, line);
}

void RowReader::doubled(std::uint64_t line) {
    case_.problems.push_back({person_place(line, person_columns[p_id]),
                              input::in_quotes(case_.id) + " stands here twice"});
}

void RowReader::add_record(CsvFields const& record, std::uint64_t line) {
    std::size_t const before = case_.problems.size();
    case_.life.records.push_back(read_record(record, line));
    case_.records_read.push_back(case_.problems.size() == before);
}

Case& RowReader::finish(std::uint64_t line) {
    if (!case_.id_number.empty() || !case_.life.exemptions.empty()) {
        std::size_t const before = case_.problems.size();
        check_case(case_, "", tables_);
        for (std::size_t i = before; i < case_.problems.size(); ++i) {
            std::string& where = case_.problems[i].where; // "/id_number", "/exemptions/0"
            where = person_place(line, where.substr(1, where.find('/', 1) - 1));
        }
    }
    return case_;
}

Case& RowReader::read(Batch const& batch, PersonRows const& rows) {
    clear();
    std::string_view const row = batch.row(rows.person);
    auto const* const fields =
        split(row, shape_.persons_file, rows.person.line, shape_.persons.width);
    if (fields == nullptr) {
        person_fields_.clear();
        case_.id = row.substr(0, row.find(','));
        case_.person_read = false;
        case_.events_read = false;
    } else {
        person_fields_ = *fields;
        read_person(*fields, rows.person.line);
    }
    if (rows.doubled) {
        doubled(rows.person.line);
    }
    if (rows.bytes > input::csv_person_bytes_max) {
        case_.problems.push_back({person_place(rows.person.line, person_columns[p_id]),
                                  fmt::format("{} bytes of records; expected at most {}",
                                              rows.bytes,
                                              input::csv_person_bytes_max)});
    }
    for (RowText const& record : rows.records) {
        auto const* const cells =
            split(batch.row(record), shape_.records_file, record.line, shape_.records.width);
        if (cells == nullptr) {
            case_.life.records.emplace_back();
            case_.records_read.push_back(false);
        } else {
            add_record(*cells, record.line);
        }
    }
    return finish(rows.person.line);
}

void RowReader::read_person(CsvFields const& fields, std::uint64_t line) {
    auto const field = [&](PersonColumn column) { return shape_.persons.field(fields, column); };
    auto const fault = [&](PersonColumn column) {
        return [this, line, column](std::string what) {
            case_.problems.push_back({person_place(line, person_columns[column]), std::move(what)});
        };
    };
    case_.id = field(p_id);
    if (case_.id.empty()) {
        fault(p_id)("a person needs an id");
    }
    Life& life = case_.life;
    std::size_t const before = case_.problems.size();
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
    case_.person_read = case_.problems.size() == before;
    case_.id_number = field(p_id_number);
    read_events(field(p_events), line);
    case_.events_read = case_.problems.size() == before;
    read_exemptions(field(p_exemptions), line);
}

void RowReader::read_events(std::string_view list, std::uint64_t line) {
    auto const fault = [&](std::string what) {
        case_.problems.push_back({person_place(line, person_columns[p_events]), std::move(what)});
    };
    each_item(list, [&](CsvFields const& parts) {
        constexpr std::array<std::string_view, 3> kinds{"depart", "terminate", "death"};
        auto const kind = std::find(kinds.begin(), kinds.end(), parts[0]);
        if (kind == kinds.end() || parts.size() != 2) {
            fault(fmt::format("{} is no event; expected such as \"terminate 2020-01; death "
                              "2030-05\" of depart, terminate, death",
                              input::in_quotes(list)));
            return;
        }
        if (auto const month = decode_month(parts[1], fault)) {
            case_.life.events.push_back({*kind == "death" ? EventKind::death : EventKind::depart,
                                         *month,
                                         *kind == "terminate"});
        }
    });
}

void RowReader::read_exemptions(std::string_view list, std::uint64_t line) {
    auto const fault = [&](std::string what) {
        case_.problems.push_back(
            {person_place(line, person_columns[p_exemptions]), std::move(what)});
    };
    each_item(list, [&](CsvFields const& parts) {
        if (parts.size() != 3) {
            fault(fmt::format("{} is no exemption; expected such as \"agreement 2015-01 2019-12\"",
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

Record RowReader::read_record(CsvFields const& fields, std::uint64_t line) {
    auto const field = [&](RecordColumn column) { return shape_.records.field(fields, column); };
    auto const fault = [&](RecordColumn column) {
        return [this, line, column](std::string what) {
            case_.problems.push_back({record_place(line, record_columns[column]), std::move(what)});
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
    return record;
}

} // namespace pensim::cases

#include "sim/report/microdata.hpp"

#include <cmath>
#include <memory>
#include <new>
#include <zlib.h>

#include "core/law/words.hpp"
#include "sim/input/csv.hpp"
#include "sim/input/file.hpp"
#include "sim/input/text_out.hpp"
#include "sim/report/table_maker.hpp"

namespace pensim::report {

namespace {

constexpr int gzip_window = 15 + 16; ///< zlib: the largest window, with a gzip header

/// Appends fields of a row, each behind a comma but the first.
class Row {
  public:
    explicit Row(std::string& out) : out_(out) {}
    Row& whole(std::int64_t value) {
        input::append_number(next(), value);
        return *this;
    }
    Row& yuan(std::optional<Fen> amount) {
        next();
        if (amount) {
            input::append_yuan(out_, *amount);
        }
        return *this;
    }
    /// A word from a file, which may need quotes.
    Row& field(std::string_view text) {
        input::append_csv_field(next(), text);
        return *this;
    }
    Row& text(std::string_view value) {
        next() += value;
        return *this;
    }
    Row& month(std::optional<YearMonth> month) {
        next();
        if (month) {
            input::append_month(out_, *month);
        }
        return *this;
    }

  private:
    std::string& next() {
        if (!first_) {
            out_ += ',';
        }
        first_ = false;
        return out_;
    }
    std::string& out_;
    bool first_ = true;
};

/// Places of the table, one after another as microdata_head() names them.
class PlacedRow {
  public:
    PlacedRow(Table& table, std::size_t row) : column_(table.columns.begin()), row_(row) {}
    template <class Code>
    PlacedRow& code(Code code) {
        (column_++)->codes[row_] = static_cast<std::uint32_t>(code);
        return *this;
    }
    PlacedRow& area(std::optional<AreaId> area, AreaTable const& areas) {
        return code(area ? static_cast<std::size_t>(*area) : areas.size());
    }
    PlacedRow& month(std::optional<YearMonth> month) { return code(code_of_month(month)); }
    PlacedRow& whole(std::int64_t value) {
        (column_++)->whole[row_] = value;
        return *this;
    }
    PlacedRow& yuan(std::optional<Fen> amount) {
        if (!column_->missing.empty()) {
            column_->missing[row_] = amount ? 0 : 1;
        }
        return whole(amount.value_or(Fen{}).count());
    }
    PlacedRow& real(double value) {
        (column_++)->real[row_] = value;
        return *this;
    }

  private:
    std::vector<Column>::iterator column_;
    std::size_t row_;
};

/// Each column with so many places.
void resize_rows(Table& table, std::size_t rows) {
    table.rows = rows;
    for (Column& column : table.columns) {
        using Kind = Column::Kind;
        bool const may_lack = column.name == "account_balance" || column.name == "monthly_pension";
        column.codes.resize(column.kind == Kind::word ? rows : 0);
        column.real.resize(column.kind == Kind::real ? rows : 0);
        column.whole.resize(column.kind == Kind::whole || column.kind == Kind::yuan ? rows : 0);
        column.missing.resize(may_lack ? rows : 0);
    }
}

Table empty_people(AreaTable const& areas) {
    TableMaker maker("people", 1);
    auto const amount = [&](char const* name) { maker.number(name, Column::Kind::yuan); };
    maker.whole("replicate");
    maker.whole("person");
    maker.words("group", words_of<Group>());
    maker.words("sex", words_of<Sex>());
    maker.words("post", words_of<Post>());
    maker.months("birth");
    maker.words("hukou", area_words(areas));
    maker.months("entry");
    maker.months("death");
    maker.words("status", words_of<Status>());
    maker.words("branch", words_of<Branch>());
    maker.words("last_area", area_words(areas));
    maker.words("benefit_area", area_words(areas));
    maker.months("counting_month");
    maker.months("settlement_month");
    maker.whole("months_total");
    maker.whole("required_months");
    amount("account_balance");
    amount("monthly_pension");
    maker.number("index", Column::Kind::real, 4);
    amount("pensions_paid");
    maker.whole("transfers");
    amount("moved_account");
    amount("moved_pooled");
    return maker.finish_plain();
}

} // namespace

std::string microdata_head() {
    return "replicate,person,group,sex,post,birth,hukou,entry,death,status,branch,last_area,"
           "benefit_area,counting_month,settlement_month,months_total,required_months,"
           "account_balance,monthly_pension,index,pensions_paid,transfers,moved_account,"
           "moved_pooled\n";
}

void append_person(std::string& out,
                   std::uint32_t replicate,
                   std::uint64_t person,
                   engine::LifeResult const& result,
                   scenario::Simulation const& simulation) {
    AreaTable const& areas = simulation.tables.areas;
    auto const id = [&](std::optional<AreaId> area) {
        return area ? std::string_view(areas[*area].id) : std::string_view();
    };
    Life const& life = result.drawn->life;
    law::Walk const& walk = *result.walk;
    Row row(out);
    row.whole(replicate)
        .whole(static_cast<std::int64_t>(person))
        .text(word(life.group))
        .text(word(life.sex))
        .text(word(life.post))
        .month(life.birth)
        .field(id(life.hukou))
        .month(result.drawn->entry)
        .month(result.drawn->death)
        .text(word(result.status))
        .text(word(walk.place ? walk.place->branch : Branch::none))
        .field(id(walk.last_area))
        .field(id(walk.place ? std::optional(walk.place->area) : std::nullopt))
        .month(walk.counting)
        .month(walk.settlement)
        .whole(walk.months_total)
        .whole(walk.required)
        .yuan(walk.settlement ? std::optional(walk.balance) : std::nullopt)
        .yuan(result.pension ? std::optional(result.pension->monthly) : std::nullopt);
    out += ',';
    if (result.pension) {
        input::append_decimal(out, result.pension->index_e4, 4);
    }
    out += ',';
    Row(out)
        .yuan(result.paid_out)
        .whole(result.moved.transfers)
        .yuan(result.moved.account)
        .yuan(result.moved.pooled);
    out += '\n';
}

PeopleRows::PeopleRows(scenario::Simulation const& simulation)
    : simulation_(simulation), table_(empty_people(simulation.tables.areas)) {
    scenario::RunSpec const& run = simulation.scenario.run;
    resize_rows(table_, run.persons * run.replicates);
}

void PeopleRows::put(std::uint32_t replicate,
                     std::uint64_t person,
                     engine::LifeResult const& result) {
    AreaTable const& areas = simulation_.tables.areas;
    Life const& life = result.drawn->life;
    law::Walk const& walk = *result.walk;
    bool const pension = result.pension.has_value();
    PlacedRow(table_, replicate * simulation_.scenario.run.persons + person)
        .whole(replicate)
        .whole(static_cast<std::int64_t>(person))
        .code(life.group)
        .code(life.sex)
        .code(life.post)
        .month(life.birth)
        .area(life.hukou, areas)
        .month(result.drawn->entry)
        .month(result.drawn->death)
        .code(result.status)
        .code(walk.place ? walk.place->branch : Branch::none)
        .area(walk.last_area, areas)
        .area(walk.place ? std::optional(walk.place->area) : std::nullopt, areas)
        .month(walk.counting)
        .month(walk.settlement)
        .whole(walk.months_total)
        .whole(walk.required)
        .yuan(walk.settlement ? std::optional(walk.balance) : std::nullopt)
        .yuan(pension ? std::optional(result.pension->monthly) : std::nullopt)
        .real(pension ? static_cast<double>(result.pension->index_e4) / 1e4 : std::nan(""))
        .yuan(result.paid_out)
        .whole(result.moved.transfers)
        .yuan(result.moved.account)
        .yuan(result.moved.pooled);
}

Table PeopleRows::finish(std::size_t rows) {
    resize_rows(table_, rows);
    return std::move(table_);
}

std::string gzipped(std::string_view text) {
    z_stream stream{};
    if (deflateInit2(&stream, 6, Z_DEFLATED, gzip_window, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::bad_alloc();
    }
    std::string out(deflateBound(&stream, text.size()) + 32, '\0');
    // zlib reads through a pointer to what it does not change.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    int const ended = deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    PENSIM_ENSURE(ended == Z_STREAM_END);
    return out;
}

std::optional<std::string> gunzipped(std::string_view members) {
    constexpr int gzip_only = 16 + MAX_WBITS;
    std::string text;
    std::string piece(std::size_t{1} << 18U, '\0');
    z_stream stream{};
    if (inflateInit2(&stream, gzip_only) != Z_OK) {
        throw std::bad_alloc();
    }
    std::unique_ptr<z_stream, int (*)(z_stream*)> const end(&stream, inflateEnd);
    stream.next_in = reinterpret_cast<unsigned char*>( // zlib's word for bytes; it only reads them
        const_cast<char*>(members.data()));
    stream.avail_in = static_cast<unsigned>(members.size());
    while (stream.avail_in > 0) {
        stream.next_out = reinterpret_cast<unsigned char*>(piece.data());
        stream.avail_out = static_cast<unsigned>(piece.size());
        int const status = inflate(&stream, Z_NO_FLUSH);
        text.append(piece, 0, piece.size() - stream.avail_out);
        bool const ended = status == Z_STREAM_END;
        if ((status != Z_OK && !ended) || (ended && inflateReset(&stream) != Z_OK)) {
            return std::nullopt;
        }
        if (!ended && stream.avail_in == 0 && stream.avail_out > 0) {
            return std::nullopt; // cut short
        }
    }
    return text;
}

std::optional<std::string> sha256_of_gzip(std::string const& path) {
    std::unique_ptr<gzFile_s, int (*)(gzFile)> const file(gzopen(path.c_str(), "rb"), gzclose);
    if (!file) {
        return std::nullopt;
    }
    Digest digest;
    std::string piece(std::size_t{1} << 18U, '\0');
    while (true) {
        int const length = gzread(file.get(), piece.data(), static_cast<unsigned>(piece.size()));
        int error = Z_OK; // a file cut short is an error only now
        gzerror(file.get(), &error);
        if (length < 0 || error != Z_OK) {
            return std::nullopt;
        }
        if (length == 0) {
            return digest.finish();
        }
        digest.add(std::string_view(piece).substr(0, static_cast<std::size_t>(length)));
    }
}

} // namespace pensim::report

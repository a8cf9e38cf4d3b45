#include "sim/report/microdata.hpp"

#include <memory>
#include <zlib.h>

#include "core/law/words.hpp"
#include "sim/input/csv.hpp"
#include "sim/input/file.hpp"
#include "sim/input/text_out.hpp"
#include "sim/report/table.hpp"

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

#include "sim/report/table.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <openssl/evp.h>

#include <fmt/format.h>

#include "core/basis/check.hpp"
#include "core/basis/money.hpp"
#include "sim/input/csv.hpp"
#include "sim/input/text_out.hpp"

namespace pensim::report {

namespace {

void append_cell(std::string& out, Column const& column, std::size_t row) {
    if (!column.missing.empty() && column.missing[row] != 0) {
        return;
    }
    switch (column.kind) {
    case Column::Kind::word:
        input::append_csv_field(out, column.words[column.codes[row]]);
        break;
    case Column::Kind::whole:
        input::append_number(out, column.whole[row]);
        break;
    case Column::Kind::yuan:
        input::append_yuan(out, Fen(column.whole[row]));
        break;
    case Column::Kind::quantity:
        if (column.in_fen[row]) {
            input::append_yuan(out, Fen(column.whole[row]));
        } else {
            input::append_number(out, column.whole[row]);
        }
        break;
    case Column::Kind::real:
        if (std::isfinite(column.real[row])) {
            fmt::format_to(std::back_inserter(out), "{:.{}f}", column.real[row], column.decimals);
        }
        break;
    }
}

std::int64_t times_weight(std::int64_t number, double weight) {
    constexpr double two_to_63 = 9223372036854775808.0;
    double const product = static_cast<double>(number) * weight;
    if (!(std::abs(product) < two_to_63)) {
        throw MoneyOverflow("an amount times the people that a life stands for",
                            "fewer people, or lower wages");
    }
    return std::llround(product);
}

} // namespace

Column const& Table::column(std::string_view wanted) const {
    auto const found = std::find_if(
        columns.begin(), columns.end(), [&](Column const& c) { return c.name == wanted; });
    PENSIM_EXPECT(found != columns.end());
    return *found;
}

Table weighted(Table table) {
    auto const weights = std::find_if(table.columns.begin(),
                                      table.columns.end(),
                                      [](Column const& c) { return c.name == "weight"; });
    if (weights == table.columns.end()) {
        return table;
    }
    std::vector<double> const weight = std::move(weights->real);
    table.columns.erase(weights);
    for (Column& column : table.columns) {
        if (!column.weighted) {
            continue;
        }
        for (std::size_t row = 0; row < column.whole.size(); ++row) {
            column.whole[row] = times_weight(column.whole[row], weight[row]);
        }
        for (std::size_t row = 0; row < column.real.size(); ++row) {
            column.real[row] *= weight[row];
        }
    }
    return table;
}

std::string csv_of(Table const& table) {
    std::string out;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        out += i == 0 ? "" : ",";
        input::append_csv_field(out, table.columns[i].name);
    }
    out += '\n';
    for (std::size_t row = 0; row < table.rows; ++row) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            out += i == 0 ? "" : ",";
            append_cell(out, table.columns[i], row);
        }
        out += '\n';
    }
    return out;
}

Digest::Digest() : context_(EVP_MD_CTX_new()) {
    if (context_ == nullptr
        || EVP_DigestInit_ex(static_cast<EVP_MD_CTX*>(context_), EVP_sha256(), nullptr) != 1) {
        throw std::bad_alloc();
    }
}

Digest::~Digest() {
    EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_));
}

void Digest::add(std::string_view piece) {
    bool const added =
        EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_), piece.data(), piece.size()) == 1;
    PENSIM_ENSURE(added);
}

std::string Digest::finish() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int length = 0;
    bool const done =
        EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_), digest.data(), &length) == 1;
    PENSIM_ENSURE(done);
    std::string hex;
    for (unsigned int i = 0; i < length; ++i) {
        fmt::format_to(std::back_inserter(hex), "{:02x}", digest[i]);
    }
    return hex;
}

std::string sha256(std::string_view text) {
    Digest digest;
    digest.add(text);
    return digest.finish();
}

std::optional<std::string> sha256_of_file(std::string const& path) {
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(path, ignored)) {
        return std::nullopt;
    }
    std::ifstream file(path, std::ios::binary);
    Digest digest;
    std::string piece(std::size_t{1} << 18U, '\0');
    do {
        file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        digest.add(std::string_view(piece).substr(0, static_cast<std::size_t>(file.gcount())));
    } while (file);
    return file.eof() ? std::optional(digest.finish()) : std::nullopt;
}

} // namespace pensim::report

#include "sim/report/table.hpp"

#include <limits>

#include <doctest/doctest.h>

#include "core/basis/check.hpp"
#include "core/basis/money.hpp"
#include "tests/sim/support.hpp"

namespace pensim::report {
namespace {

TEST_CASE("a table as CSV: each kind of column, quotes, nothing for what is not known") {
    Table table;
    table.name = "t";
    table.rows = 3;
    table.columns.push_back({.name = "area",
                             .kind = Column::Kind::word,
                             .words = {"GD", "a \"quoted\", one", ""},
                             .codes = {1, 0, 2}});
    table.columns.push_back(
        {.name = "people, all", .kind = Column::Kind::whole, .whole = {0, -12, 1'234'567}});
    table.columns.push_back(
        {.name = "amount", .kind = Column::Kind::yuan, .whole = {5, -123'456, 100}});
    table.columns.push_back({.name = "share",
                             .kind = Column::Kind::real,
                             .real = {0.125, std::numeric_limits<double>::quiet_NaN(), -2}});
    table.columns.push_back({.name = "weight",
                             .kind = Column::Kind::real,
                             .decimals = 6,
                             .real = {1.5, std::numeric_limits<double>::infinity(), 1e-7}});
    CHECK(csv_of(table)
          == "area,\"people, all\",amount,share,weight\n"
             "\"a \"\"quoted\"\", one\",0,0.05,0.12,1.500000\n"
             "GD,-12,-1234.56,,\n"
             ",1234567,1.00,-2.00,0.000000\n");
    CHECK(table.column("amount").whole[1] == -123'456);
    CHECK_THROWS_AS(static_cast<void>(table.column("none")), ContractViolation);
}

TEST_CASE("an amount times its weight that leaves 64 bits is told") {
    Table table;
    table.rows = 1;
    table.columns.push_back({.name = "amount",
                             .kind = Column::Kind::yuan,
                             .weighted = true,
                             .whole = {4'000'000'000'000'000'000}});
    table.columns.push_back({.name = "weight", .kind = Column::Kind::real, .real = {2.0}});
    CHECK(weighted(table).column("amount").whole[0] == 8'000'000'000'000'000'000);
    table.columns[1].real[0] = 2.5;
    CHECK_THROWS_AS(static_cast<void>(weighted(table)), MoneyOverflow);
    table.columns[0].whole[0] *= -1;
    CHECK_THROWS_AS(static_cast<void>(weighted(table)), MoneyOverflow);
}

TEST_CASE("the digest of a file is that of its text") {
    test::TemporaryFolder const folder;
    for (std::size_t const size : {0U, 5U, 1U << 18U, 1'000'000U}) {
        std::string const text(size, 'x');
        CHECK(sha256_of_file(folder.file("t.csv", text)) == sha256(text));
    }
    CHECK_FALSE(sha256_of_file(folder.path("none.csv")).has_value());
    CHECK_FALSE(sha256_of_file(folder.path()).has_value());
    CHECK_FALSE(sha256_of_file("/dev/zero").has_value());
}

TEST_CASE("a table without rows is its header") {
    Table table;
    table.columns.push_back({.name = "a"});
    table.columns.push_back({.name = "b"});
    CHECK(csv_of(table) == "a,b\n");
}

TEST_CASE("SHA-256: the vectors of FIPS 180-2, whole and in pieces") {
    CHECK(sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")
          == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    std::string const million(1'000'000, 'a');
    std::string const expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    CHECK(sha256(million) == expected);
    Digest digest;
    for (std::size_t at = 0; at < million.size(); at += 777) {
        digest.add(std::string_view(million).substr(at, 777));
    }
    digest.add("");
    CHECK(digest.finish() == expected);
}

} // namespace
} // namespace pensim::report

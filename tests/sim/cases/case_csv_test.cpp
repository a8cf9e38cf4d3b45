#include "sim/cases/case_csv.hpp"

#include <cstdio>
#include <numeric>
#include <random>
#include <unistd.h>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "sim/cases/case_json.hpp"
#include "sim/input/file.hpp"
#include "sim/input/limits.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

std::string const persons_header = "id,group,sex,birth,hukou\n";
std::string const records_header = "person_id,area,from,to,base\n";

/// Two files and a folder for what comes of them.
class Export {
  public:
    Export(std::string const& persons, std::string const& records) {
        folder_.file("persons.csv", persons);
        folder_.file("records.csv", records);
    }
    [[nodiscard]] cases::CsvJob job(std::string const& out = "out") const {
        cases::CsvJob job;
        job.persons = folder_.path("persons.csv");
        job.records = folder_.path("records.csv");
        job.output = out.empty() ? cases::CsvOutput::json_lines : cases::CsvOutput::folder;
        job.folder = out.empty() ? "" : folder_.path(out);
        return job;
    }
    /// Decides into a new folder.
    Result<cases::CsvSummary> decide(std::string const& out = "out", int threads = 1) const {
        auto asked = job(out);
        asked.threads = threads;
        return cases::decide_csv(shipped_law("law"), asked);
    }
    [[nodiscard]] std::string table(std::string const& name, std::string const& out = "out") const {
        return content_of(folder_.path(out + "/" + name));
    }
    /// "persons.csv" instead of its path, to be readable.
    [[nodiscard]] std::string readable(std::string text) const {
        std::string const prefix = folder_.path() + "/";
        for (std::size_t at = text.find(prefix); at != std::string::npos;
             at = text.find(prefix, at)) {
            text.erase(at, prefix.size());
        }
        return text;
    }
    [[nodiscard]] std::string errors() const { return readable(table("errors.csv")); }
    [[nodiscard]] TemporaryFolder const& folder() const { return folder_; }

  private:
    TemporaryFolder folder_;
};

/// JSON lines that go to standard output.
std::string json_lines(Export const& files, int threads = 1) {
    std::string const path = files.folder().path("stdout");
    std::fflush(stdout);
    int const kept = ::dup(STDOUT_FILENO);
    std::FILE* const file = std::fopen(path.c_str(), "wb");
    ::dup2(::fileno(file), STDOUT_FILENO);
    auto job = files.job("");
    job.threads = threads;
    auto const summary = cases::decide_csv(shipped_law("law"), job);
    std::fflush(stdout);
    ::dup2(kept, STDOUT_FILENO);
    ::close(kept);
    std::fclose(file);
    REQUIRE(summary.has_value());
    return content_of(path);
}

/// Persons with lives that differ, as CSV rows and as JSON. Every seventh has no record.
struct Crowd {
    std::vector<std::string> persons;
    std::vector<std::string> records;
    std::string json;
};

Crowd crowd(int count) {
    Crowd all;
    std::vector<std::string> const ids{"GD", "SH", "BJ", "SC", "ZJ"};
    all.json = R"({"schema": "pensim/cases/1", "persons": [)";
    for (int i = 0; i < count; ++i) {
        std::string const id = "p" + std::to_string(i);
        bool const home = i % 3 == 0;
        std::string const birth = std::to_string(1960 + i % 20) + (i % 2 == 0 ? "-01" : "-11");
        std::string const sex = i % 5 == 0 ? "female" : "male";
        all.persons.push_back(id + (home ? ",mainland," : ",macau,") + sex + "," + birth + ","
                              + (home ? "SC" : ""));
        all.json += std::string(i == 0 ? "" : ", ") + R"({"id": ")" + id + R"(", "group": ")"
                    + (home ? "mainland" : "macau") + R"(", "sex": ")" + sex + R"(", "birth": ")"
                    + birth + "\"" + (home ? R"(, "hukou": "SC")" : "") + R"(, "records": [)";
        for (int k = 0; i % 7 != 0 && k < 1 + i % 4; ++k) {
            std::string const area = ids[static_cast<std::size_t>((i + k) % 5)];
            std::string const from =
                std::to_string(1998 + 3 * k) + "-0" + std::to_string(1 + i % 9);
            std::string const to = std::to_string(2000 + 3 * k) + "-12";
            std::string const base = std::to_string(3000 + i) + "." + std::to_string(10 + k);
            std::string row = id;
            row += "," + area + "," + from + "," + to + "," + base;
            all.records.push_back(row);
            all.json += std::string(k == 0 ? "" : ", ") + R"({"area": ")" + area + R"(", "from": ")"
                        + from + R"(", "to": ")" + to + R"(", "base": )" + base + "}";
        }
        all.json += "]}";
    }
    all.json += "]}";
    return all;
}

std::string rows(std::string const& header, std::vector<std::string> const& lines) {
    return std::accumulate(
        lines.begin(), lines.end(), header, [](std::string text, auto const& line) {
            return std::move(text) + line + "\n";
        });
}

std::string decided_json(std::string const& text) {
    auto file = cases::read_cases(text, tables()).value();
    std::string lines;
    for (std::string const& outcome : cases::decide_file(shipped_law("law"), file).outcomes) {
        lines += outcome + "\n";
    }
    return lines;
}

/// A fixed shuffle: the standard library's own differs between libraries.
std::vector<std::string> shuffled(std::vector<std::string> lines, unsigned seed) {
    std::mt19937_64 random(seed);
    for (std::size_t i = lines.size(); i > 1; --i) {
        std::swap(lines[i - 1], lines[random() % i]);
    }
    return lines;
}

std::vector<std::string> lines_of_text(std::string const& text) {
    std::vector<std::string> lines;
    for (std::size_t start = 0; start < text.size();) {
        std::size_t const end = std::min(text.find('\n', start), text.size());
        lines.push_back(text.substr(start, end - start));
        start = end + 1;
    }
    return lines;
}

std::string const man = "p,hong_kong,male,1966-09,\n";
std::string const ten_years = "p,GD,2016-04,2027-03,10000\n";

} // namespace

TEST_CASE("CSV and JSON give the same, over several batches, in order and shuffled") {
    for (int const count : {1, 1023, 1024, 1025, 2048, 2049, 3500}) {
        CAPTURE(count);
        Crowd const all = crowd(count);
        std::string const expected = decided_json(all.json);
        std::string const persons = rows(persons_header, all.persons);
        CHECK(json_lines(Export(persons, rows(records_header, all.records))) == expected);
        // A record's place among those of its person decides overlaps, so they stay in order here;
        // crowd() has no overlaps, and any order gives the same.
        for (unsigned const seed : {1U, 2U, 3U}) {
            CAPTURE(seed);
            CHECK(json_lines(Export(persons, rows(records_header, shuffled(all.records, seed))))
                  == expected);
        }
    }
}

TEST_CASE("one late record finds its person") {
    // All in order but the first person's last record, which stands at the end of the file.
    Crowd const all = crowd(3500);
    auto records = all.records;
    std::rotate(records.begin(), records.begin() + 1, records.end());
    CHECK(json_lines(Export(rows(persons_header, all.persons), rows(records_header, records)))
          == decided_json(all.json));
}

TEST_CASE("any number of threads gives the same bytes") {
    Crowd const all = crowd(5000);
    Export const files(rows(persons_header, all.persons), rows(records_header, all.records));
    Export const mixed(rows(persons_header, all.persons),
                       rows(records_header, shuffled(all.records, 7)));
    REQUIRE(files.decide("one", 1).has_value());
    for (int const threads : {2, 7}) {
        CAPTURE(threads);
        std::string const out = "out" + std::to_string(threads);
        REQUIRE(files.decide(out, threads).has_value());
        REQUIRE(mixed.decide(out, threads).has_value());
        for (std::string const name :
             {"outcomes.csv", "transfers.csv", "refunds.csv", "errors.csv"}) {
            CAPTURE(name);
            CHECK(files.table(name, out) == files.table(name, "one"));
            CHECK(mixed.table(name, out) == files.table(name, "one"));
        }
    }
    CHECK(lines_of_text(files.table("outcomes.csv", "one")).size() == 5001);
}

TEST_CASE("the four tables, worked out by hand") {
    Export const files(persons_header + "a,hong_kong,male,1966-09,\n\"b,1\",macau,female,1995-08,\n"
                           + "c,hong_kong,x,1966-09,\n",
                       records_header + "a,SH,2024-01,2024-06,10000\na,GD,2024-07,2027-03,10000\n"
                           + "\"b,1\",GD,2024-02,2024-04,10000\n\"b,1\",SH,2024-03,2024-03,5000\n");
    auto const summary = files.decide();
    REQUIRE(summary.has_value());
    CHECK(summary->persons == 3);
    CHECK(summary->errors == 1);
    auto const outcomes = lines_of_text(files.table("outcomes.csv"));
    REQUIRE(outcomes.size() == 4);
    CHECK(
        outcomes[0]
        == "id,status,statutory_month,counting_month,settlement_month,months_total,required_months,"
           "missing_months,benefit_area,branch,account_balance,pension_basic,pension_account,"
           "pension_monthly,pension_index,payout_months");
    CHECK(outcomes[1].starts_with("a,extend,2027-03,2027-03,,39,180,141,GD,longest,"));
    CHECK(outcomes[1].ends_with(",,,,,"));
    CHECK(outcomes[2].starts_with("\"b,1\",extend,2050-08,2050-08,,3,240,237,GD,longest,"));
    CHECK(outcomes[3] == "c,error,,,,,,,,,,,,,,");
    for (std::string const& row : outcomes) {
        CAPTURE(row);
        bool const quoted = row.starts_with("\"");
        CHECK(std::count(row.begin(), row.end(), ',') == (quoted ? 16 : 15));
    }
    CHECK(files.table("transfers.csv")
          == "id,month,from,to,kind,account,pooled\na,2024-07,SH,GD,move,4800.00,7200.00\n");
    CHECK(files.table("refunds.csv")
          == "id,month,reason,area,account\n\"b,1\",2024-03,overlap,SH,400.00\n");
    CHECK(files.errors()
          == "id,file,line,column,message\nc,persons.csv,4,sex,\"unknown sex \"\"x\"\"; expected "
             "one of "
             "male, female\"\n");
}

TEST_CASE("byte-order mark, CRLF, quotes and columns in any order") {
    std::string const plain = json_lines(Export(persons_header + man, records_header + ten_years));
    CHECK(plain.find(R"("status": "extend")") != std::string::npos);
    CHECK(json_lines(Export("\xEF\xBB\xBF"
                            "birth,sex,group,id\r\n1966-09,\"male\",\"hong_kong\",p\r\n",
                            "\xEF\xBB\xBF\"base\",to,from,area,person_id\r\n\"10000\",2027-03,2016-"
                            "04,\"GD\",\"p\""))
          == plain);
}

TEST_CASE("every column of a person and of a record is read") {
    std::string const json = R"({"schema": "pensim/cases/1", "persons": [
        {"id": "f", "group": "foreign", "sex": "female", "post": "management", "birth": "1971-10",
         "nationality": "DEU", "permanent_resident": true, "claim": "2027-01",
         "elections": {"continue_in_last_area": true, "move_to_resident_scheme": true},
         "records": [{"area": "GD", "from": "2012-01", "to": "2016-12", "base": 5200.5, "kind": "flexible"},
                     {"area": "SH", "from": "2014-01", "to": "2018-12", "base": 9800, "transfer": false, "keep": true},
                     {"area": "SH", "from": "2019-01", "base": 9800, "kind": "lump_sum", "months": 12},
                     {"area": "SH", "from": "2019-02", "to": "2019-12", "base": 500, "scheme": "resident"}],
         "events": [{"event": "depart", "month": "2020-01"}, {"event": "depart", "month": "2021-01", "terminate": true},
                    {"event": "death", "month": "2022-01"}],
         "exemptions": [{"ground": "agreement", "from": "2005-01", "to": "2006-12"}]}]})";
    Export const files(
        "id,group,sex,birth,post,nationality,permanent_resident,claim,continue_in_last_area,"
        "move_to_resident_scheme,note,events,exemptions\n"
        "f,foreign,female,1971-10,management,DEU,yes,2027-01,1,TRUE,free text,"
        "depart 2020-01; terminate 2021-01;death 2022-01,agreement 2005-01 2006-12\n",
        "person_id,area,from,to,base,scheme,kind,months,transfer,keep\n"
        "f,GD,2012-01,2016-12,5200.5,,flexible,,,\nf,SH,2014-01,2018-12,9800,employee,,,false,"
        "true\n"
        "f,SH,2019-01,,9800,,lump_sum,12,yes,no\nf,SH,2019-02,2019-12,500,resident,,,,\n");
    CHECK(json_lines(files) == decided_json(json));
}

TEST_CASE("a broken line is reported with its line, and the rest is decided") {
    Export const files(persons_header + "a,hong_kong,male,1966-09\n\"b\"x,hong_kong,male,1966-09,\n"
                           + man + "q,hong_kong,male,1966-9,\nr,hong_kong,male,1966-09,\n",
                       records_header + "p,GD,2016-04,2027-03\n" + "q,GD,2016-04,2027-03,10000\n"
                           + "r,GDD,2016-04,2027-03,10000.005\nr,GD,\"2016-04,2027-03,10000\n"
                           + "r,GD,1980-01,1981-01,10000\n");
    auto const summary = files.decide();
    REQUIRE(summary.has_value());
    CHECK(summary->persons == 5);
    CHECK(summary->errors == 5);
    CHECK(files.errors()
          == "id,file,line,column,message\n"
             "a,persons.csv,2,,4 fields; the header has 5\n"
             "\"\"\"b\"\"x\",persons.csv,3,,broken quotes\n"
             "p,records.csv,2,,4 fields; the header has 5\n"
             "q,persons.csv,5,birth,\"\"\"1966-9\"\" is no month; expected YYYY-MM from 1900-01 to "
             "2199-12\"\n"
             "r,records.csv,4,area,\"unknown area \"\"GDD\"\"; did you mean \"\"GD\"\"?\"\n"
             "r,records.csv,4,base,\"\"\"10000.005\"\" has more than two decimals; expected yuan "
             "and fen such as 5200.50\"\n"
             "r,records.csv,5,,broken quotes\n"
             "r,records.csv,6,from,starts in 1980-01 before age 16; the first possible month is "
             "1982-09\n");
}

TEST_CASE("a line or a person of too many bytes is reported, and the rest is decided") {
    std::string const good = ",GD,2001-01,2001-12,5000";
    std::string many;
    std::size_t rows = 0;
    for (; rows * (good.size() + 1) <= input::csv_person_bytes_max; ++rows) {
        many += "a" + good + "\n";
    }
    std::string const last = "b" + good + "\nc" + good + "\n";
    std::string const long_line =
        "b,GD,2001-01,2001-12," + std::string(input::csv_row_bytes_max, '9') + "\n";
    std::string const crowded = fmt::format("a,persons.csv,2,id,{} bytes of records; expected at "
                                            "most 262144\n",
                                            rows * (good.size() + 1));
    std::string const head = "id,file,line,column,message\n";
    std::string const persons = persons_header
                                + "a,mainland,male,1970-01,GD\nb,mainland,male,1970-01,GD\n"
                                  "c,mainland,male,1970-01,GD\n";
    Export const in_order(persons, records_header + many + last);
    CHECK(in_order.decide()->errors == 1);
    CHECK(in_order.errors() == head + crowded);
    Export const shuffled(persons, records_header + last + many + long_line);
    CHECK(shuffled.decide()->errors == 2);
    CHECK(shuffled.errors()
          == head + crowded + fmt::format("b,records.csv,{},,longer than 65536 bytes\n", rows + 4));
}

TEST_CASE("records of nobody are reported, and the rest is decided") {
    Export const files(persons_header + man,
                       records_header + "x,GD,2016-04,2027-03,1\n" + ten_years
                           + ",GD,2016-04,2027-03,1\n");
    auto const summary = files.decide();
    REQUIRE(summary.has_value());
    CHECK(summary->persons == 1);
    CHECK(summary->errors == 2);
    CHECK(files.errors()
          == "id,file,line,column,message\n"
             "x,records.csv,2,person_id,\"no person has the id \"\"x\"\"\"\n"
             ",records.csv,4,person_id,\"no person has the id \"\"\"\"\"\n");
    CHECK(files.table("outcomes.csv").find("\np,extend,") != std::string::npos);
    // As JSON lines a record of nobody is an object of its own.
    CHECK(
        files.readable(json_lines(files))
            .find(
                R"({"id": "x", "errors": [{"path": "records.csv:2:person_id", "message": "no person has the id \"x\""}]})")
        != std::string::npos);
}

TEST_CASE("a person that stands twice is said so, in one batch or over several") {
    Crowd const all = crowd(1500);
    auto persons = all.persons;
    persons.push_back(persons[1]);
    persons.insert(persons.begin() + 3, persons[2]);
    for (auto const& records : {all.records, shuffled(all.records, 5)}) {
        Export const files(rows(persons_header, persons), rows(records_header, records));
        auto const summary = files.decide();
        REQUIRE(summary.has_value());
        CHECK(summary->persons == 1502);
        CHECK(summary->errors == 2);
        CHECK(files.errors()
              == "id,file,line,column,message\n"
                 "p2,persons.csv,5,id,\"\"\"p2\"\" stands here twice\"\n"
                 "p1,persons.csv,1503,id,\"\"\"p1\"\" stands here twice\"\n");
    }
}

TEST_CASE("faults of the files as a whole: nothing is written") {
    Export const files("id,group,sex,brith\n",
                       "person_id,area,from,to,base,knid,base_2024,paid_by\n");
    auto const faults = [](Export const& from) { return from.readable(faults_of(from.decide())); };
    CHECK(faults(files)
          == "persons.csv:1 | unknown column \"brith\"; did you mean \"birth\"?\n"
             "persons.csv:1 | column \"birth\" is missing\n"
             "records.csv:1 | unknown column \"knid\"; did you mean \"kind\"?\n");
    CHECK(files.folder().names() == std::vector<std::string>{"persons.csv", "records.csv"});
    CHECK(faults(Export("", ""))
          == "persons.csv:1 | the file is empty; expected a header\n"
             "records.csv:1 | the file is empty; expected a header\n");
    CHECK(faults(Export("id,group,sex,birth,sex\n", records_header))
          == "persons.csv:1 | column \"sex\" stands here twice\n");
}

TEST_CASE("files with headers alone") {
    Export const files(persons_header, records_header);
    auto const summary = files.decide();
    REQUIRE(summary.has_value());
    CHECK(summary->persons == 0);
    CHECK(summary->errors == 0);
    CHECK(files.table("errors.csv") == "id,file,line,column,message\n");
    CHECK(json_lines(files).empty());
}

TEST_CASE("further columns are carried through on request, and never as a formula") {
    Export const files(
        "id,city,group,sex,birth,phone\n"
        "p,\"Zhuhai, 珠海\",hong_kong,male,1966-09,+86-756\nq,=1+1,hong_kong,m,1966-09,-5\n",
        records_header + ten_years);
    auto job = files.job("kept");
    job.keep_columns = true;
    REQUIRE(cases::decide_csv(shipped_law("law"), job).has_value());
    auto const outcomes = lines_of_text(files.table("outcomes.csv", "kept"));
    CHECK(outcomes[0].ends_with(",payout_months,city,phone"));
    CHECK(outcomes[1].ends_with(",\"Zhuhai, 珠海\",\"'+86-756\""));
    CHECK(outcomes[2] == "q,error,,,,,,,,,,,,,,,\"'=1+1\",-5");
    REQUIRE(files.decide("plain").has_value());
    CHECK(lines_of_text(files.table("outcomes.csv", "plain"))[0].ends_with(",payout_months"));
}

TEST_CASE("ids stay what they are, whatever a spreadsheet makes of them: they join") {
    Export const files(
        "id,group,sex,birth\n=1+1,hong_kong,male,1966-09\n\"@a,\"\"b\"\"\",hong_kong,m,1966-09\n",
        records_header + replaced(ten_years, "p,", "=1+1,"));
    REQUIRE(files.decide("out").has_value());
    auto const outcomes = lines_of_text(files.table("outcomes.csv"));
    CHECK(outcomes[1].starts_with("=1+1,"));
    CHECK(outcomes[2].starts_with("\"@a,\"\"b\"\"\",error,"));
    CHECK(lines_of_text(files.table("errors.csv"))[1].starts_with("\"@a,\"\"b\"\"\","));
}

TEST_CASE("an output folder that holds something is refused, an empty one is taken") {
    Export const files(persons_header + man, records_header + ten_years);
    REQUIRE(files.decide("out").has_value());
    std::string const before = files.table("outcomes.csv");
    CHECK(files.readable(faults_of(files.decide("out")))
          == "out | exists; expected the name of a new folder\n");
    CHECK(files.table("outcomes.csv") == before);
    CHECK(files.readable(faults_of(files.decide("persons.csv")))
          == "persons.csv | exists; expected the name of a new folder\n");
    std::filesystem::create_directory(files.folder().path("empty"));
    REQUIRE(files.decide("empty").has_value());
    CHECK(files.table("outcomes.csv", "empty") == before);
    REQUIRE(files.decide("slash/").has_value());
    CHECK(files.table("outcomes.csv", "slash") == before);
    for (std::string const& name : files.folder().names()) {
        CAPTURE(name);
        CHECK(name.find(".part") == std::string::npos);
    }
}

TEST_CASE("an output folder that cannot be made leaves nothing") {
    Export const files(persons_header + man, records_header + ten_years);
    auto job = files.job();
    job.output = cases::CsvOutput::folder;
    job.folder = files.folder().path("persons.csv/out");
    CHECK_THROWS_AS(static_cast<void>(cases::decide_csv(shipped_law("law"), job)),
                    input::MachineFault);
    CHECK(files.folder().names() == std::vector<std::string>{"persons.csv", "records.csv"});
}

} // namespace pensim::test

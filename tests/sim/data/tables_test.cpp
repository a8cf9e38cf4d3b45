#include "sim/data/tables.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "sim/input/limits.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

std::string shipped(std::string_view file) {
    return std::string(data::shipped_file("data/" + std::string(file)).value());
}

/// What is said of the shipped tables with one of them replaced.
std::string faults_with(std::string_view file, std::string const& text) {
    TemporaryFolder const folder;
    folder.file(file, text);
    return faults_of(data::load_tables(data::TableSource(folder.path())));
}

std::string line_of(std::string const& text, int number) {
    std::size_t start = 0;
    for (int line = 1; line < number; ++line) {
        start = text.find('\n', start) + 1;
    }
    return text.substr(start, text.find('\n', start) - start);
}

/// A shipped table with one line (from 1, the header's) replaced; empty: taken out.
std::string with_line(std::string_view file, int number, std::string const& line) {
    std::string const text = shipped(file);
    return line.empty() ? replaced(text, line_of(text, number) + "\n", "")
                        : replaced(text, line_of(text, number), line);
}

/// A shipped table with a line more at its end.
std::string with_more(std::string_view file, std::string const& line) {
    std::string text = shipped(file);
    text += text.ends_with('\n') ? "" : "\n";
    return text + line + "\n";
}

int lines_of(std::string_view file) {
    std::string const text = shipped(file);
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

struct LawDamage {
    std::string why;
    std::string text;
    std::string faults;
};

void check_law_damages(std::string_view file, std::vector<LawDamage> const& damages) {
    for (auto const& d : damages) {
        CAPTURE(d.why);
        CHECK(faults_with(file, d.text) == d.faults);
    }
}

} // namespace

TEST_CASE("the shipped tables load") {
    auto const tables = data::load_tables({});
    REQUIRE(tables.has_value());
    CHECK(tables->areas.default_count() == 31);
    CHECK(tables->areas.size() == 32);
    CHECK(tables->areas[*tables->areas.find("GD")].name_zh == "广东");
    CHECK(tables->areas.find("XPCC").has_value());
    CHECK(tables->countries.size() == tables->country_codes.size());
    CHECK(tables->countries.size() > 200);
    CHECK(tables->payout_months.size() == 31);
    CHECK(tables->payout_months.front() == std::pair(40, 233));
    CHECK(tables->payout_months.back() == std::pair(70, 56));
    CHECK(tables->rates.size() == 7);
    CHECK(tables->wages_known_to >= 2023);
    CHECK(tables->wages.last_year() == 2150);
}

TEST_CASE("a folder without tables leaves the shipped ones, one with a copy gives the same") {
    TemporaryFolder const folder;
    CHECK(data::load_tables(data::TableSource(folder.path())).has_value());
    for (auto const& file : data::shipped_files()) {
        if (file.name.starts_with("data/")) {
            folder.file(file.name.substr(5), "\xEF\xBB\xBF" + std::string(file.content));
        }
    }
    auto const copy = data::load_tables(data::TableSource(folder.path()));
    REQUIRE(copy.has_value());
    CHECK(copy->rates.at("interest_rates.csv:rate_ppm").size()
          == tables().rates.at("interest_rates.csv:rate_ppm").size());
    CHECK(copy->wages.at(area("SH"), 2050) == tables().wages.at(area("SH"), 2050));
}

TEST_CASE("every table with a wrong header or without text is refused") {
    struct Table {
        std::string file;
        std::string header;
    };
    for (auto const& t : std::vector<Table>{
             {"areas.csv", "id,name_en,name_zh,level,parent,gb2,default,source"},
             {"average_wage.csv", "area,year,yuan_per_month,method,source"},
             {"wage_projection.csv", "from_year,growth_ppm,source"},
             {"countries.csv", "alpha3,numeric,name_en,name_zh,source"},
             {"urban_income.csv", "area,year,yuan_per_year,source"},
             {"contribution_rates.csv",
              "from,area,employer_ppm,individual_ppm,account_ppm,alone_pool_ppm,source"},
             {"contribution_limits.csv", "from,floor_ppm,ceiling_ppm,source"},
             {"interest_rates.csv", "year,rate_ppm,source"},
             {"payout_months.csv", "age,months,source"},
         }) {
        CAPTURE(t.file);
        auto const wrong = faults_with(t.file, with_line(t.file, 1, "area,wage"));
        CHECK(wrong.find(t.file + ":1 | the header is area,wage; expected " + t.header + "\n")
              != std::string::npos);
        auto const empty = faults_with(t.file, "");
        CHECK(empty.find(t.file + ":1 | the file is empty\n") != std::string::npos);
    }
}

TEST_CASE("damaged areas") {
    std::string const end = std::to_string(lines_of("areas.csv") + 1);
    std::string const no_wages = "average_wage.csv | area SZ has no wage for 1978 to "
                                 + std::to_string(tables().wages_known_to) + " (needed 1978 to "
                                 + std::to_string(tables().wages_known_to) + ")\n";
    check_law_damages("areas.csv",
                      {
                          {"an area twice",
                           with_more("areas.csv", "GD,x,x,province,,44,1,test"),
                           "areas.csv:" + end + " | area \"GD\" is empty or stands here twice\n"},
                          {"an area without id",
                           with_more("areas.csv", ",x,x,province,,44,1,test"),
                           "areas.csv:" + end + " | area \"\" is empty or stands here twice\n"},
                          {"a parent that is none",
                           with_more("areas.csv", "SZ,Shenzhen,深圳,city,DG,44,0,test"),
                           "areas.csv:" + end + " | parent \"DG\" is no area\n" + no_wages},
                          {"no source",
                           with_more("areas.csv", "SZ,Shenzhen,深圳,city,GD,44,0,"),
                           "areas.csv:" + end + " | a row needs its source\n" + no_wages},
                          {"nothing wrong here, but no wages",
                           with_more("areas.csv", "SZ,Shenzhen,深圳,city,GD,44,0,test"),
                           no_wages},
                      });
    CHECK(faults_with("areas.csv", with_more("areas.csv", "SZ,Shenzhen"))
              .starts_with("areas.csv:" + end + " | 2 fields; expected 8\n"));
}

TEST_CASE("a city with wages of its own is an area with a parent") {
    TemporaryFolder const folder;
    folder.file("areas.csv", with_more("areas.csv", "SZ,Shenzhen,深圳,city,GD,44,0,test"));
    std::string wages = shipped("average_wage.csv");
    for (int year = 1978; year <= tables().wages_known_to; ++year) {
        wages += "SZ," + std::to_string(year) + ",9000,assumed,test\n";
    }
    folder.file("average_wage.csv", wages);
    auto const loaded = data::load_tables(data::TableSource(folder.path()));
    REQUIRE(loaded.has_value());
    auto const city = loaded->areas.find("SZ");
    REQUIRE(city.has_value());
    CHECK(loaded->areas[*city].parent == loaded->areas.find("GD"));
    CHECK(loaded->areas.default_count() == 31);
}

TEST_CASE("damaged wages") {
    std::string const file = "average_wage.csv";
    std::string const text = shipped(file);
    std::string const end = std::to_string(lines_of(file) + 1);
    std::string const third = line_of(text, 3);
    REQUIRE(third.starts_with("BJ,1979,"));
    int const last = tables().wages_known_to;
    check_law_damages(
        file,
        {
            {"a gap",
             with_line(file, 3, ""),
             "average_wage.csv | area BJ has no wage for 1979 (needed 1978 to "
                 + std::to_string(last) + ")\n"},
            {"a gap of two years",
             replaced(with_line(file, 3, ""), line_of(text, 4) + "\n", ""),
             "average_wage.csv | area BJ has no wage for 1979 to 1980 (needed 1978 to "
                 + std::to_string(last) + ")\n"},
            {"a double",
             with_more(file, third),
             "average_wage.csv:" + end + " | BJ 1979 stands here twice\n"},
            {"an unknown area",
             with_more(file, "GDD,2020,9000,published,test"),
             "average_wage.csv:" + end + " | unknown area \"GDD\"; did you mean \"GD\"?\n"},
            {"three decimals",
             replaced(text, third, "BJ,1979,100.355,derived,test"),
             "average_wage.csv:3 | \"100.355\" has more than two decimals; expected yuan and fen "
             "such as 5200.50\n"
             "average_wage.csv | area BJ has no wage for 1979 (needed 1978 to "
                 + std::to_string(last) + ")\n"},
            {"nothing is no wage",
             with_more(file, "GD,1977,0,derived,test"),
             "average_wage.csv:" + end + " | an amount here must be above zero\n"},
            {"a wage in words",
             with_more(file, "GD,1977,9k,derived,test"),
             "average_wage.csv:" + end
                 + " | \"9k\" is not an amount; expected yuan such as 5200 or 5200.50\n"},
            {"a year too far",
             with_more(file, "GD,2151,9000,derived,test"),
             "average_wage.csv:" + end + " | \"2151\" is not a whole number from 1900 to 2150\n"},
            {"no source",
             replaced(text, third, "BJ,1979,100.35,derived,"),
             "average_wage.csv:3 | a row needs its source\n"},
            {"several at once",
             with_more(file, "GDD,20x0,9k,derived,"),
             "average_wage.csv:" + end + " | unknown area \"GDD\"; did you mean \"GD\"?\n"
                 + "average_wage.csv:" + end
                 + " | \"20x0\" is not a whole number from 1900 to 2150\n" + "average_wage.csv:"
                 + end + " | \"9k\" is not an amount; expected yuan such as 5200 or 5200.50\n"
                 + "average_wage.csv:" + end + " | a row needs its source\n"},
            {"no rows at all", line_of(text, 1) + "\n", "average_wage.csv | no wages\n"},
        });
}

TEST_CASE("damaged projection and incomes") {
    check_law_damages(
        "wage_projection.csv",
        {{"a year twice",
          "from_year,growth_ppm,source\n2025,40000,a\n2025,30000,b\n",
          "wage_projection.csv:3 | year 2025 stands here twice\n"},
         {"percent instead of parts per million",
          "from_year,growth_ppm,source\n2025,4.0,a\n",
          "wage_projection.csv:2 | \"4.0\" is not a whole number from -500000 to 1000000\n"},
         {"no source",
          "from_year,growth_ppm,source\n2025,40000,\n",
          "wage_projection.csv:2 | a row needs its source\n"}});
    check_law_damages("urban_income.csv",
                      {{"a double",
                        "area,year,yuan_per_year,source\nGD,2020,50000,a\nGD,2020,50000,b\n",
                        "urban_income.csv:3 | GD 2020 stands here twice\n"},
                       {"an unknown area",
                        "area,year,yuan_per_year,source\nShanghai,2020,50000,a\n",
                        "urban_income.csv:2 | unknown area \"Shanghai\"\n"}});
}

TEST_CASE("growth that leaves no wage, or more than an amount can be") {
    std::string const faults =
        faults_with("wage_projection.csv", "from_year,growth_ppm,source\n2025,-500000,a\n");
    // One fault an area: 124 080 yuan and less are halved until less than half a fen is left.
    CHECK(std::count(faults.begin(), faults.end(), '\n') == 32);
    CHECK(faults.starts_with("average_wage.csv | the projected wage of area BJ leaves what an "
                             "amount can be in 20"));
    CHECK(faults.ends_with("expected growth in wage_projection.csv that is nearer to zero\n"));
    CHECK(std::count(faults.begin(), faults.end(), '|') == 32);
    std::string const doubled =
        faults_with("wage_projection.csv", "from_year,growth_ppm,source\n2025,1000000,a\n");
    CHECK(std::count(doubled.begin(), doubled.end(), '\n') == 32);
}

TEST_CASE("more areas than a country can have") {
    std::string areas = "id,name_en,name_zh,level,parent,gb2,default,source\n";
    for (std::size_t i = 0; i <= input::areas_max; ++i) {
        areas += "A" + std::to_string(i) + ",a,b,province,,1,1,own\n";
    }
    CHECK(faults_with("areas.csv", areas) == "areas.csv | 2001 areas; expected at most 2000\n");
}

TEST_CASE("an area without id has no parent") {
    std::string const faults =
        faults_with("areas.csv", with_more("areas.csv", ",x,x,city,GD,44,1,test"));
    CHECK(faults.ends_with(" | area \"\" is empty or stands here twice\n"));
}

TEST_CASE("the first faults of a table are told, and that there are more") {
    std::string wages = "area,year,yuan_per_month,method,source\n";
    for (int i = 0; i < 5'000; ++i) {
        wages += "GDD,2020,-1,observed,own\n";
    }
    std::string const faults = faults_with("average_wage.csv", wages);
    CHECK(static_cast<std::size_t>(std::count(faults.begin(), faults.end(), '\n'))
          == input::table_faults_max);
    CHECK(faults.ends_with("average_wage.csv | has more faults than are told here\n"));
}

TEST_CASE("damaged countries and agreements") {
    std::string const end = std::to_string(lines_of("countries.csv") + 1);
    check_law_damages(
        "countries.csv",
        {{"a country twice",
          with_more("countries.csv", "DEU,276,Germany,德国,test"),
          "countries.csv:" + end + " | \"DEU\" is no new three-letter code\n"},
         {"a code in small letters",
          with_more("countries.csv", "xyz,999,X,X,test"),
          "countries.csv:" + end + " | \"xyz\" is no new three-letter code\n"},
         {"a number beyond 999",
          with_more("countries.csv", "XYZ,1000,X,X,test"),
          "countries.csv:" + end + " | \"1000\" is not a whole number from 0 to 999\n"}});
    std::string const more = std::to_string(lines_of("agreements.csv") + 1);
    check_law_damages(
        "agreements.csv",
        {{"a country twice",
          with_more("agreements.csv", "DEU,Germany,德国,2002-04,1,0,1,60,96,text,test"),
          "agreements.csv:" + more + " | \"DEU\" is no country, or stands here twice\n"},
         {"no such country",
          with_more("agreements.csv", "ZZZ,Z,Z,2002-04,1,0,1,60,96,text,test"),
          "agreements.csv:" + more + " | \"ZZZ\" is no country, or stands here twice\n"},
         {"no month",
          with_more("agreements.csv", "AUT,Austria,奥地利,2002,1,0,1,60,96,text,test"),
          "agreements.csv:" + more + " | \"2002\" is no month; expected such as 2019-05\n"},
         {"less in all than at first",
          with_more("agreements.csv", "AUT,Austria,奥地利,2002-04,1,0,1,60,59,text,test"),
          "agreements.csv:" + more + " | \"59\" is not a whole number from 60 to 600\n"},
         {"no source",
          with_more("agreements.csv", "AUT,Austria,奥地利,2002-04,1,0,1,60,96,text,"),
          "agreements.csv:" + more + " | a row needs its source\n"}});
}

TEST_CASE("damaged contribution rates and limits") {
    std::string const header =
        "from,area,employer_ppm,individual_ppm,account_ppm,alone_pool_ppm,source\n";
    std::string const first = "1998-01,*,200000,80000,110000,120000,a\n";
    check_law_damages(
        "contribution_rates.csv",
        {{"month and area twice",
          header + first + first,
          "contribution_rates.csv:3 | month and area stand here twice\n"},
         {"an unknown area",
          header + first + "1998-01,GDD,200000,80000,110000,120000,a\n",
          "contribution_rates.csv:3 | unknown area \"GDD\"; did you mean \"GD\"?\n"},
         {"a rate as a share",
          header + "1998-01,*,0.2,80000,110000,120000,a\n",
          "contribution_rates.csv:2 | \"0.2\" is not a whole number from 0 to 1000000\n"},
         {"a rate above one",
          header + "1998-01,*,1000001,80000,110000,120000,a\n",
          "contribution_rates.csv:2 | \"1000001\" is not a whole number from 0 to 1000000\n"},
         {"not in order of time",
          header + first + "1997-12,*,200000,80000,110000,120000,a\n",
          "contribution_rates.csv:3 | 1997-12 after 1998-01: rows stand in order of time\n"},
         {"the account's share in one area",
          header + first + "1998-01,GD,200000,80000,100000,120000,a\n",
          "contribution_rates.csv:3 | account_ppm is one for all areas: expected 110000, found "
          "100000\n"},
         {"begins with an exception",
          header + "1998-01,GD,200000,80000,110000,120000,a\n" + first,
          "contribution_rates.csv:2 | the first row must be of all areas (*)\n"},
         {"no source",
          header + "1998-01,*,200000,80000,110000,120000,\n",
          "contribution_rates.csv:2 | a row needs its source\n"}});
    std::string const limits = "from,floor_ppm,ceiling_ppm,source\n";
    check_law_damages(
        "contribution_limits.csv",
        {{"a ceiling below the floor",
          limits + "1998-01,600000,599999,a\n",
          "contribution_limits.csv:2 | \"599999\" is not a whole number from 600000 to "
          "10000000\n"},
         {"a month twice",
          limits + "1998-01,600000,3000000,a\n1998-01,600000,3000000,a\n",
          "contribution_limits.csv:3 | 1998-01 after 1998-01: rows stand in order of "
          "time\n"},
         {"no month 13",
          limits + "1998-13,600000,3000000,a\n",
          "contribution_limits.csv:2 | \"1998-13\" is no month; expected such as "
          "2019-05\n"}});
}

TEST_CASE("damaged interest and payout months") {
    std::string const header = "year,rate_ppm,source\n";
    check_law_damages(
        "interest_rates.csv",
        {{"a gap",
          header + "2000,22500,a\n2002,22500,a\n",
          "interest_rates.csv:3 | year 2002 after 2000: no gaps, no doubles\n"},
         {"a double",
          header + "2000,22500,a\n2000,22500,a\n",
          "interest_rates.csv:3 | year 2000 after 2000: no gaps, no doubles\n"},
         {"percent",
          header + "2000,2.25,a\n",
          "interest_rates.csv:2 | \"2.25\" is not a whole number from 0 to 1000000\n"},
         {"broken quotes", header + "2000,22500,\"a\n", "interest_rates.csv:2 | broken quotes\n"}});
    std::string const text = shipped("payout_months.csv");
    check_law_damages("payout_months.csv",
                      {{"ages are in order, without gap",
                        replaced(text, "\n41,", "\n42,"),
                        "payout_months.csv:3 | \"42\" is not a whole number from 41 to 41\n"},
                       {"an age is missing at the end",
                        with_line("payout_months.csv", 32, ""),
                        "payout_months.csv | ages must run from 40 to 70\n"},
                       {"no months",
                        replaced(text, "\n40,233,", "\n40,0,"),
                        "payout_months.csv:2 | \"0\" is not a whole number from 1 to 600\n"}});
}

TEST_CASE("the faults of all tables come at once") {
    TemporaryFolder const folder;
    folder.file("interest_rates.csv", "year,rate_ppm,source\n2000,x,a\n");
    folder.file("contribution_limits.csv", "from,floor_ppm,ceiling_ppm,source\n1998-01,1,2,\n");
    CHECK(faults_of(data::load_tables(data::TableSource(folder.path())))
          == "contribution_limits.csv:2 | a row needs its source\n"
             "interest_rates.csv:2 | \"x\" is not a whole number from 0 to 1000000\n");
}

TEST_CASE("beyond the last known year wages grow by the projection") {
    TemporaryFolder const folder;
    folder.file("wage_projection.csv", "from_year,growth_ppm,source\n2020,100000,a\n");
    auto const grown = data::load_tables(data::TableSource(folder.path())).value();
    int const last = grown.wages_known_to;
    Fen const before = grown.wages.at(area("GD"), last);
    CHECK(grown.wages.at(area("GD"), last + 1) == times(before, Rate::ppm(1'100'000)));
    CHECK(grown.wages.at(area("GD"), last) == tables().wages.at(area("GD"), last));
}

} // namespace pensim::test

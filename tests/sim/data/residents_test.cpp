#include "sim/data/residents.hpp"

#include <map>
#include <vector>

#include <doctest/doctest.h>

#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

std::string const area_header = "area,persons,source\n";
std::string const origin_header = "year,origin,sex,persons,source\n";
std::string const seed_header = "area,origin,weight,source\n";

/// A small land with nothing wrong: 36 residents in two areas.
struct Land {
    std::string by_area = area_header + "NO,30,a\nSO,6,a\n";
    std::string by_origin = origin_header
                            + "2020,hong_kong,male,1,a\n2020,hong_kong,female,2,a\n"
                              "2020,macau,male,3,a\n2020,macau,female,4,a\n"
                              "2020,taiwan,male,5,a\n2020,taiwan,female,6,a\n"
                              "2020,foreign,male,7,a\n2020,foreign,female,8,a\n";
    std::string seed = seed_header
                       + "NO,hong_kong,1,a\nNO,macau,0.5,a\nNO,taiwan,2,a\nNO,foreign,3,a\n"
                         "SO,hong_kong,1,a\nSO,macau,1,a\nSO,taiwan,1,a\nSO,foreign,1,a\n";
};

Result<data::Residents> load(Land const& land) {
    TemporaryFolder const folder;
    folder.file("residents_2020.csv", land.by_area);
    folder.file("residents_origin.csv", land.by_origin);
    folder.file("residents_seed.csv", land.seed);
    AreaTable const areas({{"NO", "North", "北", std::nullopt},
                           {"SO", "South", "南", std::nullopt},
                           {"CO", "Corps", "兵团", static_cast<AreaId>(1)}},
                          2);
    return data::load_residents(data::TableSource(folder.path()), areas);
}

struct Damage {
    std::string why;
    Land land;
    std::string faults;
};

void check_damages(std::vector<Damage> const& damages) {
    for (auto const& d : damages) {
        CAPTURE(d.why);
        CHECK(faults_of(load(d.land)) == d.faults);
    }
}

} // namespace

TEST_CASE("residents from outside the mainland sum to the census") {
    auto const residents = data::load_residents({}, areas()).value();
    std::int64_t by_area = 0;
    for (auto const& each : residents.by_area) {
        by_area += each.persons;
    }
    CHECK(by_area == 1'430'695);
    std::map<Group, std::int64_t> by_origin;
    std::map<Sex, std::int64_t> by_sex;
    for (auto const& each : residents.by_origin) {
        by_origin[each.origin] += each.persons;
        by_sex[each.sex] += each.persons;
    }
    CHECK(by_origin
          == std::map<Group, std::int64_t>{{Group::hong_kong, 371'380},
                                           {Group::macau, 55'732},
                                           {Group::taiwan, 157'886},
                                           {Group::foreign, 845'697}});
    CHECK(by_sex[Sex::male] == 736'286);
    CHECK(by_sex[Sex::female] == 694'409);
    REQUIRE(residents.by_area.size() == 31);
    CHECK(residents.by_area[row(area("GD"))].persons == 418'509);
    CHECK(residents.by_area[row(area("YN"))].persons == 379'281);
    CHECK(residents.seed.size() == 31 * 4);
}

/// Iterative proportional fitting: rows and columns in turn.
TEST_CASE("the seed of residents can be fitted to both margins") {
    auto const residents = data::load_residents({}, areas()).value();
    constexpr std::size_t groups = 4;
    std::vector<double> fitted;
    for (auto const& each : residents.seed) {
        fitted.push_back(each.weight);
    }
    std::vector<double> of_group(groups, 0);
    for (auto const& each : residents.by_origin) {
        of_group[static_cast<std::size_t>(each.origin)] += static_cast<double>(each.persons);
    }
    auto const scale = [&](std::size_t from, std::size_t step, std::size_t count, double target) {
        double sum = 0;
        for (std::size_t i = 0; i < count; ++i) {
            sum += fitted[from + i * step];
        }
        for (std::size_t i = 0; i < count; ++i) {
            fitted[from + i * step] *= target / sum;
        }
        return sum;
    };
    for (int round = 0; round < 50; ++round) {
        for (std::size_t g = 0; g < groups; ++g) {
            scale(g, groups, residents.by_area.size(), of_group[g]);
        }
        for (std::size_t a = 0; a < residents.by_area.size(); ++a) {
            scale(a * groups, 1, groups, static_cast<double>(residents.by_area[a].persons));
        }
    }
    for (std::size_t g = 0; g < groups; ++g) {
        CHECK(scale(g, groups, residents.by_area.size(), of_group[g])
              == doctest::Approx(of_group[g]).epsilon(1e-9));
    }
    auto const share = [&](std::string_view id, Group group) {
        auto const g = static_cast<std::size_t>(group);
        return fitted[row(area(id)) * groups + g] / of_group[g];
    };
    CHECK(share("GD", Group::hong_kong) > 0.6);
    CHECK(share("GD", Group::macau) > 0.8);
    CHECK(share("YN", Group::foreign) > 0.4);
    CHECK(share("YN", Group::hong_kong) < 0.01);
}

TEST_CASE("damaged residents by area") {
    Land const good;
    auto const with = [&](std::string const& text) {
        Land land;
        land.by_area = text;
        return land;
    };
    std::string const& text = good.by_area;
    check_damages(
        {{"good", good, "(no problem)\n"},
         {"a header of another table",
          with("a,b\n"),
          "residents_2020.csv:1 | the header is a,b; expected area,persons,source\n"},
         {"one is missing",
          with(replaced(text, "SO,6,a\n", "")),
          "residents_2020.csv | the table lacks SO\n"},
         {"a double", with(text + "SO,6,a\n"), "residents_2020.csv:4 | SO stands here twice\n"},
         {"an unknown area, less than nobody, no source",
          with(text + "SOO,-6,\n"),
          "residents_2020.csv:4 | unknown area \"SOO\"; did you mean \"SO\"?\n"
          "residents_2020.csv:4 | \"-6\" is not a whole number from 0 to 10000000000\n"
          "residents_2020.csv:4 | a row needs its source\n"},
         {"an area that does not always exist",
          with(text + "CO,6,a\n"),
          "residents_2020.csv:4 | area CO has default = 0 and no place here\n"},
         {"another sum",
          with(replaced(text, "SO,6,a", "SO,7,a")),
          "residents_origin.csv | 36 persons in all; residents_2020.csv has 37\n"}});
}

TEST_CASE("damaged residents by origin") {
    Land const good;
    auto const with = [&](std::string const& text) {
        Land land;
        land.by_origin = text;
        return land;
    };
    std::string const& text = good.by_origin;
    check_damages(
        {{"a header of another table",
          with("a,b\n"),
          "residents_origin.csv:1 | the header is a,b; expected year,origin,sex,persons,source\n"},
         {"one is missing",
          with(replaced(text, "2020,macau,female,4,a\n", "")),
          "residents_origin.csv | the table lacks macau female\n"},
         {"a double",
          with(text + "2020,macau,female,4,a\n"),
          "residents_origin.csv:10 | macau female stands here twice\n"},
         {"another census",
          with(text + "2010,macau,female,4,a\n"),
          "residents_origin.csv:10 | \"2010\" is not a whole number from 2020 to 2020\n"},
         {"the mainland is no origin here",
          with(text + "2020,mainland,female,4,a\n"),
          "residents_origin.csv:10 | unknown origin \"mainland\"; expected one of hong_kong, "
          "macau, "
          "taiwan, foreign\n"},
         {"misspelt, no number, no source",
          with(text + "2020,macao,females,4.5,\n"),
          "residents_origin.csv:10 | unknown origin \"macao\"; did you mean \"macau\"?\n"
          "residents_origin.csv:10 | unknown sex \"females\"; did you mean \"female\"?\n"
          "residents_origin.csv:10 | \"4.5\" is not a whole number from 0 to 10000000000\n"
          "residents_origin.csv:10 | a row needs its source\n"}});
}

TEST_CASE("damaged seed of residents") {
    Land const good;
    auto const with = [&](std::string const& text) {
        Land land;
        land.seed = text;
        return land;
    };
    std::string const& text = good.seed;
    check_damages(
        {{"a header of another table",
          with("a,b\n"),
          "residents_seed.csv:1 | the header is a,b; expected area,origin,weight,source\n"},
         {"one is missing",
          with(replaced(text, "SO,taiwan,1,a\n", "")),
          "residents_seed.csv | the table lacks SO taiwan\n"},
         {"a double",
          with(text + "SO,taiwan,1,a\n"),
          "residents_seed.csv:10 | SO taiwan stands here twice\n"},
         {"no weight is none",
          with(replaced(text, "SO,taiwan,1,a", "SO,taiwan,0,a")),
          "residents_seed.csv:8 | a weight must be above zero\n"
          "residents_seed.csv | the table lacks SO taiwan\n"},
         {"all wrong",
          with(text + "CO,mainland,x,\n"),
          "residents_seed.csv:10 | area CO has default = 0 and no place here\n"
          "residents_seed.csv:10 | unknown origin \"mainland\"; expected one of hong_kong, macau, "
          "taiwan, foreign\n"
          "residents_seed.csv:10 | \"x\" is not a number from 0 to 1000000000 with at most 6 "
          "decimals\n"
          "residents_seed.csv:10 | a row needs its source\n"}});
    Land both = with(replaced(text, "SO,taiwan,1,a\n", ""));
    both.by_area = area_header + "NO,30,a\n";
    CHECK(faults_of(load(both))
          == "residents_2020.csv | the table lacks SO\n"
             "residents_seed.csv | the table lacks SO taiwan\n");
}

TEST_CASE("nationalities of foreigners") {
    auto const counts = data::load_nationalities({}, tables().country_codes).value();
    REQUIRE(counts.size() == 10);
    std::int64_t sum = 0;
    for (auto const& each : counts) {
        sum += each.persons;
    }
    CHECK(sum == 593'832 - 181'589); // all but the other countries
    CHECK(counts.front().nationality == CountryCode{'A', 'U', 'S'});
}

TEST_CASE("damaged nationalities") {
    std::string const good = "nationality,persons,source\nKOR,5,a\n";
    for (auto const& c : std::vector<std::pair<std::string, std::string>>{
             {good, "(no problem)\n"},
             {"nationality,persons,source\n", "foreign_nationalities.csv | no rows\n"},
             {"a,b\n",
              "foreign_nationalities.csv:1 | the header is a,b; expected "
              "nationality,persons,source\n"},
             {good + "KOR,5,a\n", "foreign_nationalities.csv:3 | KOR stands here twice\n"},
             {good + "HKG,5,a\n",
              "foreign_nationalities.csv:3 | \"HKG\" is no foreign nationality\n"},
             {good + "KO,-5,\n",
              "foreign_nationalities.csv:3 | unknown nationality \"KO\"; did you mean \"KOR\"?\n"
              "foreign_nationalities.csv:3 | \"-5\" is not a whole number from 0 to 10000000000\n"
              "foreign_nationalities.csv:3 | a row needs its source\n"},
         }) {
        CAPTURE(c.first);
        TemporaryFolder const folder;
        folder.file("foreign_nationalities.csv", c.first);
        CHECK(faults_of(data::load_nationalities(data::TableSource(folder.path()), {"KOR", "USA"}))
              == c.second);
    }
}

} // namespace pensim::test

#include "sim/data/world_tables.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "tests/sim/support.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {

namespace {

/// Two areas that always exist, and one that does not.
AreaTable two_areas() {
    return AreaTable({{"NO", "North", "北", std::nullopt},
                      {"SO", "South", "南", std::nullopt},
                      {"CO", "Corps", "兵团", static_cast<AreaId>(1)}},
                     2);
}

struct WorldDamage {
    std::string why;
    std::string rows;
    std::string faults;
};

/// What `load` says of each table below the header.
template <class Load>
void check_world_damages(std::string_view file,
                         std::string const& header,
                         Load load,
                         std::vector<WorldDamage> const& damages) {
    for (auto const& d : damages) {
        CAPTURE(d.why);
        TemporaryFolder const folder;
        folder.file(file, header + "\n" + d.rows);
        CHECK(faults_of(load(data::TableSource(folder.path()))) == d.faults);
    }
    TemporaryFolder const folder;
    std::string const name(file);
    folder.file(file, "a,b\n");
    CHECK(faults_of(load(data::TableSource(folder.path())))
          == name + ":1 | the header is a,b; expected " + header + "\n");
}

/// Everybody who was not where they are.
std::int64_t movers(data::MigrationTable const& table) {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < table.persons.size(); ++i) {
        sum += i / table.areas == i % table.areas ? 0 : table.persons[i];
    }
    return sum;
}

} // namespace

TEST_CASE("migration sums to the published totals") {
    auto const tables = data::load_migration({}, areas()).value();
    struct Total {
        std::string_view period;
        std::int64_t movers;
    };
    std::vector<Total> const totals{{"1995-2000", 3'228'213},
                                    {"2000-2005", 503'881},
                                    {"2005-2010", 5'499'391},
                                    {"2015-2020", 5'083'191},
                                    {"birth-2000", 7'305'955},
                                    {"birth-2010", 10'230'691}};
    REQUIRE(tables.size() == totals.size());
    for (std::size_t i = 0; i < totals.size(); ++i) {
        CAPTURE(totals[i].period);
        CHECK(tables[i].period == totals[i].period);
        CHECK(tables[i].areas == 31);
        CHECK(movers(tables[i]) == totals[i].movers);
        for (std::size_t area = 0; area < 31; ++area) {
            auto const id = static_cast<AreaId>(area);
            CHECK((tables[i].at(id, id) > 0) != tables[i].since_birth());
        }
    }
    auto const* const latest = data::find_migration(tables, "2015-2020");
    REQUIRE(latest != nullptr);
    CHECK(latest->at(area("HE"), area("BJ")) == 60'188);
    CHECK(data::find_migration(tables, "2010-2015") == nullptr);
}

TEST_CASE("damaged migration") {
    auto const areas = two_areas();
    auto const load = [&](data::TableSource const& source) {
        return data::load_migration(source, areas);
    };
    std::string const good = "2015-2020,NO,NO,90,a\n2015-2020,NO,SO,10,a\n"
                             "2015-2020,SO,NO,20,a\n2015-2020,SO,SO,80,a\n";
    check_world_damages(
        "migration.csv",
        "period,origin,destination,persons,source",
        load,
        {{"nothing", "", "migration.csv | no rows\n"},
         {"good", good, "(no problem)\n"},
         {"births need no diagonal",
          "birth-2010,NO,SO,1,a\nbirth-2010,SO,NO,2,a\n",
          "(no problem)\n"},
         {"a hole",
          replaced(good, "2015-2020,NO,SO,10,a\n", ""),
          "migration.csv | 2015-2020 lacks NO to SO\n"},
         {"holes, on the diagonal too",
          "2015-2020,NO,SO,10,a\n",
          "migration.csv | 2015-2020 lacks NO to NO and 2 more\n"},
         {"a hole between births",
          "birth-2010,NO,SO,1,a\n",
          "migration.csv | birth-2010 lacks SO to NO\n"},
         {"a double",
          good + "2015-2020,SO,NO,20,a\n",
          "migration.csv:6 | 2015-2020 SO to NO stands here twice\n"},
         {"a period backwards",
          good + "2020-2015,NO,SO,10,a\n",
          "migration.csv:6 | \"2020-2015\" is no period; expected such as 2015-2020 or "
          "birth-2010\n"},
         {"a year",
          good + "2020,NO,SO,10,a\n",
          "migration.csv:6 | \"2020\" is no period; expected such as 2015-2020 or birth-2010\n"},
         {"an unknown area",
          good + "2015-2020,NOO,SO,10,a\n",
          "migration.csv:6 | unknown area \"NOO\"; did you mean \"NO\"?\n"},
         {"an area that does not always exist",
          good + "2015-2020,NO,CO,10,a\n",
          "migration.csv:6 | area CO has default = 0 and no place here\n"},
         {"less than nobody",
          replaced(good, ",80,", ",-80,"),
          "migration.csv:5 | \"-80\" is not a whole number from 0 to 10000000000\n"
          "migration.csv | 2015-2020 lacks SO to SO\n"},
         {"half a person, and no source",
          good + "2005-2010,NO,SO,0.5,\n",
          "migration.csv:6 | \"0.5\" is not a whole number from 0 to 10000000000\n"
          "migration.csv:6 | a row needs its source\n"}});
}

TEST_CASE("mortality is there for four populations to 2075") {
    auto const tables = data::load_mortality({}).value();
    REQUIRE(tables.size() == 4);
    for (std::string_view const name : {"CN", "HK", "MO", "TW"}) {
        CAPTURE(name);
        auto const* const table = data::find_mortality(tables, name);
        REQUIRE(table != nullptr);
        CHECK(table->mid_years.size() == 17);
        CHECK(table->mid_years.front() == 1993);
        CHECK(table->mid_years.back() == 2073);
        CHECK(table->ages.size() == 22);
        CHECK(table->ages.back() == 100);
        CHECK(table->male.size() == 17 * 22);
        CHECK(table->female.size() == 17 * 22);
        // In old age women die later, and everybody later than before.
        constexpr std::size_t eighty = 17;
        CHECK(table->ages[eighty] == 80);
        CHECK(table->at(Sex::female, 0, eighty) < table->at(Sex::male, 0, eighty));
        CHECK(table->at(Sex::male, 16, eighty) < table->at(Sex::male, 0, eighty));
    }
    CHECK(data::find_mortality(tables, "CN")->at(Sex::male, 0, 0) == 0.04183439);
    CHECK(data::find_mortality(tables, "CN")->at(Sex::female, 0, 1) == 0.00313441);
    CHECK(data::find_mortality(tables, "JP") == nullptr);
}

TEST_CASE("damaged mortality") {
    auto const load = [](data::TableSource const& source) { return data::load_mortality(source); };
    auto const year = [](std::string const& name) {
        std::string rows;
        for (int const age : {0,  1,  5,  10, 15, 20, 25, 30, 35, 40, 45,
                              50, 55, 60, 65, 70, 75, 80, 85, 90, 95, 100}) {
            rows += name + "," + std::to_string(age) + ",0.5,0.25,a\n";
        }
        return rows;
    };
    std::string const good = year("X,2000") + year("X,2005");
    check_world_damages(
        "mortality.csv",
        "table,mid_year,age,mx_male,mx_female,source",
        load,
        {{"nothing", "", "mortality.csv | no rows\n"},
         {"good", good, "(no problem)\n"},
         {"one year is enough", year("X,2000"), "(no problem)\n"},
         {"an age is missing",
          replaced(good, "X,2005,40,0.5,0.25,a\n", ""),
          "mortality.csv | table X lacks 2005 age 40\n"},
         {"a year is missing",
          good + year("X,2015"),
          "mortality.csv | table X has 2015 after 2005; its years are 5 apart\n"},
         {"an age twice",
          good + "X,2005,40,0.5,0.25,a\n",
          "mortality.csv:46 | X 2005 age 40 stands here twice\n"},
         {"an age inside a group",
          good + "X,2005,42,0.5,0.25,a\n",
          "mortality.csv:46 | age 42 begins no group; expected 0, 1, 5, 10 ... 100\n"},
         {"an age beyond",
          good + "X,2005,105,0.5,0.25,a\n",
          "mortality.csv:46 | \"105\" is not a whole number from 0 to 100\n"},
         {"per thousand",
          replaced(good, "X,2000,0,0.5,0.25,a", "X,2000,0,2.00000001,-0.1,a"),
          "mortality.csv:2 | \"2.00000001\" is not a number from 0 to 2 with at most 8 decimals\n"
          "mortality.csv:2 | \"-0.1\" is not a number from 0 to 2 with at most 8 decimals\n"
          "mortality.csv | table X lacks 2000 age 0\n"},
         {"too fine, without name and source",
          good + ",2005,40,0.123456789,0.25,\n",
          "mortality.csv:46 | a table needs its name\n"
          "mortality.csv:46 | \"0.123456789\" is not a number from 0 to 2 with at most 8 "
          "decimals\n"
          "mortality.csv:46 | a row needs its source\n"}});
}

TEST_CASE("insured persons by province and in the nation") {
    auto const rows = data::load_insured({}, areas()).value();
    std::int64_t active = 0;
    std::int64_t retirees = 0;
    for (data::Insured const& row : rows) {
        if (row.area && row.year == 2010) {
            active += row.active;
            retirees += row.retirees;
        }
    }
    CHECK(active == 193'843'000);
    CHECK(retirees == 62'996'000);
    auto const* const nation = data::find_insured(rows, std::nullopt, 2010);
    REQUIRE(nation != nullptr);
    CHECK(nation->active == 194'023'000); // with the funds that belong to no province
    CHECK(nation->retirees == 63'050'000);
    CHECK(data::find_insured(rows, area("GD"), 2016)->active == 48'678'500);
    CHECK(data::find_insured(rows, std::nullopt, 2021)->active == 349'170'000);
    CHECK(data::find_insured(rows, std::nullopt, 2018) == nullptr);
    CHECK(data::find_insured(rows, area("GD"), 2017) == nullptr);
    CHECK_FALSE(rows.front().area.has_value());
}

TEST_CASE("damaged insured persons") {
    auto const areas = two_areas();
    auto const load = [&](data::TableSource const& source) {
        return data::load_insured(source, areas);
    };
    std::string const good = "NO,2010,90,10,a\nNO,2011,91,11,a\n"
                             "SO,2010,80,10,a\nSO,2011,81,11,a\n*,2011,172,22,a\n";
    check_world_damages(
        "insured.csv",
        "area,year,active,retirees,source",
        load,
        {{"nothing", "", "insured.csv | no rows\n"},
         {"good", good, "(no problem)\n"},
         {"the nation alone may have gaps", "*,2010,9,1,a\n*,2015,9,1,a\n", "(no problem)\n"},
         {"an area that does not always exist has what years it has",
          good + "CO,2011,8,1,a\n",
          "(no problem)\n"},
         {"a year is missing",
          replaced(good, "SO,2010,80,10,a\n", ""),
          "insured.csv | area SO lacks 2010\n"},
         {"years are missing in the one and the other",
          good + "SO,2013,80,10,a\n",
          "insured.csv | area NO lacks 2012 and 1 more\ninsured.csv | area SO lacks 2012\n"},
         {"a double of an area",
          good + "NO,2010,90,10,a\n",
          "insured.csv:7 | NO 2010 stands here twice\n"},
         {"a double of the nation",
          good + "*,2011,90,10,a\n",
          "insured.csv:7 | * 2011 stands here twice\n"},
         {"an unknown area, a far year, no heads, no source",
          good + "SOO,2201,-1,x,\n",
          "insured.csv:7 | unknown area \"SOO\"; did you mean \"SO\"?\n"
          "insured.csv:7 | \"2201\" is not a whole number from 1900 to 2200\n"
          "insured.csv:7 | \"-1\" is not a whole number from 0 to 10000000000\n"
          "insured.csv:7 | \"x\" is not a whole number from 0 to 10000000000\n"
          "insured.csv:7 | a row needs its source\n"}});
}

TEST_CASE("every province has its place on the map") {
    auto const places = data::load_places({}, areas()).value();
    REQUIRE(places.size() == 31);
    for (std::size_t i = 0; i < places.size(); ++i) {
        CHECK(row(places[i].area) == i);
        CHECK(places[i].longitude > 73);
        CHECK(places[i].longitude < 136);
        CHECK(places[i].latitude > 18);
        CHECK(places[i].latitude < 54);
    }
    auto const& south = places[row(area("HI"))];
    auto const& north = places[row(area("HL"))];
    auto const& west = places[row(area("XJ"))];
    CHECK(south.latitude < north.latitude);
    CHECK(south.tile_row > north.tile_row);
    CHECK(west.longitude < south.longitude);
    CHECK(west.tile_column < south.tile_column);
}

TEST_CASE("damaged places") {
    auto const areas = two_areas();
    auto const load = [&](data::TableSource const& source) {
        return data::load_places(source, areas);
    };
    std::string const good = "NO,10.5,60.25,0,0,a\nSO,-10,-60,0,1,a\n";
    check_world_damages(
        "area_places.csv",
        "area,longitude,latitude,tile_column,tile_row,source",
        load,
        {{"good", good, "(no problem)\n"},
         {"a corps may have a place", good + "CO,0,0,1,1,a\n", "(no problem)\n"},
         {"nothing", "", "area_places.csv | the table lacks NO and 1 more\n"},
         {"one is missing", "NO,10.5,60.25,0,0,a\n", "area_places.csv | the table lacks SO\n"},
         {"two on a tile",
          replaced(good, "0,1,a", "0,0,a"),
          "area_places.csv:3 | tile 0, 0 is that of NO\n"},
         {"a double", good + "SO,-10,-60,0,1,a\n", "area_places.csv:4 | SO stands here twice\n"},
         {"off the globe and the map, and no source",
          good + "CO,180.5,-91,-1,100,\n",
          "area_places.csv:4 | \"180.5\" is not a number from -180 to 180 with at most "
          "6 decimals\n"
          "area_places.csv:4 | \"-91\" is not a number from -90 to 90 with at most 6 "
          "decimals\n"
          "area_places.csv:4 | \"-1\" is not a whole number from 0 to 99\n"
          "area_places.csv:4 | \"100\" is not a whole number from 0 to 99\n"
          "area_places.csv:4 | a row needs its source\n"},
         {"an unknown area",
          good + "XX,0,0,5,5,a\n",
          "area_places.csv:4 | unknown area \"XX\"; expected one of NO, SO, CO\n"}});
}

TEST_CASE("world tables: a folder replaces the shipped table it has, and no other") {
    TemporaryFolder const folder;
    folder.file("insured.csv", "area,year,active,retirees,source\n*,2030,5,4,a\n");
    data::TableSource const source(folder.path());
    auto const rows = data::load_insured(source, areas()).value();
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().retirees == 4);
    CHECK(data::load_migration(source, areas()).value().size() == 6);
}

} // namespace pensim::test

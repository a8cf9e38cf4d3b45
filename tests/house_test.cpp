// The rules of the house, read from the files themselves: who includes whom, what core does
// without, how long things are, and that every text of the law is accounted for.
#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "core/law/citation.hpp"
#include "sim/input/json_document.hpp"
#include "sim/story/words.hpp"
#include "tests/support/source_text.hpp"

namespace pensim::test {
namespace {

namespace fs = std::filesystem;

// ---- layers -------------------------------------------------------------------------------------

/// A room may include itself and rooms of lower rank.
std::map<std::string, int, std::less<>> const rank_of_room{
    {"core/basis", 0},  {"core/area", 1},   {"core/record", 2}, {"core/law", 3},
    {"sim/input", 4},   {"sim/random", 4},  {"sim/ranks", 5},   {"sim/data", 5},
    {"sim/web", 5},     {"sim/rules", 6},   {"sim/cases", 6},   {"sim/world", 6},
    {"sim/story", 7},   {"sim/lanes", 7},   {"sim/engine", 8},  {"sim/scenario", 9},
    {"sim/audit", 9},   {"sim/network", 9}, {"sim/report", 10}, {"sim/reform", 11},
    {"sim/resume", 11}, {"sim/job", 12},    {"sim/app", 13},    {"sim/python", 13}};

std::string room_of(std::string_view path) {
    return std::string(path.substr(0, path.rfind('/')));
}

bool may_include(std::string const& room, std::string const& other) {
    if (room == other) {
        return true;
    }
    auto const mine = rank_of_room.find(room);
    auto const theirs = rank_of_room.find(other);
    return mine != rank_of_room.end() && theirs != rank_of_room.end()
           && theirs->second < mine->second;
}

TEST_CASE("rooms include downwards only") {
    std::size_t includes = 0;
    for (SourceFile const& file : sources({"core", "sim"})) {
        CAPTURE(file.path);
        CHECK(rank_of_room.contains(room_of(file.path)));
        for (Include const& include : file.includes) {
            if (include.quoted) {
                CAPTURE(include.name);
                CHECK(may_include(room_of(file.path), room_of(include.name)));
                ++includes;
            }
        }
    }
    CHECK(includes > 100);
}

TEST_CASE("each library has its rooms") {
    struct Border {
        std::string_view header;
        std::vector<std::string_view> rooms;
    };
    std::vector<Border> const borders{{"nlohmann/", {"sim/input"}},
                                      {"Eigen/", {"sim/world"}},
                                      {"unsupported/Eigen/", {"sim/world"}},
                                      {"boost/graph/", {"sim/network"}},
                                      {"boost/property_map/", {"sim/network"}},
                                      {"CLI/", {"sim/app"}},
                                      {"Random123/", {"sim/random"}},
                                      {"openssl/", {"sim/report"}},
                                      {"zlib", {"sim/report", "sim/web"}},
                                      {"xlsxwriter", {"sim/report"}},
                                      {"tbb/", {"sim/cases", "sim/engine", "sim/job"}},
                                      {"pybind11/", {"sim/python"}},
                                      {"Python.h", {"sim/python"}},
                                      {"mpi.h", {"sim/ranks"}},
                                      {"immintrin.h", {"sim/lanes", "sim/random"}}};
    // Those of what we link privately: no public header may name them.
    std::set<std::string_view> const sources_only{"nlohmann/",
                                                  "Eigen/",
                                                  "unsupported/Eigen/",
                                                  "boost/graph/",
                                                  "boost/property_map/",
                                                  "Random123/",
                                                  "openssl/",
                                                  "zlib",
                                                  "xlsxwriter"};
    for (SourceFile const& file : sources({"core", "sim"})) {
        for (Include const& include : file.includes) {
            CHECK_FALSE(include.name.ends_with(".cpp"));
            for (Border const& border : borders) {
                if (include.name.starts_with(border.header)) {
                    CAPTURE(file.path);
                    CAPTURE(include.name);
                    CHECK(std::count(border.rooms.begin(), border.rooms.end(), room_of(file.path))
                          == 1);
                    CHECK((!sources_only.contains(border.header) || file.path.ends_with(".cpp")));
                }
            }
        }
    }
}

TEST_CASE("core knows no file, clock, thread or random draw, and no floating point") {
    std::set<std::string_view> const foreign{"fstream",
                                             "iostream",
                                             "istream",
                                             "ostream",
                                             "filesystem",
                                             "cstdio",
                                             "stdio.h",
                                             "chrono",
                                             "ctime",
                                             "thread",
                                             "mutex",
                                             "atomic",
                                             "future",
                                             "random",
                                             "shared_mutex"};
    std::map<std::string_view, std::string_view> const allowed{
        {"core/law/identity_number.cpp", "chrono"}}; // year_month_day: is there such a day?
    for (SourceFile const& file : sources({"core"})) {
        CAPTURE(file.path);
        for (Include const& include : file.includes) {
            CAPTURE(include.name);
            auto const exception = allowed.find(file.path);
            CHECK((!foreign.contains(include.name)
                   || (exception != allowed.end() && exception->second == include.name)));
        }
        for (std::string_view const word : {"float", "double", "system_clock", "steady_clock"}) {
            CAPTURE(word);
            CHECK_FALSE(has_word(file.code, word));
        }
    }
}

/// What a file includes, and what that includes of ours, and so on.
std::set<std::string> included_by(std::string const& path, std::vector<SourceFile> const& files) {
    std::set<std::string> found;
    std::vector<std::string> next{path};
    while (!next.empty()) {
        auto const file = std::find_if(
            files.begin(), files.end(), [&](SourceFile const& f) { return f.path == next.back(); });
        next.pop_back();
        REQUIRE(file != files.end());
        for (Include const& include : file->includes) {
            if (found.insert(include.name).second && include.quoted) {
                next.push_back(include.name);
            }
        }
    }
    return found;
}

/// A function of a header that is not inlined is compiled in each source, and one of them is kept
/// for all: that must not be one for machines that others do not have.
TEST_CASE("what is compiled for wider vectors includes plain data and its own") {
    std::set<std::string_view> const plain{"core/area/area.hpp",
                                           "compare",
                                           "cstddef",
                                           "cstdint",
                                           "cstring",
                                           "immintrin.h",
                                           "type_traits"};
    auto const files = sources({"core", "sim"});
    std::set<std::string> rooms;
    for (SourceFile const& file : files) {
        if (file.path.find("avx") == std::string::npos) {
            continue;
        }
        rooms.insert(room_of(file.path));
        for (std::string const& name : included_by(file.path, files)) {
            CAPTURE(file.path);
            CAPTURE(name);
            bool const own = name.starts_with(room_of(file.path) + "/");
            CHECK((own || plain.contains(name)));
        }
    }
    CHECK(rooms == std::set<std::string>{"sim/lanes", "sim/random"});
}

// ---- lengths ------------------------------------------------------------------------------------

TEST_CASE("no function is longer than 70 lines") {
    constexpr int lines_max = 70;
    std::size_t functions = 0;
    for (SourceFile const& file : sources({"core", "sim"})) {
        for (Function const& function : functions_of(file.code)) {
            CAPTURE(file.path);
            CAPTURE(function.line);
            CHECK(function.lines <= lines_max);
            ++functions;
        }
    }
    CHECK(functions > 300);
}

TEST_CASE("no file is longer than 500 lines") {
    constexpr int lines_max = 500;
    for (SourceFile const& file : sources({"core", "sim"})) {
        CAPTURE(file.path);
        CHECK(file.lines <= lines_max);
    }
}

// ---- tests --------------------------------------------------------------------------------------

TEST_CASE("every source of the law has a test") {
    std::map<std::string_view, std::string_view> const elsewhere{
        {"decide", "tests/second_reading_test.cpp"}, // all of it, on random lives
        {"rule_book", "tests/core/law/dated_test.cpp"},
    };
    for (SourceFile const& file : sources({"core/law"})) {
        if (file.path.ends_with(".cpp")) {
            CAPTURE(file.path);
            std::string const stem = fs::path(file.path).stem().string();
            auto const other = elsewhere.find(stem);
            bool const own = exists("tests/core/law/" + stem + "_test.cpp");
            CHECK((own || (other != elsewhere.end() && exists(other->second))));
        }
    }
}

// ---- the texts of the law -----------------------------------------------------------------------

/// SOURCES.md: the keys of part A, and the rows of part B by key.
struct Sources {
    std::set<std::string, std::less<>> keys;
    std::map<std::string, std::vector<std::vector<std::string>>, std::less<>> rows;
};

Sources read_sources() {
    Sources found;
    std::string section;
    for (std::string const& line : lines_of("core/law/SOURCES.md")) {
        if (line.starts_with("## ")) {
            section = line.substr(3, 6); // "Part A", "Part B"
        } else if (line.starts_with("### ")) {
            section = line.substr(4);
        } else if (line.starts_with("| ") && !line.starts_with("| ---")) {
            auto cells = cells_of(line);
            if (cells[0] == "key" || cells[0] == "article") {
                continue;
            }
            if (section == "Part A") {
                CAPTURE(cells[0]);
                CHECK(cells.size() == 6);
                CHECK(found.keys.insert(cells[0]).second);
            } else {
                found.rows[section].push_back(std::move(cells));
            }
        }
    }
    return found;
}

Sources const& law_sources() {
    static Sources const read = read_sources();
    return read;
}

TEST_CASE("part B of SOURCES.md: every row names a file that exists, or a reason") {
    for (auto const& entry : law_sources().rows) {
        auto const& key = entry.first;
        auto const& rows = entry.second;
        CAPTURE(key);
        CHECK(law_sources().keys.contains(key));
        for (auto const& row : rows) {
            CAPTURE(row[0]);
            REQUIRE(row.size() == 4);
            CHECK_FALSE(row[1].empty());
            bool const carried_out = row[2] != "-" && !row[2].empty();
            bool const no_effect = row[3] != "-" && !row[3].empty();
            CHECK(carried_out != no_effect);
            if (carried_out) {
                for (std::string const& path : split(row[2], ", ")) {
                    CAPTURE(path);
                    CHECK(exists(path));
                }
            }
        }
    }
}

/// The numbers that the rows of a text begin with behind `prefix`: "8(2) first limb" and "VI to X"
/// count as 8 and as 6 to 10.
std::set<int> articles(std::string_view key, std::string_view prefix) {
    std::set<int> found;
    auto const rows = law_sources().rows.find(key);
    REQUIRE(rows != law_sources().rows.end());
    for (auto const& row : rows->second) {
        if (!row[0].starts_with(prefix)) {
            continue;
        }
        auto const words = split(row[0].substr(prefix.size()), " ");
        int const first = number_of(words[0]);
        int const last = words.size() > 2 && words[1] == "to" ? number_of(words[2]) : first;
        for (int article = first; article > 0 && article <= last; ++article) {
            found.insert(article);
        }
    }
    return found;
}

TEST_CASE("part B of SOURCES.md: every article of the five texts is there") {
    struct Text {
        std::string_view key;
        std::string_view prefix;
        int count;
    };
    std::set<std::string_view> texts;
    for (Text const& text : {Text{"order-41-2019", "", 15},
                             {"order-16-2011", "", 12},
                             {"order-16-2011", "annex ", 5},
                             {"order-16-2011", "Q&A ", 6},
                             {"gdhrss-327-2021", "annex ", 4},
                             {"gdhrss-327-2021", "annex 1 ", 11},
                             {"gdhrss-327-2021", "annex 2 ", 10},
                             {"gdhrss-327-2021", "annex 3 ", 10},
                             {"gdhrss-327-2021", "annex 4 ", 10},
                             {"sz-guide-foreigners", "", 10},
                             {"news-2021-11", "statement ", 7}}) {
        CAPTURE(text.key);
        CAPTURE(text.prefix);
        auto const found = articles(text.key, text.prefix);
        CHECK(found.size() == static_cast<std::size_t>(text.count));
        CHECK(*found.begin() == 1);
        CHECK(*found.rbegin() == text.count);
        texts.insert(text.key);
    }
    CHECK(texts.size() == 5);
    CHECK(law_sources().rows.size() == texts.size());
}

TEST_CASE("every citation names a text that SOURCES.md lists and a story knows") {
    for (int ground = 0; ground < law::ground_count; ++ground) {
        for (auto const group :
             {Group::hong_kong, Group::macau, Group::taiwan, Group::foreign, Group::mainland}) {
            auto const cited = law::cite(static_cast<law::Ground>(ground), group);
            CAPTURE(cited.document);
            CHECK((cited.document == "rule-set" || law_sources().keys.contains(cited.document)));
            CHECK(story::find_document(cited.document) != nullptr);
        }
    }
}

/// Every "source" inside a value.
void collect_sources(input::JsonValue const& value, std::vector<std::string>& found) {
    for (auto const& [key, member] : value.members) {
        if (key == "source") {
            found.push_back(member.text);
        }
        collect_sources(member, found);
    }
    for (auto const& item : value.items) {
        collect_sources(item, found);
    }
}

TEST_CASE("every text that a rule set gives as source is listed") {
    std::size_t documents = 0;
    for (std::string const& path : files_in("scenarios/rules", ".json")) {
        CAPTURE(path);
        auto const rules = input::parse_json(text_of(path));
        REQUIRE(rules.has_value());
        std::vector<std::string> found;
        collect_sources(*rules, found);
        for (std::string const& source : found) {
            auto const key = document_key(source);
            if (!key.empty()) {
                CAPTURE(source);
                CHECK(law_sources().keys.contains(key));
                ++documents;
            }
        }
    }
    CHECK(documents > 30);
}

TEST_CASE("both languages of every sentence take the same arguments") {
    for (int i = 0; i < static_cast<int>(story::Phrase::count_); ++i) {
        auto const phrase = static_cast<story::Phrase>(i);
        std::string_view const english = story::pattern(phrase, story::Language::en);
        CAPTURE(english);
        CHECK_FALSE(english.empty());
        CHECK(placeholders(english) == placeholders(story::pattern(phrase, story::Language::zh)));
    }
}

} // namespace
} // namespace pensim::test

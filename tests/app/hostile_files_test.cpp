// Files that would take all memory or all day, lead elsewhere or say what cannot be: each is
// refused with its place and what was expected, soon and in little memory.
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

#include <doctest/doctest.h>

#include "sim/input/limits.hpp"
#include "tests/app/program.hpp"

namespace pensim::test {

namespace {

namespace fs = std::filesystem;

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define PENSIM_SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PENSIM_SANITIZED
#endif

/// What the largest file that is read may take; a sanitizer takes its own.
#ifdef PENSIM_SANITIZED
constexpr long megabytes_max = 3000;
#else
constexpr long megabytes_max = 500;
#endif

/// Runs what must be refused as wrong input, and gives what it says.
std::string refused(TemporaryFolder const& folder, std::string const& arguments) {
    CAPTURE(arguments);
    MeasuredRun const measured = run_measured(folder, arguments);
    CHECK(measured.ran.status == 2);
    CHECK(measured.ran.out.empty());
    CHECK(measured.megabytes < megabytes_max);
    return measured.ran.err;
}

/// A scenario of a few lines with more members.
std::string what_if(std::string const& members) {
    return R"({"schema": "pensim/scenario/1", "id": "x", "extends": "small",)"
           R"( "title": {"en": "X", "zh": "甲"})"
           + members + "}";
}

std::string rule_set(std::string const& extends) {
    return R"({"schema": "pensim/rules/1", "id": "x", "title": {"en": "X", "zh": "甲"}, "extends": ")"
           + extends + R"(", "parameters": {}})";
}

std::string repeated(std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

/// A file of a gigabyte that takes no place on the disk.
void stretch(std::string const& path) {
    constexpr std::uintmax_t gigabyte = 1'000'000'000;
    fs::resize_file(path, gigabyte);
}

} // namespace

TEST_CASE("texts that are no JSON, or more than is read") {
    struct Case {
        std::string why;
        std::string text;
        std::string said;
    };
    std::string const digits(1'000'000, '9');
    TemporaryFolder const folder;
    for (Case const& c : std::vector<Case>{
             {"a hundred thousand lists",
              repeated("[", 100'000),
              "x.json: " + repeated("/0", 63) + ": nested deeper than 64 levels\n"},
             {"a hundred thousand objects",
              repeated("{\"a\":", 100'000),
              "x.json: " + repeated("/a", 63) + ": nested deeper than 64 levels\n"},
             {"no number",
              what_if(R"(, "run": {"persons": NaN})"),
              "x.json: line 1, column 118: not JSON near \"\"persons\": N\"\n"},
             {"no number either",
              what_if(R"(, "run": {"persons": -Infinity})"),
              "x.json: line 1, column 119: not JSON near \"-I\"\n"},
             {"a huge exponent",
              what_if(R"(, "run": {"persons": 1e999999999})"),
              "x.json: line 1, column 128: \"1e999999999\" is too large\n"},
             {"a tiny exponent",
              what_if(R"(, "run": {"persons": 1e-999999999})"),
              "x.json: /run/persons: 1e-999999999: expected a whole number from 1 to "
              "1099511627776\n"},
             {"a million digits",
              what_if(R"(, "run": {"persons": )" + digits + "}"),
              "x.json: line 1, column 1000117: \"" + digits.substr(0, 60) + "...\" is too large\n"},
             {"a million decimals",
              what_if(R"(, "run": {"persons": 0.)" + digits + "}"),
              "x.json: /run/persons: 0." + digits.substr(0, 38)
                  + "...: expected a whole number from 1 to 1099511627776\n"},
             {"bytes that are no UTF-8",
              what_if(", \"why\": \"\xFF\xFE\""),
              "x.json: line 1, column 107: not JSON near \"\"\xEF\xBF\xBD\"\n"},
             {"half a letter",
              what_if(R"(, "why": "\ud800")"),
              "x.json: line 1, column 113: not JSON near \"\"\\ud800\"\"\n"},
             {"a zero byte in the middle",
              what_if(std::string(", \"why\": \"a\0b\"", 14)),
              "x.json: line 1, column 108: not JSON: a zero byte\n"},
             {"a zero byte at the end",
              what_if("") + std::string(1, '\0'),
              "x.json: line 1, column 98: not JSON: a zero byte\n"},
             {"a key twice",
              what_if(R"(, "id": "y")"),
              "x.json: /id: key \"id\" stands here twice\n"},
             {"a very long key",
              what_if(", \"groups\": {\"" + std::string(1'000'000, 'k') + "\": {}}"),
              "x.json: /groups: key \"" + std::string(60, 'k')
                  + "...\" is longer than 500 bytes\n"},
             {"more people than there can be",
              what_if(R"(, "population": {"people": 1000000000000000000, "calibrated_to": null})"),
              "x.json: /population/people: 1000000000000000000: expected a whole number from 1 to "
              "1099511627776\n"},
             {"more lives than there can be",
              what_if(R"(, "run": {"persons": 1000000000000000000})"),
              "x.json: /run/persons: 1000000000000000000: expected a whole number from 1 to "
              "1099511627776\n"},
             {"a billion replicates",
              what_if(R"(, "run": {"replicates": 1000000000})"),
              "x.json: /run/replicates: 1000000000: expected a whole number from 1 to 100000\n"},
             {"a million years",
              what_if(R"(, "horizon": {"last": 1000000})"),
              "x.json: /horizon/last: 1000000: expected a whole number from 1998 to 2199\n"},
         }) {
        CAPTURE(c.why);
        folder.file("x.json", c.text);
        CHECK(refused(folder, "validate x.json") == c.said);
    }
}

TEST_CASE("an object of very many keys, once or twice each, takes no long time") {
    TemporaryFolder const folder;
    std::string once;
    std::string twice;
    for (int i = 0; i < 200'000; ++i) {
        once += ", \"k" + std::to_string(i) + "\": 1";
        twice += ", \"k" + std::to_string(i / 2) + "\": 1";
    }
    for (std::string const& members : {once, twice}) {
        folder.file("x.json", what_if(members));
        CHECK(refused(folder, "run x.json") == "x.json: an object of more than 5000 members\n");
    }
}

TEST_CASE("files without end, and files of a gigabyte") {
    TemporaryFolder const folder;
    std::string const large = " is too large; expected at most ";
    std::string const zero = "/dev/zero:" + large;
    CHECK(refused(folder, "validate /dev/zero") == zero + "64 MB\n");
    CHECK(refused(folder, "decide /dev/zero") == zero + "64 MB\n");
    CHECK(refused(folder, "run /dev/zero") == zero + "4 MB\n");
    CHECK(refused(folder, "rules show /dev/zero").find("/dev/zero") == 0);
    stretch(folder.file("long.json", "{"));
    CHECK(refused(folder, "check long.json") == "long.json:" + large + "64 MB\n");
    CHECK(refused(folder, "run long.json") == "long.json:" + large + "4 MB\n");
    CHECK(refused(folder, "rules show long.json") == "long.json:" + large + "4 MB\n");
    folder.file("p.csv", "id,group,sex,birth\n");
    stretch(folder.file("r.csv", "person_id,area,from,to,base\n"));
    CHECK(refused(folder, "decide --persons /dev/zero --records r.csv")
          == "/dev/zero:1: the header is longer than 65536 bytes\n");
    stretch(folder.path("p.csv"));
    MeasuredRun const decided =
        run_measured(folder, "decide --persons p.csv --records r.csv -o out");
    CHECK(decided.ran.status == 2);
    CHECK(decided.megabytes < megabytes_max);
    CHECK(holds(content_of(folder.path("out/errors.csv")), ",p.csv,2,,longer than 65536 bytes\n"));
}

TEST_CASE("a folder, and names that lead elsewhere") {
    TemporaryFolder const folder;
    CHECK(refused(folder, "run ./") == "./: is a folder; expected a file\n");
    CHECK(refused(folder, "decide .") == ".: is a folder; expected a file\n");
    fs::create_directory(folder.path("in"));
    folder.file("outside.json", rule_set("law"));
    REQUIRE(::symlink("../outside.json", folder.path("in/link.json").c_str()) == 0);
    REQUIRE(::symlink("/dev/zero", folder.path("in/zero.json").c_str()) == 0);
    REQUIRE(::mkfifo(folder.path("in/pipe.json").c_str(), 0600) == 0);
    std::string const beyond = " lies outside the folder of the file that extends it\n";
    struct Case {
        std::string name;
        std::string said;
    };
    for (Case const& c : std::vector<Case>{
             {"link.json", "\"link.json\"" + beyond},
             {"zero.json", "\"zero.json\"" + beyond},
             {"pipe.json", "\"pipe.json\" is no regular file, but a pipe or a device\n"},
             {"x.json", "\"x.json\" leads into a circle\n"}}) {
        CAPTURE(c.name);
        std::string const rules = rule_set(c.name);
        folder.file("in/x.json", rules);
        CHECK(refused(folder, "validate in/x.json") == "in/x.json: /extends: " + c.said);
        CHECK(refused(folder, "rules show in/x.json") == "in/x.json: /extends: " + c.said);
        folder.file("in/x.json", replaced(what_if(""), "\"small\"", "\"" + c.name + "\""));
        CHECK(refused(folder, "run in/x.json") == "in/x.json: /extends: " + c.said);
    }
    folder.file("in/x.json", replaced(what_if(""), "\"small\"", "\"../outside.json\""));
    CHECK(refused(folder, "run in/x.json") == "in/x.json: /extends: \"../outside.json\"" + beyond);
}

TEST_CASE("a thousand files, each extending the next") {
    TemporaryFolder const folder;
    for (int i = 0; i < 1000; ++i) {
        std::string const number = std::to_string(i);
        std::string const next = std::to_string(i + 1) + ".json";
        folder.file("s" + number + ".json",
                    replaced(what_if(""), "\"small\"", "\"s" + next + "\""));
        folder.file("r" + number + ".json", rule_set("r" + next));
    }
    std::string const long_chain = "makes a chain of more than 32 files; expected a shorter one\n";
    CHECK(refused(folder, "run s0.json") == "s31.json: /extends: \"s32.json\" " + long_chain);
    CHECK(refused(folder, "rules show r0.json")
          == "r31.json: /extends: \"r32.json\" " + long_chain);
}

TEST_CASE("a data folder of a hundred thousand areas, or of pipes") {
    TemporaryFolder const folder;
    fs::create_directory(folder.path("d"));
    std::string const head = "id,name_en,name_zh,level,parent,gb2,default,source\n";
    std::string areas = head;
    for (int i = 0; i < 100'000; ++i) {
        areas += "A" + std::to_string(i) + ",a,b,province,A0,1,1,own\n";
    }
    folder.file("d/areas.csv", areas);
    std::string const many = "areas.csv: 100000 areas; expected at most 2000\n";
    CHECK(refused(folder, "run small --data d") == many);
    CHECK(refused(folder, "validate d") == "d: " + many);
    fs::remove(folder.path("d/areas.csv"));
    stretch(folder.file("d/migration.csv", ""));
    CHECK(refused(folder, "run national --data d").find("is too large; expected at most 64 MB\n")
          != std::string::npos);
    fs::remove(folder.path("d/migration.csv"));
    REQUIRE(::mkfifo(folder.path("d/areas.csv").c_str(), 0600) == 0);
    CHECK(refused(folder, "run small --data d")
          == "d/areas.csv: is no regular file, but a pipe or a device\n");
}

TEST_CASE("a manifest that lies does not lead out of its folder") {
    TemporaryFolder const folder;
    REQUIRE(run(folder, "run small --persons 100 -o out").status == 0);
    std::string const good = content_of(folder.path("out/manifest.json"));
    folder.file("out/manifest.json", replaced(good, "\"flows.csv\"", "\"../../etc/passwd\""));
    CHECK(refused(folder, "verify out")
          == "out/manifest.json: /tables/0/file: \"../../etc/passwd\" is no name of a table; "
             "expected such as flows.csv\n");
    // A table that has become a device is not what it was, and not read to an end it has not.
    folder.file("out/manifest.json", good);
    fs::remove(folder.path("out/flows.csv"));
    REQUIRE(::symlink("/dev/zero", folder.path("out/flows.csv").c_str()) == 0);
    Ran const verified = run(folder, "verify out");
    CHECK(verified.status == 1);
    CHECK(holds(verified.out, "flows.csv             is missing or was changed after the run\n"));
    stretch(folder.path("out/manifest.json"));
    CHECK(refused(folder, "verify out")
          == "out/manifest.json: is too large; expected at most 16 MB\n");
}

} // namespace pensim::test

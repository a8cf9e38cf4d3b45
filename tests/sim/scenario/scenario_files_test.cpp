#include "sim/scenario/scenario_files.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "sim/input/limits.hpp"
#include "tests/sim/scenario/scenario_texts.hpp"

namespace pensim::test {

namespace {

std::string faults_of_file(std::string const& path) {
    return faults_of(scenario::load_scenario(path, tables()));
}

} // namespace

TEST_CASE("a what-if of a few lines") {
    auto const base = scenario::load_scenario("hmt", tables()).value();
    auto const read = scenario::read_scenario(
        "x.json",
        "",
        what_if("hmt",
                R"("id": "x", "$schema": "s", "groups": {"macau": {"moving": {"per_year": 0.1}}})"),
        tables());
    REQUIRE(faults_of(read) == "(no problem)\n");
    CHECK(read->id == "x");
    CHECK(read->title_zh == base.title_zh);
    CHECK(read->population.calibrated_to == base.population.calibrated_to);
    REQUIRE(read->groups.size() == 3);
    CHECK(read->groups[0].moving.per_year == base.groups[0].moving.per_year);
    CHECK(read->groups[1].moving.per_year == 0.1);
    CHECK(read->groups[1].moving.leaves_money == base.groups[1].moving.leaves_money);
    // The text is the whole scenario, and stands for itself.
    CHECK(read->text.find("\n  \"extends\"") == std::string::npos);
    CHECK(read->text.find("\n  \"$schema\"") == std::string::npos);
    auto const again = scenario::read_scenario("x.json", "", read->text, tables()).value();
    CHECK(again.text == read->text);
}

TEST_CASE("null takes a member away") {
    auto const read = scenario::read_scenario("x.json",
                                              "",
                                              what_if("hmt",
                                                      R"("groups": {"macau": null, "taiwan": null,
                              "hong_kong": {"share": 1, "leaving": null}},
                   "targets": null, "population": {"calibrated_to": null, "people": 7})"),
                                              tables());
    REQUIRE(faults_of(read) == "(no problem)\n");
    REQUIRE(read->groups.size() == 1);
    CHECK(read->groups[0].name == "hong_kong");
    CHECK(read->groups[0].leaving.per_year == 0);
    CHECK(read->targets.empty());
    CHECK(read->population.people == 7);
    // What is taken away is missed, in the file that did so.
    CHECK(faults_of_scenario(what_if("hmt", R"("groups": {"macau": null}, "title": {"zh": null})"))
          == "x.json: /title | \"zh\" is missing\n"
             "x.json: /groups | shares add up to 0.904731, expected 1\n");
    // Where nothing is extended, nothing is taken away.
    CHECK(faults_of_scenario(with(whole_scenario(), "/groups/a/management", "null"))
          == "x.json: /groups/a/management | expected a number, found null\n");
}

TEST_CASE("a chain of files; each fault in its own") {
    TemporaryFolder const folder;
    std::filesystem::create_directory(folder.path("below"));
    std::string const grand =
        folder.file("below/grand.json",
                    what_if("hmt",
                            R"("run": {"persons": 10, "sed": 1}, "rules": "five-years",
                   "groups": {"macau": {"male": 3, "share": 0.5}})"));
    std::string const parent =
        folder.file("parent.json",
                    "\xEF\xBB\xBF"
                        + what_if("below/grand.json",
                                  R"("groups": {"hong_kong": {"male": -1, "male": 0.5}}, "whi": "x",
                         "horizon": {"first": 1990})"));
    std::string const child = folder.file(
        "child.json",
        what_if(
            "parent.json",
            R"("groups": {"taiwan": {"first_area": {"tabel": "residents"}}}, "run": {"seed": 5})"));
    CHECK(faults_of_file(child)
          == parent + ": /groups/hong_kong/male | key \"male\" stands here twice\n" + parent
                 + ": /horizon/first | 1990: expected a whole number from 1998 to 2199\n" + grand
                 + ": /run/sed | unknown key \"sed\"; did you mean \"seed\"?\n" + grand
                 + ": /groups/macau/male | 3: expected a share from 0 to 1\n" + child
                 + ": /groups/taiwan/first_area/tabel | unknown key \"tabel\"; did you mean "
                   "\"table\"?\n"
                 + child + ": /groups | shares add up to 1.40473, expected 1\n" + parent
                 + ": /whi | unknown key \"whi\"; did you mean \"why\"?\n");
}

TEST_CASE("the last file of a chain that says something wins") {
    TemporaryFolder const folder;
    std::filesystem::create_directory(folder.path("below"));
    folder.file("below/base.json", what_if("small", R"("rules": "mine.json", "run": {"seed": 1})"));
    std::string const child =
        folder.file("child.json", what_if("below/base.json", R"("run": {"seed": 2})"));
    auto const read = scenario::load_scenario(child, tables());
    REQUIRE(faults_of(read) == "(no problem)\n");
    CHECK(read->run.seed == 2);
    CHECK(read->run.persons == 5000);
    // A file of rules stands beside the file that names it.
    CHECK(read->rules == "mine.json");
    CHECK(read->folder == folder.path("below"));
    REQUIRE(read->files.size() == 4);
    CHECK(read->files[2].name == "small");
    CHECK(scenario::place_of(read->files, "/run/seed") == child + ": /run/seed");
    CHECK(scenario::place_of(read->files, "/run/persons") == "small: /run/persons");
    CHECK(scenario::place_of(read->files, "") == child);
    CHECK(scenario::place_of(read->files, "/no") == child + ": /no");
}

TEST_CASE("circles, however they are spelt") {
    TemporaryFolder const folder;
    std::string const self = folder.file("self.json", what_if("self.json", ""));
    CHECK(faults_of_file(self) == self + ": /extends | \"self.json\" leads into a circle\n");
    folder.file("self.json", what_if("./self.json", ""));
    CHECK(faults_of_file(self) == self + ": /extends | \"./self.json\" leads into a circle\n");
    folder.file("a.json", what_if("b.json", ""));
    folder.file("b.json", what_if("c.json", ""));
    folder.file("c.json", what_if("./b.json", ""));
    CHECK(faults_of_file(folder.path("a.json"))
          == folder.path("c.json") + ": /extends | \"./b.json\" leads into a circle\n");
    // By a link to a folder, and by one to the file.
    REQUIRE(::symlink(".", folder.path("here").c_str()) == 0);
    folder.file("d.json", what_if("here/d.json", ""));
    CHECK(faults_of_file(folder.path("d.json"))
          == folder.path("d.json") + ": /extends | \"here/d.json\" leads into a circle\n");
    REQUIRE(::symlink("e.json", folder.path("link.json").c_str()) == 0);
    folder.file("e.json", what_if("link.json", ""));
    CHECK(faults_of_file(folder.path("e.json"))
          == folder.path("e.json") + ": /extends | \"link.json\" leads into a circle\n");
}

TEST_CASE("a scenario that is not there") {
    CHECK(faults_of_file("hmmt")
          == "hmmt | unknown scenario \"hmmt\"; did you mean \"hmt\"? A file ends in .json.\n");
    CHECK(faults_of_file("something")
          == "something | unknown scenario \"something\"; expected one of country400, foreigners, "
             "hmt, national, small. A file ends in .json.\n");
    CHECK(faults_of_file("rules/law") == "rules/law | cannot be read: No such file or directory\n");
    CHECK(faults_of_scenario(what_if("natoinal", ""))
          == "x.json: /extends | unknown scenario \"natoinal\"; did you mean \"national\"? A file "
             "ends in .json.\n");
    TemporaryFolder const folder;
    CHECK(faults_of_file(folder.path("no.json"))
          == folder.path("no.json") + " | cannot be read: No such file or directory\n");
    std::string const orphan = folder.file("orphan.json", what_if("below/no.json", ""));
    CHECK(faults_of_file(orphan)
          == orphan + ": /extends | \"below/no.json\" cannot be read: No such file or directory\n");
}

TEST_CASE("a scenario does not leave its folder") {
    TemporaryFolder const folder;
    std::filesystem::create_directory(folder.path("inside"));
    std::string const outside = folder.file("outside.json", whole_scenario().dump());
    REQUIRE(::symlink("../outside.json", folder.path("inside/link.json").c_str()) == 0);
    REQUIRE(::symlink("..", folder.path("inside/up").c_str()) == 0);
    for (std::string const& name : {std::string("../outside.json"),
                                    outside,
                                    std::string("link.json"),
                                    std::string("up/outside.json"),
                                    std::string("../no.json")}) {
        CAPTURE(name);
        std::string const path = folder.file("inside/x.json", what_if(name, ""));
        CHECK(faults_of_file(path)
              == path + ": /extends | \"" + name
                     + "\" lies outside the folder of the file that extends it\n");
    }
    // Links inside are links.
    folder.file("inside/y.json", whole_scenario().dump());
    REQUIRE(::symlink("y.json", folder.path("inside/z.json").c_str()) == 0);
    CHECK(faults_of_file(folder.file("inside/x.json", what_if("z.json", ""))) == "(no problem)\n");
}

TEST_CASE("a chain of scenarios is neither too long nor too large") {
    TemporaryFolder const folder;
    auto const name = [](std::size_t i) { return "s" + std::to_string(i) + ".json"; };
    constexpr std::size_t most = input::chain_files_max;
    for (std::size_t i = 0; i < most; ++i) { // with small: one too many
        folder.file(name(i), what_if(i + 1 < most ? name(i + 1) : "hmt", ""));
    }
    CHECK(faults_of_file(folder.path("s0.json"))
          == folder.path(name(most - 1))
                 + ": /extends | \"hmt\" makes a chain of more than 32 files; expected a shorter "
                   "one\n");
    CHECK(faults_of_file(folder.path("s1.json")) == "(no problem)\n");
    std::string const blanks(input::chain_bytes_max, ' ');
    folder.file("s2.json", what_if("small", "") + blanks);
    CHECK(faults_of_file(folder.path("s1.json"))
          == folder.path("s1.json")
                 + ": /extends | \"s2.json\" is too large; expected at most 4 MB\n");
    folder.file("s2.json", what_if("small", "") + blanks.substr(400));
    CHECK(faults_of_file(folder.path("s1.json"))
          == folder.path("s2.json")
                 + ": /extends | \"small\" makes a chain of files that is too large; expected at "
                   "most 4 MB in all\n");
    CHECK(faults_of_scenario(what_if("small", "") + blanks)
          == "x.json | is too large; expected at most 4 MB\n");
    REQUIRE(::mkfifo(folder.path("s2.json.pipe.json").c_str(), 0600) == 0);
    std::string const piped = folder.file("p.json", what_if("s2.json.pipe.json", ""));
    CHECK(faults_of_file(piped)
          == piped
                 + ": /extends | \"s2.json.pipe.json\" is no regular file, but a pipe or a "
                   "device\n");
}

TEST_CASE("a file of another kind") {
    TemporaryFolder const folder;
    std::string const x = folder.file("x.json", what_if("y.json", R"("run": {}, "run": {})"));
    std::string const doubled = x + ": /run | key \"run\" stands here twice\n";
    std::string const y = folder.file("y.json", "{\"schema\":\n");
    CHECK(faults_of_file(x)
          == doubled + y + ": line 2, column 1 | not JSON: the text ends too early\n");
    folder.file("y.json", "[]");
    CHECK(faults_of_file(x) == doubled + y + " | expected an object, found a list\n");
    folder.file("y.json", R"({"schema": "pensim/rules/1", "id": "y"})");
    CHECK(faults_of_file(x)
          == doubled + y
                 + ": /schema | \"pensim/rules/1\" is unknown; expected \"pensim/scenario/1\"\n");
    folder.file("y.json", R"({"schema": 5, "extends": 7})");
    CHECK(faults_of_file(x)
          == doubled + y + ": /schema | expected a text, found a number\n" + y
                 + ": /extends | expected a text, found a number\n");
    CHECK(faults_of_scenario(std::string(R"({"extends": "small"})"))
          == "x.json | \"schema\" is missing\n");
}

} // namespace pensim::test

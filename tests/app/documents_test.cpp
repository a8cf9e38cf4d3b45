// What the program tells of itself: the man page and the completions for shells.
#include <cstdlib>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/app/program.hpp"

namespace pensim::test {

namespace {

/// The man page as it reads: roff writes every hyphen as \-.
std::string with_hyphens(std::string text) {
    for (std::size_t at = text.find("\\-"); at != std::string::npos; at = text.find("\\-", at)) {
        text.erase(at, 1);
    }
    return text;
}

/// What bash offers for the words of a line; the last one is being typed.
std::string offered(TemporaryFolder const& folder, std::string const& words) {
    auto const script = folder.file("completion", run(folder, "completion bash").out);
    auto const asks =
        "source '" + script + "'; COMP_WORDS=(" + words
        + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _pensim; echo \"${COMPREPLY[*]}\"";
    auto const asking = folder.file("asking", asks);
    auto const out = folder.path("offered");
    CHECK(std::system(("bash '" + asking + "' >'" + out + "'").c_str()) == 0);
    return content_of(out);
}

} // namespace

TEST_CASE("completion is a script that the shell can read") {
    TemporaryFolder const folder;
    struct Case {
        std::string shell;
        std::string check;
        std::vector<std::string> parts;
    };
    for (auto const& c : std::vector<Case>{
             {"bash",
              "bash -n",
              {"complete -o filenames -F _pensim pensim\n",
               "\"rules\") options=\"--help\" words=\"show diff\"",
               "\"who\") options=\"--help --seed --rules",
               "\"rules diff --lang\") words=\"en zh\""}},
             {"zsh",
              "zsh -n",
              {"#compdef pensim\n",
               "'run:Simulates a scenario'\\''s people",
               "'--lang[Language of the text]:TEXT:(en zh)'"}},
             {"fish",
              "fish --no-execute",
              {"complete -c pensim -n 'not __fish_seen_subcommand_from run compare",
               "-s o -l output -r -d 'New folder for report.html",
               "-l lang -x -a 'en zh' -d 'Language of the text'\n"}},
         }) {
        CAPTURE(c.shell);
        Ran const script = run(folder, "completion " + c.shell);
        CHECK(script.status == 0);
        for (std::string const& part : c.parts) {
            CAPTURE(part);
            CHECK(holds(script.out, part));
        }
        if (std::system(("command -v " + c.shell + " >'" + folder.path("found") + "'").c_str())
            == 0) {
            CHECK(
                std::system((c.check + " '" + folder.file("completion", script.out) + "'").c_str())
                == 0);
        }
    }
    CHECK(run(folder, "completion tcsh").status == 2);
}

TEST_CASE("bash completes commands, their options and values") {
    TemporaryFolder const folder;
    CHECK(offered(folder, "pensim co") == "compare completion\n");
    CHECK(offered(folder, "pensim rules ''") == "show diff\n");
    CHECK(offered(folder, "pensim who hmt --re") == "--replicate\n");
    CHECK(offered(folder, "pensim rules diff --js") == "--json\n");
    CHECK(offered(folder, "pensim run hmt --lang ''") == "en zh\n");
    CHECK(offered(folder, "pensim completion ''") == "bash zsh fish\n");
    CHECK(offered(folder, "pensim --v") == "--version\n");
    folder.file("mine.json", "");
    CHECK(offered(folder, "pensim check '" + folder.path("mi") + "'")
          == folder.path("mine.json\n"));
}

TEST_CASE("the man page has every command with every option") {
    TemporaryFolder const folder;
    Ran const manual = run(folder, "manual");
    CHECK(manual.status == 0);
    CHECK(manual.err.empty());
    std::string const page = with_hyphens(manual.out);
    CHECK(holds(page, "\n.SH NAME\npensim - "));
    std::istringstream commands(offered(folder, "pensim ''"));
    for (std::string command; commands >> command;) {
        CAPTURE(command);
        CHECK(holds(page, "\n.SS " + command));
    }
    for (std::size_t at = page.find("\n.SS "); at != std::string::npos;
         at = page.find("\n.SS ", at)) {
        at += std::string_view("\n.SS ").size();
        auto const command = page.substr(at, page.find('\n', at) - at);
        auto const section = page.substr(at, page.find("\n.S", at) - at);
        CAPTURE(command);
        CHECK(holds(page.substr(0, page.find("\n.SH COMMANDS")),
                    "\n\\fBpensim " + command + "\\fR ["));
        std::string const help = run(folder, command + " --help").out;
        static std::regex const option(R"(\n  (?:-[a-z],)?(--[a-z-]+))");
        for (std::sregex_iterator found(help.begin(), help.end(), option), end; found != end;
             ++found) {
            CAPTURE((*found)[1].str());
            bool const said_once = (*found)[1].str() == "--help";
            CHECK((said_once || holds(section, "\\fB" + (*found)[1].str() + "\\fR")));
        }
    }
    CHECK(holds(page, ".TP\n\\fB-o\\fR \\fIPATH\\fR, \\fB--output\\fR \\fIPATH\\fR\n"));
    CHECK(holds(page, "\\fB--lang\\fR \\fBen|zh\\fR\nLanguage of the text. Default: en.\n"));
    CHECK(holds(page,
                "\\fB--spells\\fR \\fIN\\fR\nThe most spells of a career; fewer are quicker. A "
                "number from 1 to 4. Default: 4.\n"));
    CHECK(holds(page, ".TP\n\\fB130\\fR\ninterrupted.\n"));
}

} // namespace pensim::test

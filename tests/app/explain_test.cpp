// A life on a page through the program: what `explain --html` writes, and when nothing.
#include <doctest/doctest.h>

#include "tests/app/program.hpp"
#include "tests/support/page_document.hpp"

namespace pensim::test {

namespace {

input::JsonValue page_in(TemporaryFolder const& folder, std::string_view name) {
    auto const document = document_of_page(content_of(folder.path(name)));
    REQUIRE(document.has_value());
    return *document;
}

std::string const& text_at(input::JsonValue const& value,
                           std::initializer_list<std::string_view> keys) {
    auto const* at = &value;
    for (std::string_view const key : keys) {
        CAPTURE(key);
        at = at->find(key);
        REQUIRE(at != nullptr);
    }
    return at->text;
}

std::string const person = R"("group": "hong_kong", "sex": "male", "birth": "1966-09",
    "records": [{"area": "GD", "from": "2016-04", "to": "2027-03", "base": 10000}]})";

} // namespace

TEST_CASE("explain --html writes a page and nothing else") {
    TemporaryFolder const folder;
    Ran const ran = run(folder, "explain order-41 --person longest --html life.html");
    CHECK(ran.status == 0);
    CHECK(ran.out.empty());
    CHECK(ran.err.empty());
    CHECK(folder.names() == std::vector<std::string>{"life.html"});
    std::string const page = content_of(folder.path("life.html"));
    CHECK(page.starts_with("<!doctype html>"));
    CHECK(holds(page, "<title>A pension&#39;s story: longest</title>"));
    auto const document = page_in(folder, "life.html");
    CHECK(text_at(document, {"kind"}) == "life");
    CHECK(text_at(document, {"language"}) == "en");
    CHECK(text_at(document, {"answer", "en"}).starts_with("FJ Fujian pays 2,556.97 yuan a month"));
    CHECK(text_at(document, {"reproduce", "command"})
          == "pensim explain order-41 --person longest --html life.html");
}

TEST_CASE("with -o the text goes there, as without a page") {
    TemporaryFolder const folder;
    Ran const ran =
        run(folder, "explain order-41 --person longest --lang zh -o story.txt --html life.html");
    CHECK(ran.status == 0);
    CHECK(ran.out.empty());
    CHECK(content_of(folder.path("story.txt"))
          == run(folder, "explain order-41 --person longest --lang zh").out);
    auto const document = page_in(folder, "life.html");
    CHECK(text_at(document, {"language"}) == "zh");
    CHECK(holds(content_of(folder.path("life.html")), "<title>养老金的由来：longest</title>"));
}

TEST_CASE("a simulated person has a page, and its command makes the same one again") {
    TemporaryFolder const folder;
    std::string const command = "explain small --person 17 --seed 4 --html \"it's a life.html\"";
    Ran const ran = run(folder, command);
    CHECK(ran.err.empty());
    REQUIRE(ran.status == 0);
    std::string const name = "it's a life.html";
    std::string const first = content_of(folder.path(name));
    auto const document = page_in(folder, name);
    CHECK(text_at(document, {"person", "id"}) == "17 of small, replicate 0, seed 4");
    std::string const& again = text_at(document, {"reproduce", "command"});
    REQUIRE(again.starts_with("pensim "));
    CHECK(again.ends_with(" --html 'it'\\''s a life.html'"));
    REQUIRE(std::filesystem::remove(folder.path(name)));
    CHECK(run(folder, again.substr(7)).status == 0);
    CHECK(content_of(folder.path(name)) == first);
}

TEST_CASE("hostile names do not leave their place in the page") {
    TemporaryFolder const folder;
    folder.file("cases.json",
                R"({"schema": "pensim/cases/1", "persons": [{"id": "</title><script>alert(1)//",
                    "note": "</script><img src=x onerror=alert(1)>", )"
                    + person + "]}");
    Ran const ran = run(folder, "explain cases.json --html life.html");
    CHECK(ran.status == 0);
    std::string const page = content_of(folder.path("life.html"));
    CHECK(holds(page,
                "<title>A pension&#39;s story: &lt;/title&gt;&lt;script&gt;alert(1)//</title>"));
    CHECK_FALSE(holds(page, "<img src=x"));
    CHECK_FALSE(holds(page, "<script>alert"));
    auto const document = page_in(folder, "life.html");
    CHECK(text_at(document, {"person", "id"}) == "</title><script>alert(1)//");
}

TEST_CASE("a page that cannot be made leaves what was there") {
    TemporaryFolder const folder;
    folder.file("life.html", "old");
    folder.file("wrong.json",
                R"({"schema": "pensim/cases/1", "persons": [{"id": "p", )"
                    + replaced(person, "2016-04", "1980-01") + "]}");
    Ran const wrong = run(folder, "explain wrong.json --html life.html");
    CHECK(wrong.status == 2);
    CHECK(wrong.out.empty());
    CHECK(wrong.err
          == "wrong.json: /persons/0/records/0/from: starts in 1980-01 before age 16; the first "
             "possible month is 1982-09\n");
    CHECK(content_of(folder.path("life.html")) == "old");

    Ran const nowhere = run(folder, "explain order-41 --person longest --html no/life.html");
    CHECK(nowhere.status == 3);
    CHECK(nowhere.out.empty());
    CHECK(holds(nowhere.err, "no/life.html"));

    Ran const same = run(folder, "explain order-41 --person longest --html life.html -o life.html");
    CHECK(same.status == 2);
    CHECK(same.err == "--html: names the same file as --output; expected another\n");
    CHECK(content_of(folder.path("life.html")) == "old");
}

} // namespace pensim::test

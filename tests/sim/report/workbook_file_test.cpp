#include "sim/report/workbook_file.hpp"

#include <csignal>
#include <filesystem>
#include <sys/resource.h>

#include <doctest/doctest.h>

#include "sim/input/file.hpp"
#include "tests/sim/support.hpp"
#include "tests/support/read_workbook.hpp"

namespace pensim::report {
namespace {

TEST_CASE("texts that a cell can hold") {
    struct Case {
        std::string why;
        std::string text;
        std::string shown;
    };
    for (Case const& c : std::vector<Case>{
             {"plain", "Guangdong 广东", "Guangdong 广东"},
             {"a formula is a text", "=1+1", "=1+1"},
             {"lines and tabs stay", "a\tb\nc", "a\tb\nc"},
             {"carriage return",
              "a\rb",
              "a\xEF\xBF\xBD"
              "b"},
             {"control characters",
              std::string("\0\x1b\x7f", 3),
              "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
             {"C1 control", "\xC2\x85", "\xEF\xBF\xBD"},
             {"no-break space stays", "\xC2\xA0", "\xC2\xA0"},
             {"noncharacters", "\xEF\xBF\xBE\xEF\xBF\xBF", "\xEF\xBF\xBD\xEF\xBF\xBD"},
             {"GBK", "\xB9\xE3", "\xEF\xBF\xBD\xEF\xBF\xBD"},
             {"cut off", "\xE5\xB9", "\xEF\xBF\xBD\xEF\xBF\xBD"},
             {"surrogate", "\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
             {"beyond the first plane", "\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80"},
         }) {
        CAPTURE(c.why);
        CHECK(clean_text(c.text) == c.shown);
        CHECK(cell_text(c.text) == c.shown);
    }
    CHECK(clean_text("_x0041_") == "_x0041_");
    CHECK(cell_text("a_x0041_ _x00_ _xZZZZ_ _x") == "a_x005F_x0041_ _x00_ _xZZZZ_ _x");
    CHECK(cell_text("_x005F_x005F_") == "_x005F_x005F_x005F_x005F_");
}

TEST_CASE("long texts are cut between characters") {
    std::string const ellipsis = "\xE2\x80\xA6";
    std::string const whole(cell_units_max, 'a');
    CHECK(clean_text(whole) == whole);
    CHECK(clean_text(whole + "b") == std::string(cell_units_max - 1, 'a') + ellipsis);
    // A character of two units does not fit where one unit is left.
    std::string const smile = "\xF0\x9F\x98\x80";
    std::string const before(cell_units_max - 2, 'a');
    CHECK(clean_text(before + smile) == before + smile);
    CHECK(clean_text(before + smile + "b") == before + ellipsis);
    CHECK(clean_text("a" + before + smile) == "a" + before + ellipsis);
    // An escape counts with all its characters.
    CHECK(cell_text(std::string(cell_units_max - 7, 'a') + "_x0041_")
          == std::string(cell_units_max - 7, 'a') + ellipsis);
}

TEST_CASE("names of sheets") {
    CHECK(sheet_name("Flows, all years") == "Flows, all years");
    CHECK(sheet_name("a[b]c:d*e?f/g\\h") == "a b c d e f g h");
    CHECK(sheet_name("'quoted'") == "quoted");
    CHECK(sheet_name("it's") == "it's");
    CHECK(sheet_name("") == "-");
    CHECK(sheet_name("''") == "-");
    CHECK(sheet_name(std::string(40, 'x')) == std::string(31, 'x'));
    CHECK(sheet_name(std::string(30, 'x') + "''y") == std::string(30, 'x'));
    std::string chinese;
    for (int i = 0; i < 40; ++i) {
        chinese += "省";
    }
    CHECK(sheet_name(chinese) == chinese.substr(0, 31 * 3));
    CHECK(sheet_name("a\x01"
                     "b")
          == "a\xEF\xBF\xBD"
             "b");
}

TEST_CASE("cells come back as they were written") {
    test::TemporaryFolder const folder;
    WorkbookFile file(folder.path(), {"=title", "sub\x01ject", "pensim"});
    auto* const sheet = file.add_sheet("it's");
    file.number(sheet, {0, 0}, 12345678901234.56, {.number_format = "0.00"});
    file.text(sheet, {0, 1}, "=1+1", {});
    file.text(sheet, {1, 0}, "@SUM(A1) <&> \"'", {.bold = true});
    file.text(sheet, {1, 1}, "", {});
    file.text(sheet, {1, 2}, " http://example.org", {});
    file.link(sheet, {2, 0}, "there", "it's", {});
    file.merged_text(sheet, {3, 0}, 3, "-1 wide", {.wrapped = true});
    auto const book = test::read_workbook(file.finish());
    auto const& read = book.sheet("it's");
    CHECK(read.text(0, 0) == "12345678901234.56");
    CHECK_FALSE(read.find(0, 0)->is_text);
    CHECK(read.find(0, 0)->format == "0.00");
    CHECK(read.text(0, 1) == "=1+1");
    CHECK(read.find(0, 1)->is_text);
    CHECK(read.text(1, 0) == "@SUM(A1) <&> \"'");
    CHECK(read.find(1, 1) == nullptr);
    CHECK(read.text(1, 2) == " http://example.org");
    CHECK(read.text(2, 0) == "there");
    CHECK(read.text(3, 0) == "-1 wide");
    CHECK(read.xml.find("<f>") == std::string::npos);
    CHECK(read.xml.find("location=\"'it''s'!A1\"") != std::string::npos);
    CHECK(read.xml.find("<mergeCell ref=\"A4:C4\"/>") != std::string::npos);
    CHECK(book.members.at("docProps/core.xml").find("<dc:title>=title</dc:title>")
          != std::string::npos);
    CHECK(book.members.at("docProps/core.xml").find("2000-01-01T00:00:00Z") != std::string::npos);
}

TEST_CASE("one style is one format") {
    test::TemporaryFolder const folder;
    WorkbookFile file(folder.path(), {});
    CHECK(file.format({.bold = true}) == file.format({.bold = true}));
    CHECK(file.format({.bold = true}) != file.format({.bold = true, .wrapped = true}));
    auto const plain = test::read_workbook((static_cast<void>(file.add_sheet("a")), file.finish()));
    CHECK(plain.sheets.size() == 1);
}

TEST_CASE("a folder that is gone, and a sheet's name that is taken") {
    {
        test::TemporaryFolder const folder;
        WorkbookFile file(folder.path(), {});
        static_cast<void>(file.add_sheet("a"));
        CHECK_THROWS_AS(static_cast<void>(file.add_sheet("A")), input::MachineFault);
    }
    test::TemporaryFolder const folder;
    WorkbookFile file(folder.path(), {});
    static_cast<void>(file.add_sheet("a"));
    std::filesystem::remove_all(folder.path());
    CHECK_THROWS_AS(static_cast<void>(file.finish()), input::MachineFault);
}

/// Files of this process cannot grow beyond `bytes`, as on a full disk.
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes) {
        getrlimit(RLIMIT_FSIZE, &before_);
        rlimit const limit{bytes, before_.rlim_max};
        signal_ = std::signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    FullDisk(FullDisk const&) = delete;
    FullDisk& operator=(FullDisk const&) = delete;
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &before_);
        std::signal(SIGXFSZ, signal_);
    }

  private:
    rlimit before_{};
    void (*signal_)(int) = nullptr;
};

TEST_CASE("a full disk is noticed wherever the file grows") {
    auto const write = [](rlim_t limit) {
        test::TemporaryFolder const folder;
        WorkbookFile file(folder.path(), {"t", "s", "a"});
        auto* const sheet = file.add_sheet("sheet");
        FullDisk const full(limit);
        for (std::size_t row = 0; row < 3000; ++row) {
            for (std::size_t column = 0; column < 4; ++column) {
                file.number(sheet, {row, column}, static_cast<double>(row * row + column), {});
            }
        }
        return file.finish();
    };
    std::string const whole = write(RLIM_INFINITY);
    auto const sheet = test::read_workbook(whole).sheet("sheet");
    CHECK(sheet.cells.size() == 12'000);
    REQUIRE(whole.size() < sheet.xml.size());
    for (rlim_t const limit : std::vector<rlim_t>{0,
                                                  100,
                                                  4096,
                                                  whole.size() / 2,
                                                  whole.size() - 1,
                                                  whole.size() + 1,
                                                  sheet.xml.size() / 2,
                                                  sheet.xml.size() - 1}) {
        CAPTURE(limit);
        CHECK_THROWS_AS(static_cast<void>(write(limit)), input::MachineFault);
    }
    CHECK(write(sheet.xml.size()) == whole);
}

} // namespace
} // namespace pensim::report

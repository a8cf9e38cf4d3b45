#include "sim/input/file.hpp"

#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "tests/sim/support.hpp"

namespace pensim::test {

TEST_CASE("a file is read whole") {
    TemporaryFolder const folder;
    std::string const long_text(300'000, 'x');
    CHECK(input::read_file(folder.file("empty", "")).value().empty());
    CHECK(input::read_file(folder.file("zero", std::string_view("a\0b", 3))).value().size() == 3);
    CHECK(input::read_file(folder.file("long", long_text)).value() == long_text);
    std::string const block(1U << 16U, 'y'); // one block exactly
    CHECK(input::read_file(folder.file("block", block)).value() == block);
}

TEST_CASE("what cannot be read is a problem of the input") {
    TemporaryFolder const folder;
    CHECK(faults_of(input::read_file(folder.path("none.json")))
          == folder.path("none.json") + " | cannot be read: No such file or directory\n");
    CHECK(faults_of(input::read_file(folder.path()))
          == folder.path() + " | is a folder; expected a file\n");
}

TEST_CASE("a file is written whole or stays as it was") {
    TemporaryFolder const folder;
    std::string const path = folder.path("out.json");
    input::write_file(path, "first");
    CHECK(content_of(path) == "first");
    input::write_file(path, "second");
    CHECK(content_of(path) == "second");
    CHECK(folder.names() == std::vector<std::string>{"out.json"});
}

TEST_CASE("what cannot be written is a fault of the machine and leaves nothing") {
    TemporaryFolder const folder;
    auto const fault = [](std::string const& path) -> std::string {
        try {
            input::write_file(path, "text");
        } catch (input::MachineFault const& thrown) {
            return thrown.what();
        }
        return "(written)";
    };
    CHECK(fault(folder.path()) == folder.path() + ": cannot be written: Is a directory");
    CHECK(fault(folder.path("no/out.json"))
          == folder.path("no/out.json")
                 + ": cannot be created: No such file or directory; the folder must be there");
    CHECK(fault("/dev/full")
          == "/dev/full: cannot be written: No space left on device; make room there, or choose "
             "another place");
    CHECK(folder.names().empty());
}

TEST_CASE("a file is read up to a limit, endless ones too") {
    TemporaryFolder const folder;
    std::string const path = folder.file("long", std::string(2'000'001, 'x'));
    CHECK(input::read_file(path, input::FileKind::any, 2'000'001).has_value());
    CHECK(faults_of(input::read_file(path, input::FileKind::any, 2'000'000))
          == path + " | is too large; expected at most 2 MB\n");
    CHECK(faults_of(input::read_file("/dev/zero"))
          == "/dev/zero | is too large; expected at most 64 MB\n");
}

TEST_CASE("a pipe is read only where the user names it") {
    TemporaryFolder const folder;
    std::string const pipe = folder.path("pipe");
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    std::string const refused = " | is no regular file, but a pipe or a device\n";
    CHECK(faults_of(input::read_file(pipe, input::FileKind::regular)) == pipe + refused);
    CHECK(faults_of(input::read_file("/dev/null", input::FileKind::regular))
          == "/dev/null" + refused);
    CHECK(input::read_file("/dev/null").value().empty());
}

TEST_CASE("what lies in a folder, links followed") {
    TemporaryFolder const folder;
    std::filesystem::create_directory(folder.path("in"));
    REQUIRE(::symlink("..", folder.path("in/up").c_str()) == 0);
    auto const inside = [&](std::string const& name) {
        return input::lies_in(folder.path("in"), folder.path("in/" + name));
    };
    CHECK(inside("x.json"));
    CHECK(inside("below/x.json"));
    CHECK(inside("up/in/x.json"));
    CHECK_FALSE(inside("up/x.json"));
    CHECK_FALSE(inside("../x.json"));
    CHECK_FALSE(inside("../inn/x.json"));
}

TEST_CASE("a chain of files has an end") {
    CHECK(input::fault_of_chain("a", input::chain_files_max, input::chain_bytes_max).empty());
    CHECK(input::fault_of_chain("a", input::chain_files_max + 1, 0)
          == "\"a\" makes a chain of more than 32 files; expected a shorter one");
    CHECK(input::fault_of_chain("a", 1, input::chain_bytes_max + 1)
          == "\"a\" makes a chain of files that is too large; expected at most 4 MB in all");
}

} // namespace pensim::test

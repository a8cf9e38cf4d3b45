#include "sim/input/file.hpp"

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
          == folder.path("no/out.json") + ": cannot be created: No such file or directory");
    CHECK(fault("/dev/full") == "/dev/full: cannot be written: No space left on device");
    CHECK(folder.names().empty());
}

} // namespace pensim::test

#include "tests/app/program.hpp"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

#include <doctest/doctest.h>

namespace pensim::test {

MeasuredRun run_measured(TemporaryFolder const& folder, std::string const& arguments) {
    TemporaryFolder const streams;
    std::string const command = "cd '" + folder.path() + "' && exec '" PENSIM_PROGRAM "' "
                                + arguments + " >'" + streams.path("out") + "' 2>'"
                                + streams.path("err") + "'";
    ::pid_t const child = ::fork();
    if (child == 0) {
        ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
        ::_exit(99);
    }
    REQUIRE(child > 0);
    int status = 0;
    ::rusage usage{};
    CHECK(::wait4(child, &status, 0, &usage) == child);
    return {{WIFEXITED(status) ? WEXITSTATUS(status) : -1,
             content_of(streams.path("out")),
             content_of(streams.path("err"))},
            usage.ru_maxrss / 1024};
}

InterruptedRun run_and_interrupt(TemporaryFolder const& folder,
                                 std::vector<std::string> const& arguments) {
    TemporaryFolder const streams;
    auto const stream = [&](char const* name, int target) {
        int const file = ::open(streams.path(name).c_str(), O_WRONLY | O_CREAT, 0600);
        return file >= 0 && ::dup2(file, target) == target;
    };
    std::vector<std::string> words{"pensim"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    for (std::string& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    ::pid_t const child = ::fork();
    if (child == 0) {
        bool const ready = ::chdir(folder.path().c_str()) == 0 && stream("out", STDOUT_FILENO)
                           && stream("err", STDERR_FILENO);
        if (ready) {
            ::execv(PENSIM_PROGRAM, argv.data());
        }
        ::_exit(99);
    }
    REQUIRE(child > 0);
    auto const told = [&] { return content_of(streams.path("err")); };
    for (int i = 0; i < 6000 && !holds(told(), " lives, "); ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    InterruptedRun run{child, {}, told(), folder.names()};
    CHECK(::kill(child, SIGINT) == 0);
    int status = 0;
    CHECK(::waitpid(child, &status, 0) == child);
    run.ran = {WIFEXITED(status) ? WEXITSTATUS(status) : -1,
               content_of(streams.path("out")),
               content_of(streams.path("err"))};
    return run;
}

} // namespace pensim::test

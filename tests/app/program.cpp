#include "tests/app/program.hpp"

#include <csignal>
#include <sys/resource.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "tests/app/process.hpp"

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
             without_progress(content_of(streams.path("err")))},
            usage.ru_maxrss / 1024};
}

InterruptedRun run_and_interrupt(TemporaryFolder const& folder,
                                 std::vector<std::string> const& arguments) {
    std::vector<std::string> words{PENSIM_PROGRAM};
    words.insert(words.end(), arguments.begin(), arguments.end());
    Process process(folder, words);
    CHECK(process.runs_until([&] { return holds(process.told(), " lives, "); }));
    InterruptedRun run{process.pid(), {}, process.told(), folder.names()};
    process.send(SIGINT);
    run.ran = process.wait();
    return run;
}

} // namespace pensim::test

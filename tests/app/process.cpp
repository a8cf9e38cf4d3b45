#include "tests/app/process.hpp"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <sstream>
#include <thread>
#include <unistd.h>

#include <doctest/doctest.h>

#include "sim/input/json_merge.hpp"

namespace pensim::test {

std::vector<std::string> words_of(std::string_view line) {
    std::istringstream words{std::string(line)};
    return {std::istream_iterator<std::string>(words), {}};
}

std::vector<std::string> program_words(std::string_view arguments) {
    return words_of(std::string(PENSIM_PROGRAM) + ' ' + std::string(arguments));
}

Process::Process(TemporaryFolder const& folder,
                 std::vector<std::string> words,
                 std::function<void()> const& prepare) {
    std::vector<char*> argv;
    for (std::string& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    auto const stream = [&](char const* name, int target) {
        int const file = ::open(streams_.path(name).c_str(), O_WRONLY | O_CREAT, 0600);
        return file >= 0 && ::dup2(file, target) == target;
    };
    pid_ = ::fork();
    if (pid_ == 0) {
        bool const ready = ::chdir(folder.path().c_str()) == 0 && stream("out", STDOUT_FILENO)
                           && stream("err", STDERR_FILENO);
        if (prepare) {
            prepare();
        }
        if (ready) {
            ::execv(argv[0], argv.data());
        }
        ::_exit(99);
    }
    REQUIRE(pid_ > 0);
}

Process::~Process() {
    if (!ended_) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, &status_, 0);
    }
}

bool Process::has_ended() {
    ended_ = ended_ || ::waitpid(pid_, &status_, WNOHANG) == pid_;
    return ended_;
}

bool Process::runs_until(std::function<bool()> const& happened) {
    constexpr auto pause = std::chrono::milliseconds(1);
    auto const end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    while (!happened()) {
        if (has_ended() || std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(pause);
    }
    return !has_ended();
}

void Process::send(int signal) const {
    CHECK(::kill(pid_, signal) == 0);
}

Ran Process::wait() {
    constexpr int killed = 128;
    if (!ended_) {
        CHECK(::waitpid(pid_, &status_, 0) == pid_);
        ended_ = true;
    }
    return {WIFEXITED(status_) ? WEXITSTATUS(status_) : killed + WTERMSIG(status_),
            content_of(streams_.path("out")),
            told()};
}

std::string manifest_but_clock(std::string const& path) {
    auto json = input::parse_json(content_of(path)).value();
    CHECK(std::erase_if(json.members, [](auto const& member) { return member.key == "clock"; })
          == 1);
    return input::json_text(json);
}

Results results_in(std::string const& path) {
    Results results;
    for (std::string const& name : names_in(path)) {
        std::string const file = path + '/' + name;
        results[name] = name == "manifest.json" ? manifest_but_clock(file) : content_of(file);
    }
    return results;
}

std::string difference_of(Results const& a, Results const& b) {
    std::string differing;
    for (auto const* const list : {&a, &b}) {
        for (auto const& [name, text] : *list) {
            auto const& other = list == &a ? b : a;
            auto const same = other.find(name);
            if (same == other.end() || (list == &a && same->second != text)) {
                differing += name + ' ';
            }
        }
    }
    return differing;
}

std::vector<std::string> names_in(std::string const& path) {
    std::vector<std::string> found;
    std::error_code ignored;
    for (auto const& entry : std::filesystem::directory_iterator(path, ignored)) {
        found.push_back(entry.path().filename().string());
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::size_t shards_in(std::string const& saved_folder) {
    auto const names = names_in(saved_folder);
    return static_cast<std::size_t>(
        std::count_if(names.begin(), names.end(), [](std::string const& name) {
            return name.ends_with(".shard");
        }));
}

} // namespace pensim::test

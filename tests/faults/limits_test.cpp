// A disk that fills up, at every size; files that may not grow, so that a write takes a part of
// what it is given; little memory; a standard output that takes nothing. The run ends with its
// results, or says why not and what is kept; --resume gives equal results when there is room.
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/app/process.hpp"

namespace pensim::test {

namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kilobyte = 1024;
constexpr std::uint64_t megabyte = 1024 * kilobyte;

std::string const run_words = "run hmt --persons 20000 --microdata --no-report --save-every 0";

/// Sets a limit of the calling process, for a child.
void set_limit(decltype(RLIMIT_AS) kind, std::uint64_t bytes) {
    rlimit const limit{bytes, bytes};
    static_cast<void>(::setrlimit(kind, &limit));
}

Results const& expected() {
    static Results const results = [] {
        TemporaryFolder const folder;
        CHECK(run(folder, run_words + " -o out").status == 0);
        return results_in(folder.path("out"));
    }();
    return results;
}

/// How a run ended that had little of something.
struct Tried {
    bool done = false;
    bool kept = false;
    std::string err;
};

/// A run that may fail, but not otherwise than by saying so; then one that has enough.
Tried try_with_little(TemporaryFolder const& folder,
                      std::function<void()> const& little,
                      std::function<void()> const& enough) {
    folder.file("mine", "mine");
    Process process(folder, program_words(run_words + " -o out"), little);
    Ran const ran = process.wait();
    Tried const tried{ran.status == 0, holds(ran.err, "--resume goes on\n"), ran.err};
    CAPTURE(ran.err);
    CHECK((tried.done || ran.status == 3));
    CHECK(fs::exists(folder.path("out")) == tried.done);
    CHECK(fs::exists(folder.path("out.resume")) == tried.kept);
    CHECK_FALSE(holds(ran.err, "bug"));
    enough();
    if (!tried.done) {
        CHECK(holds(ran.err, "\npensim: ") != ran.err.starts_with("pensim: "));
        Ran const second = run(folder, run_words + " --resume -o out");
        CAPTURE(second.err);
        CHECK(second.status == 0);
    }
    CHECK(difference_of(results_in(folder.path("out")), expected()).empty());
    CHECK(content_of(folder.path("mine")) == "mine");
    CHECK(folder.names() == std::vector<std::string>{"mine", "out"});
    return tried;
}

bool write_text(char const* path, std::string const& text) {
    int const file = ::open(path, O_WRONLY);
    bool const written =
        file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
    ::close(file);
    return written;
}

/// Lets this process mount for itself and its children alone: as root, or as root of a namespace.
bool may_mount() {
    static bool const may = [] {
        auto const user = ::getuid();
        auto const group = ::getgid();
        if (::unshare(CLONE_NEWNS) != 0
            && (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0
                || !write_text("/proc/self/setgroups", "deny")
                || !write_text("/proc/self/uid_map", fmt::format("0 {} 1", user))
                || !write_text("/proc/self/gid_map", fmt::format("0 {} 1", group)))) {
            return false;
        }
        return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
    }();
    return may;
}

/// A folder that is a small disk of its own.
class SmallDisk {
  public:
    explicit SmallDisk(std::uint64_t bytes) { mounted_ = mount(bytes, 0); }
    ~SmallDisk() {
        if (mounted_) {
            ::umount2(folder_.path().c_str(), MNT_DETACH);
        }
    }
    SmallDisk(SmallDisk const&) = delete;
    SmallDisk& operator=(SmallDisk const&) = delete;
    [[nodiscard]] bool mounted() const { return mounted_; }
    [[nodiscard]] TemporaryFolder const& folder() const { return folder_; }
    void grow() const { CHECK(mount(64 * megabyte, MS_REMOUNT)); }

  private:
    [[nodiscard]] bool mount(std::uint64_t bytes, unsigned long flags) const {
        std::string const options = fmt::format("size={}", bytes);
        return ::mount("tmpfs", folder_.path().c_str(), "tmpfs", flags, options.c_str()) == 0;
    }
    TemporaryFolder folder_;
    bool mounted_ = false;
};

} // namespace

TEST_CASE("a disk that is too small") {
    if (!may_mount()) {
        fmt::print("no mount is allowed here ({}); only files that may not grow are tried\n",
                   std::strerror(errno));
        return;
    }
    int failed = 0;
    int kept = 0;
    int sizes = 0;
    for (std::uint64_t size = 16 * kilobyte; size < 64 * megabyte; size *= 2) {
        CAPTURE(size);
        SmallDisk const disk(size);
        REQUIRE(disk.mounted());
        Tried const tried = try_with_little(disk.folder(), {}, [&] { disk.grow(); });
        CHECK((tried.done || holds(tried.err, ": No space left on device; make room there, ")));
        failed += tried.done ? 0 : 1;
        kept += tried.kept ? 1 : 0;
        ++sizes;
    }
    fmt::print("tmpfs: {} of {} sizes too small, {} with work kept\n", failed, sizes, kept);
    CHECK(failed > 3);
    CHECK(failed < sizes);
    CHECK(kept > 0);
}

TEST_CASE("files that may not grow") {
    int failed = 0;
    int limits = 0;
    for (std::uint64_t size = kilobyte; size < 32 * megabyte; size *= 4) {
        CAPTURE(size);
        TemporaryFolder const folder;
        Tried const tried = try_with_little(
            folder, [&] { set_limit(RLIMIT_FSIZE, size); }, [] {});
        CHECK((tried.done || holds(tried.err, ": File too large; a higher limit ")));
        failed += tried.done ? 0 : 1;
        ++limits;
    }
    fmt::print("RLIMIT_FSIZE: {} of {} limits too low\n", failed, limits);
    CHECK(failed > 3);
    CHECK(failed < limits);
}

TEST_CASE("little memory") {
    constexpr int not_loaded = 127; // ends before it begins: no room for its libraries
    int failed = 0;
    int limits = 0;
    std::uint64_t size = 16 * megabyte;
    auto const limit_memory = [&] { set_limit(RLIMIT_AS, size); };
    auto const is_loaded = [&] {
        TemporaryFolder const folder;
        return Process(folder, program_words("--version"), limit_memory).wait().status
               != not_loaded;
    };
    for (; size < 500 * megabyte; size = size < 60 * megabyte ? size + 4 * megabyte : 2 * size) {
        CAPTURE(size);
        if (!is_loaded()) {
            continue;
        }
        TemporaryFolder const folder;
        Tried const tried = try_with_little(folder, limit_memory, [] {});
        CHECK((tried.done || holds(tried.err, "out of memory; fewer --threads ")
               || holds(tried.err, "cannot be created")
               || holds(tried.err, "expected room for another thread")));
        failed += tried.done ? 0 : 1;
        ++limits;
    }
    fmt::print("RLIMIT_AS: {} of {} limits too low\n", failed, limits);
    CHECK(failed > 0);
    CHECK(failed < limits);
}

TEST_CASE("a standard output that takes nothing") {
    TemporaryFolder const folder;
    std::array<int, 2> pipe{};
    REQUIRE(::pipe2(pipe.data(), O_NONBLOCK) == 0);
    std::string const block(kilobyte, 'x');
    while (::write(pipe[1], block.data(), block.size()) > 0) {
    }
    for (bool const full_pipe : {false, true}) {
        CAPTURE(full_pipe);
        Process process(folder, program_words("run hmt --persons 500 --no-report -o out"), [&] {
            ::dup2(full_pipe ? pipe[1] : ::open("/dev/full", O_WRONLY), STDOUT_FILENO);
        });
        Ran const ran = process.wait();
        CHECK(ran.status == 3);
        CHECK(without_progress(ran.err)
              == "pensim: standard output cannot be written; the results are in out\n");
        CHECK(folder.names() == std::vector<std::string>{"out"}); // results were written before
        CHECK(run(folder, "verify out").status == 0);
        fs::remove_all(folder.path("out"));
    }
    ::close(pipe[0]);
    ::close(pipe[1]);
}

} // namespace pensim::test

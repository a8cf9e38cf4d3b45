// Saved shards of any bytes: with the checksum that they should have, so that what is behind it is
// read; what is read is written again as the same bytes.
#include "sim/report/table.hpp"
#include "sim/resume/integer_bytes.hpp"
#include "sim/resume/run_identity.hpp"
#include "sim/resume/shard_file.hpp"
#include "sim/resume/tally_bytes.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace pensim::test {
namespace {

void check_tally(std::string_view bytes) {
    engine::Watch watch;
    watch.months = {YearMonth(2020, 12)};
    watch.behind = true;
    auto tally = resume::tally_of(bytes, 2, watch);
    if (!tally) {
        return;
    }
    std::string const written = resume::bytes_of(*tally);
    auto again = resume::tally_of(written, 2, watch);
    claim(again && resume::bytes_of(*again) == written, "a tally that was read is one tally");
}

} // namespace
} // namespace pensim::test

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace pensim;
    auto const text = test::text_of(data, size);
    test::claim(!resume::read_shard(text) || text.starts_with("pensim/shard/1 "),
                "a shard says what it is");
    auto const stretches =
        resume::read_shard("pensim/shard/1 " + report::sha256(text) + '\n' + std::string(text));
    if (stretches) {
        test::claim(resume::read_shard(resume::shard_text(*stretches)) == stretches,
                    "a shard that was read is written as the same one");
    }
    test::check_tally(text);
    std::size_t const half = text.size() / 2;
    auto const problems =
        resume::identity_differences("run.json", text.substr(0, half), text.substr(half));
    test::claim(problems.size() <= 11, "differences are told in a few lines");
    return 0;
}

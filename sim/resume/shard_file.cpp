#include "sim/resume/shard_file.hpp"

#include "sim/report/table.hpp"
#include "sim/resume/integer_bytes.hpp"

namespace pensim::resume {

namespace {

constexpr std::string_view shard_schema = "pensim/shard/1 ";
constexpr std::size_t digest_length = 64;

std::string shard_head(std::string_view body) {
    return std::string(shard_schema) + report::sha256(body) + '\n';
}

} // namespace

std::string shard_text(std::vector<FinishedStretch> const& stretches) {
    IntegerWriter writer;
    writer.put(static_cast<std::int64_t>(stretches.size()));
    for (FinishedStretch const& stretch : stretches) {
        writer.put(stretch.people.replicate);
        writer.put(static_cast<std::int64_t>(stretch.people.first));
        writer.put(static_cast<std::int64_t>(stretch.people.persons));
        writer.put_text(stretch.tally);
        writer.put_text(stretch.rows);
    }
    std::string const body = writer.finish();
    return shard_head(body) + body;
}

std::optional<std::vector<FinishedStretch>> read_shard(std::string_view text) {
    std::size_t const head = shard_schema.size() + digest_length + 1;
    if (text.size() < head || shard_head(text.substr(head)) != text.substr(0, head)) {
        return std::nullopt;
    }
    text.remove_prefix(head);
    IntegerReader reader(text);
    std::vector<FinishedStretch> stretches(reader.get_count(text.size()));
    for (FinishedStretch& stretch : stretches) {
        stretch.people.replicate = static_cast<std::uint32_t>(reader.get_count(UINT32_MAX));
        stretch.people.first = reader.get_count(INT64_MAX);
        stretch.people.persons = reader.get_count(INT64_MAX);
        stretch.tally = reader.get_text();
        stretch.rows = reader.get_text();
    }
    if (!reader.finished()) {
        return std::nullopt;
    }
    return stretches;
}

} // namespace pensim::resume

// CSV of any bytes: rows stand where the stream says, can be read again from there, and a field
// that is written comes back.
#include <vector>

#include "sim/input/csv.hpp"
#include "sim/input/row_stream.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace pensim::test {
namespace {

struct Row {
    std::string text;
    input::RowPlace place;
};

std::vector<Row> read_rows(input::RowStream& stream) {
    std::vector<Row> rows;
    std::string_view text;
    input::RowPlace place;
    while (stream.next(text, place)) {
        rows.push_back({std::string(text), place});
    }
    return rows;
}

void check_again(input::RowStream& stream, std::vector<Row> const& rows) {
    for (std::size_t i = 0; i < rows.size(); i += 1 + rows.size() / 8) {
        stream.seek(rows[i].place);
        std::string_view text;
        input::RowPlace place;
        claim(stream.next(text, place) && text == rows[i].text && place.line == rows[i].place.line,
              "a row can be read again");
        std::string copy;
        stream.read_at(rows[i].place.offset, rows[i].text.size(), copy);
        claim(copy == rows[i].text, "a row stands where the stream says");
    }
}

void check_fields(std::vector<std::string_view> const& fields) {
    for (std::string_view const field : fields) {
        std::string written;
        input::append_csv_field(written, field);
        input::RowSplitter splitter;
        auto const* const read = splitter.split(written);
        claim(read != nullptr && read->size() == 1, "a written field is one field");
        std::string_view back = read->front();
        if (back != field && back.starts_with('\'')) {
            back.remove_prefix(1); // what a spreadsheet would have run as a formula
        }
        claim(back == field, "a written field comes back");
    }
}

} // namespace
} // namespace pensim::test

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace pensim;
    auto const text = test::text_of(data, size);
    static_cast<void>(input::CsvTable::parse("fuzzed.csv", text, {"area", "year", "wage"}));
    std::string const path = test::own_folder() + "/rows.csv";
    test::write_text(path, text);
    auto stream = input::RowStream::open(path);
    if (!stream) {
        test::claim(!stream.error().empty(), "a refusal has a reason");
        return 0;
    }
    auto const rows = test::read_rows(*stream);
    input::RowSplitter splitter;
    for (auto const& row : rows) {
        if (auto const* const fields = splitter.split(row.text)) {
            test::check_fields(*fields);
        }
    }
    test::check_again(*stream, rows);
    return 0;
}

#include "sim/resume/integer_bytes.hpp"

#include <cstdint>
#include <random>
#include <vector>

#include <doctest/doctest.h>

namespace pensim::resume {
namespace {

std::string bytes_of_all(std::vector<std::int64_t> const& numbers) {
    IntegerWriter writer;
    for (std::int64_t const number : numbers) {
        writer.put(number);
    }
    return writer.finish();
}

TEST_CASE("numbers come back, small ones in one byte") {
    struct Case {
        std::vector<std::int64_t> numbers;
        std::size_t bytes;
    };
    for (Case const& c : std::vector<Case>{
             {{}, 0},
             {{0}, 2},
             {{1}, 1},
             {{-1}, 1},
             {{63}, 1},
             {{-64}, 1},
             {{64}, 2},
             {{-65}, 2},
             {{8191}, 2},
             {{8192}, 3},
             {{INT64_MAX}, 10},
             {{INT64_MIN}, 10},
             {{0, 0, 0, 0}, 2},
             {std::vector<std::int64_t>(127, 0), 2},
             {std::vector<std::int64_t>(128, 0), 3},
             {{0, 5, 0}, 5},
         }) {
        CAPTURE(c.numbers.size());
        std::string const bytes = bytes_of_all(c.numbers);
        CHECK(bytes.size() == c.bytes);
        IntegerReader reader(bytes);
        for (std::int64_t const number : c.numbers) {
            CHECK_FALSE(reader.finished());
            CHECK(reader.get() == number);
        }
        CHECK(reader.finished());
        CHECK(reader.get() == 0); // behind the end
        CHECK_FALSE(reader.good());
    }
}

TEST_CASE("numbers and texts come back in any order, and no cut of them") {
    std::mt19937_64 random(20260701);
    for (int i = 0; i < 300; ++i) {
        std::vector<std::int64_t> numbers;
        std::vector<std::string> texts;
        IntegerWriter writer;
        for (std::uint64_t left = random() % 20 + 1; left > 0; --left) {
            auto const shift = random() % 80;
            numbers.push_back(
                shift > 63 ? 0 : static_cast<std::int64_t>(random()) >> static_cast<int>(shift));
            texts.emplace_back(random() % 4, static_cast<char>(random() % 3));
            writer.put(numbers.back());
            writer.put_text(texts.back());
        }
        std::string const bytes = writer.finish();
        auto const read = [&](std::string_view from) {
            IntegerReader reader(from);
            bool same = true;
            for (std::size_t k = 0; k < numbers.size(); ++k) {
                bool const number = reader.get() == numbers[k];
                bool const text = reader.get_text() == texts[k];
                same = same && number && text;
            }
            return same && reader.finished();
        };
        CHECK(read(bytes));
        CHECK_FALSE(read(bytes + '\1'));
        for (std::size_t length = 0; length < bytes.size(); ++length) {
            CHECK_FALSE(read(std::string_view(bytes).substr(0, length)));
        }
    }
}

TEST_CASE("bytes that nobody wrote") {
    struct Case {
        std::string why;
        std::string bytes;
    };
    using namespace std::string_literals;
    for (Case const& c : std::vector<Case>{
             {"a number without its end", "\x80"s},
             {"a number of more than 64 bits", "\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02"s},
             {"a number that goes on for ever", std::string(40, '\x80')},
             {"a run of no zeros", "\0\0"s},
             {"a run without its length", "\0"s},
         }) {
        CAPTURE(c.why);
        IntegerReader reader(c.bytes);
        CHECK(reader.get() == 0);
        CHECK_FALSE(reader.good());
        CHECK(reader.get_text().empty());
    }
    CHECK(IntegerReader("\x09").get_count(3) == 0); // -5
    CHECK(IntegerReader("\x08").get_count(3) == 0); // 4
    CHECK(IntegerReader("\x08").get_count(4) == 4);
    CHECK(IntegerReader("\x7e"s + "ab").get_text().empty()); // 63 bytes, of which two are there
    CHECK(IntegerReader("\0\x7f"s).get_text().empty());      // an empty text, then zeros: no text
}

} // namespace
} // namespace pensim::resume

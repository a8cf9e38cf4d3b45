// Tables of results, column by column. Made once; each writer renders them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pensim::report {

/// A column of one kind of value.
struct Column {
    enum class Kind : std::uint8_t {
        word,     ///< `codes` into `words`; an empty word: nothing
        whole,    ///< `whole`
        yuan,     ///< `whole`, in fen
        quantity, ///< `whole`, in fen where `in_fen`
        real,     ///< `real`, with `decimals` places; not a number: nothing
    };
    std::string name;
    Kind kind = Kind::whole;
    int decimals = 2;
    bool weighted =
        false; ///< of simulated lives: times `weight` it stands for the scenario's people
    std::vector<std::string> words;
    std::vector<std::uint32_t> codes;
    std::vector<std::int64_t> whole;
    std::vector<bool> in_fen;
    std::vector<double> real;
    bool months = false;               ///< the words are months, YYYY-MM
    std::vector<std::uint8_t> missing; ///< of `whole`: 1 where there is nothing; empty: nowhere
};

struct Table {
    std::string name; ///< "flows"
    std::vector<Column> columns;
    std::size_t rows = 0;
    [[nodiscard]] Column const& column(std::string_view name) const;
};

/// What the simulated lives stand for: weighted columns times the table's `weight` column, which
/// goes. People and months are whole, amounts whole fen.
[[nodiscard]] Table weighted(Table table);

/// RFC 4180 with a header; lines end in LF. Numbers have no grouping, yuan two decimals.
[[nodiscard]] std::string csv_of(Table const& table);

/// SHA-256 of a text that comes in pieces.
class Digest {
  public:
    Digest();
    Digest(Digest const&) = delete;
    Digest& operator=(Digest const&) = delete;
    ~Digest();
    void add(std::string_view piece);
    /// In hexadecimal; once, at the end.
    [[nodiscard]] std::string finish();

  private:
    void* context_; ///< the library's
};
[[nodiscard]] std::string sha256(std::string_view text);
/// Of a file of any length, read piece by piece; nothing where there is no such regular file.
[[nodiscard]] std::optional<std::string> sha256_of_file(std::string const& path);

} // namespace pensim::report

// JSON objects and lists appended to a buffer, on one line.
#pragma once

#include "sim/input/text_out.hpp"

namespace pensim::input {

/// Writes the members of one object; closes it when it goes.
class Members {
  public:
    explicit Members(std::string& out) : out_(out) { out_ += '{'; }
    Members(Members const&) = delete;
    Members& operator=(Members const&) = delete;
    ~Members() { out_ += '}'; }

    [[nodiscard]] std::string& out() { return out_; }
    std::string& key(std::string_view name) {
        out_ += first_ ? "\"" : ", \"";
        first_ = false;
        out_ += name;
        out_ += "\": ";
        return out_;
    }
    void text(std::string_view name, std::string_view value) { append_json_text(key(name), value); }
    void number(std::string_view name, std::int64_t value) { append_number(key(name), value); }
    void flag(std::string_view name, bool value) { key(name) += value ? "true" : "false"; }
    void yuan(std::string_view name, Fen value) { append_yuan(key(name), value); }
    void decimal(std::string_view name, std::int64_t scaled, int decimals) {
        append_decimal(key(name), scaled, decimals);
    }
    void month(std::string_view name, YearMonth value) {
        key(name) += '"';
        append_month(out_, value);
        out_ += '"';
    }

  private:
    std::string& out_;
    bool first_ = true;
};

template <class Items, class Write>
void append_list(std::string& out, Items const& items, Write const& write) {
    out += '[';
    bool first = true;
    for (auto const& item : items) {
        out += first ? "" : ", ";
        first = false;
        write(item);
    }
    out += ']';
}

} // namespace pensim::input

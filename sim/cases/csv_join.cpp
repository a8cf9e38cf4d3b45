#include "sim/cases/csv_join.hpp"

#include <algorithm>

#include "core/basis/check.hpp"
#include "sim/input/file.hpp"

namespace pensim::cases {

std::uint64_t SeenIds::hash_of(std::string_view id) {
    return std::max<std::uint64_t>(std::hash<std::string_view>{}(id), 1);
}

std::size_t SeenIds::slot_of(std::uint64_t hash) const {
    std::size_t const mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    while (slots_[slot] != 0 && slots_[slot] != hash) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

void SeenIds::grow() {
    constexpr std::size_t first_size = 4096;
    std::vector<std::uint64_t> const old = std::move(slots_);
    slots_.assign(std::max(first_size, old.size() * 2), 0);
    for (std::uint64_t const hash : old) {
        if (hash != 0) {
            slots_[slot_of(hash)] = hash;
        }
    }
}

bool SeenIds::insert(std::string_view id) {
    if (slots_.size() < 2 * (used_ + 1)) {
        grow();
    }
    std::uint64_t const hash = hash_of(id);
    std::uint64_t& slot = slots_[slot_of(hash)];
    bool const is_new = slot == 0;
    slot = hash;
    used_ += is_new ? 1U : 0U;
    return is_new;
}

CsvJoin::CsvJoin(input::RowStream& persons,
                 std::size_t id_column,
                 input::RowStream& records,
                 std::size_t person_id_column)
    : persons_(persons), records_(records), id_column_(id_column),
      person_id_column_(person_id_column) {}

std::string_view CsvJoin::id_of(std::string_view row, std::size_t column) {
    if (row.find('"') != std::string_view::npos) {
        if (auto const* const fields = splitter_.split(row)) {
            return column < fields->size() ? (*fields)[column] : std::string_view();
        }
    }
    for (std::size_t i = 0; i < column; ++i) {
        std::size_t const comma = row.find(',');
        if (comma == std::string_view::npos) {
            return {};
        }
        row.remove_prefix(comma + 1);
    }
    return row.substr(0, row.find(','));
}

void CsvJoin::fill_window() {
    window_.rows.clear();
    window_.persons.clear();
    std::string_view row;
    input::RowPlace place;
    while (window_.persons.size() < batch_size && persons_.next(row, place)) {
        window_.persons.push_back({std::string(id_of(row, id_column_)), std::string(row), place});
    }
    for (std::uint32_t i = 0; i < window_.persons.size(); ++i) {
        window_.rows.emplace(window_.persons[i].id, i);
    }
}

bool CsvJoin::next_record() {
    record_waits_ = records_.next(record_, record_place_);
    return record_waits_;
}

bool CsvJoin::next(Batch& batch) {
    PENSIM_EXPECT(started_);
    batch.clear();
    return indexed_ ? next_indexed(batch) : next_in_order(batch);
}

void CsvJoin::start() {
    started_ = true;
    if (persons_.rereadable() && records_.rereadable()) {
        input::RowPlace const first_person = persons_.place();
        input::RowPlace const first_record = records_.place();
        indexed_ = !in_order();
        persons_.seek(first_person);
        records_.seek(first_record);
        if (indexed_) {
            build_index();
            persons_.seek(first_person);
            return;
        }
    }
    fill_window();
    next_record();
}

/// Where the person of a record stands in the window; `person` is where the last one stood.
bool CsvJoin::find_in_window(std::string_view id, std::size_t& person) const {
    for (std::size_t const near : {person, person + 1}) {
        if (near < window_.persons.size() && id == window_.persons[near].id) {
            person = near;
            return true;
        }
    }
    auto const found = window_.rows.find(id);
    if (found != window_.rows.end()) {
        person = found->second;
    }
    return found != window_.rows.end();
}

/// Does every record belong to the batch of the record before it, or to a later one?
bool CsvJoin::in_order() {
    fill_window();
    std::size_t person = 0;
    std::string id; // of its own: filling the window may overwrite what a quoted id was split into
    while (next_record()) {
        id = id_of(record_, person_id_column_);
        while (!find_in_window(id, person)) {
            fill_window();
            person = 0;
            if (window_.persons.empty()) {
                return false;
            }
        }
    }
    return true;
}

bool CsvJoin::next_in_order(Batch& batch) {
    if (window_.persons.empty()) {
        if (record_waits_) { // after the first look, a pipe alone gets here
            throw input::MachineFault(records_.path()
                                      + ": records of nobody, or not in the order of the persons; "
                                        "expected a file, not a pipe");
        }
        return false;
    }
    if (batch.persons.size() < window_.persons.size()) {
        batch.persons.resize(window_.persons.size());
    }
    batch.count = window_.persons.size();
    for (std::size_t i = 0; i < batch.count; ++i) {
        Waiting const& person = window_.persons[i];
        batch.persons[i].start(batch.keep(person.row, person.place.line));
    }
    std::size_t person = 0;
    while (record_waits_ && find_in_window(id_of(record_, person_id_column_), person)) {
        if (PersonRows& rows = batch.persons[person]; rows.takes(record_.size())) {
            rows.records.push_back(batch.keep(record_, record_place_.line));
        }
        next_record();
    }
    for (std::size_t i = 0; i < batch.count; ++i) {
        batch.persons[i].doubled = !seen_.insert(window_.persons[i].id);
    }
    fill_window();
    return true;
}

void CsvJoin::build_index() {
    std::unordered_map<std::string, std::uint32_t> numbers;
    std::string_view row;
    input::RowPlace place;
    for (std::uint32_t number = 0; persons_.next(row, place); ++number) {
        std::string_view const id = id_of(row, id_column_);
        if (!numbers.emplace(id, number).second) {
            doubled_.push_back(number);
        }
    }
    std::string id;
    while (records_.next(row, place)) {
        id = id_of(row, person_id_column_);
        if (auto const found = numbers.find(id); found != numbers.end()) {
            index_.push_back({found->second, static_cast<std::uint32_t>(row.size()), place});
        } else {
            orphans_.push_back({id, place.line});
        }
    }
    std::stable_sort(index_.begin(), index_.end(), [](auto const& a, auto const& b) {
        return a.person < b.person;
    });
}

bool CsvJoin::next_indexed(Batch& batch) {
    std::string_view row;
    input::RowPlace place;
    while (batch.count < batch_size && persons_.next(row, place)) {
        if (batch.persons.size() == batch.count) {
            batch.persons.emplace_back();
        }
        PersonRows& person = batch.persons[batch.count++];
        person.start(batch.keep(row, place.line));
        for (; next_record_row_ < index_.size() && index_[next_record_row_].person == next_person_;
             ++next_record_row_) {
            IndexedRecord const& indexed = index_[next_record_row_];
            if (!person.takes(indexed.length)) {
                continue;
            }
            person.records.push_back({batch.text.size(), indexed.length, indexed.place.line});
            records_.read_at(indexed.place.offset, indexed.length, batch.text);
        }
        person.doubled = next_doubled_ < doubled_.size() && doubled_[next_doubled_] == next_person_;
        next_doubled_ += person.doubled ? 1U : 0U;
        ++next_person_;
    }
    batch.orphans = std::move(orphans_);
    orphans_.clear();
    return batch.count > 0 || !batch.orphans.empty();
}

} // namespace pensim::cases

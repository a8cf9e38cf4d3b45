#include "sim/cases/csv_join.hpp"

#include <algorithm>

namespace pensim::cases {

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

void CsvJoin::fill(Window& window) {
    window.rows.clear();
    window.persons.clear();
    std::string_view row;
    input::RowPlace place;
    while (window.persons.size() < batch_size && persons_.next(row, place)) {
        window.persons.push_back({std::string(id_of(row, id_column_)), std::string(row), place});
    }
    for (std::uint32_t i = 0; i < window.persons.size(); ++i) {
        window.rows.emplace(window.persons[i].id, i);
    }
}

bool CsvJoin::next_record() {
    record_waits_ = records_.next(record_, record_place_);
    return record_waits_;
}

bool CsvJoin::next(Batch& batch) {
    batch.clear();
    return indexed_ ? next_indexed(batch) : next_in_order(batch);
}

bool CsvJoin::next_in_order(Batch& batch) {
    if (!started_) {
        started_ = true;
        fill(current_);
        fill(following_);
        next_record();
    }
    input::RowPlace const first_record = record_place_;
    if (current_.persons.empty()) {
        if (!record_waits_) {
            return false;
        }
        while (record_waits_) { // records behind the last person
            batch.orphans.push_back(
                {std::string(id_of(record_, person_id_column_)), record_place_.line});
            next_record();
        }
        return true;
    }
    if (batch.persons.size() < current_.persons.size()) {
        batch.persons.resize(current_.persons.size());
    }
    batch.count = current_.persons.size();
    for (std::size_t i = 0; i < batch.count; ++i) {
        Waiting const& person = current_.persons[i];
        batch.persons[i].person = batch.keep(person.row, person.place.line);
        batch.persons[i].records.clear();
    }
    std::size_t person = 0;
    for (; record_waits_; next_record()) {
        std::string_view const id = id_of(record_, person_id_column_);
        if (id != current_.persons[person].id) {
            if (person + 1 < batch.count && id == current_.persons[person + 1].id) {
                ++person;
            } else if (auto const row = current_.rows.find(id); row != current_.rows.end()) {
                person = row->second;
            } else if (following_.rows.contains(id)) {
                break;
            } else {
                build_index(current_.persons.front().place, first_record);
                return next(batch);
            }
        }
        batch.persons[person].records.push_back(batch.keep(record_, record_place_.line));
    }
    std::swap(current_, following_);
    fill(following_);
    return true;
}

void CsvJoin::build_index(input::RowPlace const& person, input::RowPlace const& record) {
    indexed_ = true;
    persons_.seek(person);
    std::unordered_map<std::string, std::uint32_t> numbers;
    std::string_view row;
    input::RowPlace place;
    for (std::uint32_t number = 0; persons_.next(row, place); ++number) {
        numbers.emplace(id_of(row, id_column_), number);
    }
    records_.seek(record);
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
    persons_.seek(person);
}

bool CsvJoin::next_indexed(Batch& batch) {
    std::string_view row;
    input::RowPlace place;
    while (batch.count < batch_size && persons_.next(row, place)) {
        if (batch.persons.size() == batch.count) {
            batch.persons.emplace_back();
        }
        PersonRows& person = batch.persons[batch.count++];
        person.person = batch.keep(row, place.line);
        person.records.clear();
        for (; next_record_row_ < index_.size() && index_[next_record_row_].person == next_person_;
             ++next_record_row_) {
            IndexedRecord const& indexed = index_[next_record_row_];
            person.records.push_back({batch.text.size(), indexed.length, indexed.place.line});
            records_.read_at(indexed.place.offset, indexed.length, batch.text);
        }
        ++next_person_;
    }
    batch.orphans = std::move(orphans_);
    orphans_.clear();
    return batch.count > 0 || !batch.orphans.empty();
}

} // namespace pensim::cases

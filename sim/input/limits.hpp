// What a file may ask for: beyond these it is refused, so that a hostile one takes neither all
// memory nor all day. No file of ours comes near.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pensim::input {

inline constexpr std::uint64_t megabyte = 1'000'000;

/// Of a JSON file or a data table, in bytes.
inline constexpr std::uint64_t file_bytes_max = 64 * megabyte;
/// Of a scenario or a rule set with all that it extends, in bytes.
inline constexpr std::uint64_t chain_bytes_max = 4 * megabyte;
/// Files of a scenario or a rule set: itself, what it extends, and so on.
inline constexpr std::size_t chain_files_max = 32;

/// Lists and objects inside one another in a JSON file.
inline constexpr int json_depth_max = 64;
/// Values of a JSON file, in all.
inline constexpr std::size_t json_values_max = 4'000'000;
/// Members of one object in a JSON file: some things take their square in time.
inline constexpr std::size_t json_members_max = 5'000;
/// Of a key in a JSON file, in bytes: places of faults repeat it.
inline constexpr std::size_t json_key_bytes_max = 500;

/// Of a line of a CSV file, in bytes; a row with line breaks in quotes is no longer either.
inline constexpr std::size_t csv_row_bytes_max = 65'536;
/// Of all records of one person in a CSV file, in bytes.
inline constexpr std::size_t csv_person_bytes_max = 262'144;
/// Lines of a data table.
inline constexpr std::size_t table_rows_max = 1'000'000;
/// Faults of a data table that are told one by one.
inline constexpr std::size_t table_faults_max = 1'000;

/// Areas of a country, shipped or of one's own.
inline constexpr std::size_t areas_max = 2'000;
/// Chances of moving in a scenario: areas x areas x groups.
inline constexpr std::size_t moving_chances_max = 40'000'000;
/// Rule sets that a name may join with '+'.
inline constexpr std::size_t joined_rules_max = 32;

} // namespace pensim::input

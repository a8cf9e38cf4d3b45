// Values of rule parameters, from JSON and to text. One pair of functions for each type in the rule
// book.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/area/area_table.hpp"
#include "core/law/rule_book.hpp"
#include "sim/input/json_reader.hpp"

namespace pensim::rules {

/// What a value is read with.
struct ValueContext {
    AreaTable const& areas;
};

[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              int& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              bool& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              Rate& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              YearMonth& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              law::AreaRate& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              law::PooledRate& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              law::ElectionArea& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              law::PersonSet& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              law::PayoutTable& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              std::vector<AreaId>& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              std::vector<law::Criterion>& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              law::TieRule& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              law::CompareUnit& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              law::PaidBy& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              law::PayoutInterpolation& value);
[[nodiscard]] bool read_value(input::JsonValue const& json,
                              input::Place const& place,
                              ValueContext const&,
                              law::PoolingAdjustment& value);

/// As JSON text, which is also how people read it: 120, 0.12, "longest" ...
[[nodiscard]] std::string value_json(AreaTable const& areas, int value);
[[nodiscard]] std::string value_json(AreaTable const& areas, bool value);
[[nodiscard]] std::string value_json(AreaTable const& areas, Rate value);
[[nodiscard]] std::string value_json(AreaTable const& areas, YearMonth value);
[[nodiscard]] std::string value_json(AreaTable const& areas, law::AreaRate const& value);
[[nodiscard]] std::string value_json(AreaTable const& areas, law::PooledRate const& value);
[[nodiscard]] std::string value_json(AreaTable const& areas, law::ElectionArea const& value);
[[nodiscard]] std::string value_json(AreaTable const& areas, law::PersonSet value);
[[nodiscard]] std::string value_json(AreaTable const& areas, law::PayoutTable const& value);
[[nodiscard]] std::string value_json(AreaTable const& areas, std::vector<AreaId> const& value);
[[nodiscard]] std::string value_json(AreaTable const& areas,
                                     std::vector<law::Criterion> const& value);
[[nodiscard]] std::string value_json(AreaTable const& areas, law::TieRule value);
[[nodiscard]] std::string value_json(AreaTable const& areas, law::CompareUnit value);
[[nodiscard]] std::string value_json(AreaTable const& areas, law::PaidBy value);
[[nodiscard]] std::string value_json(AreaTable const& areas, law::PayoutInterpolation value);
[[nodiscard]] std::string value_json(AreaTable const& areas, law::PoolingAdjustment value);

} // namespace pensim::rules

#include "sim/reform/sweep.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include <fmt/format.h>

#include "sim/input/decimal.hpp"
#include "sim/input/json_document.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/input/text_out.hpp"
#include "sim/rules/rule_change.hpp"

namespace pensim::reform {

namespace {

constexpr int decimals = 6; // the finest that a rule set can carry

/// 0.1 and 60 as they stand in a rule file.
std::string plain_number(std::int64_t scaled) {
    std::string text;
    input::append_decimal(text, scaled, decimals);
    text.erase(text.find_last_not_of('0') + 1);
    return text.ends_with('.') ? text.substr(0, text.size() - 1) : text;
}

std::vector<std::string_view> split(std::string_view text, char mark) {
    std::vector<std::string_view> parts;
    int depth = 0; // brackets and braces keep what is between them
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        depth += text[i] == '[' || text[i] == '{' ? 1 : text[i] == ']' || text[i] == '}' ? -1 : 0;
        if (text[i] == mark && depth == 0) {
            parts.push_back(text.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    parts.push_back(text.substr(begin));
    return parts;
}

/// The values of from:to:step, or nothing.
std::optional<std::vector<std::string>> range_of(std::string_view text) {
    auto const parts = split(text, ':');
    if (parts.size() != 3) {
        return std::nullopt;
    }
    std::array<std::int64_t, 3> numbers{};
    for (std::size_t i = 0; i < 3; ++i) {
        auto const number = input::parse_scaled(parts[i], decimals);
        if (!number) {
            return std::nullopt;
        }
        numbers[i] = *number;
    }
    auto const [from, to, step] = numbers;
    bool const up = step > 0;
    if (step == 0 || (from != to && up != (from < to))) {
        return std::nullopt;
    }
    // Unsigned: from end to end may be further than a signed number can say.
    auto const between = [](std::int64_t low, std::int64_t high) {
        return static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    };
    std::uint64_t const steps =
        up ? between(from, to) / between(0, step) : between(to, from) / between(step, 0);
    if (steps >= Sweep::settings_max) {
        return std::nullopt;
    }
    std::vector<std::string> values{plain_number(from)};
    for (std::int64_t value = from; values.size() <= steps;) {
        value += step;
        values.push_back(plain_number(value));
    }
    return values;
}

/// A word needs no quotes on a command line.
void add_value(SweepAxis& axis, std::string_view value) {
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    value.remove_suffix(value.size() - value.find_last_not_of(' ') - 1);
    auto const json = input::parse_json(value);
    bool const word = !json || json->type == input::JsonValue::Type::string;
    axis.names.emplace_back(json && word ? json->text : value);
    if (json) {
        axis.values.emplace_back(value);
    } else {
        input::append_json_text(axis.values.emplace_back(), value);
    }
}

} // namespace

Result<SweepAxis> parse_axis(std::string_view text) {
    auto const equals = text.find('=');
    SweepAxis axis;
    std::string_view const values = equals == std::string_view::npos ? "" : text.substr(equals + 1);
    axis.key = text.substr(0, equals);
    if (auto const range = range_of(values)) {
        axis.values = *range;
        axis.names = *range;
    } else if (split(values, ':').size() == 1) {
        for (std::string_view const value : split(values, ',')) {
            add_value(axis, value);
        }
    }
    if (axis.key.empty() || values.empty() || axis.values.empty()) {
        return tl::make_unexpected(Problems{
            {"--set",
             fmt::format(
                 "{}: expected PARAMETER=from:to:step with fewer than {} steps from `from` "
                 "to `to`, or PARAMETER=value,value,..., such as place.min_months=60:180:12",
                 input::in_quotes(text),
                 Sweep::settings_max)}});
    }
    for (std::string const& value : axis.values) {
        if (auto const number = input::parse_scaled(value, decimals)) {
            axis.numbers.push_back(static_cast<double>(*number) / 1e6);
        }
    }
    if (axis.numbers.size() != axis.values.size()) {
        axis.numbers.clear();
    }
    return axis;
}

std::size_t Sweep::value_of(std::size_t setting, std::size_t axis) const {
    for (std::size_t i = axes_.size() - 1; i > axis; --i) {
        setting /= axes_[i].values.size();
    }
    return setting % axes_[axis].values.size();
}

Result<Sweep> Sweep::make(scenario::Simulation const& simulation,
                          std::vector<SweepAxis> axes,
                          std::optional<YearMonth> from) {
    Sweep sweep(simulation);
    Problems problems;
    std::size_t settings = 1;
    for (std::size_t i = 0; i < axes.size(); ++i) {
        if (__builtin_mul_overflow(settings, axes[i].values.size(), &settings)) {
            settings = SIZE_MAX; // too many, however many
        }
        for (std::size_t j = 0; j < i; ++j) {
            if (axes[j].key == axes[i].key) {
                problems.push_back({"--set", input::in_quotes(axes[i].key) + " is set twice"});
            }
        }
    }
    if (settings > settings_max) {
        problems.push_back(
            {"--set",
             fmt::format("{} settings; expected no more than {}", settings, settings_max)});
        settings = 0;
    }
    sweep.axes_ = std::move(axes);
    for (std::size_t setting = 0; setting < settings; ++setting) {
        law::RuleBook book = simulation.law->book();
        for (std::size_t i = 0; i < sweep.axes_.size(); ++i) {
            SweepAxis const& axis = sweep.axes_[i];
            std::size_t const number = sweep.value_of(setting, i);
            auto changed = rules::with_value(
                book, axis.key, axis.values[number], from, "sweep", simulation.tables);
            if (changed) {
                book = std::move(*changed);
                continue;
            }
            for (Problem& problem : changed.error()) {
                problem = {"--set", problem.where + ": " + problem.what};
                if (std::find(problems.begin(), problems.end(), problem) == problems.end()) {
                    problems.push_back(std::move(problem));
                }
            }
        }
        if (problems.empty()) {
            sweep.variants_.emplace_back(std::move(book), simulation);
        }
    }
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    return sweep;
}

ComparisonPlan Sweep::plan() const {
    ComparisonPlan plan{.simulation = *simulation_,
                        .baseline = simulation_->setup(),
                        .terms = report::terms_of(*simulation_),
                        .yearly = false};
    for (std::size_t setting = 0; setting < settings(); ++setting) {
        std::string name;
        for (std::size_t i = 0; i < axes_.size(); ++i) {
            name += (i == 0 ? "" : ",") + axes_[i].key + '=' + axes_[i].names[value_of(setting, i)];
        }
        RuleVariant const& variant = variants_[setting];
        plan.reforms.push_back({std::move(name),
                                variant.setup(),
                                variant.terms(),
                                true,
                                rules::difference_of(simulation_->law->book(),
                                                     variant.book(),
                                                     simulation_->tables.areas)});
    }
    return plan;
}

Slope slope_of(Sweep const& sweep, std::vector<double> const& figure) {
    double const unknown = std::numeric_limits<double>::quiet_NaN();
    auto const n = static_cast<double>(figure.size());
    std::size_t const axes = sweep.axes().size();
    Slope slope{std::vector<double>(axes, unknown),
                *std::min_element(figure.begin(), figure.end()),
                *std::max_element(figure.begin(), figure.end()),
                unknown};
    // A full grid: the axes are uncorrelated, so each slope can be had alone.
    // From the first value on: a constant figure varies by exactly nothing.
    double beyond_first = 0;
    for (double const value : figure) {
        beyond_first += value - figure.front();
    }
    double const mean = figure.front() + beyond_first / n;
    double all = 0;
    for (double const value : figure) {
        all += (value - mean) * (value - mean);
    }
    double explained = 0;
    for (std::size_t axis = 0; axis < axes; ++axis) {
        auto const& numbers = sweep.axes()[axis].numbers;
        if (numbers.size() < 2) {
            continue;
        }
        double centre = 0;
        for (double const number : numbers) {
            centre += number / static_cast<double>(numbers.size());
        }
        double both = 0;
        double own = 0;
        for (std::size_t s = 0; s < figure.size(); ++s) {
            double const x = numbers[sweep.value_of(s, axis)] - centre;
            both += x * (figure[s] - mean);
            own += x * x;
        }
        slope.per_unit[axis] = own > 0 ? both / own : unknown;
        explained += own > 0 ? both * both / own : 0;
    }
    slope.fit = all > 0 ? explained / all : unknown;
    return slope;
}

} // namespace pensim::reform

// Single words of a user, by the first byte: months, amounts, settings of a sweep, precisions,
// identity numbers, names of rule sets and scenarios.
#include <array>
#include <vector>

#include "core/law/identity_number.hpp"
#include "sim/input/decimal.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/input/text_out.hpp"
#include "sim/reform/sweep.hpp"
#include "sim/report/run_scenario.hpp"
#include "sim/rules/rule_change.hpp"
#include "sim/rules/rule_files.hpp"
#include "sim/scenario/scenario_files.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/shipped.hpp"

namespace pensim::test {
namespace {

void read_month(std::string_view text) {
    if (auto const month = YearMonth::parse(text)) {
        claim(month->text() == text, "a month is written as it was read");
    }
}

void read_amount(std::string_view text) {
    auto const amount = input::parse_yuan(text);
    if (!amount) {
        claim(!input::describe_yuan_fault(amount.error(), text).empty(), "a refusal has a reason");
        return;
    }
    std::string written;
    input::append_yuan(written, *amount);
    claim(input::parse_yuan(written) == amount, "an amount is read as it was written");
}

void read_setting(std::string_view text) {
    constexpr std::size_t tried = 4; // more take long
    auto const axis = reform::parse_axis(text);
    if (!axis) {
        claim(!axis.error().empty(), "a refusal has a reason");
        return;
    }
    claim(!axis->values.empty() && axis->values.size() == axis->names.size(),
          "every value has its name");
    for (std::size_t i = 0; i < std::min(tried, axis->values.size()); ++i) {
        auto const changed = rules::with_value(
            rules("law"), axis->key, axis->values[i], std::nullopt, "sweep", tables());
        claim(changed || !changed.error().empty(), "a refusal has a reason");
    }
}

void read_precision(std::string_view text) {
    auto const precision = report::parse_precision(text, areas());
    claim(precision || !precision.error().empty(), "a refusal has a reason");
    claim(!precision || (precision->share > 0 && precision->share <= 1), "a share is one");
}

void read_identity(std::string_view text) {
    Life life;
    for (auto const group :
         {Group::hong_kong, Group::macau, Group::taiwan, Group::foreign, Group::mainland}) {
        life.group = group;
        for (auto const& fault : law::check_identity_number(text, life, tables().countries)) {
            claim(!law::describe(fault).empty(), "a fault has a sentence");
        }
    }
}

void read_name(std::string_view text) {
    if (text.find('/') != std::string_view::npos) {
        return; // not into folders of this machine
    }
    auto const rules = rules::compose_rules(text, tables());
    claim(rules || !rules.error().empty(), "a refusal has a reason");
    auto const chain = scenario::open_chain(text);
    claim(chain.whole || !chain.problems.empty(), "a refusal has a reason");
    std::string const quoted = input::in_quotes(text);
    claim(std::none_of(quoted.begin(),
                       quoted.end(),
                       [](char c) { return static_cast<unsigned char>(c) < 0x20; }),
          "a quoted name steers no terminal");
}

constexpr std::array readers{
    read_month, read_amount, read_setting, read_precision, read_identity, read_name};

} // namespace
} // namespace pensim::test

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace pensim;
    auto const text = test::text_of(data, size);
    if (!text.empty()) {
        // The seeds begin with a digit.
        auto const which = static_cast<unsigned char>(text.front() - '0');
        test::readers[which % test::readers.size()](text.substr(1));
    }
    return 0;
}

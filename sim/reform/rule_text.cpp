#include "sim/reform/rule_text.hpp"

#include <fmt/format.h>

#include "core/law/rule_keys.hpp"
#include "sim/reform/comparison_tables.hpp"

namespace pensim::reform {

namespace {

std::string line(std::string const& text) {
    return "  " + text + '\n';
}

/// Values of a parameter can be long lists.
std::string shortened(std::string const& value) {
    constexpr std::size_t widest = 60;
    return value.size() <= widest ? value : value.substr(0, widest - 4) + " ...";
}

} // namespace

/// Simulated people, summed over replicates, as people of the scenario.
std::string RuleText::people(std::int64_t count) const {
    return report::grouped(static_cast<double>(count) * plan_.simulation.weight()
                           / comparison_.replicates);
}

std::string RuleText::composition() const {
    std::string out;
    if (source_.parts.size() > 1) {
        std::string order;
        for (rules::RulePart const& part : source_.parts) {
            order += (order.empty() ? "" : say(", then ", "，其后 ")) + part.name;
        }
        out += line(order + say("; later ones win", "；后者优先"));
    }
    for (rules::Overridden const& o : source_.overridden) {
        out += line(fmt::format(
            fmt::runtime(say("{}: {} of {} gives way to {} of {}", "{}：{}（{}）让位于 {}（{}）")),
            o.difference.key,
            shortened(o.difference.first),
            o.loser,
            shortened(o.difference.second),
            o.winner));
    }
    return out;
}

std::string RuleText::before_first_date() const {
    auto const first = first_date(reform_.differences);
    if (!reform_.same_world || !first || *first == YearMonth::first()) {
        return "";
    }
    auto const& found = result_.people.first;
    if (!found || found->first >= *first) {
        return line(fmt::format(
            fmt::runtime(say("Nobody differs before {}: payments, transfers, refunds, decisions "
                             "and yearly books\n  of all {} lives were compared.",
                             "{} 以前无人不同：已比较全部 {} "
                             "个人生的缴费、转移、退还、判定和年度账目。")),
            first->text(),
            report::grouped(static_cast<double>(comparison_.people))));
    }
    return line(fmt::format(
        fmt::runtime(say("WARNING: person {} of replicate {} differs as early as {}, before {}",
                         "注意：第 {} 人（重复 {}）早在 {} 即有不同，先于 {}")),
        found->second.person,
        found->second.replicate,
        found->first.text(),
        first->text()));
}

/// Of two scenarios: what they say differently, their rules first.
std::string RuleText::inputs() const {
    std::string out = say("\nWhat differs between the scenarios\n", "\n两个情景的不同之处\n");
    for (rules::RuleDifference const& d : reform_.differences) {
        out += line(fmt::format(
            "{}  {}: {} -> {}", d.key, d.from.text(), shortened(d.first), shortened(d.second)));
    }
    for (InputDifference const& d : reform_.inputs) {
        out += line(fmt::format("{}: {} -> {}",
                                d.pointer,
                                d.before.empty() ? "-" : shortened(d.before),
                                d.after.empty() ? "-" : shortened(d.after)));
    }
    return out;
}

std::string RuleText::parameters() const {
    if (!reform_.same_world) {
        return inputs();
    }
    if (reform_.differences.empty()) {
        return say("\nNo parameter differs\n", "\n没有不同的参数\n");
    }
    std::string out = say("\nParameters that differ\n", "\n不同的参数\n");
    for (rules::RuleDifference const& d : reform_.differences) {
        std::string when = d.from == YearMonth::first() ? say("always", "始终") : d.from.text();
        when += d.to ? say(" to ", " 至 ") + d.to->text() : "";
        out += line(
            fmt::format("{}  {}: {} -> {}", d.key, when, shortened(d.first), shortened(d.second)));
        out += line(fmt::format(fmt::runtime(say("  before: {}", "  原依据：{}")), d.first_source));
        out +=
            line(fmt::format(fmt::runtime(say("  after:  {}", "  新依据：{}")), d.second_source));
    }
    for (std::string const& key : keys_of(reform_.differences)) {
        out += effect(key);
    }
    return out + steps();
}

std::string RuleText::idle_parameters() const {
    if (!reform_.same_world) {
        return ""; // what acts in whose life was not asked
    }
    std::string out;
    for (std::string const& key : keys_of(reform_.differences)) {
        auto const changed = alone(key);
        if (reached(key) == 0 || (changed && *changed == 0)) {
            out += effect(key);
        }
    }
    return out;
}

std::string RuleText::steps() const {
    std::string out;
    for (std::size_t i = 0; i < plan_.parts.size(); ++i) {
        Part const& part = plan_.parts[i];
        if (part.reform == number_ && part.kind == Part::Kind::step) {
            out += line(fmt::format(fmt::runtime(say("{} changes {} people", "{} 影响 {} 人")),
                                    part.name,
                                    people(comparison_.parts[i].changed)));
        }
    }
    return out;
}

std::int64_t RuleText::reached(std::string const& key) const {
    return result_.people.reached[*law::rule_number(key)];
}

std::optional<std::int64_t> RuleText::alone(std::string const& key) const {
    return changed_alone(comparison_, plan_, number_, key);
}

/// What came of one parameter.
std::string RuleText::effect(std::string const& key) const {
    std::int64_t const reached_by_it = reached(key);
    auto const changed = alone(key);
    if (key.starts_with("pooling.")) {
        return line(
            fmt::format(fmt::runtime(say("{} acts between the areas' pools, in nobody's life",
                                         "{} 只在各地统筹基金之间起作用，不作用于个人")),
                        key));
    }
    if (reached_by_it == 0) {
        return line(
            fmt::format(fmt::runtime(say(
                            "{} was never read: in nobody's life here does it act while it differs",
                            "{} 从未用到：在有差别的期间对此处任何人都不起作用")),
                        key));
    }
    if (changed && *changed == 0) {
        return line(fmt::format(
            fmt::runtime(say("{} can act in {} people's lives, and alone changes nobody",
                             "{} 可作用于 {} 人，单独实施时不影响任何人")),
            key,
            people(reached_by_it)));
    }
    return line(
        fmt::format(fmt::runtime(say("{} can act in {} people's lives, and alone changes {}",
                                     "{} 可作用于 {} 人，单独实施时影响 {} 人")),
                    key,
                    people(reached_by_it),
                    changed ? people(*changed) : "?"));
}

} // namespace pensim::reform

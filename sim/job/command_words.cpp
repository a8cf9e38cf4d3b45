#include "sim/job/command_words.hpp"

#include <fmt/format.h>

namespace pensim::job {

namespace {

class Words {
  public:
    Words(char const* command, std::string const& what) : words_{"pensim", command, what} {}
    Words& put(char const* option, std::string const& value) {
        if (!value.empty()) {
            words_.emplace_back(option);
            words_.push_back(value);
        }
        return *this;
    }
    template <class Number>
    Words& number(char const* option, Number value, bool given) {
        return put(option, given ? fmt::format("{}", value) : "");
    }
    Words& flag(char const* option, bool given) {
        if (given) {
            words_.emplace_back(option);
        }
        return *this;
    }
    /// But --rules, which some commands have several of.
    Words& scenario(ScenarioSetting const& setting) {
        put("--data", setting.setting.data_folder);
        number("--persons", setting.persons.value_or(0), setting.persons.has_value());
        flag("--full", setting.full);
        number("--replicates", setting.replicates.value_or(0), setting.replicates.has_value());
        put("--seed", setting.seed);
        return number("--threads", setting.threads, setting.threads > 0);
    }
    [[nodiscard]] std::vector<std::string> take() { return std::move(words_); }

  private:
    std::vector<std::string> words_;
};

} // namespace

std::vector<std::string> words_of(RunAsked const& asked) {
    Words words("run", asked.scenario.scenario);
    words.put("--rules", asked.scenario.setting.rules)
        .scenario(asked.scenario)
        .put("--until", asked.until)
        .flag("--microdata", asked.microdata)
        .number("--suppress-below", asked.suppress_below, asked.suppress_below > 0);
    for (int const year : asked.graph_years) {
        words.number("--graph-year", year, true);
    }
    return words.take();
}

std::vector<std::string> words_of(CompareAsked const& asked) {
    Words words("compare", asked.scenario.scenario);
    if (!asked.other.empty()) {
        words.flag(asked.other.c_str(), true);
    }
    for (scenario::RulesChoice const& rules : asked.rules) {
        words.put("--rules", rules.name);
    }
    return words.scenario(asked.scenario)
        .number("--witnesses", asked.witnesses, asked.witnesses != CompareAsked{}.witnesses)
        .take();
}

std::vector<std::string> words_of(SweepAsked const& asked) {
    Words words("sweep", asked.scenario.scenario);
    for (std::string const& setting : asked.settings) {
        words.put("--set", setting);
    }
    return words.put("--from", asked.from)
        .put("--rules", asked.scenario.setting.rules)
        .scenario(asked.scenario)
        .take();
}

std::vector<std::string> words_of(ExplainAsked const& asked) {
    return Words("explain", asked.source)
        .put("--rules", asked.setting.rules)
        .put("--data", asked.setting.data_folder)
        .put("--person", asked.person)
        .number("--replicate", asked.replicate, asked.replicate > 0)
        .put("--seed", asked.seed)
        .take();
}

} // namespace pensim::job

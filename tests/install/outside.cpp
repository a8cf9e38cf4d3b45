// Decides one life with the installed libraries: values in through core, names and law from sim.
#include <cstdio>
#include <string>

#include "core/law/words.hpp"
#include "sim/cases/decide_case.hpp"
#include "sim/rules/rule_files.hpp"

int main() {
    using namespace pensim;
    auto const tables = data::load_tables({});
    if (!tables) {
        return 1;
    }
    auto book = rules::load_rules("law", *tables);
    auto const guangdong = tables->areas.find("GD");
    auto const shanghai = tables->areas.find("SH");
    if (!book || !guangdong || !shanghai) {
        return 1;
    }
    Life life;
    life.group = Group::hong_kong;
    life.birth = YearMonth(1966, 9);
    Record record;
    record.area = *shanghai;
    record.from = YearMonth(2003, 4);
    record.to = YearMonth(2017, 3);
    record.base = Fen(820'000);
    life.records.push_back(record);
    record.area = *guangdong;
    record.from = YearMonth(2017, 4);
    record.to = YearMonth(2027, 3);
    life.records.push_back(record);

    cases::Law const law(std::move(*book), *tables);
    auto decider = law.decider();
    if (!decider.decide(life)) {
        return 1;
    }
    Outcome const& outcome = decider.outcome();
    std::printf("%s %s\n",
                std::string(word(outcome.status)).c_str(),
                outcome.benefit_area ? tables->areas[*outcome.benefit_area].id.c_str() : "none");
    return 0;
}

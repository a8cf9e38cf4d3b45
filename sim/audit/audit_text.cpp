#include "sim/audit/audit_text.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/audit/phrases.hpp"
#include "sim/input/text_out.hpp"
#include "sim/story/page.hpp"

namespace pensim::audit {

namespace {

using story::Language;

/// 1,234,567
std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t i = text.size(); i > 3; i -= 3) {
        text.insert(i - 3, 1, ',');
    }
    return text;
}

std::string with_sign(Fen amount) {
    return amount < Fen{} ? "-" + story::yuan(Fen{} - amount) : "+" + story::yuan(amount);
}

Text name_of(law::Person person) {
    switch (person) {
    case law::Person::hong_kong:
        return {"residents of Hong Kong", "香港居民"};
    case law::Person::macau:
        return {"residents of Macau", "澳门居民"};
    case law::Person::taiwan:
        return {"residents of Taiwan", "台湾居民"};
    case law::Person::foreign_temporary:
        return {"foreigners without permanent residence", "无永久居留资格的外国人"};
    case law::Person::foreign_permanent:
        return {"foreigners with permanent residence", "有永久居留资格的外国人"};
    case law::Person::mainland:
        break;
    }
    return {"mainland residents", "内地居民"};
}

/// The three and the two go by one name where all of them are meant.
std::string names_of(std::vector<law::Person> persons, Language language) {
    std::string text;
    auto const all = [&](std::initializer_list<law::Person> some, Text const& name) {
        bool const whole = std::all_of(some.begin(), some.end(), [&](law::Person person) {
            return std::find(persons.begin(), persons.end(), person) != persons.end();
        });
        if (whole) {
            text += (text.empty() ? "" : in({"; ", "；"}, language)) + in(name, language);
            std::erase_if(persons, [&](law::Person person) {
                return std::find(some.begin(), some.end(), person) != some.end();
            });
        }
    };
    all({law::Person::hong_kong, law::Person::macau, law::Person::taiwan},
        {"residents of Hong Kong, Macau and Taiwan", "港澳台居民"});
    all({law::Person::foreign_temporary, law::Person::foreign_permanent}, {"foreigners", "外国人"});
    for (law::Person const person : std::vector<law::Person>(persons)) {
        all({person}, name_of(person));
    }
    return text;
}

std::string names_of(std::vector<Regime> const& regimes, Language language) {
    std::string text;
    for (Regime const& regime : regimes) {
        text += text.empty() ? "" : in({", ", "、"}, language);
        text += regime.from.text() + ".." + regime.to.text();
    }
    return text;
}

class Writer {
  public:
    Writer(Audit const& audit, AreaTable const& areas, Language language, std::string_view cases)
        : audit_(audit), areas_(areas), language_(language), cases_(cases) {}

    std::string write() {
        verdict();
        stakes();
        coverage();
        for (Severity const severity :
             {Severity::fault, Severity::warning, Severity::observation, Severity::note}) {
            section(severity);
        }
        if (cases_.empty()) {
            line(
                {"\n`pensim audit RULES --cases FILE` writes these lives, `pensim explain FILE "
                 "--person cliff-1-before` tells one.",
                 "\n`pensim audit 规则集 --cases 文件` 写出以上各例，`pensim explain 文件 --person "
                 "cliff-1-before --lang zh` 逐步说明。"});
        }
        return std::move(text_);
    }

  private:
    template <class... Arguments>
    void line(Text const& text, Arguments const&... arguments) {
        text_ += story::one_month(say(language_, text, arguments...)) + "\n";
    }

    void verdict() {
        std::string found;
        auto const tell = [&](FindingKind kind, Text const& none, Text const& some) {
            std::size_t const count = audit_.count(kind);
            found += found.empty() ? "" : in({", ", "，"}, language_);
            found += count == 0 ? in(none, language_) : say(language_, some, count);
        };
        tell(FindingKind::gap, {"no gaps", "无空白"}, {"GAPS ({})", "有空白（{}类）"});
        tell(FindingKind::open_tie,
             {"no open ties", "无未决并列"},
             {"OPEN TIES ({})", "有未决并列（{}类）"});
        tell(FindingKind::dead_criterion,
             {"no dead criteria", "无失效标准"},
             {"dead criteria ({})", "有失效标准（{}项）"});
        tell(FindingKind::instability,
             {"paying on never changes the place", "继续缴费不改变待遇领取地"},
             {"unstable ({})", "不稳定（{}类）"});
        line({"{}: {}", "{}：{}"}, audit_.rules, found);
    }

    /// What a month can cost or bring, and the cheapest stay that pays.
    void stakes() {
        std::size_t cliffs = 0;
        Fen least;
        Fen most;
        Finding const* stay = nullptr;
        for (Finding const& finding : audit_.findings) {
            if (finding.what.kind == FindingKind::cliff) {
                ++cliffs;
                least = std::min(least, finding.least.value_or(least));
                most = std::max(most, finding.most.value_or(most));
            }
            if (finding.what.kind == FindingKind::gaming
                && (stay == nullptr || finding.months < stay->months
                    || (finding.months == stay->months && *finding.gain > *stay->gain))) {
                stay = &finding;
            }
        }
        if (cliffs > 0) {
            line({"One month changes who pays in {} ways: {} to {} yuan a month.",
                  "一个月之差可使待遇领取地改变，共{}种情形：每月{}至{}元。"},
                 cliffs,
                 with_sign(least),
                 with_sign(most));
        }
        if (stay != nullptr) {
            line({"The cheapest stay that pays: {} months elsewhere, worth up to {} yuan a month.",
                  "最短的获利参保：到别处{}个月，每月最多多得{}元。"},
                 stay->months,
                 story::yuan(*stay->gain));
        }
    }

    void coverage() {
        std::uint64_t careers = 0;
        std::uint64_t examined = 0;
        for (RegimeCoverage const& own : audit_.coverage) {
            careers += own.careers;
            examined += own.examined;
        }
        line({"\nEnumerated: {} careers; with one month more, stays elsewhere and paying on, {} "
              "lives",
              "\n枚举：{}段经历；连同多缴一个月、到别处参保、继续缴费，共{}例"},
             grouped(careers),
             grouped(examined));
        line({"  careers   1 to {} unbroken spells in up to {} areas, in every order. The last one "
              "is "
              "also as long as\n"
              "            makes the whole one month less than, just, and one month more than the "
              "required months;\n"
              "            besides, two lump sums in one month",
              "  经历      至多{}段连续缴费、至多{}个地区，各种先后次序；"
              "最后一段另取使总年限恰好达到、少一个月、多一个月于最低缴费年限的长度；"
              "另有同一个月的两笔一次性缴费"},
             audit_.spells,
             labels_max);
        changes();
        people();
        line({"  wages     each spell at the average wage of its area, in the year before its "
              "middle; the "
              "areas are\n"
              "            those with the lowest and the highest wages",
              "  工资      每段取该地该段居中月份上一年的平均工资；地区取平均工资最低与最高者"});
        for (RegimeCoverage const& own : audit_.coverage) {
            regime(own);
        }
        line({"  Between two regimes that differ in the required months alone, the steps are left "
              "out.",
              "  仅最低缴费年限不同的两段之间，逐年提高的各步略去。"});
    }

    void changes() {
        line(
            {"  changes   one month more in each spell, in each other area and in a new one; stays "
             "there of up to\n"
             "            {} months; paying on where the place is: one month, up to the required "
             "months, to just\n"
             "            below, at and above what qualifies an area (not where a temporary "
             "account "
             "would open)",
             "  变化      每段、其他各地及一新地区各多缴一个月；到该处参保至多{}个月；"
             "在待遇领取地继续缴费一个月、缴至最低缴费年限、缴至规定年限前后（须设临时账户者除外"
             "）"},
            stay_months_max);
    }

    void people() {
        std::string persons;
        for (auto const& represented : audit_.persons) {
            persons += (persons.empty() ? "" : in({";\n            ", "；"}, language_))
                       + names_of(represented, language_);
            if (represented.size() > 1) {
                persons += in({" (one stands for all: no rule treats them apart)",
                               "（规则不加区分，取其一）"},
                              language_);
            }
        }
        line({"  people    {}", "  人员      {}"}, persons);
        line(
            {"            with the hukou in each area of the career and in none; before and across "
             "the age of\n"
             "            temporary accounts, and across it with money that moved and that never "
             "did; choosing the\n"
             "            last area or not, where that can be chosen",
             "            户籍在经历中的每一地及其外；临时账户年龄之前及跨越该年龄，"
             "后者资金转移与从未转移；可选择最后参保地处选与不选"});
    }

    void regime(RegimeCoverage const& own) {
        if (own.counting.empty()) {
            line({"  {}..{}  nobody is counted", "  {}..{}  无人在此期间计算年限"},
                 own.regime.from.text(),
                 own.regime.to.text());
            return;
        }
        std::string months;
        for (int const count : own.months) {
            months += (months.empty() ? "" : ", ") + std::to_string(count);
        }
        std::string counting;
        for (YearMonth const month : own.counting) {
            counting += (counting.empty() ? "" : ", ") + month.text();
        }
        line({"  {}..{}  spells of {} months, {} required, counted in {}: {} careers\n"
              "                    ({} more are too long for a working life); paying on tried {} "
              "times",
              "  {}..{}  每段{}个月，最低{}个月，计算月份{}：经历{}段（另{}段过长而略去），"
              "继续缴费试{}次"},
             own.regime.from.text(),
             own.regime.to.text(),
             months,
             own.limits.required,
             counting,
             grouped(own.careers),
             grouped(own.too_long),
             grouped(own.paid_on));
        if (!own.place_pays) {
            line({"                    each area pays for its own months, so no stay elsewhere can "
                  "pay: none was tried",
                  "                    各地按缴费年限分别支付，短期参保无利可图，不作查找"});
        }
    }

    void section(Severity severity) {
        bool headed = false;
        for (Finding const& finding : audit_.findings) {
            if (severity_of(finding.what.kind) == severity) {
                if (!headed) {
                    text_ += "\n" + heading(severity) + "\n";
                    headed = true;
                }
                tell(finding);
            }
        }
    }

    [[nodiscard]] std::string heading(Severity severity) const {
        switch (severity) {
        case Severity::fault:
            return in({"Faults", "缺陷"}, language_);
        case Severity::warning:
            return in({"Warnings", "警示"}, language_);
        case Severity::observation:
            return in({"Observations", "观察"}, language_);
        case Severity::note:
            break;
        }
        return in({"Notes", "说明"}, language_);
    }

    void tell(Finding const& finding) {
        text_ += fmt::format("{:<13}{}\n", finding.id, sentence(finding, language_));
        std::string careers;
        if (finding.careers > 0) {
            careers = say(language_, {"; {} careers", "；{}段经历"}, grouped(finding.careers));
        }
        detail(
            names_of(finding.persons, language_)
            + say(language_, {"; counted {}", "；计算月份{}"}, names_of(finding.regimes, language_))
            + careers);
        if (finding.witness) {
            life(*finding.witness);
        }
        if (finding.changed) {
            life(*finding.changed);
        }
        if (finding.least && finding.most) {
            detail(say(language_,
                       {"pension over all of them: {} to {} a month",
                        "所有经历的养老金变化：每月{}至{}元"},
                       with_sign(*finding.least),
                       with_sign(*finding.most)));
        }
        if (!cases_.empty() && finding.witness) {
            detail(finding.changed
                       ? fmt::format(
                           "pensim explain {0} --person {1}-before; {1}-after", cases_, finding.id)
                       : fmt::format("pensim explain {} --person {}", cases_, finding.id));
        }
    }

    void detail(std::string const& text) { text_ += fmt::format("{:13}{}\n", "", text); }

    /// "GD 119 months, then SH 120 months: SH pays 1,234.56 a month"
    void life(Witness const& witness) {
        std::string text = "- " + career_text(witness, areas_, language_);
        if (!witness.place) {
            detail(text + in({": nobody pays", "：无人支付"}, language_));
            return;
        }
        text += say(language_, {": {} pays", "：由{}支付"}, areas_[witness.place->area].id);
        if (witness.pension) {
            text += say(language_, {" {} a month", "，每月{}元"}, story::yuan(*witness.pension));
        } else {
            text += story::one_month(say(language_,
                                         {", {} months short of a pension", "，尚缺{}个月"},
                                         witness.required - witness.months));
        }
        detail(text);
    }

    Audit const& audit_;
    AreaTable const& areas_;
    Language language_;
    std::string_view cases_;
    std::string text_;
};

} // namespace

std::string
audit_text(Audit const& audit, AreaTable const& areas, Language language, std::string_view cases) {
    return Writer(audit, areas, language, cases).write();
}

} // namespace pensim::audit

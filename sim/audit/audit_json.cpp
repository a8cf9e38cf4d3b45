#include "core/law/words.hpp"
#include "sim/audit/audit_text.hpp"
#include "sim/cases/case_out.hpp"
#include "sim/input/json_out.hpp"

namespace pensim::audit {

namespace {

using input::Members;
using story::Language;

/// What the rule set says of a life: fields of the outcome.
std::string expectation(Witness const& witness, AreaTable const& areas) {
    std::string text;
    {
        Members m(text);
        if (witness.place) {
            m.text("benefit_area", areas[witness.place->area].id);
        } else {
            m.key("benefit_area") += "null";
        }
        m.text("branch", word(witness.place ? witness.place->branch : Branch::none));
        if (witness.pension) {
            Members pension(m.key("pension"));
            pension.yuan("monthly", *witness.pension);
        }
    }
    return text;
}

/// The lives of a finding, each with its id: "gap-1", or "cliff-1-before" and "cliff-1-after".
template <class Take>
void for_each_case(Finding const& finding, Take const& take) {
    if (finding.witness) {
        take(finding.id + (finding.changed ? "-before" : ""), *finding.witness);
    }
    if (finding.changed) {
        take(finding.id + "-after", *finding.changed);
    }
}

void append_witness(std::string& out,
                    std::string const& id,
                    Finding const& finding,
                    Witness const& witness,
                    AreaTable const& areas) {
    cases::append_case(
        out,
        id,
        witness.life,
        areas,
        {.note = sentence(finding, Language::en), .expect = expectation(witness, areas)});
}

void append_regime(Members& m, Regime const& regime) {
    m.month("from", regime.from);
    m.month("to", regime.to);
}

void append_persons(std::string& out, std::vector<law::Person> const& persons) {
    input::append_list(
        out, persons, [&](law::Person person) { input::append_json_text(out, word(person)); });
}

void append_coverage(std::string& out, RegimeCoverage const& own) {
    Members m(out);
    append_regime(m, own.regime);
    m.number("min_months", own.limits.min_months);
    m.number("required_months", own.limits.required);
    input::append_list(
        m.key("spell_months"), own.months, [&](int months) { input::append_number(out, months); });
    input::append_list(m.key("counting_months"), own.counting, [&](YearMonth month) {
        input::append_json_text(out, month.text());
    });
    m.number("careers", static_cast<std::int64_t>(own.careers));
    m.number("too_long", static_cast<std::int64_t>(own.too_long));
    m.number("paid_on", static_cast<std::int64_t>(own.paid_on));
    m.number("examined", static_cast<std::int64_t>(own.examined));
    m.flag("gaming_examined", own.place_pays);
}

std::string_view word_of(Change change) {
    constexpr std::array<std::string_view, 5> words{
        "none", "last_longer", "earlier_longer", "month_back", "month_elsewhere"};
    return words[static_cast<std::size_t>(change)];
}

void append_class(Members& m, Finding const& finding) {
    FindingClass const& what = finding.what;
    if (what.dead) {
        m.text("criterion", word(*what.dead));
    }
    if (what.change != Change::none) {
        m.text("change", word_of(what.change));
        m.flag("temporary_account_changes", what.accounts == Accounts::temporary_changes);
    }
    if (what.before != Branch::none) {
        m.text("branch_before", word(what.before));
    }
    if (finding.changed && what.before != Branch::none) {
        m.text("branch_after", word(what.after));
    }
    if (finding.months > 0) {
        m.number("months", finding.months);
    }
}

void append_money(Members& m, Finding const& finding) {
    if (finding.gain) {
        m.yuan("gain", *finding.gain);
        m.yuan("gain_per_month", Fen(finding.gain->count() / finding.months));
    }
    if (finding.what.kind != FindingKind::cliff) {
        return;
    }
    auto const& before = finding.witness->pension;
    auto const& after = finding.changed->pension;
    if (before && after) {
        m.yuan("pension_change", *after - *before);
    } else {
        m.key("pension_change") += "null";
    }
    if (finding.least) {
        m.yuan("pension_change_least", *finding.least);
        m.yuan("pension_change_most", *finding.most);
    }
}

void append_finding(std::string& out, Finding const& finding, AreaTable const& areas) {
    Members m(out);
    m.text("id", finding.id);
    m.text("kind", audit::word_of(finding.what.kind));
    m.text("severity", audit::word_of(severity_of(finding.what.kind)));
    append_persons(m.key("groups"), finding.persons);
    input::append_list(m.key("regimes"), finding.regimes, [&](Regime const& regime) {
        Members own(out);
        append_regime(own, regime);
    });
    m.number("careers", static_cast<std::int64_t>(finding.careers));
    append_class(m, finding);
    append_money(m, finding);
    {
        Members text(m.key("text"));
        text.text("en", sentence(finding, Language::en));
        text.text("zh", sentence(finding, Language::zh));
    }
    m.key("persons") += '[';
    bool first = true;
    for_each_case(finding, [&](std::string const& id, Witness const& witness) {
        out += first ? "\n " : ",\n ";
        first = false;
        append_witness(out, id, finding, witness, areas);
    });
    out += ']';
}

} // namespace

std::string audit_json(Audit const& audit, AreaTable const& areas) {
    std::string out;
    {
        Members m(out);
        m.text("schema", "pensim/audit/1");
        m.text("rules", audit.rules);
        {
            Members title(m.key("title"));
            title.text("en", audit.title_en);
            title.text("zh", audit.title_zh);
        }
        m.flag("faulty", audit.faulty());
        {
            Members all(m.key("enumerated"));
            all.number("spells", audit.spells);
            all.number("areas", labels_max);
            input::append_list(all.key("persons"), audit.persons, [&](auto const& persons) {
                append_persons(out, persons);
            });
            input::append_list(all.key("regimes"), audit.coverage, [&](auto const& own) {
                append_coverage(out, own);
            });
        }
        m.key("findings") += '[';
        bool first = true;
        for (Finding const& finding : audit.findings) {
            out += first ? "\n" : ",\n";
            first = false;
            append_finding(out, finding, areas);
        }
        out += ']';
    }
    return out + "\n";
}

std::string audit_cases(Audit const& audit, AreaTable const& areas, std::string_view rules) {
    std::string out =
        cases::cases_head(rules, "witnesses of pensim audit for rule set " + audit.rules);
    bool first = true;
    for (Finding const& finding : audit.findings) {
        for_each_case(finding, [&](std::string const& id, Witness const& witness) {
            out += first ? "" : ",\n";
            first = false;
            append_witness(out, id, finding, witness, areas);
        });
    }
    return out + std::string(cases::cases_end());
}

} // namespace pensim::audit

#include "sim/job/audit_table.hpp"

#include "core/law/words.hpp"
#include "sim/audit/audit_text.hpp"
#include "sim/report/table_maker.hpp"

namespace pensim::job {

report::Table
findings_of(audit::Audit const& audit, AreaTable const& areas, story::Language language) {
    using report::Column;
    report::TableMaker maker("findings", 1);
    auto const id = maker.words("id", {});
    auto const kind = maker.words("kind", {});
    auto const severity = maker.words("severity", {});
    auto const sentence = maker.words("sentence", {});
    auto branches = report::words_of<Branch>();
    branches.front().clear(); // none
    auto const before = maker.words("branch_before", branches);
    auto const after = maker.words("branch_after", branches);
    auto const careers = maker.whole("careers");
    auto const months = maker.whole("months");
    auto const witness = maker.words("witness", {});
    auto const changed = maker.words("changed", {});
    auto const gain = maker.number("gain", Column::Kind::yuan);
    auto const least = maker.number("least", Column::Kind::yuan);
    auto const most = maker.number("most", Column::Kind::yuan);
    auto const life = [&](std::size_t column, std::optional<audit::Witness> const& of) {
        maker.put_text(column, of ? audit::career_text(*of, areas, language) : "");
    };
    auto const amount = [&](std::size_t column, std::optional<Fen> value) {
        maker.put_whole_if(column, value ? std::optional(value->count()) : std::nullopt);
    };
    for (audit::Finding const& finding : audit.findings) {
        maker.put_text(id, finding.id);
        maker.put_text(kind, audit::word_of(finding.what.kind));
        maker.put_text(severity, audit::word_of(audit::severity_of(finding.what.kind)));
        maker.put_text(sentence, audit::sentence(finding, language));
        maker.put(before, static_cast<std::size_t>(finding.what.before));
        maker.put(after,
                  static_cast<std::size_t>(finding.changed ? finding.what.after : Branch::none));
        maker.put_whole(careers, static_cast<std::int64_t>(finding.careers));
        maker.put_whole(months, finding.months);
        life(witness, finding.witness);
        life(changed, finding.changed);
        amount(gain, finding.gain);
        amount(least, finding.least);
        amount(most, finding.most);
        maker.end_row();
    }
    return maker.finish_plain();
}

} // namespace pensim::job

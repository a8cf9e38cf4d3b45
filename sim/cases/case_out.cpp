#include "sim/cases/case_out.hpp"

#include "core/law/words.hpp"
#include "sim/input/json_out.hpp"

namespace pensim::cases {

namespace {

using input::Members;

void append_record(std::string& out, Record const& record, AreaTable const& areas) {
    Members m(out);
    m.text("area", areas[record.area].id);
    m.month("from", record.from);
    if (record.kind != Kind::lump_sum) {
        m.month("to", record.to);
    }
    m.yuan("base", record.base);
    if (record.kind != Kind::employed) {
        m.text("kind", word(record.kind));
    }
    if (record.scheme != Scheme::employee) {
        m.text("scheme", word(record.scheme));
    }
    if (record.kind == Kind::lump_sum) {
        m.number("months", record.lump_months);
    }
    if (!record.transfer) {
        m.flag("transfer", false);
    }
    if (record.keep) {
        m.flag("keep", true);
    }
}

void append_event(std::string& out, Event const& event) {
    Members m(out);
    m.text("event", word(event.kind));
    m.month("month", event.month);
    if (event.kind == EventKind::depart) {
        m.flag("terminate", event.terminate);
    }
}

void append_exemption(std::string& out, Exemption const& exemption) {
    Members m(out);
    m.text("ground", word(exemption.ground));
    m.month("from", exemption.from);
    m.month("to", exemption.to);
}

void append_person(Members& m, Life const& life, AreaTable const& areas) {
    m.text("group", word(life.group));
    m.text("sex", word(life.sex));
    if (life.post != Post::worker) {
        m.text("post", word(life.post));
    }
    m.month("birth", life.birth);
    if (life.claim) {
        m.month("claim", *life.claim);
    }
    if (life.hukou) {
        m.text("hukou", areas[*life.hukou].id);
    }
    if (life.nationality) {
        m.text("nationality", {life.nationality->data(), life.nationality->size()});
    }
    if (life.permanent_resident) {
        m.flag("permanent_resident", true);
    }
    if (life.continue_in_last_area || life.move_to_resident_scheme) {
        m.key("elections");
        Members elections(m.out());
        if (life.continue_in_last_area) {
            elections.flag("continue_in_last_area", true);
        }
        if (life.move_to_resident_scheme) {
            elections.flag("move_to_resident_scheme", true);
        }
    }
}

} // namespace

std::string cases_head(std::string_view rules, std::string_view note) {
    std::string out = "{\n\"schema\": \"pensim/cases/1\",\n\"rules\": ";
    input::append_json_text(out, rules);
    out += ",\n\"note\": ";
    input::append_json_text(out, note);
    out += ",\n\"persons\": [\n";
    return out;
}

std::string_view cases_end() {
    return "\n]}\n";
}

void append_case(std::string& out,
                 std::string_view id,
                 Life const& life,
                 AreaTable const& areas,
                 CaseRemarks const& remarks) {
    Members m(out);
    m.text("id", id);
    if (!remarks.note.empty()) {
        m.text("note", remarks.note);
    }
    append_person(m, life, areas);
    m.key("records") += '[';
    for (std::size_t i = 0; i < life.records.size(); ++i) {
        out += i == 0 ? "\n  " : ",\n  ";
        append_record(out, life.records[i], areas);
    }
    out += ']';
    if (!life.events.empty()) {
        input::append_list(
            m.key("events"), life.events, [&](Event const& event) { append_event(out, event); });
    }
    if (!life.exemptions.empty()) {
        input::append_list(m.key("exemptions"), life.exemptions, [&](Exemption const& exemption) {
            append_exemption(out, exemption);
        });
    }
    if (!remarks.expect.empty()) {
        m.key("expect") += remarks.expect;
    }
}

} // namespace pensim::cases

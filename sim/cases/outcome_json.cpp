#include "sim/cases/outcome_json.hpp"

#include "core/law/citation.hpp"
#include "core/law/death_benefit.hpp"
#include "core/law/words.hpp"
#include "sim/input/json_out.hpp"

namespace pensim::cases {

namespace {

using input::append_list;
using input::Members;

class OutcomeWriter {
  public:
    OutcomeWriter(std::string& out, data::Tables const& tables) : out_(out), tables_(tables) {}

    void write(std::string_view id, Group group, Outcome const& o) {
        Members m(out_);
        m.text("id", id);
        m.text("status", word(o.status));
        m.month("statutory_month", o.statutory_month);
        m.month("counting_month", o.counting_month);
        if (o.settlement_month) {
            m.month("settlement_month", *o.settlement_month);
        }
        m.number("months_total", o.months_total);
        m.key("months_by_area");
        {
            Members areas(out_);
            for (AreaMonths const& area : o.months_by_area) {
                areas.number(name(area.area), area.months);
            }
        }
        m.number("required_months", o.required_months);
        m.number("missing_months", o.missing_months);
        if (o.benefit_area) {
            m.text("benefit_area", name(*o.benefit_area));
        } else {
            m.key("benefit_area") += "null";
        }
        m.text("branch", word(o.branch));
        append_list(m.key("basis"), o.basis, [&](std::uint8_t ground) {
            input::append_json_text(
                out_, law::to_text(law::cite(static_cast<law::Ground>(ground), group)));
        });
        append_list(m.key("transfers"), o.transfers, [&](Transfer const& t) { write(t); });
        append_list(m.key("refunds"), o.refunds, [&](Refund const& r) { write(r); });
        write_money(m, o);
    }

  private:
    [[nodiscard]] std::string const& name(AreaId area) const { return tables_.areas[area].id; }

    void write(Transfer const& t) {
        Members m(out_);
        m.month("month", t.month);
        m.text("from", name(t.from));
        m.text("to", name(t.to));
        m.text("kind", word(t.kind));
        m.yuan("account", t.account);
        m.yuan("pooled", t.pooled);
    }
    void write(Refund const& r) {
        Members m(out_);
        m.month("month", r.month);
        m.text("reason", word(r.reason));
        m.text("area", name(r.area));
        m.yuan("account", r.account);
    }
    void write_money(Members& m, Outcome const& o) {
        if (o.account_balance) {
            m.yuan("account_balance", *o.account_balance);
        }
        if (o.pension) {
            m.key("pension");
            write(*o.pension);
        }
        if (o.bridge) {
            m.key("bridge");
            Members inside(out_);
            inside.text("direction", word(o.bridge->direction));
            inside.month("month", o.bridge->month);
            inside.text("area", name(o.bridge->area));
            inside.yuan("account", o.bridge->account);
            inside.number("months", o.bridge->months);
        }
        if (o.death_grant) {
            m.key("death_grant");
            write(*o.death_grant);
        }
    }
    void write(Pension const& p) {
        Members m(out_);
        m.yuan("basic", p.basic);
        m.yuan("account", p.account);
        m.yuan("monthly", p.monthly);
        m.decimal("index", p.index_e4, 4);
        m.decimal("payout_months", p.payout_months_e1, 1);
        if (!p.by_area.empty()) {
            append_list(m.key("by_area"), p.by_area, [&](AreaPension const& share) {
                Members inside(out_);
                inside.text("area", name(share.area));
                inside.number("months", share.months);
                inside.yuan("account_balance", share.balance);
                inside.yuan("basic", share.basic);
                inside.yuan("account", share.account);
                inside.decimal("index", share.index_e4, 4);
            });
        }
    }
    void write(DeathGrant const& g) {
        Members m(out_);
        m.month("month", g.month);
        m.text("payer", name(g.payer));
        m.number("funeral_months", g.funeral_months);
        // Twelfths as a decimal with four places, half up: a month count that a reader can
        // multiply.
        m.decimal("survivor_months", (g.survivor_twelfths * 20'000 + 12) / 24, 4);
        if (g.own_contributions) {
            m.yuan("own_contributions", *g.own_contributions);
        }
        auto const income = tables_.urban_income.find({g.payer, g.month.year() - 1});
        if (income != tables_.urban_income.end()) {
            law::DeathMoney const money = law::death_money(g, income->second);
            m.yuan("funeral", money.funeral);
            m.yuan("survivors", money.survivors);
        }
    }

    std::string& out_;
    data::Tables const& tables_;
};

} // namespace

std::vector<std::string_view> const& outcome_fields() {
    static std::vector<std::string_view> const fields{"id",
                                                      "status",
                                                      "statutory_month",
                                                      "counting_month",
                                                      "settlement_month",
                                                      "months_total",
                                                      "months_by_area",
                                                      "required_months",
                                                      "missing_months",
                                                      "benefit_area",
                                                      "branch",
                                                      "basis",
                                                      "transfers",
                                                      "refunds",
                                                      "account_balance",
                                                      "pension",
                                                      "bridge",
                                                      "death_grant",
                                                      "errors"};
    return fields;
}

void append_outcome(std::string& out,
                    std::string_view id,
                    Group group,
                    Outcome const& outcome,
                    data::Tables const& tables) {
    OutcomeWriter(out, tables).write(id, group, outcome);
}

void append_errors(std::string& out, std::string_view id, Problems const& problems) {
    Members m(out);
    m.text("id", id);
    append_list(m.key("errors"), problems, [&](Problem const& problem) {
        Members inside(out);
        inside.text("path", problem.where);
        inside.text("message", problem.what);
    });
}

} // namespace pensim::cases

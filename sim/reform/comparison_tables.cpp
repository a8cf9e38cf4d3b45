#include "sim/reform/comparison_tables.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/law/rule_keys.hpp"
#include "sim/reform/change_names.hpp"
#include "sim/report/table_maker.hpp"

namespace pensim::reform {

namespace {

using engine::Change;
using engine::Trait;
using report::AreaColumn;
using report::Column;
using report::Table;
using report::TableMaker;

/// Six columns of a measure.
class ContrastColumns {
  public:
    enum class Unit : std::uint8_t { count, yuan, either };
    ContrastColumns(TableMaker& maker, std::string const& prefix, Unit unit, bool exact)
        : maker_(&maker), unit_(unit), exact_(exact) {
        Column::Kind const kind = !exact                ? Column::Kind::real
                                  : unit == Unit::count ? Column::Kind::whole
                                  : unit == Unit::yuan  ? Column::Kind::yuan
                                                        : Column::Kind::quantity;
        for (std::string_view const name : {"_baseline", "_reform", "_difference"}) {
            values_.push_back(maker.weighted(maker.number(prefix + std::string(name), kind)));
        }
        for (std::string_view const name : {"_lo95", "_hi95"}) {
            errors_.push_back(
                maker.weighted(maker.number(prefix + std::string(name), Column::Kind::real)));
        }
        errors_.push_back(maker.number(prefix + "_factor", Column::Kind::real));
    }
    void put(Contrast const& c, bool in_fen) {
        if (exact_) {
            put_exact(values_[0], c.before, in_fen);
            put_exact(values_[1], c.after, in_fen);
            put_exact(values_[2], c.after - c.before, in_fen);
        } else {
            double const unit = in_fen ? 100 : 1;
            maker_->put_real(values_[0], c.mean_before / unit);
            maker_->put_real(values_[1], c.mean_after / unit);
            maker_->put_real(values_[2], c.difference / unit);
        }
        double const unit = in_fen ? 100 : 1;
        maker_->put_real(errors_[0], c.lo95 / unit);
        maker_->put_real(errors_[1], c.hi95 / unit);
        maker_->put_real(errors_[2], c.factor);
    }
    void put(Contrast const& c) { put(c, unit_ == Unit::yuan); }

  private:
    void put_exact(std::size_t column, std::int64_t value, bool in_fen) {
        if (unit_ == Unit::either) {
            maker_->put_quantity(column, value, in_fen);
        } else {
            maker_->put_whole(column, value);
        }
    }
    TableMaker* maker_;
    Unit unit_;
    bool exact_;
    std::vector<std::size_t> values_;
    std::vector<std::size_t> errors_;
};

/// Makes all tables; what they share.
class Tables {
  public:
    Tables(Comparison const& comparison, ComparisonPlan const& plan)
        : comparison_(comparison), areas_(plan.simulation.tables.areas),
          area_words_(report::area_words(areas_)), weight_(plan.simulation.weight()) {
        for (Reform const& reform : plan.reforms) {
            names_.push_back(reform.name);
        }
    }

    Table flows() { return flow_table("flows", &SampleMoments::flows, &SampleCells::flows, true); }
    Table flow_totals() {
        return flow_table(
            "flow_totals", &SampleMoments::flow_totals, &SampleCells::flow_totals, false);
    }
    Table areas() { return area_table("areas", &SampleMoments::areas, &SampleCells::areas, true); }
    Table area_totals() {
        return area_table(
            "area_totals", &SampleMoments::area_totals, &SampleCells::area_totals, false);
    }

    Table locations() {
        TableMaker maker = start("locations");
        auto const reform = maker.words("reform", names_);
        auto const group = maker.words("group", report::words_of<Group>());
        auto const branch = maker.words("branch", report::words_of<Branch>());
        auto const last = maker.words("last_area", area_words_);
        auto const benefit = maker.words("benefit_area", area_words_);
        ContrastColumns people = contrast(maker, "people", ContrastColumns::Unit::count);
        for (std::size_t r = 0; r < names_.size(); ++r) {
            for (auto const& cell : comparison_.reforms[r].difference.locations.cells()) {
                auto const key = engine::LocationKey::unpacked(cell.key);
                maker.put(reform, r);
                maker.put(group, static_cast<std::size_t>(key.group));
                maker.put(branch, static_cast<std::size_t>(key.branch));
                maker.put(last, area_number(key.last_area));
                maker.put(benefit, area_number(key.benefit_area));
                people.put(comparison_.contrast(comparison_.reforms[r],
                                                &SampleMoments::locations,
                                                &SampleCells::locations,
                                                cell.key,
                                                0));
                maker.end_row();
            }
        }
        return maker.finish();
    }

    Table changes() {
        TableMaker maker = start("changes");
        maker.weight(weight_);
        auto const reform = maker.words("reform", names_);
        std::vector<std::string> kinds = change_names();
        kinds.emplace_back("any");
        auto const change = maker.words("change", kinds);
        auto const people = maker.weighted(maker.number(
            "people", comparison_.one_replicate() ? Column::Kind::whole : Column::Kind::real));
        auto const lo = maker.weighted(maker.number("lo95", Column::Kind::real));
        auto const hi = maker.weighted(maker.number("hi95", Column::Kind::real));
        auto const share = maker.number("share", Column::Kind::real, 6);
        for (std::size_t r = 0; r < names_.size(); ++r) {
            ReformResult const& result = comparison_.reforms[r];
            for (std::size_t c = 0; c < kinds.size(); ++c) {
                bool const any = c == engine::change_count;
                Contrast const count =
                    comparison_.count_of(any ? result.changed : result.by_change[c]);
                maker.put(reform, r);
                maker.put(change, c);
                if (comparison_.one_replicate()) {
                    maker.put_whole(people,
                                    any ? result.people.changed : result.people.by_change[c]);
                } else {
                    maker.put_real(people, count.difference);
                }
                maker.put_real(lo, count.lo95);
                maker.put_real(hi, count.hi95);
                maker.put_real(share,
                               count.difference * comparison_.replicates
                                   / static_cast<double>(comparison_.people));
                maker.end_row();
            }
        }
        return maker.finish();
    }

    Table transitions() {
        TableMaker maker = start("transitions");
        maker.weight(weight_ / comparison_.replicates);
        auto const reform = maker.words("reform", names_);
        auto const change = maker.words("change", change_names());
        auto const group = maker.words("group", report::words_of<Group>());
        auto const from = maker.words("from", {});
        auto const to = maker.words("to", {});
        auto const people = maker.weighted(maker.whole("people"));
        for (std::size_t r = 0; r < names_.size(); ++r) {
            auto transitions = comparison_.reforms[r].people.transitions;
            for (auto const& cell : transitions.cells()) {
                auto const key = engine::TransitionKey::unpacked(cell.key);
                maker.put(reform, r);
                maker.put(change, static_cast<std::size_t>(key.what));
                maker.put(group, static_cast<std::size_t>(key.group));
                maker.put_text(from, state_name(key.what, key.from, areas_));
                maker.put_text(to, state_name(key.what, key.to, areas_));
                maker.put_whole(people, cell.values[0]);
                maker.end_row();
            }
        }
        return maker.finish();
    }

    Table winners() {
        TableMaker maker = start("winners");
        maker.weight(weight_ / comparison_.replicates);
        auto const reform = maker.words("reform", names_);
        auto const trait = maker.words("by", trait_names());
        auto const value = maker.words("value", {});
        std::vector<std::size_t> counts;
        for (char const* const name : {"people", "pensioners", "winners", "losers"}) {
            counts.push_back(maker.weighted(maker.whole(name)));
        }
        std::vector<std::size_t> amounts;
        for (char const* const name : {"gained_a_month", "lost_a_month"}) {
            amounts.push_back(maker.weighted(maker.number(name, Column::Kind::yuan)));
        }
        auto const mean = maker.number("mean_change", Column::Kind::real);
        auto const mean_changed = maker.number("mean_change_of_changed", Column::Kind::real);
        std::vector<std::size_t> deciles;
        for (int i = 1; i <= 9; ++i) {
            deciles.push_back(maker.number(fmt::format("p{}0", i), Column::Kind::real));
        }
        auto const& population = comparison_.population;
        for (std::size_t r = 0; r < names_.size(); ++r) {
            engine::ChangeTally people = comparison_.reforms[r].people;
            for (std::size_t t = 0; t < engine::trait_count; ++t) {
                auto const by = static_cast<Trait>(t);
                for (std::size_t v = 0; v < population.traits.values(by); ++v) {
                    std::size_t const row_of = population.traits.row_of(by, v);
                    if (population.people[row_of] == 0) {
                        continue;
                    }
                    engine::Impact const& impact = people.impacts[row_of];
                    maker.put(reform, r);
                    maker.put(trait, t);
                    maker.put_text(value, value_name(by, v, areas_));
                    maker.put_whole(counts[0], population.people[row_of]);
                    maker.put_whole(counts[1], population.pensioners[row_of]);
                    maker.put_whole(counts[2], impact.winners);
                    maker.put_whole(counts[3], impact.losers);
                    maker.put_whole(amounts[0], impact.gained.count());
                    maker.put_whole(amounts[1], impact.lost.count());
                    auto const net =
                        static_cast<double>((impact.gained - impact.lost).count()) / 100;
                    maker.put_real(mean, net / static_cast<double>(population.pensioners[row_of]));
                    maker.put_real(mean_changed,
                                   net / static_cast<double>(impact.winners + impact.losers));
                    auto const of_changed = deciles_of(people, row_of);
                    for (std::size_t i = 0; i < deciles.size(); ++i) {
                        maker.put_real(deciles[i],
                                       of_changed.empty()
                                           ? std::nan("")
                                           : static_cast<double>(of_changed[i].count()) / 100);
                    }
                    maker.end_row();
                }
            }
        }
        return maker.finish();
    }

  private:
    TableMaker start(char const* name) {
        TableMaker maker(name, comparison_.replicates);
        maker.weight(weight_);
        return maker;
    }
    ContrastColumns
    contrast(TableMaker& maker, std::string const& prefix, ContrastColumns::Unit unit) const {
        return {maker, prefix, unit, comparison_.one_replicate()};
    }
    /// The place of an area among the words; all areas and none are the last, the empty one.
    [[nodiscard]] std::size_t area_number(std::optional<AreaId> area) const {
        return area ? std::min(std::size_t{row(*area)}, areas_.size()) : areas_.size();
    }

    Table flow_table(char const* name,
                     report::CellMoments<3> SampleMoments::*moments,
                     Cells<3> SampleCells::*whole,
                     bool by_year) {
        TableMaker maker = start(name);
        auto const reform = maker.words("reform", names_);
        auto const year = by_year ? maker.whole("year") : 0;
        auto const from = maker.words("from", area_words_);
        auto const to = maker.words("to", area_words_);
        auto const kind = maker.words("kind", report::words_of<TransferKind>());
        std::vector<ContrastColumns> measures;
        measures.push_back(contrast(maker, "people", ContrastColumns::Unit::count));
        measures.push_back(contrast(maker, "account", ContrastColumns::Unit::yuan));
        measures.push_back(contrast(maker, "pooled", ContrastColumns::Unit::yuan));
        for (std::size_t r = 0; r < names_.size(); ++r) {
            ReformResult const& result = comparison_.reforms[r];
            for (auto const& cell : (result.difference.*moments).cells()) {
                FlowKey const key = FlowKey::unpacked(cell.key);
                maker.put(reform, r);
                if (by_year) {
                    maker.put_whole(year, key.year);
                }
                maker.put(from, area_number(key.from));
                maker.put(to, area_number(key.to));
                maker.put(kind, static_cast<std::size_t>(key.kind));
                for (std::size_t i = 0; i < measures.size(); ++i) {
                    measures[i].put(comparison_.contrast(result, moments, whole, cell.key, i));
                }
                maker.end_row();
            }
        }
        return maker.finish();
    }

    Table area_table(char const* name,
                     report::CellMoments<report::area_columns> SampleMoments::*moments,
                     Cells<report::area_columns> SampleCells::*whole,
                     bool by_year) {
        TableMaker maker = start(name);
        auto const reform = maker.words("reform", names_);
        auto const year = by_year ? maker.whole("year") : 0;
        auto const area = maker.words("area", area_words_);
        auto const item = maker.words("item", {});
        auto const unit = maker.words("unit", {});
        ContrastColumns measure = contrast(maker, "value", ContrastColumns::Unit::either);
        for (std::size_t r = 0; r < names_.size(); ++r) {
            ReformResult const& result = comparison_.reforms[r];
            for (auto const& cell : (result.difference.*moments).cells()) {
                auto const key = report::AreaKey::unpacked(cell.key);
                for (std::size_t i = 0; i < report::area_columns; ++i) {
                    auto const column = static_cast<AreaColumn>(i);
                    auto const c = comparison_.contrast(result, moments, whole, cell.key, i);
                    bool const changed =
                        cell.values[i].first() != 0 || c.difference != 0 || c.lo95 < c.hi95;
                    if (!changed) {
                        continue;
                    }
                    maker.put(reform, r);
                    if (by_year) {
                        maker.put_whole(year, key.year);
                    }
                    maker.put(area, area_number(key.area));
                    maker.put_text(item, report::column_name(column));
                    maker.put_text(unit, report::unit_name(column));
                    measure.put(c, is_amount(column));
                    maker.end_row();
                }
            }
        }
        return maker.finish();
    }

    Comparison const& comparison_;
    AreaTable const& areas_;
    std::vector<std::string> area_words_;
    std::vector<std::string> names_;
    double weight_;
};

/// Every stretch of time in which a parameter differs, with what came of it.
Table parameters_table(Comparison const& comparison, ComparisonPlan const& plan) {
    TableMaker maker("parameters", comparison.replicates);
    maker.weight(plan.simulation.weight() / comparison.replicates);
    auto const reform = maker.words("reform", {});
    auto const key = maker.words("parameter", {});
    std::vector<std::size_t> texts;
    for (char const* const name :
         {"from", "to", "baseline", "reform_value", "baseline_source", "reform_source"}) {
        texts.push_back(maker.words(name, {}));
    }
    maker.are_months(texts[0]);
    maker.are_months(texts[1]);
    auto const reached = maker.weighted(maker.whole("people_reached"));
    auto const changed =
        maker.weighted(maker.number("people_changed_alone", Column::Kind::real, 0));
    for (std::size_t r = 0; r < plan.reforms.size(); ++r) {
        Reform const& of = plan.reforms[r];
        for (rules::RuleDifference const& d : of.differences) {
            maker.put_text(reform, of.name);
            maker.put_text(key, d.key);
            maker.put_text(texts[0], d.from == YearMonth::first() ? "" : d.from.text());
            maker.put_text(texts[1], d.to ? d.to->text() : "");
            maker.put_text(texts[2], d.first);
            maker.put_text(texts[3], d.second);
            maker.put_text(texts[4], d.first_source);
            maker.put_text(texts[5], d.second_source);
            maker.put_whole(reached,
                            comparison.reforms[r].people.reached[*law::rule_number(d.key)]);
            auto const alone = changed_alone(comparison, plan, r, d.key);
            maker.put_real(changed, alone ? static_cast<double>(*alone) : std::nan(""));
            maker.end_row();
        }
        for (InputDifference const& d : of.inputs) {
            maker.put_text(reform, of.name);
            maker.put_text(key, d.pointer);
            for (std::size_t const text : texts) {
                maker.put_text(text, text == texts[2] ? d.before : text == texts[3] ? d.after : "");
            }
            maker.put_whole(reached, 0);
            maker.put_real(changed, std::nan(""));
            maker.end_row();
        }
    }
    return maker.finish();
}

} // namespace

std::optional<std::int64_t> changed_alone(Comparison const& comparison,
                                          ComparisonPlan const& plan,
                                          std::size_t reform,
                                          std::string_view key) {
    if (keys_of(plan.reforms[reform].differences).size() == 1) {
        return comparison.reforms[reform].people.changed;
    }
    for (std::size_t i = 0; i < plan.parts.size(); ++i) {
        Part const& part = plan.parts[i];
        if (part.reform == reform && part.kind == Part::Kind::parameter && part.name == key) {
            return comparison.parts[i].changed;
        }
    }
    return std::nullopt;
}

std::vector<Table> tables_of(Comparison const& comparison, ComparisonPlan const& plan) {
    Tables tables(comparison, plan);
    std::vector<Table> all;
    all.push_back(tables.flows());
    all.push_back(tables.flow_totals());
    all.push_back(tables.locations());
    all.push_back(tables.areas());
    all.push_back(tables.area_totals());
    all.push_back(tables.changes());
    all.push_back(tables.transitions());
    all.push_back(tables.winners());
    all.push_back(parameters_table(comparison, plan));
    return all;
}

} // namespace pensim::reform

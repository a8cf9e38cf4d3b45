#include "sim/reform/comparison.hpp"

#include <algorithm>
#include <cmath>

#include "sim/engine/shards.hpp"

namespace pensim::reform {

namespace {

engine::PairedSetup paired_setup(ComparisonPlan const& plan) {
    // Rules that differ for all time: ages as of the month the delayed retirement began.
    constexpr YearMonth otherwise(2025, 1);
    engine::PairedSetup setup{.first = plan.baseline,
                              .default_areas = plan.simulation.tables.areas.default_count(),
                              .witnesses = plan.witnesses,
                              .shortcuts = plan.shortcuts};
    law::RuleBook const& book = plan.baseline.law.book;
    std::optional<YearMonth> reference;
    for (Reform const& reform : plan.reforms) {
        setup.variants.push_back({reform.setup, std::nullopt, true});
        if (reform.same_world) {
            setup.variants.back().differences.emplace(book, reform.setup.law.book);
        }
        if (auto const first = first_date(reform.differences)) {
            reference = reference ? std::min(*reference, *first) : first;
        }
    }
    for (Part const& part : plan.parts) {
        setup.variants.push_back(
            {part.setup, law::RuleDifferences(book, part.setup.law.book), false});
    }
    setup.reference = !reference || *reference == YearMonth::first() ? otherwise : *reference;
    return setup;
}

void expect_balance(engine::Tally& tally, std::string const& name) {
    if (auto const imbalance = engine::find_imbalance(tally)) {
        throw engine::BrokenLife(name + ": the books are out of balance: " + *imbalance);
    }
}

/// By MoneyTotal, in fen. Throws MoneyOverflow.
std::array<std::int64_t, std::tuple_size_v<MoneyTotals>> totals_of(SampleCells const& cells) {
    std::array<std::int64_t, std::tuple_size_v<MoneyTotals>> totals{};
    for (auto const& cell : cells.flow_totals) {
        if (FlowKey::unpacked(cell.key).from == all_areas) {
            engine::add_checked(totals[0], cell.values[1]);
            engine::add_checked(totals[0], cell.values[2]);
        }
    }
    for (auto const& cell : cells.area_totals) {
        if (report::AreaKey::unpacked(cell.key).area == all_areas) {
            for (auto const column :
                 {report::AreaColumn::benefits_account, report::AreaColumn::benefits_pool}) {
                engine::add_checked(totals[1], cell.values[static_cast<std::size_t>(column)]);
            }
        }
    }
    return totals;
}

/// The whole run and its samples, as they come in.
class Collector {
  public:
    explicit Collector(ComparisonPlan const& plan)
        : plan_(plan), setup_(paired_setup(plan)),
          run_(setup_), result_{.population = engine::PopulationTally(traits())} {
        result_.samples = 0;
        for (std::size_t i = 0; i < plan.reforms.size(); ++i) {
            result_.reforms.push_back({.people = engine::ChangeTally(traits(), plan.witnesses)});
        }
        for (std::size_t i = 0; i < plan.parts.size(); ++i) {
            result_.parts.emplace_back(traits(), plan.witnesses);
        }
    }

    Comparison run() {
        scenario::RunSpec const& spec = plan_.simulation.scenario.run;
        result_.replicates = spec.replicates;
        if (result_.one_replicate()) {
            whole_.emplace(setup_);
        }
        std::uint64_t const batches =
            whole_ ? std::min(report::batches_of_one_replicate, spec.persons) : 1;
        for (std::uint32_t replicate = 0; replicate < spec.replicates; ++replicate) {
            for (std::uint64_t batch = 0; batch < batches; ++batch) {
                std::uint64_t const first = spec.persons * batch / batches;
                auto paired =
                    run_.run(plan_.simulation.key(replicate),
                             {first, spec.persons * (batch + 1) / batches - first, plan_.shard},
                             plan_.progressed,
                             {tables(), [this](std::uint64_t table) { make_table(table); }});
                end_sample();
                begin_sample(std::move(paired));
            }
        }
        engine::for_each_shard(tables(), [this](std::uint64_t table) { make_table(table); });
        end_sample();
        if (whole_) {
            take_whole(*whole_);
        }
        return std::move(result_);
    }

  private:
    /// Of the lives that were run last. Its tables are made while the next ones run.
    struct Sample {
        engine::PairedTally paired;
        SampleCells before;
    };

    [[nodiscard]] engine::Traits traits() const { return {plan_.baseline.areas, setup_.reference}; }

    /// The books under a reform: the baseline's and the difference.
    static engine::Tally books_after(engine::PairedTally const& paired, std::size_t reform) {
        engine::Tally after = paired.first;
        after.merge(*paired.variants[reform].books);
        return after;
    }

    /// What several samples make together may be too large where each of them was not.
    template <class Work>
    static void add_up(Work const& work) {
        try {
            work();
        } catch (MoneyOverflow const&) {
            throw MoneyOverflow("a sum of the comparison",
                                "fewer replicates, fewer persons, or lower wages");
        }
    }

    void begin_sample(engine::PairedTally paired) {
        add_up([&] {
            ++result_.samples;
            result_.people += paired.first.people;
            result_.lives_run += paired.lives_run;
            result_.population.merge(paired.population);
            expect_balance(paired.first, "baseline");
            SampleCells before = table_cells(paired.first, plan_.terms);
            auto const totals = totals_of(before);
            for (std::size_t i = 0; i < totals.size(); ++i) {
                result_.totals_before[i].add(totals[i]);
            }
            sample_.emplace(Sample{std::move(paired), std::move(before)});
        });
    }

    /// The baseline's, and one for each reform.
    [[nodiscard]] std::uint64_t tables() const { return sample_ ? 1 + plan_.reforms.size() : 0; }
    void make_table(std::uint64_t table) {
        add_up([&] {
            if (table == 0) {
                result_.before.add(sample_->before);
            } else {
                take_reform(table - 1);
            }
        });
    }

    void take_reform(std::size_t i) {
        engine::PairedTally& paired = sample_->paired;
        SampleCells const& before = sample_->before;
        ReformResult& reform = result_.reforms[i];
        engine::Tally books = books_after(paired, i);
        expect_balance(books, plan_.reforms[i].name);
        SampleCells const after = table_cells(books, plan_.reforms[i].terms);
        reform.after.add(after);
        reform.difference.add(report::difference_of(after, before));
        auto const totals_before = totals_of(before);
        auto const totals_after = totals_of(after);
        for (std::size_t t = 0; t < totals_after.size(); ++t) {
            reform.totals_after[t].add(totals_after[t]);
            reform.totals_difference[t].add(totals_after[t] - totals_before[t]);
        }
        engine::ChangeTally& people = paired.variants[i].people;
        reform.changed.add(people.changed);
        reform.winners.add(people.impacts.front().winners);
        reform.losers.add(people.impacts.front().losers);
        for (std::size_t c = 0; c < engine::change_count; ++c) {
            reform.by_change[c].add(people.by_change[c]);
        }
        reform.people.merge(people);
    }

    /// Once its tables are made.
    void end_sample() {
        if (!sample_) {
            return;
        }
        add_up([&] {
            for (std::size_t i = 0; i < plan_.parts.size(); ++i) {
                result_.parts[i].merge(sample_->paired.variants[plan_.reforms.size() + i].people);
            }
        });
        if (whole_) {
            whole_->merge(sample_->paired);
        }
        sample_.reset();
    }

    [[nodiscard]] SampleCells table_cells(engine::Tally& tally,
                                          report::BooksTerms const& terms) const {
        SampleCells cells = report::cells_of(tally, terms);
        if (!plan_.yearly) {
            cells.flows.clear();
            cells.areas.clear();
        }
        return cells;
    }

    void take_whole(engine::PairedTally& paired) {
        result_.whole = table_cells(paired.first, plan_.terms);
        engine::for_each_shard(plan_.reforms.size(), [&](std::uint64_t i) {
            engine::Tally books = books_after(paired, i);
            ReformResult& reform = result_.reforms[i];
            reform.whole = table_cells(books, plan_.reforms[i].terms);
            reform.difference.list(report::difference_of(reform.whole, result_.whole));
        });
    }

    ComparisonPlan const& plan_;
    engine::PairedSetup setup_;
    engine::PairedRun run_;
    std::optional<Sample> sample_;
    std::optional<engine::PairedTally> whole_; ///< of one replicate
    Comparison result_;
};

} // namespace

Contrast Comparison::contrast_of(report::Moments const& of_baseline,
                                 report::Moments const& of_reform,
                                 report::Moments const& of_difference,
                                 std::int64_t exact_before,
                                 std::int64_t exact_after) const {
    report::Spread const b = of_baseline.over(samples);
    report::Spread const a = of_reform.over(samples);
    report::Spread const d = of_difference.over(samples);
    Contrast contrast;
    contrast.before = exact_before;
    contrast.after = exact_after;
    // Batches add up to their replicate; replicates are averaged.
    double const scale = one_replicate() ? samples : 1;
    contrast.mean_before = one_replicate() ? static_cast<double>(exact_before) : b.mean;
    contrast.mean_after = one_replicate() ? static_cast<double>(exact_after) : a.mean;
    contrast.difference = one_replicate()
                              ? static_cast<double>(static_cast<Wide>(exact_after) - exact_before)
                              : d.mean;
    double const half = (d.hi95 - d.mean) * scale;
    contrast.lo95 = contrast.difference - half;
    contrast.hi95 = contrast.difference + half;
    contrast.factor = std::sqrt(b.sd * b.sd + a.sd * a.sd) / d.sd;
    return contrast;
}

Contrast Comparison::total(ReformResult const& reform, MoneyTotal total) const {
    auto const i = static_cast<std::size_t>(total);
    // Flows and pensions of batches add up to those of their replicate.
    auto const exact = [&](report::Moments const& moments) {
        return one_replicate() ? moments.total() : 0;
    };
    return contrast_of(totals_before[i],
                       reform.totals_after[i],
                       reform.totals_difference[i],
                       exact(totals_before[i]),
                       exact(reform.totals_after[i]));
}

Contrast Comparison::count_of(report::Moments const& changed) const {
    report::Spread const spread = changed.over(samples);
    double const scale = one_replicate() ? samples : 1;
    double const mean = spread.mean * scale;
    double const half = (spread.hi95 - spread.mean) * scale;
    return {.mean_after = mean, .difference = mean, .lo95 = mean - half, .hi95 = mean + half};
}

Comparison compare(ComparisonPlan const& plan) {
    return Collector(plan).run();
}

} // namespace pensim::reform

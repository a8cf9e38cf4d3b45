#include "sim/report/run_scenario.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "sim/cases/fields.hpp"

namespace pensim::report {

namespace {

constexpr std::array<std::string_view, 8> figure_names{"flows.total",
                                                       "flows.account",
                                                       "flows.pooled",
                                                       "flows.people",
                                                       "flows.FROM.TO",
                                                       "gain.AREA",
                                                       "benefits.total",
                                                       "contributions.total"};

/// "flows.GD.HN" -> GD, HN.
std::vector<std::string_view> parts_of(std::string_view name) {
    std::vector<std::string_view> parts;
    while (true) {
        auto const dot = name.find('.');
        parts.push_back(name.substr(0, dot));
        if (dot == std::string_view::npos) {
            return parts;
        }
        name.remove_prefix(dot + 1);
    }
}

} // namespace

Result<Figure> Figure::parse(std::string_view name, AreaTable const& areas) {
    Figure figure;
    auto const known = std::find(figure_names.begin(), figure_names.end(), name);
    auto const parts = parts_of(name);
    if (known != figure_names.end() && name != "flows.FROM.TO" && name != "gain.AREA") {
        constexpr std::array kinds{Kind::total,
                                   Kind::account,
                                   Kind::pooled,
                                   Kind::people,
                                   Kind::pair,
                                   Kind::gain,
                                   Kind::benefits,
                                   Kind::paid_in};
        figure.kind_ = kinds[static_cast<std::size_t>(known - figure_names.begin())];
        return figure;
    }
    bool const pair = parts.size() == 3 && parts[0] == "flows";
    bool const gain = parts.size() == 2 && parts[0] == "gain";
    if (!pair && !gain) {
        return tl::make_unexpected(
            Problems{{"--until", input::unknown("figure", name, figure_names)}});
    }
    Problems problems;
    auto const area = [&](std::string_view id) {
        return cases::decode_area(id,
                                  areas,
                                  [&](std::string what) {
                                      problems.push_back({"--until", std::move(what)});
                                  })
            .value_or(AreaId{});
    };
    figure.kind_ = pair ? Kind::pair : Kind::gain;
    figure.from_ = area(parts[1]);
    figure.to_ = pair ? area(parts[2]) : figure.from_;
    if (!problems.empty()) {
        return tl::make_unexpected(std::move(problems));
    }
    return figure;
}

std::int64_t Figure::of(engine::Tally& tally, scenario::Horizon horizon) const {
    Fen sum;
    auto const inside = [&](int year) { return horizon.first <= year && year <= horizon.last; };
    if (kind_ == Kind::benefits || kind_ == Kind::paid_in || kind_ == Kind::gain) {
        for (int year = horizon.first; year <= horizon.last; ++year) {
            for (std::size_t i = 0; i < tally.ledger.areas(); ++i) {
                auto const area = static_cast<AreaId>(i);
                AreaYear const& books = tally.ledger.at(year, area);
                if (kind_ == Kind::benefits) {
                    sum += books.pensions_from_accounts + books.pensions_from_pool;
                } else if (kind_ == Kind::paid_in) {
                    sum += books.paid_to_accounts + books.paid_to_pool;
                } else if (area == from_) {
                    sum += books.by_elsewhere - books.for_elsewhere;
                }
            }
        }
    }
    for (auto const& cell : tally.flows.cells()) {
        FlowKey const key = FlowKey::unpacked(cell.key);
        if (!inside(key.year)) {
            continue;
        }
        Fen const account(cell.values[1]);
        Fen const pooled(cell.values[2]);
        bool const pair = key.from == from_ && key.to == to_;
        sum += kind_ == Kind::total                       ? account + pooled
               : kind_ == Kind::account                   ? account
               : kind_ == Kind::pooled                    ? pooled
               : kind_ == Kind::people                    ? Fen(cell.values[0])
               : kind_ == Kind::pair && pair              ? account + pooled
               : kind_ == Kind::gain && key.to == from_   ? pooled
               : kind_ == Kind::gain && key.from == from_ ? Fen{} - pooled
                                                          : Fen{};
    }
    return sum.count();
}

Result<Precision> parse_precision(std::string_view text, AreaTable const& areas) {
    auto const colon = text.find(':');
    std::string_view const number = colon == std::string_view::npos ? "" : text.substr(colon + 1);
    double percent = 0;
    auto const [end, fault] =
        std::from_chars(number.data(), number.data() + number.size(), percent);
    bool const is_percent = fault == std::errc() && end + 1 == number.data() + number.size()
                            && *end == '%' && percent > 0 && percent <= 100;
    if (!is_percent) {
        return tl::make_unexpected(
            Problems{{"--until",
                      fmt::format("{}: expected a figure and a precision, such as flows.total:1%",
                                  input::in_quotes(text))}});
    }
    return Figure::parse(text.substr(0, colon), areas).map([&](Figure const& figure) {
        return Precision{figure, percent / 100};
    });
}

namespace {

class ScenarioRun {
  public:
    ScenarioRun(scenario::Simulation const& simulation, RunOptions const& options)
        : simulation_(simulation), options_(options), outcome_{RunResults(terms_of(simulation))} {}

    RunOutcome run() {
        scenario::RunSpec const& spec = simulation_.scenario.run;
        if (spec.replicates == 1) {
            in_batches();
            outcome_.reached = !options_.until; // one replicate has no precision of a mean
            return std::move(outcome_);
        }
        PENSIM_EXPECT(options_.suppress_below == 0);
        for (std::uint32_t replicate = 0; replicate < spec.replicates; ++replicate) {
            engine::Tally tally = people(replicate, 0, spec.persons);
            expect_balance(tally);
            outcome_.results.add(tally);
            if (options_.until && is_precise(tally, replicate + 1)) {
                break;
            }
        }
        return std::move(outcome_);
    }

  private:
    /// Batches add up to the replicate, and leave the error of its totals.
    void in_batches() {
        std::uint64_t const persons = simulation_.scenario.run.persons;
        std::uint64_t const batches = std::min(batches_of_one_replicate, persons);
        std::optional<engine::Tally> whole;
        for (std::uint64_t batch = 0; batch < batches; ++batch) {
            std::uint64_t const first = persons * batch / batches;
            engine::Tally tally = people(0, first, persons * (batch + 1) / batches - first);
            if (options_.suppress_below == 0) { // an error tells of everybody, hidden or not
                outcome_.results.add_batch(tally);
            }
            if (whole) {
                whole->merge(tally);
            } else {
                whole.emplace(std::move(tally));
            }
        }
        expect_balance(*whole);
        if (options_.suppress_below > 0) {
            outcome_.results.hide(engine::hide_small_numbers(*whole, options_.suppress_below));
        }
        outcome_.results.add(*whole);
    }

    engine::Tally people(std::uint32_t replicate, std::uint64_t first, std::uint64_t persons) {
        constexpr std::uint64_t shards_at_least = 32; // so that threads end together
        std::uint64_t const shard = std::clamp<std::uint64_t>(
            persons / shards_at_least, std::min<std::uint64_t>(64, options_.shard), options_.shard);
        if (options_.people) {
            return options_.people({replicate, first, persons}, shard, options_.rows);
        }
        return engine::run_people(simulation_.setup(),
                                  simulation_.key(replicate),
                                  {first, persons, shard},
                                  options_.progressed,
                                  options_.rows ? options_.rows(replicate) : nullptr);
    }

    static void expect_balance(engine::Tally& tally) {
        if (auto const imbalance = engine::find_imbalance(tally)) {
            throw engine::BrokenLife("the books are out of balance: " + *imbalance);
        }
    }

    bool is_precise(engine::Tally& tally, std::uint32_t replicates) {
        constexpr std::uint32_t fewest = 5; // before a precision is believed
        Precision const& until = *options_.until;
        figure_.add(until.figure.of(tally, simulation_.scenario.horizon));
        Spread const spread = figure_.over(replicates);
        outcome_.reached = replicates >= fewest
                           && spread.hi95 - spread.mean <= until.share * std::abs(spread.mean);
        if (options_.agree) {
            outcome_.reached = options_.agree(outcome_.reached);
        }
        return outcome_.reached;
    }

    scenario::Simulation const& simulation_;
    RunOptions const& options_;
    RunOutcome outcome_;
    Moments figure_;
};

} // namespace

RunOutcome run_scenario(scenario::Simulation const& simulation, RunOptions const& options) {
    return ScenarioRun(simulation, options).run();
}

} // namespace pensim::report

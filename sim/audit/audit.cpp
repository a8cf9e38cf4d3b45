#include "sim/audit/audit.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <mutex>
#include <set>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/audit/search.hpp"
#include "sim/engine/shards.hpp"

namespace pensim::audit {

Severity severity_of(FindingKind kind) {
    switch (kind) {
    case FindingKind::gap:
    case FindingKind::open_tie:
        return Severity::fault;
    case FindingKind::dead_criterion:
    case FindingKind::instability:
        return Severity::warning;
    case FindingKind::longer_loses:
    case FindingKind::cliff:
    case FindingKind::gaming:
        return Severity::observation;
    case FindingKind::known_tie:
        break;
    }
    return Severity::note;
}

std::size_t Audit::count(FindingKind kind) const {
    return static_cast<std::size_t>(
        std::count_if(findings.begin(), findings.end(), [&](Finding const& finding) {
            return finding.what.kind == kind;
        }));
}

namespace {

/// One setting in one regime: what a thread takes at a time.
struct Task {
    std::size_t regime = 0;
    Setting setting;
    Limits limits;
    SettingFindings found;
};

/// A class as it shows itself for one person in one regime.
struct Shown {
    Show show;
    Task const* task = nullptr; ///< of the witness
};

/// Where a class shows itself: by person, then regime.
using Scopes = std::map<law::Person, std::map<std::size_t, Shown>>;

class Auditor {
  public:
    Auditor(law::RuleBook const& book, data::Tables const& tables, AuditPlan const& plan)
        : book_(book), money_(book), tables_(tables), plan_(plan),
          regimes_(regimes_of(book, plan.months.from, plan.months.to)) {}

    Audit run() {
        prepare();
        search_all();
        collect();
        Audit audit{book_.id, book_.title_en, book_.title_zh, plan_.spells};
        for (law::Person const person : persons_to_try(book_)) {
            audit.persons.push_back(represented(book_, person));
        }
        audit.coverage = coverage();
        for (auto const& [what, scopes] : classes_) {
            if (what.kind != FindingKind::dead_criterion) {
                add_findings(audit, what, scopes);
            }
        }
        add_dead_criteria(audit);
        put_in_order(audit);
        return audit;
    }

  private:
    [[nodiscard]] law::LawContext context() const { return {book_, money_, tables_.wages}; }

    void prepare() {
        for (std::size_t regime = 0; regime < regimes_.size(); ++regime) {
            for (Setting& setting : settings_of(book_, tables_, regimes_[regime])) {
                YearMonth const counting = setting.counting;
                Limits const limits{book_.place.min_months.at(counting),
                                    law::required_months(book_, counting, counting),
                                    book_.place.compare_unit.at(counting)
                                        == law::CompareUnit::year};
                tasks_.push_back({regime, std::move(setting), limits, {}});
            }
        }
    }

    void search_all() {
        std::mutex guard;
        std::size_t done = 0;
        std::uint64_t examined = 0;
        if (plan_.progress) {
            plan_.progress(done, tasks_.size(), examined);
        }
        engine::for_each_shard(tasks_.size(), [&](std::uint64_t i) {
            Task& task = tasks_[i];
            task.found = search(context(), task.setting, task.limits, plan_.spells);
            std::lock_guard const lock(guard);
            ++done;
            examined += task.found.examined;
            if (plan_.progress) {
                plan_.progress(done, tasks_.size(), examined);
            }
        });
    }

    /// In the order of the tasks, whichever thread was first.
    void collect() {
        for (Task const& task : tasks_) {
            decided_[{task.regime, order_of(task.setting.person)}] |= task.found.decided;
            for (auto const& [what, show] : task.found.shows) {
                auto const [at, first] = classes_[what][task.setting.person].try_emplace(
                    task.regime, Shown{show, &task});
                if (!first) {
                    Rank const before = at->second.show.rank;
                    at->second.show.merge(show);
                    if (show.rank < before) {
                        at->second.task = &task;
                    }
                }
            }
        }
    }

    /// Whose order of criteria holds: place.order.hmt, .foreign or .mainland.
    [[nodiscard]] static Group order_of(law::Person person) {
        switch (person) {
        case law::Person::mainland:
            return Group::mainland;
        case law::Person::foreign_temporary:
        case law::Person::foreign_permanent:
            return Group::foreign;
        default:
            return Group::hong_kong;
        }
    }

    [[nodiscard]] std::vector<RegimeCoverage> coverage() const {
        std::vector<RegimeCoverage> all;
        for (Regime const& regime : regimes_) {
            all.push_back({regime});
        }
        for (Task const& task : tasks_) {
            RegimeCoverage& own = all[task.regime];
            own.limits = task.limits;
            own.months = months_to_try(task.limits);
            YearMonth const counting = task.setting.counting;
            if (std::find(own.counting.begin(), own.counting.end(), counting)
                == own.counting.end()) {
                own.counting.push_back(counting);
            }
            own.place_pays = book_.pension.paid_by.at(counting) == law::PaidBy::place;
            own.careers += task.found.careers;
            own.too_long += task.found.too_long;
            own.paid_on += task.found.paid_on;
            own.examined += task.found.examined;
        }
        return all;
    }

    // ---- findings ----

    /// What people must share to be told of in one sentence: the regimes; of a gain its size too.
    using Company = std::vector<std::tuple<std::size_t, int, std::int64_t>>;

    void add_findings(Audit& audit, FindingClass const& what, Scopes const& scopes) {
        bool const gaming = what.kind == FindingKind::gaming;
        std::map<Company, Scopes> companies;
        for (auto const& [person, regimes] : scopes) {
            Company together;
            for (auto const& [regime, shown] : regimes) {
                if (gaming) { // each regime by itself: wages and so gains differ
                    auto const gain = shown.show.gain->count();
                    companies[{{regime, shown.show.months, gain}}][person][regime] = shown;
                } else {
                    together.emplace_back(regime, 0, 0);
                }
            }
            if (!gaming) {
                companies[together][person] = regimes;
            }
        }
        for (auto const& company : companies) {
            audit.findings.push_back(finding_of(what, company.second));
        }
    }

    [[nodiscard]] Finding finding_of(FindingClass const& what, Scopes const& scopes) {
        Finding finding;
        finding.what = what;
        std::set<std::size_t> regimes;
        std::optional<Shown> all;
        for (auto const& [person, by_regime] : scopes) {
            auto const persons = represented(book_, person);
            finding.persons.insert(finding.persons.end(), persons.begin(), persons.end());
            for (auto const& [regime, shown] : by_regime) {
                regimes.insert(regime);
                if (!all) {
                    all = shown;
                    continue;
                }
                bool const better = shown.show.rank < all->show.rank;
                all->show.merge(shown.show);
                all->task = better ? shown.task : all->task;
            }
        }
        for (std::size_t const regime : regimes) {
            finding.regimes.push_back(regimes_[regime]);
        }
        if (all) {
            fill(finding, *all);
        }
        return finding;
    }

    void fill(Finding& finding, Shown const& shown) {
        Show const& show = shown.show;
        finding.careers = show.careers;
        finding.months = show.months;
        finding.gain = show.gain;
        finding.least = show.least;
        finding.most = show.most;
        finding.witness = witness_of(shown.task->setting, show.career);
        if (show.changed) {
            finding.changed = witness_of(shown.task->setting, *show.changed);
        }
    }

    [[nodiscard]] Witness witness_of(Setting const& setting, Career const& career) const {
        Examiner examiner(context(), setting);
        Verdict verdict;
        examiner.examine(career, verdict);
        Witness witness{examiner.life_of(career),
                        setting.counting,
                        verdict.place,
                        verdict.relation,
                        {},
                        verdict.months,
                        verdict.required,
                        verdict.pension};
        for (law::Standing const& standing : verdict.standings) {
            if (standing.temporary) {
                witness.temporary.push_back(standing.area);
            }
        }
        return witness;
    }

    /// Criteria of an order that decided nothing in a regime; regimes alike go together.
    void add_dead_criteria(Audit& audit) {
        std::map<std::pair<Group, law::Criterion>, std::vector<std::size_t>> dead;
        for (auto const& [scope, decided] : decided_) {
            auto const& [regime, group] = scope;
            for (law::Criterion const criterion :
                 book_.place.order(group).at(regimes_[regime].to)) {
                if ((decided & bit_of(criterion)) == 0) {
                    dead[{group, criterion}].push_back(regime);
                }
            }
        }
        for (auto const& [scope, regimes] : dead) {
            audit.findings.push_back(dead_criterion(scope.first, scope.second, regimes));
        }
    }

    [[nodiscard]] Finding
    dead_criterion(Group group, law::Criterion criterion, std::vector<std::size_t> const& regimes) {
        Finding finding;
        std::optional<Shown> best;
        for (auto const& [what, scopes] : classes_) {
            if (what.kind != FindingKind::dead_criterion || what.dead != criterion) {
                continue;
            }
            for (auto const& [person, by_regime] : scopes) {
                for (auto const& [regime, shown] : by_regime) {
                    bool const here = order_of(person) == group
                                      && std::count(regimes.begin(), regimes.end(), regime) > 0;
                    if (here && (!best || shown.show.rank < best->show.rank)) {
                        best = shown;
                        finding.what = what;
                    }
                }
            }
        }
        if (best) {
            fill(finding, *best);
        }
        finding.what.kind = FindingKind::dead_criterion;
        finding.what.dead = criterion;
        finding.careers = 0;
        for (law::Person const person : persons_to_try(book_)) {
            if (order_of(person) == group) {
                auto const persons = represented(book_, person);
                finding.persons.insert(finding.persons.end(), persons.begin(), persons.end());
            }
        }
        for (std::size_t const regime : regimes) {
            finding.regimes.push_back(regimes_[regime]);
        }
        return finding;
    }

    static std::string_view name_of(FindingKind kind) {
        constexpr std::array<std::string_view, 8> names{
            "gap", "tie", "dead", "unstable", "longer", "cliff", "stay", "known-tie"};
        return names[static_cast<std::size_t>(kind)];
    }

    /// The gravest first; of a kind those that most people's careers show.
    static void put_in_order(Audit& audit) {
        std::stable_sort(
            audit.findings.begin(), audit.findings.end(), [](Finding const& a, Finding const& b) {
                return std::make_tuple(severity_of(a.what.kind), a.what.kind)
                       < std::make_tuple(severity_of(b.what.kind), b.what.kind);
            });
        std::map<FindingKind, int> numbers;
        for (Finding& finding : audit.findings) {
            finding.id =
                fmt::format("{}-{}", name_of(finding.what.kind), ++numbers[finding.what.kind]);
        }
    }

    law::RuleBook const& book_;
    law::MoneyCalendar money_;
    data::Tables const& tables_;
    AuditPlan const& plan_;
    std::vector<Regime> regimes_;
    std::vector<Task> tasks_;
    std::map<FindingClass, Scopes> classes_;
    std::map<std::pair<std::size_t, Group>, unsigned> decided_;
};

} // namespace

Audit audit_rules(law::RuleBook const& book, data::Tables const& tables, AuditPlan const& plan) {
    return Auditor(book, tables, plan).run();
}

} // namespace pensim::audit

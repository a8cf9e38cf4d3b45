// What a scenario says of its people, key for key: the processes of a simulated life and their
// parameters. Shares are 0 to 1; a rate "per year" is a hazard; every block names its source, and
// an assumption says so there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/record/life.hpp"

namespace pensim::world {

/// A density by straight lines between points (x, height); nothing outside.
struct Density {
    std::vector<std::pair<double, double>> points; ///< x rising
};

/// Where people live or begin: weights by area, given, or taken from a table.
struct Places {
    std::vector<double> weights; ///< by area; sum above 0
    std::string table;           ///< "residents", "population", "insured", "country"; or empty
    std::string source;
    [[nodiscard]] bool given() const { return !weights.empty() || !table.empty(); }
};

struct EntrySpec {
    Density years; ///< calendar years in which people begin to pay
    Density ages;  ///< years of age at which they do
    std::string source;
};

struct HomeSpec {     ///< mainland: the hukou area
    Places at;        ///< empty weights: the first area
    double stays = 1; ///< share that begins to work there; the others begin where moves lead
    std::string source;
};

/// Rogers & Castro (1981): a1 exp(-alpha1 x) + a2 exp(-alpha2 (x - mu2) - exp(-lambda2 (x - mu2)))
/// + c, here only its shape: the mean over the ages 20 to 59 is made 1.
struct AgeProfile {
    double a1 = 0;
    double alpha1 = 0;
    double a2 = 0;
    double alpha2 = 0;
    double mu2 = 0;
    double lambda2 = 0;
    double c = 1;
};

struct MovingSpec {
    enum class Model : std::uint8_t {
        none,    ///< nobody moves
        flows,   ///< a generator fitted to a five-year matrix of the census
        places,  ///< at one rate everywhere, to areas by the weights of where people begin
        gravity, ///< a fictitious country's own
    };
    Model model = Model::none;
    std::string period; ///< flows: the matrix
    std::optional<std::string>
        margins;         ///< flows: a newer matrix whose row and column sums it is fitted to
    double scale = 1;    ///< flows, gravity: times the rates
    double per_year = 0; ///< places: the rate
    AgeProfile age;
    double return_home_per_year = 0; ///< away from home only
    double leaves_money = 0;         ///< share of moves after which the money waits in the old area
    std::string source;
};

struct PayingSpec {
    double self_employed = 0; ///< share of spells
    double flexible = 0;      ///< share of spells
    double gap_per_year = 0;
    double gap_months = 0; ///< mean
    std::string source;
};

struct WageSpec {
    double level = 1;                            ///< mean wage over the area's average wage
    double flexible_level = 1;                   ///< times this for those who pay alone
    double person_sigma = 0;                     ///< of the logarithm; for life
    double spell_sigma = 0;                      ///< of the logarithm; drawn anew with each spell
    std::vector<std::pair<double, double>> ages; ///< age, factor; straight lines between
    std::string source;
};

struct LeavingSpec {
    double per_year = 0;
    double ends_relation = 0; ///< share of departures
    double comes_back = 0;    ///< share of departures
    double away_months = 0;   ///< mean, of those who come back
    std::string source;
};

struct ExemptSpec {
    double share = 0; ///< of people who begin when an exemption is lawful
    int months = 0;   ///< from the start; no longer than the law allows
    std::string source;
};

struct ClaimSpec {
    double early = 0; ///< share that asks as early as the law allows, if the months suffice
    double late = 0;  ///< share that goes on to the last month the law allows
    std::string source;
};

/// What somebody does who is short of months at T; the rest waits.
struct ShortSpec {
    double extends = 0;
    double lump_sum = 0; ///< five years of extension, then the rest at once, where the law allows
    double resident_scheme = 0;
    double ends_relation = 0;
    std::string source;
    /// Whatever they do: share that would continue where they paid last, if the rules leave the
    /// choice (A16).
    double elects_last_area = 0;
};

struct MortalitySpec {
    std::string table; ///< of mortality.csv
    double scale = 1;  ///< times the death rates
    std::string source;
};

struct GroupSpec {
    std::string name;
    Group group = Group::mainland;
    double share = 0; ///< of all people
    double male = 0.5;
    double management = 0; ///< share of women in management or technical posts
    std::vector<std::pair<CountryCode, double>> nationalities; ///< foreign only; weights
    double permanent_resident = 0;                             ///< foreign only
    EntrySpec entry;
    Places first_area;
    HomeSpec home;
    MovingSpec moving;
    PayingSpec paying;
    WageSpec wage;
    LeavingSpec leaving;
    ExemptSpec exempt;
    ClaimSpec claim;
    ShortSpec when_short;
    MortalitySpec mortality;
    std::string source;
};

} // namespace pensim::world

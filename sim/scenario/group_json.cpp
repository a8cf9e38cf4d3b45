#include "sim/scenario/group_json.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/law/words.hpp"
#include "sim/cases/fields.hpp"
#include "sim/input/suggestion.hpp"
#include "sim/scenario/fields.hpp"
#include "sim/world/survival.hpp"

namespace pensim::scenario {

namespace {

using input::in_quotes;
using input::JsonValue;
using input::ObjectReader;
using input::Place;
using Type = JsonValue::Type;

/// A block of a group: an object that names its source.
class Block {
  public:
    Block(JsonValue const& json, Place const& place)
        : reader_(json, place.pointer, *place.problems) {}
    Block(Block const&) = delete;
    Block& operator=(Block const&) = delete;
    ~Block() = default;

    template <class T>
    Block& required(std::string_view key, NumberReader const& read, T& target) {
        take(reader_.required(key, read), target);
        return *this;
    }
    template <class T>
    Block& optional(std::string_view key, NumberReader const& read, T& target) {
        take(reader_.optional(key, read), target);
        return *this;
    }
    /// Shares of one whole, of which something may be left over.
    Block& no_more_than_one(std::initializer_list<double> shares) {
        double sum = 0;
        for (double const share : shares) {
            sum += share;
        }
        if (sum > 1 + 1e-9) {
            reader_.place("").problems->push_back(
                {reader_.pointer(), fmt::format("shares add up to {:.6g}, more than 1", sum)});
        }
        return *this;
    }
    ObjectReader& reader() { return reader_; }
    void finish(std::string& source) {
        take(reader_.required("source", read_source), source);
        reader_.finish();
    }

  private:
    ObjectReader reader_;
};

/// Reads one of a few words.
struct WordReader {
    std::string_view what;
    std::span<std::string_view const> known;
    std::optional<std::string> operator()(JsonValue const& json, Place const& place) const;
};

std::optional<std::string> WordReader::operator()(JsonValue const& json, Place const& place) const {
    auto text = input::read_text(json, place);
    if (text && std::find(known.begin(), known.end(), *text) == known.end()) {
        place.fault(input::unknown(what, *text, known));
        return std::nullopt;
    }
    return text;
}

std::vector<double>
read_area_shares(JsonValue const& json, Place const& place, AreaTable const* areas) {
    std::vector<double> weights(areas == nullptr ? 0 : areas->size());
    if (!expect(json, Type::object, place)) {
        return weights;
    }
    double sum = 0;
    bool good = true;
    for (auto const& [key, value] : json.members) {
        Place const at{input::child(place.pointer, key), place.problems};
        auto const share = read_share(value, at);
        good = good && share;
        sum += share.value_or(0);
        if (areas != nullptr) {
            auto const area = cases::decode_area(
                key, *areas, [&](std::string what) { at.fault(std::move(what)); });
            good = good && area;
            if (area && share) {
                weights[row(*area)] = *share;
            }
        }
    }
    if (good) {
        add_up(sum, place);
    }
    return weights;
}

/// Is there a month, its middle taken, in which the line is above zero?
bool fills_a_month(Points const& points) {
    constexpr double least = 1e-6;
    std::size_t next = 1;
    for (double month = std::floor(points.front().first * 12);; ++month) {
        double const x = (month + 0.5) / 12;
        while (next < points.size() && points[next].first < x) {
            ++next;
        }
        if (next == points.size()) {
            return false;
        }
        auto const& [x0, y0] = points[next - 1];
        auto const& [x1, y1] = points[next];
        if (x >= x0 && y0 + (y1 - y0) * (x - x0) / (x1 - x0) >= least) {
            return true;
        }
    }
}

world::EntrySpec read_entry(JsonValue const& json, Place const& place) {
    world::EntrySpec spec;
    Block block(json, place);
    auto const density = [&](std::string_view key, PointsReader const& read, Points& target) {
        auto points = block.reader().required(key, read);
        if (points && !fills_a_month(*points)) {
            block.reader().place(key).fault("expected a height above a millionth in some month");
        }
        take(std::move(points), target);
    };
    density("years", {1950, 2100, "a year from 1950 to 2100"}, spec.years.points);
    density("ages", {16, 70, "an age from 16 to 70"}, spec.ages.points);
    if (!spec.years.points.empty() && !spec.ages.points.empty()) {
        double const born = spec.years.points.front().first - spec.ages.points.back().first;
        double const dead = spec.years.points.back().first - spec.ages.points.front().first
                            + world::Survival::age_max;
        if (born < YearMonth::first_year || dead > YearMonth::last_year) {
            place.fault(fmt::format("lives may last from {:.0f} to {:.0f}; the calendar goes from "
                                    "{} to {}",
                                    std::floor(born),
                                    std::ceil(dead),
                                    YearMonth::first_year,
                                    YearMonth::last_year));
        }
    }
    block.finish(spec.source);
    return spec;
}

/// Heights at all ages, over their mean: none may be without measure.
bool is_tame(world::AgeProfile const& p) {
    double highest = 0;
    double sum = 0;
    for (int age = 0; age <= 120; ++age) {
        double const x = age - p.mu2;
        double const height = p.a1 * std::exp(-p.alpha1 * age)
                              + p.a2 * std::exp(-p.alpha2 * x - std::exp(-p.lambda2 * x)) + p.c;
        if (!std::isfinite(height)) {
            return false;
        }
        highest = std::max(highest, height);
        sum += age >= 20 && age < 60 ? height : 0;
    }
    constexpr double steepest = 1000;
    return sum > 1e-9 && highest <= steepest * sum / 40;
}

world::AgeProfile read_age_profile(JsonValue const& json, Place const& place) {
    world::AgeProfile p;
    std::string source;
    NumberReader const any{-100, 100, "a number from -100 to 100"};
    std::size_t const faults = place.problems->size();
    Block block(json, place);
    block.required("a1", read_factor, p.a1)
        .required("alpha1", any, p.alpha1)
        .required("a2", read_factor, p.a2)
        .required("alpha2", any, p.alpha2)
        .required("mu2", any, p.mu2)
        .required("lambda2", any, p.lambda2)
        .required("c", read_factor, p.c);
    block.finish(source);
    if (place.problems->size() == faults && !is_tame(p)) {
        place.fault("expected a profile above zero from 20 to 59, and nowhere above a thousand "
                    "times its mean there");
    }
    return p;
}

world::MovingSpec
read_moving(JsonValue const& json, Place const& place, GroupContext const& context) {
    using Model = world::MovingSpec::Model;
    constexpr std::array<std::string_view, 4> models{"none", "flows", "places", "gravity"};
    world::MovingSpec spec;
    Block block(json, place);
    ObjectReader& reader = block.reader();
    auto const model = reader.required("model", WordReader{"model", models});
    if (model) {
        auto const found = std::find(models.begin(), models.end(), *model);
        spec.model = static_cast<Model>(found - models.begin());
    }
    take(reader.optional("period", input::read_text), spec.period);
    spec.margins = reader.optional("margins", input::read_text);
    block.optional("scale", read_factor, spec.scale)
        .optional("per_year", read_rate, spec.per_year)
        .optional("return_home_per_year", read_rate, spec.return_home_per_year)
        .optional("leaves_money", read_share, spec.leaves_money);
    if (auto const* const age = reader.find("age_profile")) {
        spec.age = read_age_profile(*age, reader.place("age_profile"));
    }
    if (spec.model == Model::flows && spec.period.empty()) {
        place.fault(R"(model "flows" needs "period", such as "2015-2020")");
    }
    if (spec.model == Model::places && reader.find("per_year") == nullptr) {
        place.fault(R"(model "places" needs "per_year", the rate of moves)");
    }
    if (spec.model == Model::flows && context.own_country) {
        reader.place("model").fault(
            R"("flows" are those of the provinces; a country of one's own takes "gravity")");
    }
    if (spec.model == Model::gravity && !context.own_country) {
        reader.place("model").fault(R"("gravity" is for a fictitious country; expected "flows")");
    }
    block.finish(spec.source);
    return spec;
}

world::PayingSpec read_paying(JsonValue const& json, Place const& place) {
    world::PayingSpec spec;
    Block block(json, place);
    block.optional("self_employed", read_share, spec.self_employed)
        .optional("flexible", read_share, spec.flexible)
        .optional("gap_per_year", read_rate, spec.gap_per_year)
        .optional("gap_months", read_months, spec.gap_months)
        .no_more_than_one({spec.self_employed, spec.flexible});
    if (spec.gap_per_year > 0 && spec.gap_months <= 0) {
        place.fault(R"("gap_per_year" needs "gap_months", the mean length of a gap)");
    }
    block.finish(spec.source);
    return spec;
}

world::WageSpec read_wage(JsonValue const& json, Place const& place) {
    world::WageSpec spec;
    NumberReader const sigma{0, 1.5, "a standard deviation of the logarithm from 0 to 1.5"};
    NumberReader const level{0, 10, "a factor from 0 to 10"};
    Block block(json, place);
    block.optional("level", level, spec.level)
        .optional("flexible_level", level, spec.flexible_level)
        .optional("person_sigma", sigma, spec.person_sigma)
        .optional("spell_sigma", sigma, spec.spell_sigma);
    take(block.reader().optional("ages", PointsReader{0, 120, "an age from 0 to 120", 10}),
         spec.ages);
    block.finish(spec.source);
    return spec;
}

world::LeavingSpec read_leaving(JsonValue const& json, Place const& place) {
    world::LeavingSpec spec;
    Block block(json, place);
    block.required("per_year", read_rate, spec.per_year)
        .optional("ends_relation", read_share, spec.ends_relation)
        .optional("comes_back", read_share, spec.comes_back)
        .optional("away_months", read_months, spec.away_months);
    if (spec.comes_back > 0 && spec.away_months <= 0) {
        place.fault(R"("comes_back" needs "away_months", the mean time away)");
    }
    block.finish(spec.source);
    return spec;
}

world::ExemptSpec read_exempt(JsonValue const& json, Place const& place) {
    world::ExemptSpec spec;
    Block block(json, place);
    block.required("share", read_share, spec.share);
    take(block.reader().required("months", WholeReader{1, 600}), spec.months);
    block.finish(spec.source);
    return spec;
}

world::ClaimSpec read_claim(JsonValue const& json, Place const& place) {
    world::ClaimSpec spec;
    Block block(json, place);
    block.optional("early", read_share, spec.early)
        .optional("late", read_share, spec.late)
        .no_more_than_one({spec.early, spec.late});
    block.finish(spec.source);
    return spec;
}

world::ShortSpec read_when_short(JsonValue const& json, Place const& place) {
    world::ShortSpec spec;
    Block block(json, place);
    block.optional("extends", read_share, spec.extends)
        .optional("lump_sum", read_share, spec.lump_sum)
        .optional("resident_scheme", read_share, spec.resident_scheme)
        .optional("ends_relation", read_share, spec.ends_relation)
        .no_more_than_one({spec.extends, spec.lump_sum, spec.resident_scheme, spec.ends_relation});
    block.optional("elects_last_area", read_share, spec.elects_last_area);
    block.finish(spec.source);
    return spec;
}

world::MortalitySpec read_mortality(JsonValue const& json, Place const& place) {
    world::MortalitySpec spec;
    Block block(json, place);
    take(block.reader().required("table", input::read_text), spec.table);
    block.optional("scale", read_factor, spec.scale);
    block.finish(spec.source);
    return spec;
}

world::HomeSpec read_home(JsonValue const& json, Place const& place, GroupContext const& context) {
    world::HomeSpec spec;
    Block block(json, place);
    take(block.reader().required("at",
                                 [&](JsonValue const& value, Place const& at) {
                                     return read_places(value, at, context);
                                 }),
         spec.at);
    block.optional("stays", read_share, spec.stays);
    block.finish(spec.source);
    return spec;
}

void read_nationalities(JsonValue const& json,
                        Place const& place,
                        GroupContext const& context,
                        world::GroupSpec& spec) {
    if (!expect(json, Type::object, place)) {
        return;
    }
    NumberReader const weight{1e-9, 1e12, "a weight above 0"};
    for (auto const& [key, value] : json.members) {
        Place const at{input::child(place.pointer, key), place.problems};
        auto const code = cases::decode_country(
            key, context.tables, [&](std::string what) { at.fault(std::move(what)); });
        auto const share = weight(value, at);
        if (code && share) {
            spec.nationalities.emplace_back(*code, *share);
        }
    }
    if (json.members.empty()) {
        place.fault(R"(expected weights by country, such as {"KOR": 1})");
    }
}

/// What people of its kind have, and others have not.
void check_group(world::GroupSpec const& spec, JsonValue const& json, Place const& place) {
    auto const has = [&](std::string_view key) { return json.find(key) != nullptr; };
    bool const foreign = spec.group == Group::foreign;
    if (foreign != has("nationalities")) {
        place.fault(foreign
                        ? R"("nationalities" is missing: weights by country, such as {"KOR": 1})"
                        : R"("nationalities" are for foreigners only)");
    }
    bool const mainland = spec.group == Group::mainland;
    if (mainland != has("home")) {
        place.fault(mainland ? R"("home" is missing: the hukou areas of mainland residents)"
                             : R"("home" is for mainland residents, who have a hukou)");
    }
    if (mainland == has("first_area")) {
        place.fault(mainland ? R"("first_area" follows from "home" for mainland residents)"
                             : R"("first_area" is missing: where people begin to pay)");
    }
    if (spec.exempt.share > 0 && mainland) {
        place.fault(R"("exempt" is for people insured abroad or at home outside the mainland)");
    }
}

} // namespace

std::optional<world::Places>
read_places(JsonValue const& json, Place const& place, GroupContext const& context) {
    constexpr std::array<std::string_view, 4> tables{
        "residents", "population", "insured", "country"};
    world::Places places;
    Block block(json, place);
    ObjectReader& reader = block.reader();
    auto const table = reader.optional("table", WordReader{"table", tables});
    if (auto const* const shares = reader.find("shares")) {
        places.weights = read_area_shares(*shares, reader.place("shares"), context.areas);
        if (table) {
            place.fault(R"("table" and "shares" exclude each other)");
        }
    } else if (reader.find("table") == nullptr) {
        place.fault(R"(expected "shares" by area, or a "table")");
    }
    if (table && (*table == "country") != context.own_country) {
        reader.place("table").fault(context.own_country
                                        ? R"(a country of one's own has one table: "country")"
                                        : R"("country" is for a fictitious country)");
    }
    places.table = table.value_or("");
    block.finish(places.source);
    return places;
}

world::GroupSpec read_group(std::string const& name,
                            JsonValue const& json,
                            Place const& place,
                            GroupContext const& context) {
    world::GroupSpec spec;
    spec.name = name;
    Block block(json, place);
    ObjectReader& reader = block.reader();
    auto const group = reader.required("group", WordReader{"group", words<Group>});
    if (group) {
        spec.group = *from_word<Group>(*group);
    }
    block.required("share", read_share, spec.share)
        .required("male", read_share, spec.male)
        .optional("management", read_share, spec.management)
        .optional("permanent_resident", read_share, spec.permanent_resident);
    if (auto const* const weights = reader.find("nationalities")) {
        read_nationalities(*weights, reader.place("nationalities"), context, spec);
    }
    auto const places = [&](JsonValue const& value, Place const& at) {
        return read_places(value, at, context);
    };
    take(reader.optional("first_area", places), spec.first_area);
    auto const part = [&](std::string_view key, auto const& read, auto& target, bool needed) {
        if (auto const* const value = reader.find(key)) {
            target = read(*value, reader.place(key));
        } else if (needed && json.is(Type::object)) {
            place.fault(fmt::format("\"{}\" is missing", key));
        }
    };
    auto const with_context = [&](auto const& read) {
        return [&](JsonValue const& value, Place const& at) { return read(value, at, context); };
    };
    part("home", with_context(read_home), spec.home, false);
    part("entry", read_entry, spec.entry, true);
    part("moving", with_context(read_moving), spec.moving, true);
    part("paying", read_paying, spec.paying, true);
    part("wage", read_wage, spec.wage, true);
    part("leaving", read_leaving, spec.leaving, false);
    part("exempt", read_exempt, spec.exempt, false);
    part("claim", read_claim, spec.claim, false);
    part("when_short", read_when_short, spec.when_short, false);
    part("mortality", read_mortality, spec.mortality, true);
    block.finish(spec.source);
    if (group) {
        check_group(spec, json, place);
    }
    return spec;
}

} // namespace pensim::scenario

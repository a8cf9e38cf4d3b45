#include "sim/cases/case_json.hpp"

#include <set>

#include <fmt/format.h>

#include "sim/cases/fields.hpp"
#include "sim/input/json_reader.hpp"

namespace pensim::cases {

namespace {

using input::JsonValue;
using input::ObjectReader;
using input::Place;
using Type = JsonValue::Type;

constexpr std::string_view schema_name = "pensim/cases/1";

auto fault_at(Place const& place) {
    return [&place](std::string what) { place.fault(std::move(what)); };
}

std::optional<YearMonth> month(JsonValue const& json, Place const& place) {
    return expect(json, Type::string, place) ? decode_month(json.text, fault_at(place))
                                             : std::nullopt;
}

/// A reader for words of an enumeration.
template <class Enum>
auto word_of(std::string_view what) {
    return [what](JsonValue const& json, Place const& place) -> std::optional<Enum> {
        return expect(json, Type::string, place)
                   ? decode_word<Enum>(json.text, what, fault_at(place))
                   : std::nullopt;
    };
}

class PersonReader {
    // Readers of fields that need the tables; first, for their types are deduced.
    [[nodiscard]] auto area() const {
        return [this](JsonValue const& json, Place const& place) -> std::optional<AreaId> {
            return expect(json, Type::string, place)
                       ? decode_area(json.text, tables_.areas, fault_at(place))
                       : std::nullopt;
        };
    }
    [[nodiscard]] auto nationality() const {
        return [this](JsonValue const& json, Place const& place) -> std::optional<CountryCode> {
            return expect(json, Type::string, place)
                       ? decode_country(json.text, tables_, fault_at(place))
                       : std::nullopt;
        };
    }

  public:
    PersonReader(data::Tables const& tables, Case& person) : tables_(tables), person_(person) {}

    void read(JsonValue const& json, std::string const& pointer) {
        ObjectReader reader(json, pointer, person_.problems);
        person_.id = reader.required("id", input::read_text).value_or("");
        Life& life = person_.life;
        std::size_t const before = person_.problems.size();
        life.group = reader.required("group", word_of<Group>("group")).value_or(Group::mainland);
        life.sex = reader.required("sex", word_of<Sex>("sex")).value_or(Sex::male);
        life.post = reader.optional("post", word_of<Post>("post")).value_or(Post::worker);
        life.birth = reader.required("birth", month).value_or(YearMonth::first());
        life.claim = reader.optional("claim", month);
        life.hukou = reader.optional("hukou", area());
        life.nationality = reader.optional("nationality", nationality());
        life.permanent_resident =
            reader.optional("permanent_resident", input::read_flag).value_or(false);
        person_.person_read = json.is(Type::object) && person_.problems.size() == before;
        person_.id_number = reader.optional("id_number", input::read_text).value_or("");
        person_.note = reader.optional("note", input::read_text).value_or("");
        read_elections(reader);
        read_list(reader, "records", [&](JsonValue const& item, std::string const& at) {
            std::size_t const faults = person_.problems.size();
            read_record(item, at);
            person_.records_read.push_back(person_.problems.size() == faults);
        });
        std::size_t const faults = person_.problems.size();
        read_list(reader, "events", [&](JsonValue const& item, std::string const& at) {
            read_event(item, at);
        });
        person_.events_read = person_.problems.size() == faults;
        read_list(reader, "exemptions", [&](JsonValue const& item, std::string const& at) {
            read_exemption(item, at);
        });
        if (auto const* const expected = reader.find("expect")) {
            if (expect(*expected, Type::object, reader.place("expect"))) {
                report_doubled_keys(*expected, reader.place("expect"));
                person_.expect = *expected;
            }
        }
        reader.finish();
        check_case(person_, pointer, tables_);
    }

  private:
    /// A list that may be absent.
    template <class Read>
    void read_list(ObjectReader& reader, std::string_view key, Read const& read) {
        auto const* const list = reader.find(key);
        Place const place = reader.place(key);
        if (list != nullptr && expect(*list, Type::array, place)) {
            for (std::size_t i = 0; i < list->items.size(); ++i) {
                read(list->items[i], input::child(place.pointer, i));
            }
        }
    }

    void read_elections(ObjectReader& reader) {
        if (auto const* const elections = reader.find("elections")) {
            ObjectReader inside(*elections, reader.place("elections").pointer, person_.problems);
            person_.life.continue_in_last_area =
                inside.optional("continue_in_last_area", input::read_flag).value_or(false);
            person_.life.move_to_resident_scheme =
                inside.optional("move_to_resident_scheme", input::read_flag).value_or(false);
            inside.finish();
        }
    }

    void read_record(JsonValue const& json, std::string const& pointer) {
        ObjectReader reader(json, pointer, person_.problems);
        Record record;
        record.area = reader.required("area", area()).value_or(AreaId{});
        record.kind = reader.optional("kind", word_of<Kind>("kind")).value_or(Kind::employed);
        record.scheme =
            reader.optional("scheme", word_of<Scheme>("scheme")).value_or(Scheme::employee);
        record.from = reader.required("from", month).value_or(YearMonth::first());
        bool const lump = record.kind == Kind::lump_sum;
        auto const to = lump ? reader.optional("to", month) : reader.required("to", month);
        record.to = to.value_or(record.from);
        record.base = reader
                          .required("base",
                                    [](JsonValue const& value, Place const& place) {
                                        return expect(value, Type::number, place)
                                                   ? decode_base(value.text, fault_at(place))
                                                   : std::nullopt;
                                    })
                          .value_or(Fen{});
        record.lump_months =
            reader
                .optional("months",
                          [](JsonValue const& value, Place const& place) {
                              return expect(value, Type::number, place)
                                         ? decode_months(value.text, fault_at(place))
                                         : std::nullopt;
                          })
                .value_or(0);
        record.transfer = reader.optional("transfer", input::read_flag).value_or(true);
        record.keep = reader.optional("keep", input::read_flag).value_or(false);
        reader.finish();
        person_.life.records.push_back(record);
    }

    void read_event(JsonValue const& json, std::string const& pointer) {
        ObjectReader reader(json, pointer, person_.problems);
        Event event;
        auto const kind = reader.required("event", word_of<EventKind>("event"));
        event.kind = kind.value_or(EventKind::death);
        event.month = reader.required("month", month).value_or(YearMonth::first());
        if (kind == EventKind::depart) {
            event.terminate = reader.optional("terminate", input::read_flag).value_or(false);
        }
        reader.finish();
        person_.life.events.push_back(event);
    }

    void read_exemption(JsonValue const& json, std::string const& pointer) {
        ObjectReader reader(json, pointer, person_.problems);
        Exemption exemption;
        exemption.ground = reader.required("ground", word_of<ExemptionGround>("ground"))
                               .value_or(ExemptionGround::agreement);
        exemption.from = reader.required("from", month).value_or(YearMonth::first());
        exemption.to = reader.required("to", month).value_or(exemption.from);
        reader.finish();
        person_.life.exemptions.push_back(exemption);
    }

    data::Tables const& tables_;
    Case& person_;
};

} // namespace

Result<CaseFile> read_cases(std::string_view text, data::Tables const& tables) {
    auto const json = input::parse_json(text);
    if (!json) {
        return tl::make_unexpected(json.error());
    }
    Problems problems;
    CaseFile file;
    ObjectReader reader(*json, "", problems);
    auto const schema = reader.required("schema", input::read_text);
    if (schema && *schema != schema_name) {
        reader.place("schema").fault(
            fmt::format("{} is unknown; expected \"{}\"", input::in_quotes(*schema), schema_name));
    }
    static_cast<void>(reader.find("$schema"));
    file.rules = reader.optional("rules", input::read_text);
    static_cast<void>(reader.optional("note", input::read_text));
    auto const* const persons = reader.find("persons");
    if (persons == nullptr && json->is(Type::object)) {
        problems.push_back({"", "\"persons\" is missing"});
    } else if (persons != nullptr && expect(*persons, Type::array, reader.place("persons"))) {
        std::set<std::string> ids;
        for (std::size_t i = 0; i < persons->items.size(); ++i) {
            std::string const pointer = input::child("/persons", i);
            Case& person = file.persons.emplace_back();
            PersonReader(tables, person).read(persons->items[i], pointer);
            if (!person.id.empty() && !ids.insert(person.id).second) {
                person.problems.push_back({input::child(pointer, "id"),
                                           input::in_quotes(person.id) + " stands here twice"});
            }
        }
    }
    reader.finish();
    if (!problems.empty()) {
        for (Case const& person : file.persons) {
            problems.insert(problems.end(), person.problems.begin(), person.problems.end());
        }
        return tl::make_unexpected(std::move(problems));
    }
    return file;
}

} // namespace pensim::cases

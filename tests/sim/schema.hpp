// A JSON Schema of scenarios/schema, to hold documents against.
#pragma once

#include <string>

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "tests/sim/support.hpp"

namespace pensim::test {

/// One schema file, ready to validate.
class Schema {
  public:
    explicit Schema(std::string const& name) {
        json_ = nlohmann::json::parse(
            content_of(PENSIM_SOURCE_DIR "/scenarios/schema/" + name + ".schema.json"));
        valijson::SchemaParser(valijson::SchemaParser::kDraft7)
            .populateSchema(valijson::adapters::NlohmannJsonAdapter(json_), schema_);
    }
    [[nodiscard]] nlohmann::json const& text() const { return json_; }

    /// The first fault, or nothing.
    [[nodiscard]] std::string fault(nlohmann::json const& document) {
        valijson::Validator validator;
        valijson::ValidationResults results;
        valijson::adapters::NlohmannJsonAdapter const adapter(document);
        if (validator.validate(schema_, adapter, &results)) {
            return {};
        }
        valijson::ValidationResults::Error error;
        results.popError(error);
        std::string where;
        for (auto const& step : error.context) {
            where += step;
        }
        return where + ": " + error.description;
    }

  private:
    nlohmann::json json_;
    valijson::Schema schema_;
};

} // namespace pensim::test

#include "tests/support/shipped.hpp"

#include <map>
#include <memory>
#include <mutex>

#include "sim/rules/rule_files.hpp"

namespace pensim::test {

data::Tables const& tables() {
    static data::Tables const loaded = data::load_tables({}).value();
    return loaded;
}

AreaId area(std::string_view id) {
    return areas().find(id).value();
}

cases::Law const& shipped_law(std::string_view id) {
    static std::map<std::string, std::unique_ptr<cases::Law>, std::less<>> laws;
    static std::mutex guard;
    std::lock_guard const lock(guard);
    auto found = laws.find(id);
    if (found == laws.end()) {
        found = laws.emplace(std::string(id),
                             std::make_unique<cases::Law>(rules::load_rules(id, tables()).value(),
                                                          tables()))
                    .first;
    }
    return *found->second;
}

} // namespace pensim::test

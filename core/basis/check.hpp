// Contracts between functions: what the caller owes and what the callee promises.
// Input from outside is never checked with these (see problem.hpp); a failure here is our own bug.
#pragma once

#include <stdexcept>
#include <string>

namespace pensim {

/// A function was called against its contract, or broke its own promise.
class ContractViolation : public std::logic_error {
  public:
    using std::logic_error::logic_error;
};

[[noreturn]] inline void
contract_violated(char const* kind, char const* condition, char const* file, int line) {
    throw ContractViolation(std::string(kind) + " not met: " + condition + " (" + file + ":"
                            + std::to_string(line) + ")");
}

} // namespace pensim

#define PENSIM_CONTRACT(kind, condition)                                                           \
    (static_cast<bool>(condition)                                                                  \
         ? static_cast<void>(0)                                                                    \
         : ::pensim::contract_violated(kind, #condition, __FILE__, __LINE__))
/// What a function needs from its caller.
#define PENSIM_EXPECT(condition) PENSIM_CONTRACT("expectation", condition)
/// What a function promises its caller.
#define PENSIM_ENSURE(condition) PENSIM_CONTRACT("promise", condition)

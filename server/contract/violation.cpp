#include "contract/violation.hpp"

#include "text/shortened.hpp"

namespace vault_mock::contract {

std::string to_detail(const Violations& violations) {
  std::string detail;
  for (const auto& violation : violations) {
    if (!detail.empty()) detail += "; ";
    detail += violation.reason;
    if (violation.in == Violation::In::body && !violation.place.empty())
      detail += " (at " + text::shortened(violation.place) + ")";
    if (!violation.suggestion.empty()) detail += ". " + violation.suggestion;
  }
  return detail;
}

}  // namespace vault_mock::contract

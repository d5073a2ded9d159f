// A trace put into words, for the journal, GET /_mock/requests/{id} and `vault-mock explain`.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "engine/trace.hpp"
#include "rules/matching/request_view.hpp"
#include "spaces/entry.hpp"

namespace vault_mock::engine {

// What rules see of the request of an entry, for asking them again. `body` null: it has no value. Views
// into the entry and the body.
// The body of an entry as a value, as rules see it; nothing: it has none, it is not JSON, or its codings
// cannot be undone.
std::optional<nlohmann::json> body_of(const spaces::Entry& entry);
rules::RequestView request_view_of(const spaces::Entry& entry, const nlohmann::json* body);

// The facts as the journal keeps them. Words are made when asked for: which rule decided, and for each rule
// before it, why not.
class TraceExplanation final : public spaces::Explanation {
 public:
  explicit TraceExplanation(TraceFacts facts);
  nlohmann::ordered_json to_json(const spaces::Entry& entry) const override;
  std::size_t bytes() const override;

 private:
  // Not kept: thousands of entries would keep thousands of old books. The space keeps the last ones.
  const std::weak_ptr<const rules::RuleBook> rules_;
  const TraceFacts facts_;  // without the book; its results point into it
};

}  // namespace vault_mock::engine

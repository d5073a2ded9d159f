// A trace put into words, for the journal, GET /_mock/requests/{id} and `vault-mock explain`.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

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

// What a fault does to its answer; empty: there is none.
std::string words_of(const rules::Fault& fault);

// A trace as the journal keeps it. Words are made when asked for: which rule decided, and for each rule before
// it, why not.
class TraceExplanation final : public spaces::Explanation {
 public:
  using Book = std::shared_ptr<const rules::RuleBook>;
  // `book`: the one that was asked, or one of the same rules; null: there is none here.
  TraceExplanation(RecordedTrace trace, const Book& book);
  nlohmann::ordered_json to_json(const spaces::Entry& entry) const override;
  std::string sentence(const spaces::Entry& entry) const override;
  std::string data() const override;
  std::size_t bytes() const override;

 private:
  nlohmann::ordered_json rules_to_json(const spaces::Entry& entry) const;

  const RecordedTrace trace_;
  // Not kept: thousands of entries would keep thousands of old books. The space keeps the last ones.
  const std::weak_ptr<const rules::RuleBook> book_;
  const bool had_book_;
};

// What Explanation::data() has written, here or elsewhere. Null: the bytes are not such, or of another version.
// `book`: that of the space now. Where it has other rules than the one that was asked, less can be said.
std::shared_ptr<const spaces::Explanation> read_explanation(
    std::string_view data, const std::shared_ptr<const rules::RuleBook>& book);

}  // namespace vault_mock::engine

// The `when` of a rule or of a verification: what a request must look like.
//
// Immutable and safe to use from many threads. Holds nothing of the requests it is asked about. An empty
// condition holds for every request.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "rules/matching/matcher.hpp"
#include "rules/matching/request_field.hpp"
#include "rules/matching/request_view.hpp"

namespace vault_mock::rules {

class Condition {
 public:
  // One value of the request and what is wanted of it.
  struct FieldTest {
    RequestField field;
    Matcher matcher;
    friend bool operator==(const FieldTest&, const FieldTest&) = default;
  };
  struct Any {
    std::vector<Condition> of;
    friend bool operator==(const Any&, const Any&) = default;
  };
  struct All {
    std::vector<Condition> of;
    friend bool operator==(const All&, const All&) = default;
  };
  // One condition.
  struct Not {
    std::vector<Condition> of;
    friend bool operator==(const Not&, const Not&) = default;
  };
  using Part = std::variant<FieldTest, Any, All, Not>;

  Condition() = default;
  explicit Condition(std::vector<Part> parts);

  // `undecided`: what a test that takes too long counts as (matcher.hpp).
  bool holds(const RequestView& request, Undecided undecided = Undecided::fails) const;
  static bool holds(const Part& part, const RequestView& request, Undecided undecided = Undecided::fails);

  // The first part that does not hold, with the value seen; nullopt when all hold. Credentials are masked.
  //     consumer_id: expected something that starts with "retry-", was "bob"
  std::optional<std::string> why_not(const RequestView& request) const;

  // The same for every part that does not hold. The fewer there are, the nearer is the request.
  std::vector<std::string> differences(const RequestView& request) const;

  // True only when both hold for the same requests.
  friend bool operator==(const Condition&, const Condition&) = default;

  const std::vector<Part>& parts() const {
    return parts_;
  }  // all must hold; those that are cheap to test come first

 private:
  std::vector<Part> parts_;
};

}  // namespace vault_mock::rules

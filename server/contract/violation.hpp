// How a request violates the contract, in the words of the real service where they are known.
//
// Source of the wording: inferred from the vendor's published fork of better-ajv-errors, e.g.
//   "'redirect_uri' property type must be string"
//   "'redirectUri' property is not expected to be here" · "Did you mean property 'redirect_uri'?"
#pragma once

#include <string>
#include <vector>

namespace vault_mock::contract {

struct Violation {
  enum class In { header, query, body };
  In in = In::body;
  std::string place;       // a JSON Pointer into the body, or the name of the header or query parameter
  std::string reason;      // one sentence without a full stop
  std::string suggestion;  // one sentence with its own punctuation, or empty

  friend bool operator==(const Violation&, const Violation&) = default;
};

using Violations = std::vector<Violation>;

// All of them in one line, for the `detail` of an error. The place of a header is left out, since its reason
// names it.
std::string to_detail(const Violations& violations);

}  // namespace vault_mock::contract

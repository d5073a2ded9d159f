// A JSON Schema as the contract and the rules use it: read_schema() checks the schema itself, judge() decides
// about values, violations() says why one is refused, advise() what is suspicious in one that is accepted.
//
// Why not valijson: release 1.0, which Debian 12 has, recurses once for each character of a string, has
// patterns that never finish, follows "$ref" for ever, divides by zero, and offers no way to limit its work.
// The unit tests compare the judge with it.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "contract/pre_check.hpp"
#include "contract/schema/schema_judge.hpp"
#include "contract/schema/schema_reader.hpp"
#include "contract/violation.hpp"

namespace vault_mock::contract {

// About an accepted value that is most likely a mistake all the same. The real service says nothing about it.
struct Advice {
  std::string place;  // a JSON Pointer into the body, a name of a header or query parameter, or empty
  std::string text;   // what was seen and what to do, in one sentence

  friend bool operator==(const Advice&, const Advice&) = default;
};
constexpr std::size_t kMostAdvice = 100;  // on one thing: a body, the names of a query

// Immutable and safe to share between threads. Copies share the compiled form.
class Schema {
 public:
  // For a schema that a user wrote. The errors are all its mistakes, warnings included.
  static tl::expected<Schema, std::vector<SchemaMistake>> compile(nlohmann::json source);
  // For a schema of our own. Compiled when the pre-check is first `unsure`, which for most schemas never
  // happens. An invalid one is a bug: judge() then throws std::logic_error.
  static Schema trusted(nlohmann::json source);

  // Of a user's schema: keywords that have no effect.
  const std::vector<SchemaMistake>& warnings() const;

  // The fast pre-check (pre_check.hpp): `clean` only where accepts() is true and advise() has nothing to say.
  Screening screen(const text::FastJson& instance) const;
  Screening screen(std::string_view text) const;

  // Its work is bounded for a user's schema (schema_judge.hpp), and unbounded for one of our own.
  Judgement judge(const nlohmann::json& instance) const;
  bool accepts(const nlohmann::json& instance) const;

  // In the order of the instance; empty exactly when accepts(). `root_name` is what messages call the
  // instance: "request body".
  Violations violations(const nlohmann::json& instance, std::string_view root_name) const;

  // For an accepted instance: misspelt keys of open objects, and strings that fail their "x-advice".
  std::vector<Advice> advise(const nlohmann::json& instance) const;

  const nlohmann::json& source() const;

 private:
  class Compiled;
  explicit Schema(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace vault_mock::contract

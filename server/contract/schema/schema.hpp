// A compiled JSON Schema, as the contract and rules use it: the reader checks the schema itself, the judge
// judges values, the explainer puts a refusal into words, and advice is for what passes.
//
// Why not valijson: release 1.0, which Debian has, recurses for each letter of a text, has patterns that
// never end, follows
// "$ref" for ever, divides by zero, and has no place to put a bound. The tests hold the judge against it.
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

// Accepted, yet suspicious: the real service says nothing about it.
struct Advice {
  std::string place;  // a JSON Pointer into the body, a header's name, or empty
  std::string text;   // what was seen and what to do, in one sentence

  friend bool operator==(const Advice&, const Advice&) = default;
};

// Immutable and safe to share between threads. Copies share the compiled form.
class Schema {
 public:
  // For a source of others. The errors are all that is wrong with it.
  static tl::expected<Schema, std::vector<SchemaMistake>> compile(nlohmann::json source);
  // Compiled when a first instance is not taken at a glance, as the most never are. For a source of ours: one
  // that is not a schema is a bug, and throws then.
  static Schema trusted(nlohmann::json source);

  // What hardly was meant in a source of others: keywords that say nothing.
  const std::vector<SchemaMistake>& warnings() const;

  // The quick way: `unremarkable` where accepts() is true and advise() has nothing to say.
  Impression glance(const text::FastJson& instance) const;
  Impression glance(std::string_view text) const;

  // Bounded for a source of others; to its end for one of ours.
  Judgement judge(const nlohmann::json& instance) const;
  bool accepts(const nlohmann::json& instance) const;

  // Every violation, in the order of the instance; empty exactly when accepts(). `subject` is what the root
  // is called: "request body".
  Violations explain(const nlohmann::json& instance, std::string_view subject) const;

  // What is suspicious in an accepted instance: misspelt keys of open objects, and texts that fail their
  // "x-advice".
  std::vector<Advice> advise(const nlohmann::json& instance) const;

  const nlohmann::json& source() const;

 private:
  class Compiled;
  explicit Schema(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace vault_mock::contract

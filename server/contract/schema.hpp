// A compiled JSON Schema. valijson judges; the explainer puts a refusal into words; advice is for what
// passes.
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "contract/glance.hpp"
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
  // `source` must hold no "$ref" (Contract resolves them). The error says what in it is no schema.
  static tl::expected<Schema, std::string> compile(nlohmann::json source);
  // Compiled when a first instance is not taken at a glance, as the most never are. For a source of ours: one
  // that is no schema is a bug, and throws then.
  static Schema trusted(nlohmann::json source);

  // The quick way: `unremarkable` where accepts() is true and advise() has nothing to say.
  Impression glance(const text::FlatJson& instance) const;
  Impression glance(std::string_view text) const;

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

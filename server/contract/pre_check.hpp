// A first look at a body: nearly every one is fine, and nothing needs to be said about it.
//
// A glance is a one-sided filter. Where it says `unremarkable`, the schema accepts the body (its judge would)
// and there is no advice on it; that is proved by a test which holds it to both. Everything else is
// `look_closer`: the schema judges, the explainer and the adviser find the words. It takes a tenth of their
// time, and no memory.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "text/json/fast_json.hpp"

namespace vault_mock::contract {

enum class Impression { unremarkable, look_closer };

// Immutable and safe to share between threads.
class Glance {
 public:
  // Nothing when the schema says something that a glance does not understand: then every body needs a closer
  // look. Understood: type, properties, required, additionalProperties, items, enum of texts, minLength,
  // x-advice.
  static std::optional<Glance> at(const nlohmann::json& schema);

  Impression of(const text::FastJson& body) const;
  // Of a header, or whatever else is a text and not JSON.
  Impression of(std::string_view text) const;

 private:
  enum class Others {
    free,
    watched,
    forbidden
  };  // keys that no property names; `watched`: they may be typos

  struct Member {
    std::string key;
    std::size_t shape;
    bool required;
  };
  struct Shape {
    unsigned kinds = ~0u;  // a bit for each FastValue::Kind
    std::vector<Member> members;
    std::size_t required = 0;  // how many of them
    Others others = Others::free;
    std::optional<std::size_t> items;
    std::vector<std::string> values;  // empty: any
    std::size_t min_length = 0;       // in characters
    std::string advice;               // the check that "x-advice" names
  };

  bool add(const nlohmann::json& schema, std::size_t& place);
  bool add_members(const nlohmann::json& schema, std::size_t place);
  bool passes(const Shape& shape, const text::FastValue& value) const;
  bool passes_object(const Shape& shape, const text::FastValue& value) const;
  static bool passes_text(const Shape& shape, std::string_view text);

  std::vector<Shape> shapes_;
};

}  // namespace vault_mock::contract

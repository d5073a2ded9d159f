// A fast pre-check of a request body or header value, made before the full validation.
//
// It is one-sided. `clean`: the schema certainly accepts the value, and advise() has nothing to say about it.
// `unsure`: anything else; then schema_judge.hpp decides, and violation_words.hpp and advice.hpp find the
// words. A unit test compares it with both. It takes a tenth of their time and allocates nothing.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "text/json/fast_json.hpp"

namespace vault_mock::contract {

enum class Screening { clean, unsure };

// Immutable and safe to share between threads.
class PreCheck {
 public:
  // nullopt when the schema uses a keyword that the pre-check does not understand: then every value is
  // `unsure`. Understood: type, properties, required, additionalProperties, items, enum of strings,
  // minLength, maxLength, x-advice.
  static std::optional<PreCheck> compile(const nlohmann::json& schema);

  Screening screen(const text::FastJson& body) const;
  // For a header or query parameter, which is text and not JSON.
  Screening screen(std::string_view text) const;

 private:
  // What to do about a key that is not among the properties. watched: accepted, but it may be a typo.
  enum class Others { free, watched, forbidden };

  struct Member {
    std::string key;
    std::size_t shape;
    bool required;
  };
  struct Shape {
    unsigned kinds = ~0u;  // allowed kinds: a bit for each FastValue::Kind
    std::vector<Member> members;
    std::size_t required = 0;  // how many of the members are
    Others others = Others::free;
    std::optional<std::size_t> items;
    std::vector<std::string> values;  // empty: any
    std::size_t min_length = 0;       // in characters
    std::size_t max_length = SIZE_MAX;
    std::string advice;  // the check named by "x-advice" (text_checks.hpp)
  };

  bool add(const nlohmann::json& schema, std::size_t& place);
  bool add_members(const nlohmann::json& schema, std::size_t place);
  bool passes(const Shape& shape, const text::FastValue& value) const;
  bool passes_object(const Shape& shape, const text::FastValue& value) const;
  static bool passes_text(const Shape& shape, std::string_view text);

  std::vector<Shape> shapes_;
};

}  // namespace vault_mock::contract

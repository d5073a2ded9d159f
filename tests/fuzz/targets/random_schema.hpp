// JSON Schemas and values made from bytes: any bytes make some, and similar bytes make similar ones.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace vault_mock::fuzz {

// Choices read from bytes; when they are used up, always the first.
class Choices {
 public:
  explicit Choices(std::string_view bytes) : bytes_(bytes) {}

  // A number below `bound`.
  std::size_t below(std::size_t bound) {
    if (bytes_.empty()) return 0;
    const auto byte = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return byte % bound;
  }
  bool used_up() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

enum class Temper {
  tame,  // schemas as they should be, of keywords that every validator can judge: no patterns, references,
         // fractions
  wild,  // keywords with values of any type, references anywhere, patterns of any kind
};

nlohmann::json random_value(Choices& choices, int depth = 3);
nlohmann::json random_schema(Choices& choices, Temper temper, int depth = 4);

}  // namespace vault_mock::fuzz

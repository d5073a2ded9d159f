#include "text/json/json_size.hpp"

namespace vault_mock::text {
namespace {

constexpr std::size_t kNode = 48;  // of the map of an object, with what malloc adds

std::size_t bytes_of_text(const std::string& text) {
  constexpr std::size_t kInPlace = 15;  // short texts stand in the string itself
  return text.size() > kInPlace ? text.size() + 1 : 0;
}

}  // namespace

// Recurses as deep as the value is, which text::read_json bounds.
std::size_t bytes_of(const nlohmann::json& value) {
  std::size_t bytes = sizeof value;
  if (value.is_string()) bytes += sizeof(std::string) + bytes_of_text(value.get_ref<const std::string&>());
  if (value.is_array()) {
    bytes += sizeof(nlohmann::json::array_t);
    for (const auto& element : value) bytes += bytes_of(element);
  }
  if (value.is_object()) {
    bytes += sizeof(nlohmann::json::object_t);
    for (const auto& [key, member] : value.get_ref<const nlohmann::json::object_t&>())
      bytes += kNode + sizeof key + bytes_of_text(key) + bytes_of(member);
  }
  return bytes;
}

}  // namespace vault_mock::text

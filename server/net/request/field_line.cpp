#include "net/request/field_line.hpp"

#include <array>

#include "text/ascii.hpp"

namespace vault_mock::net {
namespace {

constexpr std::array<bool, 256> token_characters() {
  std::array<bool, 256> table{};
  for (unsigned char c = '0'; c <= '9'; ++c) table[c] = true;
  for (unsigned char c = 'a'; c <= 'z'; ++c) table[c] = true;
  for (unsigned char c = 'A'; c <= 'Z'; ++c) table[c] = true;
  for (const char c : std::string_view("!#$%&'*+-.^_`|~")) table[static_cast<unsigned char>(c)] = true;
  return table;
}
constexpr auto kToken = token_characters();

// Looks at every byte without a way out in the loop, as is_token() does: the compiler then takes many at a
// time.
bool has_control(std::string_view text) {
  bool any = false;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    any |= (byte < 0x20 && byte != '\t') | (byte == 0x7f);
  }
  return any;
}

std::string_view what_is_wrong_with_name(std::string_view line, std::string_view name) {
  if (line.starts_with(' ') || line.starts_with('\t'))
    return "a header line begins with a blank: a value must stand on one line";
  if (name.empty()) return "a header line has no name before its colon";
  if (name.ends_with(' ') || name.ends_with('\t'))
    return "a header name is followed by a blank before its colon";
  return "a header name contains a character that names do not have";
}

}  // namespace

bool is_token(std::string_view text) {
  bool all = !text.empty();
  for (const char c : text) all &= kToken[static_cast<unsigned char>(c)];
  return all;
}

tl::expected<text::HeaderView, Refusal> read_field_line(std::string_view line) {
  const auto colon = line.find(':');
  const auto name = line.substr(0, colon);
  if (colon == std::string_view::npos && !line.starts_with(' ') && !line.starts_with('\t'))
    return tl::unexpected(Refusal{400, "a header line has no colon"});
  if (!is_token(name)) return tl::unexpected(Refusal{400, what_is_wrong_with_name(line, name)});
  const auto value = text::trim(line.substr(colon + 1));
  if (has_control(value)) return tl::unexpected(Refusal{400, "a header value contains a control character"});
  return text::HeaderView{name, value};
}

}  // namespace vault_mock::net

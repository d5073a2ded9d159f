#include "net/request/field_line.hpp"

#include "text/any_byte.hpp"
#include "text/ascii.hpp"
#include "text/character_set.hpp"

namespace vault_mock::net {
namespace {

constexpr auto kTokenCharacters = text::kAsciiLettersAndDigits.with("!#$%&'*+-.^_`|~");

bool has_control(std::string_view text) {
  return text::any_byte(text, [](unsigned char c) { return ((c < 0x20) & (c != '\t')) | (c == 0x7F); });
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

bool is_token(std::string_view text) { return !text.empty() && kTokenCharacters.contains_all(text); }

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

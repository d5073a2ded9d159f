#include "spaces/space_name.hpp"

#include "text/url.hpp"
#include "text/utf8.hpp"

namespace vault_mock::spaces {
namespace {

constexpr std::size_t kMostCharacters = 200;

}  // namespace

bool is_space_name(std::string_view name) {
  return !name.empty() && text::is_utf8(name) && text::count_characters(name) <= kMostCharacters &&
         !text::has_control_characters(name);
}

tl::expected<std::string, std::string> read_space_name(std::string_view text) {
  auto name = text::strictly_percent_decoded(text);
  if (!name)
    return tl::unexpected("The name of the space has '" + name.error() +
                          "', which is not a percent-encoded byte: write a '%' of the name as %25");
  if (is_space_name(*name)) return name;
  const std::string wanted = ": a space name has 1 to 200 characters, none of them control characters";
  if (name->empty()) return tl::unexpected("The name of the space is empty" + wanted);
  if (!text::is_utf8(*name)) return tl::unexpected("The name of the space is not valid UTF-8" + wanted);
  if (text::has_control_characters(*name))
    return tl::unexpected("The name of the space has a control character" + wanted);
  return tl::unexpected("The name of the space has " + std::to_string(text::count_characters(*name)) +
                        " characters" + wanted);
}

std::string path_prefix(std::string_view name) {
  return name == kDefaultSpace ? std::string() : "/@" + text::percent_encoded(name);
}

}  // namespace vault_mock::spaces

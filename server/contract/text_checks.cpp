#include "contract/text_checks.hpp"

#include <algorithm>
#include <array>

#include "text/any_byte.hpp"
#include "text/ascii.hpp"
#include "text/character_set.hpp"
#include "text/duration.hpp"
#include "text/hex.hpp"

namespace vault_mock::contract {
namespace {

// Bytes of UTF-8 beyond ASCII are visible.
bool is_visible(std::string_view text) {
  return !text::any_byte(text, [](unsigned char c) { return (c <= ' ') | (c == 0x7F); });
}

constexpr auto kSchemeCharacters = text::kAsciiLettersAndDigits.with("+.-");

// scheme "://" something, without spaces. Not RFC 3986 to the letter: advice must not cry wolf.
bool looks_like_url(std::string_view text) {
  const auto colon = text.find("://");
  if (colon == std::string_view::npos || colon == 0 || colon + 3 >= text.size()) return false;
  const auto scheme = text.substr(0, colon);
  return text::is_alpha(scheme.front()) && is_visible(text) && kSchemeCharacters.contains_all(scheme);
}

bool looks_like_email(std::string_view text) {
  const auto at = text.rfind('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() && is_visible(text);
}

// CSS Color Module Level 4, named colours.
constexpr auto kColorNames = std::to_array<std::string_view>({"aliceblue",
                                                              "antiquewhite",
                                                              "aqua",
                                                              "aquamarine",
                                                              "azure",
                                                              "beige",
                                                              "bisque",
                                                              "black",
                                                              "blanchedalmond",
                                                              "blue",
                                                              "blueviolet",
                                                              "brown",
                                                              "burlywood",
                                                              "cadetblue",
                                                              "chartreuse",
                                                              "chocolate",
                                                              "coral",
                                                              "cornflowerblue",
                                                              "cornsilk",
                                                              "crimson",
                                                              "currentcolor",
                                                              "cyan",
                                                              "darkblue",
                                                              "darkcyan",
                                                              "darkgoldenrod",
                                                              "darkgray",
                                                              "darkgreen",
                                                              "darkgrey",
                                                              "darkkhaki",
                                                              "darkmagenta",
                                                              "darkolivegreen",
                                                              "darkorange",
                                                              "darkorchid",
                                                              "darkred",
                                                              "darksalmon",
                                                              "darkseagreen",
                                                              "darkslateblue",
                                                              "darkslategray",
                                                              "darkslategrey",
                                                              "darkturquoise",
                                                              "darkviolet",
                                                              "deeppink",
                                                              "deepskyblue",
                                                              "dimgray",
                                                              "dimgrey",
                                                              "dodgerblue",
                                                              "firebrick",
                                                              "floralwhite",
                                                              "forestgreen",
                                                              "fuchsia",
                                                              "gainsboro",
                                                              "ghostwhite",
                                                              "gold",
                                                              "goldenrod",
                                                              "gray",
                                                              "green",
                                                              "greenyellow",
                                                              "grey",
                                                              "honeydew",
                                                              "hotpink",
                                                              "indianred",
                                                              "indigo",
                                                              "ivory",
                                                              "khaki",
                                                              "lavender",
                                                              "lavenderblush",
                                                              "lawngreen",
                                                              "lemonchiffon",
                                                              "lightblue",
                                                              "lightcoral",
                                                              "lightcyan",
                                                              "lightgoldenrodyellow",
                                                              "lightgray",
                                                              "lightgreen",
                                                              "lightgrey",
                                                              "lightpink",
                                                              "lightsalmon",
                                                              "lightseagreen",
                                                              "lightskyblue",
                                                              "lightslategray",
                                                              "lightslategrey",
                                                              "lightsteelblue",
                                                              "lightyellow",
                                                              "lime",
                                                              "limegreen",
                                                              "linen",
                                                              "magenta",
                                                              "maroon",
                                                              "mediumaquamarine",
                                                              "mediumblue",
                                                              "mediumorchid",
                                                              "mediumpurple",
                                                              "mediumseagreen",
                                                              "mediumslateblue",
                                                              "mediumspringgreen",
                                                              "mediumturquoise",
                                                              "mediumvioletred",
                                                              "midnightblue",
                                                              "mintcream",
                                                              "mistyrose",
                                                              "moccasin",
                                                              "navajowhite",
                                                              "navy",
                                                              "oldlace",
                                                              "olive",
                                                              "olivedrab",
                                                              "orange",
                                                              "orangered",
                                                              "orchid",
                                                              "palegoldenrod",
                                                              "palegreen",
                                                              "paleturquoise",
                                                              "palevioletred",
                                                              "papayawhip",
                                                              "peachpuff",
                                                              "peru",
                                                              "pink",
                                                              "plum",
                                                              "powderblue",
                                                              "purple",
                                                              "rebeccapurple",
                                                              "red",
                                                              "rosybrown",
                                                              "royalblue",
                                                              "saddlebrown",
                                                              "salmon",
                                                              "sandybrown",
                                                              "seagreen",
                                                              "seashell",
                                                              "sienna",
                                                              "silver",
                                                              "skyblue",
                                                              "slateblue",
                                                              "slategray",
                                                              "slategrey",
                                                              "snow",
                                                              "springgreen",
                                                              "steelblue",
                                                              "tan",
                                                              "teal",
                                                              "thistle",
                                                              "tomato",
                                                              "transparent",
                                                              "turquoise",
                                                              "violet",
                                                              "wheat",
                                                              "white",
                                                              "whitesmoke",
                                                              "yellow",
                                                              "yellowgreen"});

bool looks_like_color(std::string_view text) {
  if (text.starts_with('#')) {
    const auto digits = text.substr(1);
    return (digits.size() == 3 || digits.size() == 4 || digits.size() == 6 || digits.size() == 8) &&
           std::ranges::all_of(digits, text::is_hex_digit);
  }
  if (text.starts_with("rgb") || text.starts_with("hsl")) return text.ends_with(')');
  return std::ranges::binary_search(kColorNames, text::lower(text));
}

std::optional<std::string> session_length_advice(std::string_view text) {
  using namespace std::chrono_literals;
  const auto length = text::parse_duration(text);
  if (!length) return "cannot be read as a duration ('30m', '1h', '7d'): the session gets the default of 1h";
  if (*length <= 0ms) return "is not above zero: the session expires immediately";
  if (*length > 24h * 7)
    return "is longer than the documented maximum of one week: the real service may refuse it";
  return std::nullopt;
}

}  // namespace

std::optional<std::string> failed_check(std::string_view check, std::string_view text) {
  if (check == "url" && !looks_like_url(text)) return "is not an absolute URL";
  if (check == "email" && !looks_like_email(text)) return "is not an e-mail address";
  if (check == "color" && !looks_like_color(text)) return "is not a color like '#286efa'";
  if (check == "session_length") return session_length_advice(text);
  return std::nullopt;
}

}  // namespace vault_mock::contract

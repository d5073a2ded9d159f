#include "app/cli/option_kinds.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "text/ascii.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::app {
namespace {

using Taken = tl::expected<void, std::string>;

Taken checked(const std::string& word, WordCheck check) {
  auto mistake = check == nullptr ? std::string() : check(word);
  if (!mistake.empty()) return tl::unexpected(std::move(mistake));
  return {};
}

constexpr std::uint64_t kMegabyte = std::uint64_t{1024} * 1024;

// "64MB", "64 MiB", "64m": the same. A number without a unit is refused.
std::optional<std::uint64_t> read_size(std::string_view word) {
  constexpr std::string_view kUnits = "bkmgt";
  const auto digits = std::min(word.find_first_not_of("0123456789"), word.size());
  const auto number = text::whole_number<std::uint64_t>(word.substr(0, digits));
  const auto unit = text::lower(text::trim(word.substr(digits)));
  const auto power = unit.empty() ? kUnits.npos : kUnits.find(unit.front());
  if (!number || power == kUnits.npos) return std::nullopt;
  const auto rest = unit.substr(1);
  if (!rest.empty() && (power == 0 || (rest != "b" && rest != "ib"))) return std::nullopt;
  if (*number > (UINT64_MAX >> (10 * power))) return std::nullopt;
  return *number << (10 * power);
}

}  // namespace

std::string check_url(const std::string& word) {
  if (word.starts_with("http://") || word.starts_with("https://")) return "";
  return "'" + word + "' is not a valid URL; it must start with http:// or https://";
}

std::string check_origin(const std::string& word) {
  if (auto wrong = check_url(word); !wrong.empty()) return wrong;
  const auto host = word.find("://") + 3;
  auto origin = word.substr(0, word.find_first_of("/?#", host));
  const std::string_view own_port = word.starts_with("https") ? ":443" : ":80";
  if (origin.ends_with(own_port)) origin.resize(origin.size() - own_port.size());
  if (origin.size() <= host || origin.find('@') != origin.npos)
    return "'" + word + "' is not an origin: it is written as https://app.example";
  return origin == word ? "" : "'" + word + "' is not an origin: write " + origin;
}

Option new_option(std::string_view names, std::string value, std::string help) {
  Option option;
  const auto comma = names.find(',');
  if (comma != names.npos) option.letter = names.substr(0, comma);
  option.name = comma == names.npos ? names : names.substr(comma + 1);
  option.value = std::move(value);
  option.help = std::move(help);
  return option;
}

Option flag(std::string_view names, bool& to, std::string help) {
  auto option = new_option(names, "", std::move(help));
  option.takes = Option::Takes::nothing;
  option.take = [&to](const std::string& word) -> Taken {
    const auto lower = text::lower(word);
    const auto is_one_of = [&](std::initializer_list<std::string_view> words) {
      return std::ranges::find(words, std::string_view(lower)) != words.end();
    };
    const bool yes = is_one_of({"true", "yes", "on", "1"});
    if (!yes && !is_one_of({"false", "no", "off", "0"}))
      return tl::unexpected("use true or false, not '" + word + "'");
    to = yes;
    return {};
  };
  return option;
}

Option text_option(std::string_view names, std::string value, std::string& to, std::string help,
                   WordCheck check) {
  auto option = new_option(names, std::move(value), std::move(help));
  option.initial = to;
  option.take = [&to, check](const std::string& word) {
    return checked(word, check).map([&] { to = word; });
  };
  return option;
}

Option text_option(std::string_view names, std::string value, std::optional<std::string>& to,
                   std::string help) {
  auto option = new_option(names, std::move(value), std::move(help));
  option.may_be_empty = true;
  option.take = [&to](const std::string& word) -> Taken {
    to = word;
    return {};
  };
  return option;
}

Option list_option(std::string_view names, std::string value, std::vector<std::string>& to, std::string help,
                   WordCheck check) {
  auto option = new_option(names, std::move(value), std::move(help));
  option.takes = option.name.empty() ? Option::Takes::many : Option::Takes::list;
  option.take = [&to, check](const std::string& word) {
    return checked(word, check).map([&] { to.push_back(word); });
  };
  return option;
}

Option size_option(std::string_view names, std::uint64_t& to, std::string help) {
  auto option = new_option(names, "SIZE", std::move(help));
  option.initial = std::to_string(to / kMegabyte) + "MB";
  option.take = [&to](const std::string& word) -> Taken {
    const auto bytes = read_size(word);
    if (!bytes || *bytes < kMegabyte || *bytes > kMegabyte * kMegabyte)
      return tl::unexpected(std::string("use a size from 1MB to 1TB, with its unit: 64MB"));
    to = *bytes;
    return {};
  };
  return option;
}

Option time_option(std::string_view names,
                   std::optional<std::chrono::sys_time<std::chrono::milliseconds>>& to, std::string help) {
  auto option = new_option(names, "TIME", std::move(help));
  option.take = [&to](const std::string& word) -> Taken {
    const auto time = text::parse_timestamp(word);
    if (!time) return tl::unexpected("'" + word + "' is not a valid time; use 2027-01-01T00:00:00Z");
    to = *time;
    return {};
  };
  return option;
}

Option fixtures_argument(std::vector<std::string>& to) {
  auto option = list_option("", "FIXTURES", to, "Rule files, or folders of them; - reads standard input");
  option.environment = "VAULT_MOCK_FIXTURES";
  return option;
}

Option implying(bool& to, Option option) {
  option.take = [&to, take = std::move(option.take)](const std::string& word) {
    return take(word).map([&] { to = true; });
  };
  return option;
}

Option choice_option(std::string_view names, std::vector<std::string> choices, std::string initial,
                     std::function<void(const std::string&)> keep, std::string help) {
  auto option = new_option(names, fmt::format("{}", fmt::join(choices, "|")), std::move(help));
  option.initial = std::move(initial);
  option.choices = choices;
  option.take = [choices = std::move(choices), keep = std::move(keep)](const std::string& word) -> Taken {
    if (std::ranges::find(choices, word) == choices.end())
      return tl::unexpected(fmt::format("'{}' is not one of {}", word, fmt::join(choices, ", ")));
    keep(word);
    return {};
  };
  return option;
}

}  // namespace vault_mock::app

// The kinds of options, each with its check.
//
// `names` is "--port" or "-p,--port", or empty for an argument without a name. What is read is kept in `to`,
// which must outlive the option; what it holds before is the default that --help shows.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/command.hpp"
#include "text/number.hpp"

namespace vault_mock::app {

// What is wrong with a word, and what to write instead; or empty.
using WordCheck = std::string (*)(const std::string& word);
std::string check_url(const std::string& word);
// As browsers write the Origin of a page: scheme, host and, unless it is the scheme's own, port.
std::string check_origin(const std::string& word);

Option flag(std::string_view names, bool& to, std::string help);

Option text_option(std::string_view names, std::string value, std::string& to, std::string help,
                   WordCheck check = nullptr);
// May be empty, which differs from missing.
Option text_option(std::string_view names, std::string value, std::optional<std::string>& to,
                   std::string help);

// May be given several times, or once with commas.
Option list_option(std::string_view names, std::string value, std::vector<std::string>& to, std::string help,
                   WordCheck check = nullptr);

// Bytes, written as "64MB": 1 KB is 1,024 bytes. From 1 MB to 1 TB.
Option size_option(std::string_view names, std::uint64_t& to, std::string help);

// Written as "2027-01-01T00:00:00Z".
Option time_option(std::string_view names,
                   std::optional<std::chrono::sys_time<std::chrono::milliseconds>>& to, std::string help);

// Rule files and folders, as several commands take them; also from VAULT_MOCK_FIXTURES.
Option fixtures_argument(std::vector<std::string>& to);

// The option, which also sets `to`.
Option implying(bool& to, Option option);

// One of `choices`; `keep` gets the one that was chosen.
Option choice_option(std::string_view names, std::vector<std::string> choices, std::string initial,
                     std::function<void(const std::string&)> keep, std::string help);

inline Option choice_option(std::string_view names, std::vector<std::string> choices, std::string& to,
                            std::string help) {
  return choice_option(
      names, std::move(choices), to, [&to](const std::string& word) { to = word; }, std::move(help));
}

// For a kind that is not above.
Option new_option(std::string_view names, std::string value, std::string help);

template <typename Number>
struct Bounds {
  Number least = 0;
  Number most = std::numeric_limits<Number>::max();
};

// A whole number within the bounds. `Kept` is the number's type, or an optional one.
template <typename Number, typename Kept>
Option number_option(std::string_view names, std::string value, Kept& to, Bounds<Number> bounds,
                     std::string help) {
  auto option = new_option(names, std::move(value), std::move(help));
  if constexpr (std::is_same_v<Number, Kept>) option.initial = std::to_string(to);
  option.take = [&to, bounds](const std::string& word) -> tl::expected<void, std::string> {
    const auto number = text::whole_number<Number>(word);
    if (!number || *number < bounds.least || *number > bounds.most)
      return tl::unexpected("use a number from " + std::to_string(bounds.least) + " to " +
                            std::to_string(bounds.most) + ", not '" + word + "'");
    to = *number;
    return {};
  };
  return option;
}

}  // namespace vault_mock::app

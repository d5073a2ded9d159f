#include "site/target.hpp"

#include <algorithm>

#include "site/admin/admin.hpp"
#include "spaces/space.hpp"
#include "spaces/space_name.hpp"
#include "text/ascii.hpp"
#include "text/shortened.hpp"
#include "text/url.hpp"

namespace vault_mock::site {

tl::expected<Target, std::string> read_target(std::string_view target) {
  Target result{.prefix = {}, .space = std::string(spaces::kDefaultSpace), .path = {}, .query = {}};
  target = target.substr(0, target.find('#'));
  const auto mark = std::min(target.find('?'), target.size());
  result.path = target.substr(0, mark);
  result.query = target.substr(std::min(mark + 1, target.size()));
  if (result.path.empty()) result.path = "/";
  if (!result.path.starts_with("/@")) return result;

  const auto end = std::min(result.path.find('/', 1), result.path.size());
  auto name = spaces::read_space_name(result.path.substr(2, end - 2));
  if (!name) return tl::unexpected(std::move(name.error()));
  result.prefix = result.path.substr(0, end);
  result.space = std::move(*name);
  result.path = end == result.path.size() ? "/" : result.path.substr(end);
  return result;
}

std::string method_of(std::string_view method, const Target& target) {
  if (method == "POST" && !Admin::owns(target.path))
    if (const auto meant = text::query_value(target.query, "_method"); meant && !meant->empty())
      return text::upper(text::shortened(*meant));
  return std::string(method);
}

}  // namespace vault_mock::site

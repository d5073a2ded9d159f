#include "http/target.hpp"

#include <algorithm>

#include "spaces/registry.hpp"

namespace vault_mock::http {

Target read_target(std::string_view target) {
  Target result{.prefix = {}, .space = spaces::kDefaultSpace, .path = {}, .query = {}};
  target = target.substr(0, target.find('#'));
  const auto mark = std::min(target.find('?'), target.size());
  result.path = target.substr(0, mark);
  result.query = target.substr(std::min(mark + 1, target.size()));
  if (result.path.empty()) result.path = "/";
  if (!result.path.starts_with("/@")) return result;

  const auto end = std::min(result.path.find('/', 1), result.path.size());
  const auto name = result.path.substr(2, end - 2);
  if (!spaces::is_space_name(name)) return result;
  result.prefix = result.path.substr(0, end);
  result.space = name;
  result.path = end == result.path.size() ? "/" : result.path.substr(end);
  return result;
}

}  // namespace vault_mock::http

// Path and query: read apart, looked up in the contract, and answered.
#include "site/target.hpp"

#include <vector>

#include "contract/nearest_route.hpp"
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/whole_mock.hpp"
#include "spaces/space_name.hpp"
#include "support/known_names.hpp"
#include "text/headers.hpp"
#include "text/url.hpp"

namespace vault_mock::fuzz {

void read_target(std::string_view bytes) {
  const auto target = site::read_target(bytes);
  const auto is_part_of = [&](std::string_view part) {
    return part.empty() ||
           (part.data() >= bytes.data() && part.data() + part.size() <= bytes.data() + bytes.size());
  };
  if (target) {
    require(is_part_of(target->prefix) && is_part_of(target->query), "views into the target");
    require(target->prefix.empty() || target->path.starts_with('/'), "behind a space is a path");
    require(spaces::is_space_name(target->space), "a space has the name of one");
    require(spaces::read_space_name(text::percent_encoded(target->space)) == target->space,
            "links lead back to the space");
    const auto near = contract::nearest_route(support::shipped_contract(), "GET", target->path);
    if (near && near->path.find('{') == near->path.npos)
      require(
          std::holds_alternative<contract::Found>(support::shipped_contract().find(near->method, near->path)),
          "a route that is proposed is there: " + near->path);
  }

  static const std::vector<text::HeaderView> kHeaders = {
      {"authorization", "Bearer k"}, {"x-apideck-app-id", "app"}, {"x-apideck-consumer-id", "fuzz"}};
  auto& mock = whole_mock(Mode::as_real);
  for (const std::string_view method : {"GET", "POST", "PATCH", "DELETE"})
    check_answer(mock.answer({.method = method, .target = bytes, .headers = kHeaders, .body = ""}), method);
}

}  // namespace vault_mock::fuzz

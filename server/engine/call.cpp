#include "engine/call.hpp"

#include <algorithm>

#include "text/ascii.hpp"

namespace vault_mock::engine {

const contract::Operation* Call::operation() const {
  const auto* found = std::get_if<contract::Found>(&lookup);
  return found ? found->operation : nullptr;
}

std::string_view Call::path_parameter(std::string_view name) const {
  if (const auto* found = std::get_if<contract::Found>(&lookup))
    for (const auto& [parameter, value] : found->path_parameters)
      if (parameter == name) return value;
  return {};
}

bool Call::asks_for_page() const {
  return std::ranges::any_of(request.headers, [](const text::HeaderView& header) {
    return text::equal_ignoring_case(header.first, "accept") &&
           text::contains_ignoring_case(header.second, "text/html");
  });
}

PageModel new_page(const Call& call, PageModel::Page page, std::string_view state) {
  PageModel model;
  model.page = page;
  model.state = state;
  model.request_id = call.outcome.trace.request_id;
  // "../" for each segment of the path but the last.
  for (auto slashes = std::ranges::count(call.request.path, '/'); slashes > 1; --slashes) model.root += "../";
  return model;
}

Response render(const Call& call, int status, const PageModel& page) {
  const auto render_page = call.settings.render_page;
  return render_page ? render_page(status, page) : Response{.status = status, .headers = {}, .body = ""};
}

}  // namespace vault_mock::engine

#include "engine/checked_request.hpp"

#include <algorithm>

namespace vault_mock::engine {

const nlohmann::json& CheckedRequest::body() const {
  static const auto kNone = nlohmann::json::object();
  const auto* posted = operation_.body ? call_.json() : nullptr;
  return posted != nullptr && posted->is_object() ? *posted : kNone;
}

std::string_view CheckedRequest::path_parameter(std::string_view name) const {
  if (const auto* found = std::get_if<contract::Found>(&call_.lookup))
    for (const auto& [parameter, value] : found->path_parameters)
      if (parameter == name) return value;
  return {};
}

PageModel CheckedRequest::new_page(PageModel::Page page, std::string_view state) const {
  PageModel model{
      .page = page, .state = std::string(state), .root = "", .request_id = request_id(), .icon = ""};
  // "../" for each segment of the path but the last.
  for (auto slashes = std::ranges::count(path(), '/'); slashes > 1; --slashes) model.root += "../";
  return model;
}

Response CheckedRequest::render(int status, const PageModel& page) const {
  const auto render_page = call_.settings.render_page;
  return render_page ? render_page(status, page) : Response{.status = status, .headers = {}, .body = ""};
}

}  // namespace vault_mock::engine

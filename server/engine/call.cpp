#include "engine/call.hpp"

namespace vault_mock::engine {

const contract::Operation* Call::operation() const {
  const auto* found = std::get_if<contract::Found>(&lookup);
  return found ? found->operation : nullptr;
}

void set_headers(Response& response, const std::vector<std::pair<std::string, std::string>>& headers) {
  for (const auto& [name, unused] : headers)
    std::erase_if(response.headers, [&](const auto& header) { return header.first == name; });
  response.headers.insert(response.headers.end(), headers.begin(), headers.end());
}

Response json_response(int status, std::string body) {
  return {.status = status,
          .headers = {{"content-type", "application/json; charset=utf-8"}},
          .body = std::move(body)};
}

Response success(int status, std::string_view data) {
  std::string body = R"({"status_code":)" + std::to_string(status) + R"(,"status":")";
  body.append(contract::reason_phrase(status)).append(R"(","data":)").append(data) += '}';
  return json_response(status, std::move(body));
}

Response failure(contract::ErrorType type, nlohmann::json detail) {
  const auto& row = contract::row_of(type);
  return json_response(row.status, text::dump(contract::error_body(row, std::move(detail))));
}

Response failure(int status, nlohmann::json detail) {
  const auto* row = contract::find_error(status);
  const auto body =
      row ? contract::error_body(*row, std::move(detail)) : contract::error_body(status, std::move(detail));
  return json_response(status, text::dump(body));
}

}  // namespace vault_mock::engine

#include "engine/responses.hpp"

#include "text/json/json_document.hpp"
#include "text/reason_phrase.hpp"

namespace vault_mock::engine {

void set_headers(Response& response, const std::vector<text::Header>& headers) {
  for (const auto& wanted : headers)
    std::erase_if(response.headers, [&](const auto& header) { return header.first == wanted.first; });
  response.headers.insert(response.headers.end(), headers.begin(), headers.end());
}

Response json_response(int status, std::string body) {
  Response response{.status = status, .headers = {}, .body = std::move(body)};
  response.headers.reserve(8);  // with those that every answer has
  response.headers.emplace_back("content-type", "application/json; charset=utf-8");
  return response;
}

std::string begin_success(int status, std::size_t data_bytes) {
  const auto reason = text::reason_phrase(status);
  std::string body;
  body.reserve(data_bytes + reason.size() + 64);
  body.append(R"({"status_code":)").append(std::to_string(status)).append(R"(,"status":")").append(reason);
  body.append(R"(","data":)");
  return body;
}

Response end_success(int status, std::string body) {
  body += '}';
  return json_response(status, std::move(body));
}

Response success(int status, std::string_view data) {
  return end_success(status, begin_success(status, data.size()).append(data));
}

namespace {

Response failure_with(int status, const nlohmann::ordered_json& body) {
  auto response = json_response(status, text::dump(body));
  const auto& detail = body.at("detail");
  response.reason = detail.is_string() ? detail.get<std::string>() : text::dump(detail);
  return response;
}

}  // namespace

Response failure(contract::ErrorType type, nlohmann::json detail) {
  const auto& row = contract::row_of(type);
  return failure_with(row.status, contract::error_body(row, std::move(detail)));
}

Response failure(int status, nlohmann::json detail) {
  const auto* row = contract::find_error(status);
  const auto body =
      row ? contract::error_body(*row, std::move(detail)) : contract::error_body(status, std::move(detail));
  return failure_with(status, body);
}

Response not_found(std::string_view message, std::string detail) {
  const auto& row = contract::row_of(contract::ErrorType::entity_not_found);
  auto body = contract::error_body(row, std::move(detail));
  body["message"] = message;
  return failure_with(row.status, body);
}

}  // namespace vault_mock::engine

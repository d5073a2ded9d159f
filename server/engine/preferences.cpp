// The step that grants what the request itself prefers.
#include "engine/prefer.hpp"
#include "engine/steps.hpp"

namespace vault_mock::engine {

Answer apply_preferences(Call& call) {
  const auto preferences = read_preferences(call.request.headers);
  for (const auto& text : preferences.unreadable)
    call.advise("prefer",
                "'" + text + "' cannot be used: code is a status from 200 to 599, wait is 0 to 600 seconds");
  if (preferences.wait) call.outcome.delay += *preferences.wait;
  if (!preferences.code) {
    if (preferences.wait) call.rule_headers.emplace_back("preference-applied", preferences.applied());
    return std::nullopt;
  }

  const int code = *preferences.code;
  const auto* row = contract::find_error(code);
  auto response =
      code < 300 ? act(call)
                 : failure(code, row ? contract::example_detail(*row)
                                     : nlohmann::json("Asked for by Prefer: code=" + std::to_string(code)));
  if (code < 300 && response && response->status < 300) {
    // A success under another status: the same data.
    const auto data = response->body.find(R"("data":)");
    if (data != std::string::npos) {
      const auto from = data + 7;
      *response =
          success(code, std::string_view(response->body).substr(from, response->body.size() - from - 1));
    }
    response->status = code;
  }
  const bool bodiless = code == 204 || code == 205 || code == 304;  // by definition (RFC 9110)
  if (response && bodiless) *response = {.status = code, .headers = {}, .body = ""};
  if (response) response->headers.emplace_back("preference-applied", preferences.applied());
  return response;
}

}  // namespace vault_mock::engine

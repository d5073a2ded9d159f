// A request for rules to look at, whose values are as awkward as a client can make them.
#pragma once

#include <array>
#include <nlohmann/json.hpp>

#include "rules/matching/request_view.hpp"
#include "text/headers.hpp"

namespace vault_mock::fuzz {

inline constexpr std::array<text::HeaderView, 3> kAwkwardHeaders = {
    {{"x-mood", "\"good\" \\ \xFF"}, {"X-Mood", "bad"}, {"x-empty", ""}}};

inline rules::RequestView awkward_request(const nlohmann::json* body) {
  return {.operation = "sessionsCreate",
          .method = "POST",
          .path = "/vault/sessions",
          .consumer_id = "Jane \"JD\" Doe \\ \xC3\xA9 \xFF",
          .app_id = "app-1",
          .api_key = "test-key",
          .headers = kAwkwardHeaders,
          .query = "page=2%203&x=%FF&x=&y",
          .body = body,
          .space = "default",
          .now = std::chrono::sys_days(std::chrono::year(2027) / 1 / 1),
          .request_id = "r-1"};
}

}  // namespace vault_mock::fuzz

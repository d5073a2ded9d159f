// Requests of a running mock: which of them are asked for, and one in a line. What is read is the summary of
// an entry, as GET /_mock/requests?summary=1 and the feed have it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "site/request_filter.hpp"

namespace vault_mock::app {

// status:4xx consumer:acme operation:sessionsCreate rule:"free tier" and parts of any text.
struct WantedRequests {
  std::string query;           // as parameters of GET /_mock/requests, each with & before it
  site::RequestFilter filter;  // what they mean, for the feed, which has no parameters

  bool take(const nlohmann::ordered_json& summary) const;
};

// The words of a command line, in each of which spaces part further ones. The error names the wrong one.
tl::expected<WantedRequests, std::string> read_wanted(const std::vector<std::string>& words);

// "12:00:00.123 POST /vault/sessions 402 213us consumer=acme by=rule… id=…". Printable.
std::string request_line(const nlohmann::ordered_json& summary);

// The member, or empty where it is missing or no text.
std::string member_text(const nlohmann::ordered_json& object, const char* name);

}  // namespace vault_mock::app

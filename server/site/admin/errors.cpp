// What can go wrong, as cards: the vendor's errors, and the faults of a network, each with the ways to provoke it.
#include <array>

#include "contract/error_catalogue.hpp"
#include "site/admin/resources.hpp"

namespace vault_mock::site {
namespace {

using nlohmann::ordered_json;

// What @apideck/unify 0.52.2 makes of an answer (observed): six statuses have errors of their own, and these are
// asked for again, for up to 15 minutes.
constexpr std::string_view kRetries =
    R"(retries for up to 15 minutes, unless retryConfig is {strategy: "none"}; then )";

std::string shown_by_sdk(int status) {
  switch (status) {
    case 400:
      return "errors.BadRequestResponse";
    case 401:
      return "errors.UnauthorizedResponse";
    case 402:
      return "errors.PaymentRequiredResponse";
    case 404:
      return "errors.NotFoundResponse";
    case 409:
      return "errors.ConflictResponse";
    case 422:
      return "errors.UnprocessableResponse";
    case 408:
    case 500:
    case 502:
    case 503:
    case 504:
      return std::string(kRetries) + "errors.APIError";
    default:
      return "errors.APIError";
  }
}

ordered_json error_card(const contract::ErrorRow& row) {
  const auto status = std::to_string(row.status);
  // Of several errors of one status, consumer ids and preferences mean the first.
  const bool is_first = contract::find_error(row.status) == &row;
  const auto if_first = [&](const std::string& text) {
    return is_first ? ordered_json(text) : ordered_json();
  };
  return {{"type_name", row.type_name},
          {"status", row.status},
          {"when", row.when},
          {"evidence", to_string(row.evidence)},
          {"provoke",
           {{"consumer_id", if_first("error-" + status)},
            {"prefer", if_first("code=" + status)},
            {"rule", {{"name", row.type_name}, {"respond", {{"error", row.type_name}}}}}}},
          {"sdk", shown_by_sdk(row.status)},
          {"next", row.next},
          {"body", contract::error_body(row, contract::example_detail(row))}};
}

struct FaultRow {
  std::string_view name, title, when, respond;  // `respond`: JSON of a rule's answer
  bool is_retried = false;                      // by the SDK, as a lost connection
};

constexpr auto kFaults = std::to_array<FaultRow>({
    {"delay", "Slow answer", "the service is busy, or far away", R"({"pass": true, "delay": "3s"})"},
    {"hang", "No answer at all",
     "the service, or something before it, has died without closing the connection",
     R"({"fault": {"kind": "hang", "limit": "30s"}})"},
    {"reset", "Connection reset", "a proxy or a firewall cuts the connection", R"({"fault": "reset"})", true},
    {"close", "Connection closed", "the service restarts before it has answered", R"({"fault": "close"})",
     true},
    {"truncate", "Half an answer", "the connection ends in the middle of the body",
     R"({"fault": "truncate"})"},
    {"malformed", "Broken JSON", "a proxy answers with something else, or the body is damaged",
     R"({"fault": "malformed"})"},
    {"drip", "Byte by byte", "a very slow line",
     R"({"pass": true, "fault": {"kind": "drip", "chunk": 16, "gap": "100ms"}})"},
});

ordered_json fault_card(const FaultRow& row) {
  const auto respond = ordered_json::parse(row.respond);
  const std::string_view shown = row.is_retried ? "errors.ConnectionError"
                                 : row.name == "delay" || row.name == "drip"
                                     ? "the answer, late; errors.RequestTimeoutError beyond its timeoutMs"
                                 : row.name == "hang"
                                     ? "errors.RequestTimeoutError after its timeoutMs; without one it waits"
                                     : "an error while it reads the body";
  return {{"name", row.name},
          {"title", row.title},
          {"when", row.when},
          {"provoke", {{"rule", {{"name", row.name}, {"respond", respond}}}}},
          {"sdk", row.is_retried ? std::string(kRetries).append(shown) : std::string(shown)}};
}

}  // namespace

net::Answer errors(const AdminCall&) {
  auto errors = ordered_json::array(), faults = ordered_json::array();
  for (const auto& row : contract::error_catalogue()) errors.push_back(error_card(row));
  for (const auto& row : kFaults) faults.push_back(fault_card(row));
  return admin_json(200, {{"errors", errors}, {"faults", faults}});
}

}  // namespace vault_mock::site

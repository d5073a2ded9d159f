#include "engine/sentence.hpp"

#include <algorithm>
#include <array>

#include "contract/violation.hpp"
#include "engine/explanation.hpp"
#include "text/duration.hpp"
#include "text/shortened.hpp"

namespace vault_mock::engine {
namespace {

constexpr std::size_t kLongestName = 120, kLongestReason = 200;

struct Deed {
  std::string_view operation, words;
};
// What who calls an operation did.
constexpr auto kDeeds = std::to_array<Deed>({
    {"sessionsCreate", "asked for a session"},
    {"connectionsAll", "listed connections"},
    {"connectionsOne", "looked at a connection"},
    {"connectionsAdd", "created a connection"},
    {"connectionsUpdate", "changed a connection"},
    {"connectionsDelete", "deleted a connection"},
    {"connectionsImport", "imported a connection"},
    {"connectionsMigrate", "migrated a connection"},
    {"connectionsToken", "asked for an access token"},
    {"validateConnectionState", "validated a connection"},
    {"connectionsConfirm", "confirmed a connection"},
    {"createCallbackState", "asked for a callback state"},
    {"connectionConsentsAll", "listed consents"},
    {"connectionConsentUpdate", "changed a consent"},
    {"connectionSettingsAll", "looked at settings"},
    {"connectionSettingsUpdate", "changed settings"},
    {"connectionsSchema", "asked for a schema"},
    {"connectionsExample", "asked for an example"},
    {"customFieldsAll", "listed custom fields"},
    {"connectionCustomMappingsAll", "listed custom mappings"},
    {"customMappingsAll", "listed custom mappings"},
    {"customMappingsOne", "looked at a custom mapping"},
    {"customMappingsAdd", "created a custom mapping"},
    {"customMappingsUpdate", "changed a custom mapping"},
    {"customMappingsDelete", "deleted a custom mapping"},
    {"logsAll", "listed logs"},
    {"vaultOAuthDisconnect", "was disconnected by the provider"},
    {"vaultOAuthDisconnectCallback", "was disconnected by the provider"},
    {"consumersAll", "listed consumers"},
    {"consumersAdd", "created a consumer"},
    {"consumersOne", "looked at a consumer"},
    {"consumersUpdate", "changed a consumer"},
    {"consumersDelete", "deleted a consumer"},
    {"consumerRequestCountsAll", "asked for request counts"},
    {"sessionPage", "opened the page of a session"},
    {"integrationPage", "opened the page of a connection"},
    {"vaultJsPage", "opened the page of @apideck/vault-js"},
    {"connectionsAuthorize", "went to authorize a connection"},
    {"connectionsRevoke", "revoked an authorization"},
    {"connectionsCallback", "came back from the provider"},
    {"providerPage", "opened the page of the provider"},
    {"landingPage", "came back to the app"},
});

std::string deed_of(const spaces::Entry& entry) {
  const auto* const known = std::ranges::find(kDeeds, entry.operation, &Deed::operation);
  if (known != kDeeds.end()) return std::string(known->words);
  return "sent " + text::shortened(entry.method, kLongestName) + " " +
         text::shortened(entry.path, kLongestName);
}

std::string with_reason(std::string words, std::string_view reason) {
  if (reason.empty()) return words;
  words += ": " + text::shortened(reason, kLongestReason);
  while (words.ends_with('.')) words.pop_back();
  return words;
}

std::string decision_of(const RecordedTrace& trace, const spaces::Entry& entry) {
  const auto status = std::to_string(entry.status);
  switch (trace.decided_at) {
    case Step::early_rules:
    case Step::rules:
      return "rule " + text::shortened(entry.rule, kLongestName) + " answered " + status;
    case Step::prefer:
      return "the header Prefer asked for the answer, " + status;
    case Step::consumer_id:
      return "the consumer id asked for the answer, " + status;
    case Step::authentication:
      return with_reason("authentication refused it with " + status, trace.hint);
    case Step::contract:
      return with_reason("the contract refused it with " + status, contract::to_detail(trace.violations));
    case Step::advice:
      return with_reason("--strict refused it with " + status,
                         trace.advice.empty() ? "" : trace.advice.front().text);
    case Step::preflight:
      return "a browser asked first whether it may, and was answered " + status;
    case Step::operation:
    case Step::act:
      break;
  }
  if (entry.operation.empty() && entry.status >= 400)
    return with_reason("there is no such operation, which was answered " + status, trace.hint);
  return "it was answered " + status;
}

}  // namespace

std::string sentence_of(const RecordedTrace& trace, const spaces::Entry& entry) {
  auto sentence =
      entry.consumer_id.empty() ? std::string("A client") : text::shortened(entry.consumer_id, kLongestName);
  sentence += " " + deed_of(entry) + "; " + decision_of(trace, entry);
  if (trace.delay.count() > 0)
    sentence += ", after " +
                text::format_duration(std::chrono::duration_cast<std::chrono::milliseconds>(trace.delay));
  if (const auto words = words_of(trace.fault); !words.empty()) sentence += "; " + words;
  return sentence.ends_with('?') ? sentence : sentence + ".";
}

}  // namespace vault_mock::engine

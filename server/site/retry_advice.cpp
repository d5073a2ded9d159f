#include "site/retry_advice.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <string_view>

#include "text/counted.hpp"
#include "text/headers.hpp"
#include "text/shortened.hpp"

namespace vault_mock::site {
namespace {

// What the SDK retries (read in @apideck/unify 0.52.2, as `retryCodes` of each method).
bool is_retried(int status) { return status == 408 || status == 500 || (status >= 502 && status <= 504); }

// "speakeasy-sdk/typescript 0.52.2 … @apideck/unify" (observed). Those of other languages wait otherwise.
bool is_of_sdk(std::string_view user_agent) { return user_agent.starts_with("speakeasy-sdk/typescript "); }

std::size_t hash_of(std::initializer_list<std::string_view> texts) {
  std::size_t hash = 0;
  for (const auto text : texts) hash = hash * 1099511628211ull + std::hash<std::string_view>{}(text);
  return hash;
}

}  // namespace

std::optional<contract::Advice> retry_advice(const engine::ApiRequest& request,
                                             const engine::Outcome& outcome, spaces::Space& space,
                                             spaces::Time wall) {
  const int status = outcome.response.status;
  if (!is_retried(status) || outcome.fault.index() != 0) return std::nullopt;
  const std::string_view consumer = outcome.trace.consumer_id;
  const bool is_from_sdk = is_of_sdk(text::find_header(request.headers, "user-agent").value_or(""));
  const auto delay = std::chrono::duration_cast<std::chrono::milliseconds>(outcome.delay);
  const auto retries =
      space.note_failed({.consumer = hash_of({consumer}),
                         .request = hash_of({request.method, request.path, request.query, request.body}),
                         .is_from_sdk = is_from_sdk,
                         .asked = wall,
                         .answered = wall + delay});
  if (!retries) return std::nullopt;
  const auto seconds =
      std::max<std::int64_t>(1, std::chrono::round<std::chrono::seconds>(retries->within).count());
  return contract::Advice{
      "", "answered " + std::to_string(status) + " to the same request " + std::to_string(retries->requests) +
              " times in " + std::to_string(seconds) + " s" +
              (consumer.empty() ? "" : ", of consumer '" + text::shortened(consumer) + "'") +
              (is_from_sdk
                   ? ": the SDK retries for up to 15 minutes"
                   : ": its client asks again by itself; if it is @apideck/unify, it does so for up to 15 "
                     "minutes") +
              ", unless it is made with retryConfig: { strategy: \"none\" }"};
}

}  // namespace vault_mock::site

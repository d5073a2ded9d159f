// Advice on what the contract accepts although it is most likely a mistake. A refusal where the mock is
// strict.
#include <algorithm>

#include "engine/steps/content_type.hpp"
#include "engine/steps/magic_id.hpp"
#include "engine/steps/steps.hpp"
#include "text/nearest.hpp"
#include "text/shortened.hpp"
#include "text/url.hpp"
#include "vault/catalogue.hpp"

namespace vault_mock::engine {
namespace {

using contract::ErrorType;
using nlohmann::json;

// Behind a sentence without its full stop.
std::string suggestion(std::string_view word, std::span<const std::string> candidates) {
  const auto words = text::did_you_mean(text::nearest(word, candidates));
  return words.empty() ? "" : ". " + words;
}

// A unified API of which there is no connector: the list is empty, and looks like an answer.
void advise_on_api(Call& call) {
  const auto& parameters = call.operation()->parameters;
  const bool takes_api = std::ranges::any_of(parameters, [](const contract::Parameter& parameter) {
    return parameter.in == contract::Parameter::In::query && parameter.name == "api";
  });
  if (!takes_api) return;
  const auto api = text::query_value(call.request.query, "api").value_or("");
  if (api.empty()) return;
  std::vector<std::string> known;
  for (const auto& connector : call.settings.connectors().connectors())
    if (std::ranges::find(known, connector.unified_api) == known.end())
      known.push_back(connector.unified_api);
  if (std::ranges::find(known, api) == known.end())
    call.advise("api",
                "no connector has the unified API '" + text::shortened(api) + "'" + suggestion(api, known));
}

// `_method` says what a POST is meant as; elsewhere nobody reads it.
void advise_on_method(Call& call) {
  if (!call.request.sent_method.empty() || call.request.method == "POST") return;
  const auto meant = text::upper(text::query_value(call.request.query, "_method").value_or(""));
  if (!meant.empty() && meant != call.request.method)
    call.advise("_method", "'_method' counts in a POST alone: this is a " + std::string(call.request.method) +
                               ", not a " + text::shortened(meant));
}

// The form fields that the settings in the body are the values of: those of the connector, or of one of its
// resources. Null: the path names no connector, or no such resource.
const json* form_fields_of(const Call& call) {
  const auto service_id = call.path_parameter("service_id");
  if (service_id.empty()) return nullptr;
  const auto& catalogue = call.settings.connectors();
  const auto* connector = catalogue.find(call.path_parameter("unified_api"), service_id);
  if (connector == nullptr) return nullptr;
  const auto resource = call.path_parameter("resource");
  const auto& fields = resource.empty() ? connector->form_fields : catalogue.resource(resource, "config");
  return fields.is_array() ? &fields : nullptr;
}

// Settings that no form field asks for are kept, and make no connection work.
void advise_on_settings(Call& call) {
  const auto* body = call.json();
  if (body == nullptr || !body->is_object()) return;
  const auto settings = body->find("settings");
  if (settings == body->end() || !settings->is_object()) return;
  const auto* fields = form_fields_of(call);
  if (fields == nullptr) return;
  std::vector<std::string> absent;
  for (const auto& field : *fields)
    if (auto id = field.value("id", ""); !settings->contains(id)) absent.push_back(std::move(id));
  std::size_t count = 0;
  for (const auto& [key, value] : settings->items()) {
    const bool is_field =
        std::ranges::any_of(*fields, [&](const json& field) { return field.value("id", "") == key; });
    if (is_field) continue;
    if (++count > contract::kMostAdvice) return;
    call.advise("/settings/" + text::shortened(key), "'" + text::shortened(key) +
                                                         "' is not a form field of '" +
                                                         std::string(call.path_parameter("service_id")) +
                                                         "', and changes nothing" + suggestion(key, absent));
  }
}

void advise_on_body(Call& call) {
  const auto& operation = *call.operation();
  if (!call.body.is_json() || !operation.body) return;
  auto& advice = call.outcome.trace.advice;
  if (call.screening == contract::Screening::unsure) {
    std::ranges::move(operation.body->advise(*call.json()), std::back_inserter(advice));
    for (const auto& key : call.body.document()->duplicate_keys)
      call.advise(key, "the key stands more than once: the last value counts");
  }
  if (!call.path_parameter("service_id").empty()) advise_on_settings(call);
  if (const auto type = call.header("content-type"); !is_json_type(type))
    call.advise(
        "content-type",
        (type.empty() ? "there is no content-type" : "the content-type is '" + std::string(type) + "'") +
            ", the body was read as JSON all the same: send 'content-type: application/json'");
}

}  // namespace

StepResult advise(Call& call) {
  const auto* operation = call.operation();
  if (operation == nullptr) return call.skip_step();
  auto& advice = call.outcome.trace.advice;
  if (!call.request.query.empty()) {
    std::ranges::move(contract::advise_parameters(*operation, call.request.query),
                      std::back_inserter(advice));
    advise_on_api(call);
    advise_on_method(call);
  }
  advise_on_body(call);
  if (auto words = magic_advice(call.outcome.trace.consumer_id); !words.empty())
    call.advise("x-apideck-consumer-id", std::move(words));
  if (call.settings.strictness == Strictness::as_real || advice.empty()) return std::nullopt;

  std::string detail;
  for (const auto& [place, text] : advice)
    detail += (detail.empty() ? "" : "; ") + text + (place.empty() ? "" : " (at " + place + ")");
  return failure(ErrorType::invalid_state, detail);
}

}  // namespace vault_mock::engine

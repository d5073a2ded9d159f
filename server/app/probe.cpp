#include "app/probe.hpp"

#include <fmt/format.h>

#include "text/json/json_document.hpp"

namespace vault_mock::app {

std::string words_of(const net::ClientFailure& failure, net::Scheme scheme) {
  switch (failure.error) {
    case net::ClientError::refused:
      return "nothing listens there";
    case net::ClientError::no_answer:
      return fmt::format("something listens there, but does not answer {}",
                         scheme == net::Scheme::https ? "HTTPS" : "HTTP");
    case net::ClientError::failed:
      break;
  }
  return fmt::format("it cannot be asked ({})", failure.reason);
}

namespace {

std::string words_of_store(const nlohmann::json& health) {
  const auto store = health.value("store", nlohmann::json::object());
  if (store.is_object() && store.value("status", nlohmann::json()) == "away") {
    const auto why = store.value("why", nlohmann::json());
    return "the store of the replicas is away: " + (why.is_string() ? why.get<std::string>() : "");
  }
  return "its replicas differ in rule files, secret or options";
}

}  // namespace

tl::expected<Health, std::string> probe(const net::Origin& origin) {
  // A name with a dot would be refused under /_mock/.
  const auto answer = net::get(origin, "/_mock/health", {{"Host", "localhost"}});
  if (!answer) return tl::unexpected(words_of(answer.error(), origin.scheme));
  const auto document = text::read_json(answer->body);
  const auto body = document ? document->value : nlohmann::json();
  const auto status = body.is_object() ? body.value("status", nlohmann::json()) : nlohmann::json();
  if (answer->status != 200 || (status != "ok" && status != "degraded"))
    return tl::unexpected(
        fmt::format("another program answers there (with status {}), not vault-mock", answer->status));
  const auto rules = body.find("rules");
  const auto trouble = body.find("rule_files");
  return Health{.rules = rules != body.end() && rules->is_number_unsigned() ? rules->get<std::size_t>() : 0,
                .trouble = trouble != body.end() && trouble->is_string() ? trouble->get<std::string>() : "",
                .degraded = status == "degraded" ? words_of_store(body) : ""};
}

}  // namespace vault_mock::app

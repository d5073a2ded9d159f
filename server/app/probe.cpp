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

tl::expected<Health, std::string> probe(const net::Origin& origin) {
  // A name with a dot would be refused under /_mock/.
  const auto answer = net::get(origin, "/_mock/health", {{"Host", "localhost"}});
  if (!answer) return tl::unexpected(words_of(answer.error(), origin.scheme));
  const auto document = text::read_json(answer->body);
  const auto body = document ? document->value : nlohmann::json();
  if (answer->status != 200 || !body.is_object() || body.value("status", nlohmann::json()) != "ok")
    return tl::unexpected(
        fmt::format("another program answers there (with status {}), not vault-mock", answer->status));
  const auto rules = body.find("rules");
  const auto trouble = body.find("rule_files");
  return Health{.rules = rules != body.end() && rules->is_number_unsigned() ? rules->get<std::size_t>() : 0,
                .trouble = trouble != body.end() && trouble->is_string() ? trouble->get<std::string>() : ""};
}

}  // namespace vault_mock::app

#include "http/entry_json.hpp"

#include <fmt/format.h>

#include "text/ascii.hpp"
#include "text/timestamp.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::http {
namespace {

using nlohmann::ordered_json;

bool holds_key(std::string_view header) {
  return text::equal_ignoring_case(header, "authorization") ||
         text::equal_ignoring_case(header, "x-mock-admin-token") ||
         text::equal_ignoring_case(header, "cookie");
}

// A header that stands more than once has a list.
ordered_json to_json(std::span<const spaces::Entry::Header> headers, std::string_view mask_key) {
  ordered_json result = ordered_json::object();
  for (const auto& [name, value] : headers) {
    const auto key = text::lower(name);
    const auto shown = holds_key(name) ? masked(value, mask_key) : std::string(value);
    if (!result.contains(key))
      result[key] = shown;
    else if (result[key].is_array())
      result[key].push_back(shown);
    else
      result[key] = {result[key], shown};
  }
  return result;
}

// A body is shown as the document it is, or as text.
ordered_json body_of(std::string_view body) {
  if (body.empty()) return nullptr;
  auto document = ordered_json::parse(body, nullptr, /*allow_exceptions=*/false);
  return document.is_discarded() ? ordered_json(body) : document;
}

}  // namespace

std::string masked(std::string_view authorization, std::string_view mask_key) {
  std::string_view scheme, key = authorization;
  if (text::equal_ignoring_case(key.substr(0, 7), "bearer ")) {
    scheme = key.substr(0, 7);
    key = text::trim(key.substr(7));
  }
  const auto hash = vault::hmac_sha256(mask_key, key);
  std::string shown(scheme);
  shown.append(key.substr(0, key.size() >= 12 ? 4 : 0)).append("…#");
  for (int i = 0; i < 4; ++i)
    shown += fmt::format("{:02x}", static_cast<unsigned char>(hash[static_cast<std::size_t>(i)]));
  return shown;
}

ordered_json summary_of(const spaces::Entry& entry) {
  return {{"id", entry.id},
          {"at", text::format_timestamp(entry.at)},
          {"method", entry.method},
          {"path", entry.path},
          {"status", entry.status},
          {"operation", entry.operation},
          {"consumer_id", entry.consumer_id},
          {"rule", entry.rule},
          {"decided_by", entry.decided_by},
          {"us", entry.took.count()}};
}

ordered_json details_of(const spaces::Entry& entry, std::string_view mask_key) {
  auto result = summary_of(entry);
  result["request"] = {{"method", entry.method},
                       {"path", entry.path},
                       {"query", entry.query},
                       {"headers", to_json(entry.headers, mask_key)},
                       {"body", body_of(entry.body)}};
  result["answer"] = {{"status", entry.status},
                      {"headers", to_json(entry.answer_headers, mask_key)},
                      {"body", body_of(entry.answer_body)}};
  result["trace"] = entry.explanation ? entry.explanation->to_json(entry) : ordered_json();
  return result;
}

}  // namespace vault_mock::http

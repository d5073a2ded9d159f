#include "http/entry_json.hpp"

#include <fmt/format.h>

#include "text/ascii.hpp"
#include "text/json_text.hpp"
#include "text/secret_header.hpp"
#include "text/timestamp.hpp"
#include "vault/jwt.hpp"

namespace vault_mock::http {
namespace {

using nlohmann::ordered_json;

// A header that stands more than once has a list.
ordered_json headers_json(std::span<const spaces::Entry::Header> headers, std::string_view mask_key) {
  ordered_json result = ordered_json::object();
  for (const auto& [name, value] : headers) {
    const auto key = text::lower(name);
    const auto shown = text::is_secret_header(name) ? masked(value, mask_key) : std::string(value);
    if (!result.contains(key))
      result[key] = shown;
    else if (result[key].is_array())
      result[key].push_back(shown);
    else
      result[key] = {result[key], shown};
  }
  return result;
}

// The members `body`, and what there is to say of it.
void write_body(text::ObjectWriter& object, std::string_view body, std::size_t most) {
  if (body.empty()) {
    object.json("body", "null");
    return;
  }
  text::JsonText json;
  json.read(body);
  if (json.is_json()) {
    if (const auto whole = text::minified(body); whole.size() <= most) {
      object.json("body", whole);
      return;
    }
  }
  object.string_within("body", body, most);
}

void write_summary(text::ObjectWriter& object, const spaces::Entry& entry) {
  object.string("id", entry.id)
      .string("at", text::format_timestamp(entry.at))
      .string("method", entry.method)
      .string("path", entry.path)
      .number("status", entry.status)
      .string("operation", entry.operation)
      .string("consumer_id", entry.consumer_id)
      .string("rule", entry.rule)
      .string("decided_by", entry.decided_by)
      .number("us", entry.took.count());
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

std::string summary_of(const spaces::Entry& entry) {
  std::string result;
  text::ObjectWriter summary(result);
  write_summary(summary, entry);
  summary.end();
  return result;
}

std::string details_of(const spaces::Entry& entry, std::string_view mask_key, std::size_t longest_body) {
  std::string result;
  text::ObjectWriter details(result);
  write_summary(details, entry);
  details.key("request");
  text::ObjectWriter request(result);
  request.string("method", entry.method)
      .string("path", entry.path)
      .string("query", entry.query)
      .json("headers", text::dump(headers_json(entry.headers, mask_key)));
  write_body(request, entry.body, longest_body);
  request.end();
  details.key("answer");
  text::ObjectWriter answer(result);
  answer.number("status", entry.status)
      .json("headers", text::dump(headers_json(entry.answer_headers, mask_key)));
  write_body(answer, entry.answer_body, longest_body);
  answer.end();
  details.json("trace", entry.explanation ? text::dump(entry.explanation->to_json(entry)) : "null");
  details.end();
  return result;
}

}  // namespace vault_mock::http

#include "site/har.hpp"

#include "text/headers.hpp"
#include "text/json/json_document.hpp"
#include "text/reason_phrase.hpp"
#include "text/shortened.hpp"
#include "text/timestamp.hpp"
#include "text/url.hpp"

namespace vault_mock::site {
namespace {

using nlohmann::ordered_json;

ordered_json headers_json(std::span<const text::HeaderView> headers, const Mask& mask) {
  auto list = ordered_json::array();
  for (const auto& [name, value] : headers)
    list.push_back({{"name", name}, {"value", mask.shown(name, value)}});
  return list;
}

ordered_json query_json(std::string_view query) {
  auto list = ordered_json::array();
  text::each_query_pair(query, [&](std::string_view name, std::string_view value) {
    list.push_back({{"name", text::query_decoded(name)}, {"value", text::query_decoded(value)}});
    return true;
  });
  return list;
}

std::string type_of(std::span<const text::HeaderView> headers) {
  return std::string(text::find_header(headers, "content-type").value_or(""));
}

// The member `text`, and a comment where that is not all of it.
void add_text(ordered_json& to, std::string_view body, std::size_t cut, std::size_t longest) {
  to["text"] = text::shortened(body, longest);
  if (cut > 0 || body.size() > longest)
    to["comment"] = "cut: it has " + std::to_string(body.size() + cut) + " bytes";
}

}  // namespace

ordered_json har_entry(const spaces::Entry& entry, std::string_view base_url, const Mask& mask,
                       std::size_t longest_body) {
  auto url = std::string(base_url).append(entry.path);
  if (!entry.query.empty()) url.append("?").append(entry.query);
  const double milliseconds = static_cast<double>(entry.took.count()) / 1'000;
  ordered_json request = {{"method", entry.method},
                          {"url", url},
                          {"httpVersion", "HTTP/1.1"},
                          {"cookies", ordered_json::array()},
                          {"headers", headers_json(entry.headers, mask)},
                          {"queryString", query_json(entry.query)},
                          {"headersSize", -1},
                          {"bodySize", entry.body.size() + entry.body_cut}};
  if (!entry.body.empty()) {
    ordered_json data = {{"mimeType", type_of(entry.headers)}, {"params", ordered_json::array()}};
    add_text(data, entry.body, entry.body_cut, longest_body);
    request["postData"] = std::move(data);
  }
  const auto size = entry.answer_body.size() + entry.answer_body_cut;
  ordered_json content = {{"size", size}, {"mimeType", type_of(entry.answer_headers)}};
  add_text(content, entry.answer_body, entry.answer_body_cut, longest_body);
  ordered_json response = {{"status", entry.status},
                           {"statusText", text::reason_phrase(entry.status)},
                           {"httpVersion", "HTTP/1.1"},
                           {"cookies", ordered_json::array()},
                           {"headers", headers_json(entry.answer_headers, mask)},
                           {"content", std::move(content)},
                           {"redirectURL", text::find_header(entry.answer_headers, "location").value_or("")},
                           {"headersSize", -1},
                           {"bodySize", size}};
  ordered_json result = {{"startedDateTime", text::format_timestamp(entry.at)},
                         {"time", milliseconds},
                         {"request", std::move(request)},
                         {"response", std::move(response)},
                         {"cache", ordered_json::object()},
                         {"timings", {{"send", 0}, {"wait", milliseconds}, {"receive", 0}}},
                         {"_id", entry.id},
                         {"_space", entry.space}};
  if (entry.explanation) result["_sentence"] = entry.explanation->sentence(entry);
  return result;
}

std::string har_document(std::string_view entries) {
  return std::string(R"({"log":{"version":"1.2","creator":{"name":"vault-mock","version":)")
      .append(text::quoted(VAULT_MOCK_VERSION))
      .append(R"(},"entries":[)")
      .append(entries)
      .append("]}}");
}

}  // namespace vault_mock::site

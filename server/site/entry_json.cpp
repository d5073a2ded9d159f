#include "site/entry_json.hpp"

#include "text/ascii.hpp"
#include "text/headers.hpp"
#include "text/json/request_body.hpp"
#include "text/printable.hpp"
#include "text/shortened.hpp"
#include "text/timestamp.hpp"

namespace vault_mock::site {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kTextShown = std::size_t{8} << 10;  // of a path, a header, a text of the trace
constexpr std::size_t kNameShown = 256;
constexpr std::size_t kHeadersShown = 128;
constexpr std::size_t kHeaderBytesShown = std::size_t{64} << 10;

// A header that stands more than once has a list. `missing`: how many more there were. Where not all are
// shown, "headers_truncated" says so, and "headers_count" how many there were.
void write_headers(text::ObjectWriter& object, std::span<const text::HeaderView> headers, std::size_t missing,
                   const Mask& mask) {
  ordered_json result = ordered_json::object();
  std::size_t count = 0, bytes = 0;
  for (; count < headers.size() && count < kHeadersShown && bytes < kHeaderBytesShown; ++count) {
    const auto& [name, value] = headers[count];
    const auto key = text::lower(text::shortened(name, kNameShown));
    const auto shown = text::shortened(mask.shown(name, value), kTextShown);
    bytes += key.size() + shown.size();
    if (!result.contains(key))
      result[key] = shown;
    else if (result[key].is_array())
      result[key].push_back(shown);
    else
      result[key] = {result[key], shown};
  }
  object.json("headers", text::dump(result));
  if (count < headers.size() || missing > 0)
    object.boolean("headers_truncated", true)
        .number("headers_count", static_cast<std::int64_t>(headers.size() + missing));
}

// A text whose end is missing: as ObjectWriter::string_within, but that its length is that of the whole.
void write_cut_body(text::ObjectWriter& object, std::string_view body, std::size_t missing,
                    std::size_t most) {
  constexpr std::size_t kShortest = 16;
  auto size = std::min(body.size(), most);
  auto shown = text::quoted(text::shortened(body, size) + "…");
  while (shown.size() > most && size > kShortest) {
    size = std::min(size - 1, size * most / shown.size());
    shown = text::quoted(text::shortened(body, size) + "…");
  }
  object.json("body", shown)
      .boolean("body_truncated", true)
      .number("body_bytes", static_cast<std::int64_t>(body.size() + missing));
}

// The members `body`, and what there is to say of it. `missing`: how many bytes at its end are not kept.
void write_body(text::ObjectWriter& object, std::string_view body, std::size_t missing, std::size_t most) {
  if (missing > 0) return write_cut_body(object, body, missing, most);
  if (body.empty()) {
    object.json("body", "null");
    return;
  }
  text::RequestBody json;
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
      .string("space", entry.space)
      .string("at", text::format_timestamp(entry.at))
      .string_within("method", entry.method, kTextShown)
      .string_within("path", entry.path, kTextShown)
      .number("status", entry.status)
      .string("operation", entry.operation)
      .string_within("consumer_id", entry.consumer_id, kTextShown)
      .string_within("rule", entry.rule, kTextShown)
      .string_within("decided_by", entry.decided_by, kTextShown)
      .string("kind", entry.kind)
      .number("us", entry.took.count());
}

// Its lists are bounded where it is made.
ordered_json with_short_texts(ordered_json trace) {
  if (trace.is_structured())
    for (auto& part : trace) part = with_short_texts(std::move(part));
  else if (trace.is_string())
    trace = text::shortened(trace.get_ref<const std::string&>(), kTextShown);
  return trace;
}

}  // namespace

std::string summary_behind_sequence(const spaces::Entry& entry) {
  std::string result;
  text::ObjectWriter summary(result);
  write_summary(summary, entry);
  summary.end();
  return text::printable_json(result.substr(1));
}

std::string summary_of(const spaces::Entry& entry, std::uint64_t sequence) {
  return "{\"sequence\":" + std::to_string(sequence) + "," + summary_behind_sequence(entry);
}

std::string details_of(const spaces::Entry& entry, const Mask& mask, std::size_t longest_body,
                       std::string_view session) {
  std::string result;
  text::ObjectWriter details(result);
  details.number("sequence", static_cast<std::int64_t>(entry.sequence));
  write_summary(details, entry);
  if (entry.explanation) details.string("sentence", entry.explanation->sentence(entry));
  if (!session.empty()) details.json("token", session);
  details.key("request");
  text::ObjectWriter request(result);
  request.string_within("method", entry.method, kTextShown)
      .string_within("path", entry.path, kTextShown)
      .string_within("query", entry.query, kTextShown);
  write_headers(request, entry.headers, 0, mask);
  write_body(request, entry.body, entry.body_cut, longest_body);
  if (!entry.coding_error.empty()) request.string("body_coding_error", entry.coding_error);
  request.end();
  details.key("answer");
  text::ObjectWriter answer(result);
  answer.number("status", entry.status);
  write_headers(answer, entry.answer_headers, entry.answer_headers_cut, mask);
  write_body(answer, entry.answer_body, entry.answer_body_cut, longest_body);
  answer.end();
  details.json("trace",
               entry.explanation ? text::dump(with_short_texts(entry.explanation->to_json(entry))) : "null");
  details.end();
  return text::printable_json(std::move(result));
}

}  // namespace vault_mock::site

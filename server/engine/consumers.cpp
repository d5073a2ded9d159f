// The operations on consumers. They name the consumer in the path, and the application in its header.
#include "engine/connectors.hpp"
#include "engine/operations.hpp"
#include "engine/paging.hpp"

namespace vault_mock::engine {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

Response unknown_consumer(std::string_view id) {
  auto body = contract::error_body(contract::row_of(contract::ErrorType::entity_not_found),
                                   "Could not find consumer with id: '" + std::string(id) + "'");
  body["message"] = "Unknown Consumer";
  return json_response(404, text::dump(body));
}

std::string_view application(const Call& call) { return call.outcome.trace.app_id; }

vault::Millis date_of(const Call& call, std::string_view parameter, vault::Millis otherwise) {
  const auto text = contract::find_query(call.request.query, parameter);
  const auto date = text ? text::parse_timestamp(*text) : std::nullopt;
  return date.value_or(otherwise);
}

// False: it would become too long.
bool merge_metadata(vault::Consumers& consumers, vault::Consumer& consumer, const json& body) {
  const auto metadata = body.find("metadata");
  if (metadata == body.end() || !metadata->is_object()) return true;
  return consumers.merge_metadata(consumer, text::dump(*metadata));
}

}  // namespace

// The cursor of a page is the number of consumers before it.
Response list_consumers(Call& call) {
  const auto cursor = page_cursor(call);
  if (!cursor) return unknown_cursor();
  const auto start = *cursor;
  const auto limit = page_limit(call);
  auto data = ordered_json::array();
  std::size_t seen = 0;
  use_consumers(call, [&](vault::Consumers& consumers) {
    for (const auto& consumer : consumers.oldest_first()) {
      if (consumer.application_id != application(call)) continue;
      if (seen++ >= start && data.size() < limit)
        data.push_back(vault::to_json(consumer, call.settings.connectors(), vault::ConsumerView::listed));
    }
  });
  Cursors cursors{.previous = {}, .current = start, .next = {}};
  if (start > 0) cursors.previous = start < limit ? 0 : start - limit;
  if (start + data.size() < seen) cursors.next = start + data.size();
  return list_page(data, cursors);
}

// Inferred: a consumer that is there already is taken as it is, its metadata renewed.
Response create_consumer(Call& call) {
  const auto& body = *call.json();  // the contract requires it, with a consumer_id
  const auto data = use_consumers(call, [&](vault::Consumers& consumers) -> std::string {
    auto& consumer = consumers.upsert(application(call), body.at("consumer_id").get<std::string>(), call.now);
    if (!merge_metadata(consumers, consumer, body)) return "";
    return text::dump(vault::to_json(consumer, call.settings.connectors(), vault::ConsumerView::detailed));
  });
  return data.empty() ? metadata_too_long() : success(200, data);
}

Response get_consumer(Call& call) {
  const auto id = path_parameter(call, "consumer_id");
  const auto data = use_consumers(call, [&](vault::Consumers& consumers) {
    const auto* consumer = consumers.find(application(call), id);
    return consumer ? text::dump(vault::to_json(*consumer, call.settings.connectors(),
                                                vault::ConsumerView::detailed))
                    : "";
  });
  return data.empty() ? unknown_consumer(id) : success(200, data);
}

Response update_consumer(Call& call) {
  const auto id = path_parameter(call, "consumer_id");
  bool fits = true;
  const auto data = use_consumers(call, [&](vault::Consumers& consumers) -> std::string {
    auto* consumer = consumers.find(application(call), id);
    if (consumer == nullptr) return "";
    if (const auto* body = call.json()) fits = merge_metadata(consumers, *consumer, *body);
    if (!fits) return "";
    consumer->modified = call.now;
    return text::dump(vault::to_json(*consumer, call.settings.connectors(), vault::ConsumerView::detailed));
  });
  if (!fits) return metadata_too_long();
  return data.empty() ? unknown_consumer(id) : success(200, data);
}

Response delete_consumer(Call& call) {
  const auto id = path_parameter(call, "consumer_id");
  const bool deleted = use_consumers(
      call, [&](vault::Consumers& consumers) { return consumers.erase(application(call), id); });
  return deleted ? success(200, text::dump(ordered_json{{"consumer_id", id}})) : unknown_consumer(id);
}

Response count_consumer_requests(Call& call) {
  const auto id = path_parameter(call, "consumer_id");
  const auto from = date_of(call, "start_datetime", {});
  const auto to = date_of(call, "end_datetime", call.now);
  const auto requests = use_consumers(call, [&](vault::Consumers& consumers) -> std::optional<std::uint64_t> {
    const auto* consumer = consumers.find(application(call), id);
    return consumer ? std::optional(vault::count_requests(*consumer, from, to)) : std::nullopt;
  });
  if (!requests) return unknown_consumer(id);
  return success(
      200, text::dump(ordered_json{{"application_id", application(call)},
                                   {"consumer_id", id},
                                   {"start_datetime", text::format_timestamp(from)},
                                   {"end_datetime", text::format_timestamp(to)},
                                   {"aggregated_request_count", *requests},
                                   {"request_counts", {{"unify", 0}, {"proxy", 0}, {"vault", *requests}}}}));
}

}  // namespace vault_mock::engine

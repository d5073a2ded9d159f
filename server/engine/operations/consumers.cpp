// The operations on consumers. They name the consumer in the path, and the application in its header.
#include "engine/operations/connectors.hpp"
#include "engine/operations/operations.hpp"
#include "engine/operations/paging.hpp"
#include "text/json/string_member.hpp"
#include "text/shortened.hpp"

namespace vault_mock::engine {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

Response unknown_consumer(std::string_view id) {
  return not_found("Unknown Consumer", "Could not find consumer with id: '" + text::shortened(id) + "'");
}

vault::Millis date_of(const CheckedRequest& request, std::string_view parameter, vault::Millis otherwise) {
  const auto text = request.query(parameter);
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

// The cursor of a page is the number of consumers before it, of those that pass the filter.
Response list_consumers(const CheckedRequest& request) {
  request.space().catch_up();
  const auto cursor = page_cursor(request);
  if (!cursor) return unknown_cursor();
  const auto start = *cursor;
  const auto limit = page_limit(request);
  const auto asked = request.query_object("filter");
  const vault::ConsumersFilter filter{.id_prefix = text::string_member(asked, "consumer_id"),
                                      .search = text::string_member(asked, "search")};
  auto data = ordered_json::array();
  std::size_t seen = 0;
  request.space().use_consumers([&](vault::Consumers& consumers) {
    for (const auto& consumer : consumers.oldest_first()) {
      if (consumer.application_id != request.application_id() || !filter.takes(consumer)) continue;
      if (seen++ >= start && data.size() < limit)
        data.push_back(vault::to_json(consumer, request.connectors(), vault::ConsumerView::listed));
    }
  });
  Cursors cursors{.previous = {}, .current = start, .next = {}};
  if (start > 0) cursors.previous = start < limit ? 0 : start - limit;
  if (start + data.size() < seen) cursors.next = start + data.size();
  return list_page(request, data, cursors);
}

// Inferred: a consumer that is there already is taken as it is, its metadata renewed.
Response create_consumer(const CheckedRequest& request) {
  const auto& body = request.body();
  const auto data = request.space().use_consumers([&](vault::Consumers& consumers) -> std::string {
    auto& consumer =
        consumers.upsert(request.application_id(), body.at("consumer_id").get<std::string>(), request.now());
    if (!merge_metadata(consumers, consumer, body)) return "";
    return text::dump(vault::to_json(consumer, request.connectors(), vault::ConsumerView::detailed));
  });
  return data.empty() ? metadata_too_long() : request.success(data);
}

Response get_consumer(const CheckedRequest& request) {
  request.space().catch_up();
  const auto id = request.path_parameter("consumer_id");
  const auto data = request.space().use_consumers([&](vault::Consumers& consumers) {
    const auto* consumer = consumers.find(request.application_id(), id);
    return consumer
               ? text::dump(vault::to_json(*consumer, request.connectors(), vault::ConsumerView::detailed))
               : "";
  });
  return data.empty() ? unknown_consumer(id) : request.success(data);
}

Response update_consumer(const CheckedRequest& request) {
  request.space().catch_up();
  const auto id = request.path_parameter("consumer_id");
  bool fits = true;
  const auto data = request.space().use_consumers([&](vault::Consumers& consumers) -> std::string {
    auto* consumer = consumers.find(request.application_id(), id);
    if (consumer == nullptr) return "";
    fits = merge_metadata(consumers, *consumer, request.body());
    if (!fits) return "";
    consumer->modified = request.now();
    return text::dump(vault::to_json(*consumer, request.connectors(), vault::ConsumerView::detailed));
  });
  if (!fits) return metadata_too_long();
  return data.empty() ? unknown_consumer(id) : request.success(data);
}

Response delete_consumer(const CheckedRequest& request) {
  request.space().catch_up();
  const auto id = request.path_parameter("consumer_id");
  const bool deleted = request.space().use_consumers(
      [&](vault::Consumers& consumers) { return consumers.erase(request.application_id(), id); });
  return deleted ? request.success(text::dump(ordered_json{{"consumer_id", id}})) : unknown_consumer(id);
}

Response count_consumer_requests(const CheckedRequest& request) {
  request.space().catch_up();
  const auto id = request.path_parameter("consumer_id");
  const auto from = date_of(request, "start_datetime", {});
  const auto to = date_of(request, "end_datetime", request.now());
  const auto requests =
      request.space().use_consumers([&](vault::Consumers& consumers) -> std::optional<std::uint64_t> {
        const auto* consumer = consumers.find(request.application_id(), id);
        return consumer ? std::optional(vault::count_requests(*consumer, from, to)) : std::nullopt;
      });
  if (!requests) return unknown_consumer(id);
  return request.success(
      text::dump(ordered_json{{"application_id", request.application_id()},
                              {"consumer_id", id},
                              {"start_datetime", text::format_timestamp(from)},
                              {"end_datetime", text::format_timestamp(to)},
                              {"aggregated_request_count", *requests},
                              {"request_counts", {{"unify", 0}, {"proxy", 0}, {"vault", *requests}}}}));
}

}  // namespace vault_mock::engine

// Names one field of a request, as a condition does: the consumer id, a header, a member of the body.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rules/matching/field_value.hpp"
#include "rules/matching/request_view.hpp"
#include "text/ascii.hpp"
#include "text/json/pointer.hpp"
#include "text/url.hpp"

namespace vault_mock::rules {

struct RequestField {
  enum class Place { operation, method, path, consumer_id, app_id, api_key, header, query, body };

  Place place;
  std::string name;  // of the header (lower case) or parameter, or the JSON Pointer; "" is the whole body
  std::vector<std::string> tokens;  // of the JSON Pointer

  friend bool operator==(const RequestField&, const RequestField&) = default;
};

// "consumer_id", "header x-trace", "body /settings/session_length"
std::string label(const RequestField& field);

// Whether the field holds a credential. Messages mask it: enough to tell two apart, not enough to use one.
bool is_secret(const RequestField& field);

// Calls `visit` with each value of the field, or once with a missing value, until it returns true. Returns
// whether it did. Headers and query parameters may have several values. An empty consumer id, app id or key
// counts as missing, as for the real service.
template <typename Visit>
bool any_value(const RequestField& field, const RequestView& request, const Visit& visit) {
  const auto text_value = [](std::string_view text) {
    return text.empty() ? FieldValue() : FieldValue(text);
  };
  switch (field.place) {
    case RequestField::Place::operation:
      return visit(text_value(request.operation));
    case RequestField::Place::method:
      return visit(FieldValue(request.method));
    case RequestField::Place::path:
      return visit(FieldValue(request.path));
    case RequestField::Place::consumer_id:
      return visit(text_value(request.consumer_id));
    case RequestField::Place::app_id:
      return visit(text_value(request.app_id));
    case RequestField::Place::api_key:
      return visit(text_value(request.api_key));
    case RequestField::Place::body:
      return visit(FieldValue(text::follow(request.body.get(), field.tokens)));
    case RequestField::Place::header: {
      bool found = false;
      for (const auto& [name, value] : request.headers) {
        if (!text::equal_ignoring_case(name, field.name)) continue;
        found = true;
        if (visit(FieldValue(value))) return true;
      }
      return !found && visit(FieldValue());
    }
    case RequestField::Place::query: {
      bool found = false, held = false;
      text::each_query_value(request.query, field.name, [&](const std::string& value) {
        found = true;
        held = visit(FieldValue(std::string_view(value)));
        return !held;
      });
      return held || (!found && visit(FieldValue()));
    }
  }
  return false;
}

}  // namespace vault_mock::rules

// Where a value of a request stands, as conditions name it.
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

struct Location {
  enum class Place { operation, method, path, consumer_id, app_id, api_key, header, query, body };

  Place place;
  std::string name;                 // of the header or parameter, or the JSON Pointer; "" is the whole body
  std::vector<std::string> tokens;  // of the pointer

  friend bool operator==(const Location&, const Location&) = default;
};

// "consumer_id", "header x-trace", "body /settings/session_length"
std::string label(const Location& at);

// Keys are credentials: messages show enough to tell two apart, not enough to use one.
bool is_secret(const Location& at);

// Calls `visit` with each value that stands there (a header may stand twice), or once with a missing one,
// until it returns true. Returns whether it did. An empty consumer id, app id or key counts as none, as the
// service treats it.
template <typename Visit>
bool any_value(const Location& at, const Subject& subject, const Visit& visit) {
  const auto text_value = [](std::string_view text) { return text.empty() ? Value() : Value(text); };
  switch (at.place) {
    case Location::Place::operation:
      return visit(text_value(subject.operation));
    case Location::Place::method:
      return visit(Value(subject.method));
    case Location::Place::path:
      return visit(Value(subject.path));
    case Location::Place::consumer_id:
      return visit(text_value(subject.consumer_id));
    case Location::Place::app_id:
      return visit(text_value(subject.app_id));
    case Location::Place::api_key:
      return visit(text_value(subject.api_key));
    case Location::Place::body:
      return visit(Value(text::follow(subject.body.get(), at.tokens)));
    case Location::Place::header: {
      bool found = false;
      for (const auto& [name, value] : subject.headers) {
        if (!text::equal_ignoring_case(name, at.name)) continue;
        found = true;
        if (visit(Value(value))) return true;
      }
      return !found && visit(Value());
    }
    case Location::Place::query: {
      bool found = false, held = false;
      text::each_query_value(subject.query, at.name, [&](const std::string& value) {
        found = true;
        held = visit(Value(std::string_view(value)));
        return !held;
      });
      return held || (!found && visit(Value()));
    }
  }
  return false;
}

}  // namespace vault_mock::rules

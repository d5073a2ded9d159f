#include "rules/matching/request_field.hpp"

#include "text/secret_header.hpp"

namespace vault_mock::rules {

std::string label(const Location& at) {
  switch (at.place) {
    case Location::Place::operation:
      return "operation";
    case Location::Place::method:
      return "method";
    case Location::Place::path:
      return "path";
    case Location::Place::consumer_id:
      return "consumer_id";
    case Location::Place::app_id:
      return "app_id";
    case Location::Place::api_key:
      return "api_key";
    case Location::Place::header:
      return "header " + at.name;
    case Location::Place::query:
      return "query parameter " + at.name;
    case Location::Place::body:
      return at.name.empty() ? "body" : "body " + at.name;
  }
  return {};
}

bool is_secret(const Location& at) {
  if (at.place == Location::Place::api_key) return true;
  return at.place == Location::Place::header && text::is_secret_header(at.name);
}

}  // namespace vault_mock::rules

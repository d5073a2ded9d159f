#include "rules/matching/request_field.hpp"

#include "text/secret_header.hpp"

namespace vault_mock::rules {

std::string label(const RequestField& field) {
  switch (field.place) {
    case RequestField::Place::operation:
      return "operation";
    case RequestField::Place::method:
      return "method";
    case RequestField::Place::path:
      return "path";
    case RequestField::Place::consumer_id:
      return "consumer_id";
    case RequestField::Place::app_id:
      return "app_id";
    case RequestField::Place::api_key:
      return "api_key";
    case RequestField::Place::header:
      return "header " + field.name;
    case RequestField::Place::query:
      return "query parameter " + field.name;
    case RequestField::Place::body:
      return field.name.empty() ? "body" : "body " + field.name;
  }
  return {};
}

bool is_secret(const RequestField& field) {
  if (field.place == RequestField::Place::api_key) return true;
  return field.place == RequestField::Place::header && text::is_secret_header(field.name);
}

}  // namespace vault_mock::rules

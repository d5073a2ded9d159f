// One operation of the API, as described by the contract document. Plain values, immutable once read.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/schema.hpp"

namespace vault_mock::contract {

// The kinds of credentials. An operation lists those it accepts in its `security`.
enum class Credential { api_key, session_token };

struct Parameter {
  enum class In { header, query };
  In in = In::header;
  std::string name;
  bool required = false;
  std::string unless;      // the name of a parameter that may come in place of a required one; empty: none
  bool is_object = false;  // in the query, as "name[key]=value" (style deepObject)
  Schema schema;
};

struct Operation {
  std::string id;                 // "sessionsCreate"
  std::string title;              // "Create Session"
  std::string method;             // "POST"
  std::vector<std::string> path;  // segments; "{service_id}" matches any one
  std::vector<Credential> credentials;
  std::vector<Parameter> parameters;
  std::optional<Schema> body;  // nullopt when the operation takes no body
  bool body_required = false;
  int success_status = 200;
  nlohmann::json example;       // the documented body of its success, or null
  bool has_error_page = false;  // its 400 is a page for those who ask for one

  bool takes(Credential credential) const;
};

// As the document has it: "/vault/connections/{unified_api}/{service_id}".
std::string path_of(const Operation& operation);

// The names of the "{…}" segments and what the path had there, percent-decoded.
using PathParameters = std::vector<std::pair<std::string_view, std::string>>;

}  // namespace vault_mock::contract

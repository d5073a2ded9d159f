// One operation of the API, as the contract document describes it.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/schema/schema.hpp"

namespace vault_mock::contract {

// How a caller may prove who it is. An operation names those it takes in its `security`.
enum class Credential { api_key, session_token };

struct Parameter {
  enum class In { header, query };
  In in = In::header;
  std::string name;
  bool required = false;
  Schema schema;
};

struct Operation {
  std::string id;                 // "sessionsCreate"
  std::string method;             // "POST"
  std::vector<std::string> path;  // segments; "{service_id}" stands for any one
  std::vector<Credential> credentials;
  std::vector<Parameter> parameters;
  std::optional<Schema> body;  // absent when the operation takes none
  bool body_required = false;
  int success_status = 200;
  nlohmann::json example;  // the documented body of the success, null when there is none

  bool takes(Credential credential) const;
};

// What a path held in place of the "{…}" segments, percent-decoded.
using PathParameters = std::vector<std::pair<std::string_view, std::string>>;

}  // namespace vault_mock::contract

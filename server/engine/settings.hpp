// What the command line says about answers, and what the shell lends the engine. Never changes once the
// program runs.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/page_model.hpp"
#include "vault/catalogue.hpp"

namespace vault_mock::engine {

enum class Strictness {
  as_real,  // suspicious input is answered as the real service does, and mentioned
  strict,   // suspicious input is a 422
};

struct Settings {
  std::vector<std::string> api_keys;  // the only keys that are known; empty: any is
  std::vector<std::string> app_ids;   // likewise
  std::string vault_url;              // base of session_uri; empty: where the client addressed the mock
  Strictness strictness = Strictness::as_real;
  bool mock_headers = true;  // x-mock-rule, x-mock-hint and x-mock-trace on answers
  std::shared_ptr<const vault::Catalogue> own_connectors = nullptr;  // null: those in the program
  PageRenderer render_page = nullptr;  // makes the answers of pages; null: they have a status alone

  // What stands before the token in a session_uri, for a client that has addressed the mock as `base_url`.
  std::string session_place(std::string_view base_url) const {
    constexpr std::string_view kSessions = "/session/";
    const std::string_view base = vault_url.empty() ? base_url : std::string_view(vault_url);
    std::string place;
    place.reserve(base.size() + kSessions.size());
    place.append(base).append(kSessions);
    return place;
  }
  const vault::Catalogue& connectors() const {
    return own_connectors ? *own_connectors : vault::Catalogue::shipped();
  }
};

}  // namespace vault_mock::engine

// The mock's own API, /_mock/…: looked up and checked by its own OpenAPI document, one resource a file under
// site/admin/.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.hpp"
#include "net/answer.hpp"
#include "site/answer_counts.hpp"
#include "site/mask.hpp"
#include "spaces/registry.hpp"
#include "text/url.hpp"

namespace vault_mock::site {

// Who may use the mock's own API.
struct AdminSettings {
  std::string token;                 // asked for as `Authorization: Bearer`; empty: none is
  std::vector<std::string> hosts;    // names with a dot in them under which the mock may be addressed
  std::vector<std::string> origins;  // of other sites whose pages may use it: "https://app.example"
};

// What the program outside knows of itself.
struct ProgramFacts {
  std::function<std::string()> rules_trouble;  // of the rule files: empty when all is well
  std::function<std::size_t()> connections;    // of clients, to the HTTP server
  std::function<std::uint64_t()> log_lines_dropped;
  std::function<std::chrono::nanoseconds()> uptime;
};

class EventTexts;  // site/admin/event_text.hpp
struct Resource;   // site/admin/resources.hpp

struct AdminCall {
  const engine::ApiRequest& request;
  const engine::Engine& engine;
  spaces::Registry& spaces;
  const std::shared_ptr<spaces::Space>& space;  // a passing one where there is none of that name
  spaces::Time wall;
  const Mask& mask;
  std::string_view document;
  const ProgramFacts& program;
  const AnswerCounts& answers;
  EventTexts& event_texts;
  const std::vector<std::string>& late;  // replicas whose last requests may be missing

  const nlohmann::json& body;  // checked against the document; null: there is none
  const contract::PathParameters& path_parameters;

  std::string path_parameter() const { return path_parameters.empty() ? "" : path_parameters.front().second; }
  std::optional<std::string> query(std::string_view name) const {
    return text::query_value(request.query, name);
  }
  // A query parameter that the document declares as an integer within bounds, all of them not negative.
  std::optional<std::uint64_t> number(std::string_view name) const;
};

class Admin {
 public:
  // `mask` and `answers` must outlive it, as the engine and the spaces must.
  Admin(const engine::Engine& engine, spaces::Registry& spaces, AdminSettings settings, const Mask& mask,
        const AnswerCounts& answers, ProgramFacts program);
  ~Admin();

  // Whether a path, without the space's prefix, is the mock's own; so is "DELETE /" of a named space.
  static bool owns(std::string_view path);
  static bool deletes_space(const engine::ApiRequest& request, std::string_view space);

  // The space need not exist. It is made when the answer has left something in it, by no other request: not
  // by one that looks, is refused, or changes what is not there. `own_origin`: see refuse_access(). Called
  // from many threads at once.
  net::Answer answer(const engine::ApiRequest& request, std::string_view own_origin, std::string_view space,
                     spaces::Time wall) const;

 private:
  net::Answer answer_to_trusted(const engine::ApiRequest& request, std::string_view space,
                                spaces::Time wall) const;
  net::Answer answer_in(const std::shared_ptr<spaces::Space>& space, const Resource& resource,
                        const contract::Found& found, const nlohmann::json& body,
                        const engine::ApiRequest& request, spaces::Time wall) const;

  const engine::Engine& engine_;
  spaces::Registry& spaces_;
  const AdminSettings settings_;
  const Mask& mask_;
  const AnswerCounts& answers_;
  const std::unique_ptr<EventTexts> event_texts_;
  const ProgramFacts program_;
};

// The makers of its answers. `text` is JSON.
net::Answer admin_text(int status, std::string text);
net::Answer admin_json(int status, const nlohmann::ordered_json& body);
net::Answer admin_error(int status, std::string error,
                        nlohmann::ordered_json more = nlohmann::ordered_json::object());
net::Answer no_content();

}  // namespace vault_mock::site

#include "site/admin/admin.hpp"

#include <algorithm>
#include <array>
#include <thread>

#include "site/admin/access.hpp"
#include "site/admin/event_text.hpp"
#include "site/admin/resources.hpp"
#include "site/replicas.hpp"
#include "text/embedded.hpp"
#include "text/json/json_document.hpp"
#include "text/nearest.hpp"
#include "text/printable.hpp"
#include "text/shortened.hpp"
#include "text/url.hpp"
#include "text/work.hpp"

namespace vault_mock::site {
namespace {

// What patterns and schemas may cost one call, such as a verification or the traces of a listing: about two
// seconds. What comes after is undecided.
constexpr std::uint64_t kWork = 2'000'000'000;

// Read on first use: a program that nobody administers starts without it.
const contract::Contract& admin_contract() {
  static const contract::Contract contract(text::embedded_file("server/site/admin/admin.json"));
  return contract;
}

// "/_mock/health" for "/_mock/helth", or empty.
std::string nearest_resource(std::string_view path, const nlohmann::ordered_json& resources) {
  constexpr std::string_view kPrefix = "/_mock/";
  std::vector<std::string> names;  // without the prefix, which would make all of them look alike
  for (const auto& resource : resources)
    if (const auto& name = resource.get_ref<const std::string&>();
        name.starts_with(kPrefix) && name.find('{') == name.npos)
      names.push_back(name.substr(kPrefix.size()));
  const auto near =
      path.starts_with(kPrefix) ? text::nearest(path.substr(kPrefix.size()), names) : std::nullopt;
  return near ? std::string(kPrefix) + *near : "";
}

net::Answer unknown_path(const engine::ApiRequest& request) {
  auto resources = nlohmann::ordered_json::array();
  std::string last;
  for (const auto& operation : admin_contract().operations()) {
    const auto path = contract::path_of(operation);
    if (path != last && path != "/") resources.push_back(path);
    last = path;
  }
  const auto near = nearest_resource(request.path, resources);
  return admin_error(
      404,
      "There is no " + std::string(request.path) +
          (near.empty() ? ": see `resources`, or GET /_mock/admin.json" : "; did you mean " + near + "?"),
      {{"resources", resources}});
}

// How other APIs call the cursor of a page.
bool means_cursor(std::string_view name) {
  constexpr auto kNames = std::to_array<std::string_view>({"next", "after", "page", "page_token", "offset"});
  return std::ranges::find(kNames, name) != kNames.end();
}

// Query parameters that the operation does not have: a misspelt filter would show everything, a misspelt
// `times` would make a rule for good. And those that stand there twice, of which only one would count.
void refuse_wrong_parameters(const contract::Operation& operation, const Resource& resource,
                             std::string_view query, contract::Violations& violations) {
  std::vector<std::string> known;
  for (const auto& parameter : operation.parameters)
    if (parameter.in == contract::Parameter::In::query) known.push_back(parameter.name);
  if (known.empty()) return;  // nothing to misspell
  text::each_query_pair(query, [&](std::string_view encoded, std::string_view) {
    const auto name = text::query_decoded(encoded);
    if (name.empty() || std::ranges::find(known, name) != known.end()) return true;
    const bool is_cursor = means_cursor(name) && std::ranges::find(known, "cursor") != known.end();
    const auto near = is_cursor ? std::optional<std::string>("cursor") : text::nearest(name, known);
    violations.push_back({contract::Violation::In::query, name,
                          "There is no query parameter '" + name + "' here",
                          near ? text::did_you_mean(near) : "GET /_mock/admin.json lists those there are"});
    return true;
  });
  const auto name = text::repeated_query_name(query, resource.repeatable);
  if (name && std::ranges::find(known, *name) != known.end())
    violations.push_back({contract::Violation::In::query, *name,
                          "The query parameter '" + text::shortened(*name) + "' stands there twice",
                          "Leave one of them out"});
}

// Of two values of one key only one would count, and nobody can tell which was meant.
void refuse_doubled_keys(const text::JsonDocument& document, contract::Violations& violations) {
  constexpr std::size_t kMostTold = 10;
  for (const auto& pointer : document.duplicate_keys) {
    if (violations.size() >= kMostTold) return;
    const auto key = pointer.substr(pointer.rfind('/') + 1);
    violations.push_back({contract::Violation::In::body, pointer,
                          "The key '" + text::shortened(key) + "' stands in the body twice",
                          "Leave one of them out"});
  }
}

// The body of the request as a value, or why there is no value.
tl::expected<nlohmann::json, net::Answer> read_body(const contract::Operation& operation,
                                                    const Resource& resource,
                                                    const engine::ApiRequest& request) {
  contract::Violations violations = contract::check_parameters(operation, request.headers, request.query);
  refuse_wrong_parameters(operation, resource, request.query, violations);
  if (const auto* error = request.coding_error)
    return tl::unexpected(admin_error(error->status, error->reason + ". " + error->suggestion));
  nlohmann::json body;
  if (request.body.find_first_not_of(" \t\r\n") != request.body.npos) {
    auto document = text::read_json(request.body);
    if (!document && resource.json_reader == JsonReader::of_all) {
      const auto place = text::place_of(request.body, document.error().offset);
      return tl::unexpected(admin_error(400, "The body is not valid JSON: " + document.error().message +
                                                 " (line " + std::to_string(place.line) + ", column " +
                                                 std::to_string(place.column) + ")"));
    }
    if (document) {
      if (resource.json_reader == JsonReader::of_all) refuse_doubled_keys(*document, violations);
      body = std::move(document->value);
      if (operation.body)
        std::ranges::move(operation.body->violations(body, "the body"), std::back_inserter(violations));
    }
  } else if (operation.body_required) {
    return tl::unexpected(
        admin_error(400, "The body is missing: this takes a JSON object, see GET /_mock/admin.json"));
  }
  if (resource.suggest != nullptr) resource.suggest(violations);
  if (!violations.empty()) return tl::unexpected(admin_error(400, contract::to_detail(violations)));
  return body;
}

// What goes through the store can wait for one that was away for a moment.
void wait_until_there(const spaces::Store& store) {
  constexpr std::chrono::milliseconds kPatience{1'000}, kPause{10};
  for (auto waited = kPause; !store.is_there() && waited < kPatience; waited += kPause)
    std::this_thread::sleep_for(kPause);
}

}  // namespace

Admin::Admin(const engine::Engine& engine, spaces::Registry& spaces, AdminSettings settings, const Mask& mask,
             const AnswerCounts& answers, ProgramFacts program)
    : engine_(engine),
      spaces_(spaces),
      settings_(std::move(settings)),
      mask_(mask),
      answers_(answers),
      event_texts_(std::make_unique<EventTexts>()),
      program_(std::move(program)) {}

Admin::~Admin() = default;

bool Admin::owns(std::string_view path) { return path == "/_mock" || path.starts_with("/_mock/"); }

bool Admin::deletes_space(const engine::ApiRequest& request, std::string_view space) {
  return request.method == "DELETE" && request.path == "/" && space != spaces::kDefaultSpace;
}

// Pages of the origins of --admin-origin may read answers; before what is not a plain GET, browsers ask.
net::Answer Admin::answer(const engine::ApiRequest& request, std::string_view own_origin,
                          std::string_view space, spaces::Time wall) const {
  const auto answer_to_own = [&] {
    const auto refusal = refuse_access(settings_, request, own_origin);
    return refusal ? admin_error(refusal->status, refusal->reason) : answer_to_trusted(request, space, wall);
  };
  const auto origin = allowed_origin(settings_, request);
  if (!origin) return answer_to_own();
  auto answer = request.method == "OPTIONS" ? no_content() : answer_to_own();
  answer.headers.emplace_back("access-control-allow-origin", *origin);
  answer.headers.emplace_back("vary", "Origin");
  answer.headers.emplace_back("access-control-expose-headers", "x-mock-next");
  if (request.method != "OPTIONS") return answer;
  answer.headers.emplace_back("access-control-allow-methods", "GET, POST, PUT, PATCH, DELETE");
  answer.headers.emplace_back("access-control-allow-headers",
                              "authorization, content-type, last-event-id, x-mock-admin-token, x-mock-space");
  answer.headers.emplace_back("access-control-allow-private-network", "true");
  answer.headers.emplace_back("access-control-max-age", "600");
  return answer;
}

net::Answer Admin::answer_to_trusted(const engine::ApiRequest& request, std::string_view space,
                                     spaces::Time wall) const {
  const text::WorkBudget budget(kWork);
  const auto lookup = admin_contract().find(request.method, request.path);
  if (const auto* refused = std::get_if<contract::MethodNotAllowed>(&lookup)) {
    auto answer = admin_error(405, refused->words(request.method));
    answer.headers.emplace_back("allow", refused->allow);
    return answer;
  }
  const auto* found = std::get_if<contract::Found>(&lookup);
  const auto* resource = found == nullptr ? nullptr : resource_of(found->operation->id);
  if (resource == nullptr) return unknown_path(request);
  const auto body = read_body(*found->operation, *resource, request);
  if (!body) return body.error();
  // Of two requests that would both make the space, the second is answered again, in that of the first.
  for (;;) {
    if (const auto known = spaces_.find(space))
      return answer_in(known, *resource, *found, *body, request, wall);
    const auto passing = spaces_.passing_space(space);
    auto answer = answer_in(passing, *resource, *found, *body, request, wall);
    // What was changed in a shared space is in the store, whichever space of this program is kept.
    if (passing->is_as_new() || spaces_.keep(passing) || spaces_.sharing() != nullptr) return answer;
  }
}

net::Answer Admin::answer_in(const std::shared_ptr<spaces::Space>& space, const Resource& resource,
                             const contract::Found& found, const nlohmann::json& body,
                             const engine::ApiRequest& request, spaces::Time wall) const {
  std::vector<std::string> late;
  const AdminCall call{.request = request,
                       .engine = engine_,
                       .spaces = spaces_,
                       .space = space,
                       .wall = wall,
                       .mask = mask_,
                       .document = admin_contract().document(),
                       .program = program_,
                       .answers = answers_,
                       .event_texts = *event_texts_,
                       .late = late,
                       .body = body,
                       .path_parameters = found.path_parameters};
  const auto* sharing = spaces_.sharing();
  if (sharing == nullptr) return resource.answer(call);
  try {
    spaces::begin_request();
    if (resource.tells != Tells::of_none || request.method != "GET") wait_until_there(*sharing->store);
    space->refresh();
    if (resource.tells != Tells::of_none) {
      const bool of_all = resource.tells == Tells::of_all || call.query("spaces") == "all";
      late = spaces_.catch_up(of_all ? nullptr : space.get());
    }
    auto answer = resource.answer(call);
    add_late(answer, late);
    accept_late(answer, spaces::settle_changes(*sharing->store));
    spaces::leave_entries(*sharing->store);
    return answer;
  } catch (const spaces::StoreAwayError& error) {
    auto answer = admin_error(503, std::string("The store that the replicas of this mock share is away: ") +
                                       error.what() + ". GET /_mock/health says when it is back");
    answer.headers.emplace_back(engine::kStoreHeader, "away");
    return answer;
  }
}

// "1e3" is an integer to JSON Schema, too.
std::optional<std::uint64_t> AdminCall::number(std::string_view name) const {
  const auto text = query(name);
  if (!text) return std::nullopt;
  const auto value = nlohmann::json::parse(*text, nullptr, /*allow_exceptions=*/false);
  if (value.is_number_unsigned()) return value.get<std::uint64_t>();
  constexpr double kLimit = 0x1p53;
  if (value.is_number_float() && value >= 0 && value < kLimit)
    return static_cast<std::uint64_t>(value.get<double>());
  return std::nullopt;
}

// Read in terminals as much as by programs.
net::Answer admin_text(int status, std::string text) {
  text = text::printable_json(std::move(text));
  text += '\n';
  return {.status = status,
          .headers = {{"content-type", "application/json; charset=utf-8"}},
          .body = std::move(text)};
}

net::Answer admin_json(int status, const nlohmann::ordered_json& body) {
  return admin_text(status, text::dump(body));
}

net::Answer admin_error(int status, std::string error, nlohmann::ordered_json more) {
  nlohmann::ordered_json body = {{"error", std::move(error)}};
  body.update(more);
  return admin_json(status, body);
}

net::Answer no_content() { return {.status = 204, .headers = {}, .body = ""}; }

}  // namespace vault_mock::site

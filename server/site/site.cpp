#include "site/site.hpp"

#include <algorithm>
#include <chrono>
#include <variant>

#include "engine/explanation.hpp"
#include "site/pages/page_files.hpp"
#include "site/pages/session_watch.hpp"
#include "site/readable_request.hpp"
#include "site/replicas.hpp"
#include "site/retry_advice.hpp"
#include "spaces/space_name.hpp"
#include "text/ascii.hpp"
#include "text/authorization.hpp"
#include "text/character_set.hpp"
#include "text/headers.hpp"
#include "text/overloaded.hpp"

namespace vault_mock::site {
namespace {

// What the engine decided about the delivery, in the terms of the HTTP server.
net::Delivery delivery_of(const engine::Outcome& outcome) {
  net::Delivery delivery{.delay = outcome.delay};
  std::visit(text::Overloaded{
                 [](const std::monostate&) {},
                 [](const rules::Malformed&) {},  // the engine broke the body itself
                 [&](const rules::Reset&) { delivery.fault = net::Fault::reset; },
                 [&](const rules::Close&) { delivery.fault = net::Fault::close; },
                 [&](const rules::Truncate&) { delivery.fault = net::Fault::truncate; },
                 [&](const rules::Drip& drip) {
                   delivery.fault = net::Fault::drip;
                   delivery.drip_bytes = drip.chunk;
                   delivery.drip_gap = drip.gap;
                 },
                 [&](const rules::Hang& hang) {
                   delivery.fault = net::Fault::hang;
                   delivery.hang_limit = hang.limit;
                 },
             },
             outcome.fault);
  return delivery;
}

// Takes the response out of the outcome.
net::Answer answer_of(engine::Outcome& outcome) {
  auto& response = outcome.response;
  return {.status = response.status,
          .headers = std::move(response.headers),
          .body = std::move(response.body),
          .delivery = delivery_of(outcome)};
}

// A Host that could not stand in a URL is not repeated in one.
bool is_authority(std::string_view host) {
  static constexpr auto kAllowed = text::kAsciiLettersAndDigits.with(".-_:[]");
  return !host.empty() && host.size() <= 255 && kAllowed.contains_all(host);
}

// Of the address that a request was sent to.
std::string origin_of(net::Scheme scheme, std::string_view host) {
  return std::string(scheme == net::Scheme::https ? "https://" : "http://")
      .append(is_authority(host) ? host : "localhost");
}

// Views into the request and the outcome, but for the headers of the answer and the explanation.
spaces::Entry journal_entry(const engine::ApiRequest& request, const engine::Outcome& outcome,
                            const net::Answer& answer, spaces::Time at, std::chrono::nanoseconds took) {
  const auto& trace = outcome.trace;
  return {
      .sequence = 0,
      .program_sequence = 0,
      .id = trace.request_id,
      .at = at,
      .took = std::chrono::duration_cast<std::chrono::microseconds>(took),
      .method = request.method,
      .path = request.path,
      .query = request.query,
      .headers = request.headers,
      .body = request.body,
      .status = answer.status,
      .answer_headers = {},
      .answer_body = answer.body,
      .coding_error = request.coding_error != nullptr ? std::string_view(request.coding_error->reason) : "",
      .operation = trace.operation,
      .consumer_id = trace.consumer_id,
      .app_id = trace.app_id,
      .credential = trace.credential,
      .rule = trace.rule,
      .decided_by = {},
      .space = {},
      .kind = to_string(trace.kind()),
      .explanation = nullptr};
}

void record(spaces::Space& space, spaces::Entry entry, const net::Answer& answer, engine::Outcome& outcome) {
  const std::vector<text::HeaderView> answer_headers(answer.headers.begin(), answer.headers.end());
  entry.answer_headers = answer_headers;
  const auto decided_by = outcome.trace.decided_by();
  entry.decided_by = decided_by;
  entry.space = space.name();
  if (space.sharing() != nullptr)
    entry.answered = std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
  entry.explanation = std::make_shared<engine::TraceExplanation>(
      static_cast<engine::RecordedTrace&&>(outcome.trace), outcome.trace.rules);
  space.record(entry);
}

// A browser that opens the address of the mock, or of a space, wants the page that looks into it. Programs
// that wait for the address get JSON, and vault-js shows the root of its own host.
bool leads_to_console(const net::Request& request, const Target& target) {
  if (request.method != "GET" && request.method != "HEAD") return false;
  if (target.path == "/_mock") return true;
  if (target.path != "/") return false;
  const auto header = [&](std::string_view name) {
    return text::find_header(request.headers, name).value_or("");
  };
  return text::contains_ignoring_case(header("accept"), "text/html") &&
         !text::lower(header("host")).starts_with("vaultjs.apideck.com");
}

net::Answer redirect(std::string location) {
  return {.status = 302, .headers = {{"location", std::move(location)}, {"vary", "Accept"}}, .body = ""};
}

}  // namespace

Site::Site(const engine::Engine& engine, spaces::Registry& spaces, const AccessLog& log, WallClock clock,
           SiteSettings settings, ProgramFacts program)
    : engine_(engine),
      spaces_(spaces),
      log_(log),
      clock_(std::move(clock)),
      settings_(std::move(settings)),
      admin_(engine, spaces, settings_.admin, settings_.mask, answers_, std::move(program)) {}

tl::expected<std::string, std::string> Site::space_of(const Target& target,
                                                      std::span<const text::HeaderView> headers) const {
  if (!target.prefix.empty()) return target.space;
  if (const auto named = text::find_header(headers, "x-mock-space")) {
    const auto is_one = [](const text::HeaderView& header) { return text::is_named(header, "x-mock-space"); };
    if (std::ranges::count_if(headers, is_one) > 1)
      return tl::unexpected(std::string("x-mock-space is there more than once: a request is in one space"));
    auto name = spaces::read_space_name(*named);
    if (!name) return tl::unexpected("x-mock-space: " + name.error());
    return name;
  }
  std::string_view credential;
  if (settings_.space_by == SpaceBy::app_id)
    credential = text::find_header(headers, "x-apideck-app-id").value_or("");
  if (settings_.space_by == SpaceBy::api_key)
    credential =
        text::read_authorization(text::find_header(headers, "authorization").value_or("")).credential;
  if (credential.empty()) return target.space;
  if (settings_.space_by == SpaceBy::app_id && spaces::is_space_name(credential))
    return std::string(credential);
  return settings_.mask.hash(credential, 8);  // it cannot be a name, or must not be shown
}

std::pair<std::shared_ptr<spaces::Space>, bool> Site::space_for(std::string_view name,
                                                                const engine::ApiRequest& request) const {
  if (auto known = spaces_.find(name)) return {std::move(known), true};
  const bool writes = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
  // A wrong path or method that is meant for the API is what a test then looks for in its journal.
  const bool is_meant_for_vault = request.path.starts_with("/vault/") && request.method != "HEAD";
  const bool makes =
      writes || (request.method != "OPTIONS" &&
                 (is_meant_for_vault || std::holds_alternative<contract::Found>(
                                            engine_.contract().find(request.method, request.path))));
  return {makes ? spaces_.get(name) : spaces_.passing_space(name), makes};
}

std::string Site::base_url(net::Scheme scheme, std::string_view host, std::string_view space) const {
  auto url = settings_.public_url.empty() ? origin_of(scheme, host) : settings_.public_url;
  url.append(spaces::path_prefix(space));
  return url;
}

net::Answer Site::handle(const net::Request& received) {
  const auto started = std::chrono::steady_clock::now();
  const auto target = read_target(received.target);
  if (!target) return refuse({400, target.error()});
  if (auto file = find_page_file(target->path)) return std::move(*file);
  if (target->path == "/_mock/" && (received.method == "GET" || received.method == "HEAD"))
    return console_page();
  if (leads_to_console(received, *target)) return redirect(std::string(target->prefix) + "/_mock/");
  const ReadableRequest readable(received);
  const auto name = space_of(*target, readable.headers());
  if (!name) return refuse({400, name.error()});
  const auto host = text::find_header(readable.headers(), "host").value_or("");
  const auto base = base_url(received.scheme, host, *name);
  const auto method = method_of(received.method, *target);
  engine::ApiRequest request{.method = method,
                             .path = target->path,
                             .query = target->query,
                             .headers = readable.headers(),
                             .body = readable.body(),
                             .base_url = base,
                             .coding_error = readable.coding_error()};
  if (method != received.method) request.sent_method = received.method;
  const auto wall = clock_();
  if (Admin::owns(request.path) || Admin::deletes_space(request, *name)) {
    auto answer = admin_.answer(request, origin_of(received.scheme, host), *name, wall);
    tend();
    return answer;
  }
  if (spaces_.sharing() != nullptr) spaces::begin_request();
  const auto [space, is_kept] = space_for(*name, request);
  request.is_kept = is_kept;
  request.is_current = space->refresh();
  if (auto watched = watch_session(request, *space, wall)) return std::move(*watched);

  auto [now, generator] = space->begin(wall);
  const rules::Dice dice = [&generator = generator] { return generator.next_fraction(); };
  auto outcome = engine_.answer(request, *space, now, dice);
  if (auto advice = retry_advice(request, outcome, *space, wall))
    outcome.trace.advice.push_back(std::move(*advice));
  const auto took = std::chrono::steady_clock::now() - started;
  log_.write(request, outcome, took);
  answers_.count(outcome.trace.kind(), outcome.response.status, took);
  auto answer = answer_of(outcome);
  if (space->sharing() != nullptr) add_late(answer, spaces::settle_changes(space->sharing()->store()));
  if (is_kept) record(*space, journal_entry(request, outcome, answer, now, took), answer, outcome);
  if (space->sharing() != nullptr) spaces::leave_entries(space->sharing()->store());
  tend();
  return answer;
}

void Site::tend() {
  if (!spaces_.needs_housekeeping()) return;
  for (const auto& line : spaces_.do_housekeeping()) log_.write_bounds(line);
}

void Site::report(std::string_view failure) { log_.write_fault(failure); }

net::Answer Site::refuse(const net::Refusal& refusal) {
  log_.write_refusal(refusal.status, refusal.reason);
  answers_.count_refused(refusal.status);
  // Not of the space's own row: a broken request of anybody must not move the ids of a test's answers.
  constexpr std::uint64_t kOwnRow = 0x5EED0FDEADBEEF00;
  spaces::Generator generator(
      spaces::Generator(spaces_.default_space()->seed() ^ (kOwnRow + ++refusals_)).next());
  auto response = engine_.refusal(refusal.status, std::string(refusal.reason),
                                  [&generator] { return generator.next_fraction(); });
  return {
      .status = response.status, .headers = std::move(response.headers), .body = std::move(response.body)};
}

}  // namespace vault_mock::site

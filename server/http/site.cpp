#include "http/site.hpp"

#include <chrono>
#include <variant>

#include "http/resource.hpp"
#include "http/target.hpp"

namespace vault_mock::http {
namespace {

template <typename... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};

// What the engine decided about the delivery, in the terms of the connection layer.
Delivery delivery_of(const engine::Outcome& outcome) {
  Delivery delivery{.delay = outcome.delay};
  std::visit(Overloaded{
                 [](const std::monostate&) {},
                 [](const rules::Malformed&) {},  // the engine broke the body itself
                 [&](const rules::Reset&) { delivery.fault = Fault::reset; },
                 [&](const rules::Close&) { delivery.fault = Fault::close; },
                 [&](const rules::Truncate&) { delivery.fault = Fault::truncate; },
                 [&](const rules::Drip& drip) {
                   delivery.fault = Fault::drip;
                   delivery.drip_bytes = drip.chunk;
                   delivery.drip_gap = drip.gap;
                 },
                 [&](const rules::Hang& hang) {
                   delivery.fault = Fault::hang;
                   delivery.hang_limit = hang.limit;
                 },
             },
             outcome.fault);
  return delivery;
}

// A Host that could not stand in a URL is not repeated in one.
bool is_authority(std::string_view host) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:[]";
  return !host.empty() && host.size() <= 255 && host.find_first_not_of(kAllowed) == host.npos;
}

}  // namespace

std::string Site::base_url(std::string_view host, std::string_view prefix) const {
  std::string url = public_url_;
  if (url.empty()) url.append("http://").append(is_authority(host) ? host : "localhost");
  return url.append(prefix);
}

Outgoing Site::answer(const Incoming& incoming) {
  const auto started = std::chrono::steady_clock::now();
  const auto target = read_target(incoming.target);
  const auto space = spaces_.get(target.space);
  const auto host = contract::find_header(incoming.headers, "host").value_or("");
  const auto base = base_url(host, target.prefix);
  const engine::Request request{.method = incoming.method,
                                .path = target.path,
                                .query = target.query,
                                .headers = incoming.headers,
                                .body = incoming.body,
                                .base_url = base};
  if (const auto* resource = find_resource(target.path))
    return {answer_resource(*resource, {request, engine_, spaces_, *space}), {}};

  auto generator = space->next_generator();
  const rules::Dice dice = [&generator] { return generator.next_fraction(); };
  auto outcome = engine_.answer(request, *space, space->now(clock_()), dice);
  log_.write(request, outcome, std::chrono::steady_clock::now() - started);
  const auto delivery = delivery_of(outcome);
  return {std::move(outcome.response), delivery};
}

engine::Response Site::refuse(int status, std::string_view reason) {
  log_.write_refusal(status, reason);
  return engine::protocol_failure(status, std::string(reason));
}

}  // namespace vault_mock::http

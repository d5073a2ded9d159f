// Everything behind the socket: the API in every space, and the mock's own resources under /_mock/.
//
// Knows no socket and no HTTP library, names no operation and decides no answer of the API.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "engine/engine.hpp"
#include "http/access_log.hpp"
#include "http/delivery.hpp"
#include "spaces/registry.hpp"

namespace vault_mock::http {

// The wall clock comes as an argument, made in app/.
using WallClock = std::function<spaces::Time()>;

struct Incoming {
  std::string_view method;
  std::string_view target;  // "/@name/vault/sessions?x=1"
  std::span<const contract::Header> headers;
  std::string_view body;
};

struct Outgoing {
  engine::Response response;
  Delivery delivery;
};

class Site {
 public:
  // All must outlive the site. `public_url` is where clients reach the mock; empty: as each request addresses
  // it.
  Site(const engine::Engine& engine, spaces::Registry& spaces, AccessLog& log, WallClock clock,
       std::string public_url)
      : engine_(engine),
        spaces_(spaces),
        log_(log),
        clock_(std::move(clock)),
        public_url_(std::move(public_url)) {}

  // Called from many threads at once.
  Outgoing answer(const Incoming& incoming);

  // The answer to a request that could not be read: `status` and the reason, in the vendor's shape.
  engine::Response refuse(int status, std::string_view reason);

 private:
  std::string base_url(std::string_view host, std::string_view prefix) const;

  const engine::Engine& engine_;
  spaces::Registry& spaces_;
  AccessLog& log_;
  const WallClock clock_;
  const std::string public_url_;
};

}  // namespace vault_mock::http

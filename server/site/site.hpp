// Everything behind the socket: the API in every space, and the mock's own API under /_mock/.
//
// Knows no socket and no HTTP library, names no operation and decides no answer of the API.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "engine/engine.hpp"
#include "net/handler.hpp"
#include "site/access_log.hpp"
#include "site/admin/admin.hpp"
#include "site/answer_counts.hpp"
#include "site/mask.hpp"
#include "site/space_by.hpp"
#include "site/target.hpp"
#include "spaces/registry.hpp"
#include "text/headers.hpp"

namespace vault_mock::site {

// The wall clock comes as an argument, made in app/.
using WallClock = std::function<spaces::Time()>;

struct SiteSettings {
  std::string public_url;  // where clients reach the mock; empty: as each request addresses it
  SpaceBy space_by = SpaceBy::nothing;
  AdminSettings admin;
  Mask mask;
};

class Site final : public net::Handler {
 public:
  // All must outlive the site.
  Site(const engine::Engine& engine, spaces::Registry& spaces, const AccessLog& log, WallClock clock,
       SiteSettings settings, ProgramFacts program);

  net::Answer handle(const net::Request& request) override;
  // A request that could not be read, in the vendor's shape.
  net::Answer refuse(const net::Refusal& refusal) override;
  void report(std::string_view failure) override;

  // The name of a request's space, from its path, its x-mock-space header or its credential. `headers` are as
  // a ReadableRequest has them. The error says why the header names none.
  tl::expected<std::string, std::string> space_of(const Target& target,
                                                  std::span<const text::HeaderView> headers) const;

 private:
  // The space itself, for a request of the API. One that is not there is made for what the journal is to
  // remember: calls of operations and what misses them under /vault/, POST, PUT and PATCH. Else it is a
  // passing one, and the bool is false.
  std::pair<std::shared_ptr<spaces::Space>, bool> space_for(std::string_view name,
                                                            const engine::ApiRequest& request) const;
  // After each request: keeps the program within its memory, and says what was lost by that.
  void tend();
  std::string base_url(net::Scheme scheme, std::string_view host, std::string_view space) const;

  const engine::Engine& engine_;
  spaces::Registry& spaces_;
  const AccessLog& log_;
  const WallClock clock_;
  const SiteSettings settings_;
  AnswerCounts answers_;
  const Admin admin_;
  std::atomic<std::uint64_t> refusals_{0};
};

}  // namespace vault_mock::site

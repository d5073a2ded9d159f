// A page that a browser shows, as data. The shell makes HTML and headers of it (site/pages/render.hpp).
#pragma once

#include <cstdint>
#include <string>

#include "vault/connection.hpp"

namespace vault_mock::engine {

struct Response;

// The response header that takes its opener from a window, and its value (HTML, 7.1.3): the window's opener
// is null from then on, wherever it goes, if the address is https or of the machine itself.
constexpr const char* kOpenerPolicy = "cross-origin-opener-policy";
constexpr const char* kSeveringPolicy = "same-origin";

struct PageModel {
  // session: the hosted page behind a session_uri. vault_js: the same in a frame of the app's page, which
  // sends the token. provider: the fake provider of the OAuth flow. landing: where that flow ends when the
  // app names no page of its own.
  enum class Page : std::uint8_t { session, vault_js, provider, landing };

  Page page = Page::session;
  // What the page shows. Of a session: active, expired, revoked, broken (the token is not one of ours). Of
  // vault_js: active. Of the provider: ask, broken, unsafe (a redirect that is not followed), incomplete (see
  // `message`), disconnected. Of the landing page: landed.
  std::string state;
  std::string root;               // from the page's path to the root of its space, relative: "../../"
  std::string request_id;         // of the answer
  vault::Millis now{};            // by the space's clock; of a session
  bool loads_all_images = false;  // from any host, and not only from the mock; of a session
  std::string icon;               // a URL; of the provider, empty: none
  std::string message;            // what the request lacks; of the provider, empty: nothing
  bool severs_opener = false;     // the page is cut off from the one that opened it
};

// Must be pure: the same page gives the same bytes. It may be called by any thread.
using PageRenderer = Response (*)(int status, const PageModel& page);

}  // namespace vault_mock::engine

#include "site/pages/page_files.hpp"

#include "text/embedded.hpp"

namespace vault_mock::site {

std::optional<net::Answer> find_page_file(std::string_view path) {
  constexpr std::string_view kPlace = "/_page/";
  if (!path.starts_with(kPlace)) return std::nullopt;
  const auto wanted = "server/web/" + std::string(path.substr(kPlace.size()));
  const bool is_script = wanted.ends_with(".js");
  if (!is_script && !wanted.ends_with(".css")) return std::nullopt;
  for (const auto& file : text::embedded_files())
    if (file.path == wanted)
      return net::Answer{.status = 200,
                         .headers = {{"content-type", is_script ? "text/javascript; charset=utf-8"
                                                                : "text/css; charset=utf-8"},
                                     {"cache-control", "no-cache"},
                                     {"x-content-type-options", "nosniff"}},
                         .body = std::string(file.bytes)};
  return std::nullopt;
}

net::Answer console_page() {
  return {.status = 200,
          .headers = {{"content-type", "text/html; charset=utf-8"},
                      {"content-security-policy",
                       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                       "connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"},
                      {"cache-control", "no-store"},
                      {"referrer-policy", "no-referrer"},
                      {"x-content-type-options", "nosniff"}},
          .body = std::string(text::embedded_file("server/web/console/index.html"))};
}

}  // namespace vault_mock::site

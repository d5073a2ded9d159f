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

}  // namespace vault_mock::site

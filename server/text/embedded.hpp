// Files compiled into the program by server/embed.cmake: the contract document, the default rules, the pages.
#pragma once

#include <span>
#include <string_view>

namespace vault_mock::text {

struct EmbeddedFile {
  std::string_view path;  // as in the source tree: "server/contract/openapi.json"
  std::string_view bytes;
};

// All of them, for the life of the program.
std::span<const EmbeddedFile> embedded_files();

// The bytes of one. A path that was not embedded is a bug of ours: it throws std::out_of_range.
std::string_view embedded_file(std::string_view path);

}  // namespace vault_mock::text

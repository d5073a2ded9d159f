#include "text/embedded.hpp"

#include <stdexcept>
#include <string>

namespace vault_mock::text {

std::string_view embedded_file(std::string_view path) {
  for (const auto& candidate : embedded_files())
    if (candidate.path == path) return candidate.bytes;
  throw std::out_of_range("not embedded: " + std::string(path));
}

}  // namespace vault_mock::text

#include "text/embedded.hpp"

#include <stdexcept>
#include <string>

namespace vault_mock::embedded {

std::string_view file(std::string_view path) {
  for (const auto& candidate : files())
    if (candidate.path == path) return candidate.bytes;
  throw std::out_of_range("not embedded: " + std::string(path));
}

}  // namespace vault_mock::embedded

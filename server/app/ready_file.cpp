#include "app/ready_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <unistd.h>

namespace vault_mock::app {

tl::expected<void, std::string> write_ready_file(const std::string& path, std::span<const std::string> urls) {
  const auto draft = path + "." + std::to_string(getpid()) + ".tmp";
  std::ofstream file(draft);
  for (const auto& url : urls) file << url << '\n';
  file.close();
  if (file && std::rename(draft.c_str(), path.c_str()) == 0) return {};
  const std::string reason = std::strerror(errno);
  std::remove(draft.c_str());
  return tl::unexpected("cannot write --ready-file '" + path + "': " + reason);
}

}  // namespace vault_mock::app

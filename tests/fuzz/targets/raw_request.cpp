// The file of `explain --request`.
#include "app/cli/raw_request.hpp"

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"

namespace vault_mock::fuzz {

void read_raw_request(std::string_view bytes) {
  const auto request = app::read_raw_request(bytes);
  if (!request) return require(request.error().starts_with("line "), "a refusal names the line");
  require(!request->method.empty() && request->target.starts_with('/'), "a method and a path");
  for (const auto& [name, value] : request->headers)
    require(!name.empty() && value.find('\n') == value.npos, "a header has a name, and is one line");
}

}  // namespace vault_mock::fuzz

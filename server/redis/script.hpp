// A script in Lua that the server runs in one step, from server/redis/scripts/.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vault_mock::redis {

// Immutable. Threads: any.
class Script {
 public:
  // Works on a space: begins with common.lua. The name is that of the file: "take".
  static Script of_space(std::string_view name);
  // Works on something else, without common.lua.
  static Script alone(std::string_view name);

  // As a command by the script's SHA-1, which a server may not know: then it says NOSCRIPT.
  std::vector<std::string> by_hash(const std::vector<std::string>& keys,
                                   std::vector<std::string> arguments) const;
  // The same with the whole script, which the server then knows.
  std::vector<std::string> whole(const std::vector<std::string>& keys,
                                 std::vector<std::string> arguments) const;

 private:
  explicit Script(std::string text);

  std::string text_, sha1_;
};

}  // namespace vault_mock::redis

#include "app/cli/command.hpp"

#include "text/ascii.hpp"

namespace vault_mock::app {

std::vector<Option> options_of(const Command& command) {
  std::vector<Option> options;
  for (const auto& group : command.groups)
    options.insert(options.end(), group.options.begin(), group.options.end());
  return options;
}

std::vector<OptionGroup> named_in_environment(std::vector<OptionGroup> groups) {
  for (auto& group : groups)
    for (auto& option : group.options) {
      option.environment = "VAULT_MOCK_";
      for (const char c : option.name.empty() ? option.value : option.name.substr(2))
        option.environment += c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
  return groups;
}

}  // namespace vault_mock::app

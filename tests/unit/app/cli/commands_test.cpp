#include "app/cli/commands.hpp"

#include <gtest/gtest.h>
#include <set>

#include "app/cli/serve_command.hpp"

namespace vault_mock::app {
namespace {

ServeOptions read(std::vector<std::string> words) {
  const auto options = read_serve_options(std::move(words));
  EXPECT_TRUE(options.has_value()) << options.error().err;
  return options.value_or(ServeOptions{});
}

std::string mistake(std::vector<std::string> words) {
  const auto options = read_serve_options(std::move(words));
  return options ? "none" : options.error().err;
}

TEST(Commands, ExplainEveryOptionOnce) {
  for (const auto& command : commands()) {
    std::set<std::string> names;
    EXPECT_TRUE(command.about.ends_with('.')) << command.name;
    for (const auto& option : options_of(command)) {
      const auto where = command.name + " " + option.name + option.value;
      EXPECT_TRUE(names.insert(option.name).second) << where;
      EXPECT_TRUE(!option.help.empty() && option.help.front() >= 'A' && option.help.front() <= 'Z') << where;
      EXPECT_FALSE(option.help.ends_with('.')) << where;
      EXPECT_EQ(option.value.empty(), option.takes == Option::Takes::nothing) << where;
    }
  }
}

TEST(Commands, AreFoundByTheirNamesAndTheOtherWordsForServing) {
  for (const auto& command : commands()) EXPECT_EQ(find_command(command.name)->name, command.name);
  for (const auto* word : {"start", "run"}) EXPECT_EQ(find_command(word)->name, "serve");
  EXPECT_FALSE(find_command("nonsense").has_value());
  EXPECT_EQ(nearest_command("chekc"), "vault-mock check");
  EXPECT_EQ(nearest_command("nonsense"), "");
  EXPECT_EQ(nearest_command("lint"), "vault-mock check") << "as other programs call it";
  EXPECT_EQ(nearest_command("tail"), "vault-mock requests --follow");
}

TEST(ServeOptions, ChooseTheTransport) {
  EXPECT_EQ(read({}).transport, net::kDefaultTransport);
  EXPECT_EQ(read({"--transport", "httplib"}).transport, net::Transport::httplib);
  EXPECT_NE(mistake({"--transport", "libuv"}).find("'libuv' is not one of"), std::string::npos);
}

TEST(ServeOptions, AreSwitchedToHttpsByAnyOptionOfIt) {
  EXPECT_FALSE(read({}).tls.enabled);
  EXPECT_TRUE(read({"--tls"}).tls.enabled);
  EXPECT_TRUE(read({"--tls-port", "0"}).tls.enabled);
  EXPECT_TRUE(read({"--tls-name", "mock.test"}).tls.enabled);
  EXPECT_TRUE(read({"--tls-cert", "c.pem", "--tls-key", "k.pem"}).tls.enabled);
}

TEST(ServeOptions, TakeSizesInAllTheirSpellings) {
  for (const auto* word : {"2MB", "2mb", "2 MB", "2M", "2MiB", "2048KB", "2097152b"})
    EXPECT_EQ(read({"--space-memory", word}).space_memory, 2U * 1024 * 1024) << word;
  for (const auto* word :
       {"2", "MB", "2XB", "2MBB", "2bb", "1023KB", "2TB", "99999999999TB", "-2MB", "1.5MB"})
    EXPECT_NE(mistake({"--space-memory", word}).find("with its unit: 64MB"), std::string::npos) << word;
  EXPECT_NE(mistake({"--space-memory", ""}).find("the size is empty"), std::string::npos);
}

TEST(ServeOptions, TakeOneWordForEachRepeatableOption) {
  const auto options = read({"--admin-host", "a.test", "rules/", "--admin-host", "b.test,c.test"});
  EXPECT_EQ(options.admin_hosts, (std::vector<std::string>{"a.test", "b.test", "c.test"}));
  EXPECT_EQ(options.fixtures, std::vector<std::string>{"rules/"});
}

}  // namespace
}  // namespace vault_mock::app

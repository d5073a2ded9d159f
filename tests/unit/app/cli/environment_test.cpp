#include "app/cli/environment.hpp"

#include <gtest/gtest.h>

namespace vault_mock::app {
namespace {

const std::vector<std::string> kKnown = {"VAULT_MOCK_PORT", "VAULT_MOCK_TLS_PORT", "VAULT_MOCK_HOST"};

TEST(Environment, KnowsTheVariablesOfAService) {
  const std::pair<const char*, const char*> of_services[] = {
      {"VAULT_MOCK_PORT", "tcp://10.0.0.1:4010"},
      {"VAULT_MOCK_PORT", "udp://10.0.0.1:4010"},
      {"VAULT_MOCK_TLS_PORT", "tcp://10.0.0.1:443"},
      {"VAULT_MOCK_SERVICE_HOST", "10.0.0.1"},
      {"VAULT_MOCK_SERVICE_PORT", "4010"},
      {"VAULT_MOCK_SERVICE_PORT_HTTP", "4010"},
      {"VAULT_MOCK_PORT_4010_TCP", "tcp://10.0.0.1:4010"},
      {"VAULT_MOCK_PORT_4010_TCP_PROTO", "tcp"},
      {"VAULT_MOCK_PORT_4010_TCP_PORT", "4010"},
      {"VAULT_MOCK_PORT_4010_UDP_ADDR", "10.0.0.1"},
      {"VAULT_MOCK_EU_PORT_4010_TCP_ADDR", "10.0.0.1"},
  };
  for (const auto& [name, value] : of_services) EXPECT_TRUE(is_of_a_service(name, value)) << name;
  const std::pair<const char*, const char*> of_users[] = {
      {"VAULT_MOCK_PORT", "4010"}, {"VAULT_MOCK_PORT", "http"},   {"VAULT_MOCK_TLS_PORT", "443"},
      {"VAULT_MOCK_PORT_X", "1"},  {"VAULT_MOCK_PROT", "4011"},   {"VAULT_MOCK_VAULT_URL", "tcp://x"},
      {"OTHER_SERVICE_HOST", "x"}, {"VAULT_MOCK_PORT_4010", "x"}, {"VAULT_MOCK_PORT_4010_TCP_X", "x"},
  };
  for (const auto& [name, value] : of_users) EXPECT_FALSE(is_of_a_service(name, value)) << name;
}

TEST(Environment, WarnsOnceOfAServiceTheOptionFirst) {
  const auto warnings = environment_warnings({{"VAULT_MOCK_A_SERVICE_HOST", "1"},
                                              {"VAULT_MOCK_PORT", "tcp://10.0.0.1:4010"},
                                              {"VAULT_MOCK_PORT_1_TCP", "tcp://1"},
                                              {"VAULT_MOCK_SERVICE_HOST", "1"}},
                                             kKnown);
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_TRUE(warnings[0].starts_with("the environment has VAULT_MOCK_PORT=tcp://10.0.0.1:4010, "))
      << warnings[0];
  EXPECT_NE(warnings[0].find("and 1 more"), std::string::npos) << warnings[0];
}

TEST(Environment, NamesTheNearestOfAnUnknownName) {
  const auto warnings =
      environment_warnings({{"VAULT_MOCK_PROT", "4011"}, {"VAULT_MOCK_XYZZY", "1"}}, kKnown);
  ASSERT_EQ(warnings.size(), 2u);
  EXPECT_NE(warnings[0].find("VAULT_MOCK_PROT, "), std::string::npos) << warnings[0];
  EXPECT_NE(warnings[0].find("did you mean VAULT_MOCK_PORT?"), std::string::npos) << warnings[0];
  EXPECT_EQ(warnings[1].find("did you mean"), std::string::npos) << warnings[1];
}

TEST(Environment, WhatIsKnownOrEmptyIsNoConcern) {
  EXPECT_EQ(environment_warnings({{"VAULT_MOCK_PORT", "0"}, {"VAULT_MOCK_XYZZY", ""}}, kKnown).size(), 0u);
}

}  // namespace
}  // namespace vault_mock::app

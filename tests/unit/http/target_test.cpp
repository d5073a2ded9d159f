#include "http/target.hpp"

#include <gtest/gtest.h>

namespace vault_mock::http {
namespace {

std::string parts(std::string_view target) {
  const auto [prefix, space, path, query] = read_target(target);
  return std::string(prefix) + " | " + std::string(space) + " | " + std::string(path) + " | " +
         std::string(query);
}

TEST(Target, IsPathAndQueryInTheDefaultSpace) {
  EXPECT_EQ(parts("/vault/sessions?x=1&y=?"), " | default | /vault/sessions | x=1&y=?");
  EXPECT_EQ(parts("/"), " | default | / | ");
  EXPECT_EQ(parts("?x=/1"), " | default | / | x=/1");
  EXPECT_EQ(parts("/a?"), " | default | /a | ");
  EXPECT_EQ(parts("*"), " | default | * | ");
}

TEST(Target, NamesASpaceByItsPrefix) {
  EXPECT_EQ(parts("/@checkout-17/vault/sessions?x=1"), "/@checkout-17 | checkout-17 | /vault/sessions | x=1");
  EXPECT_EQ(parts("/@a"), "/@a | a | / | ");
  EXPECT_EQ(parts("/@a?x=1"), "/@a | a | / | x=1");
  EXPECT_EQ(parts("/@a/"), "/@a | a | / | ");
  EXPECT_EQ(parts("/@a/@b/c"), "/@a | a | /@b/c | ");
}

TEST(Target, LeavesWhatIsNoNameOfASpaceInThePath) {
  EXPECT_EQ(parts("/@/vault"), " | default | /@/vault | ");
  EXPECT_EQ(parts("/@a%20b/c"), " | default | /@a%20b/c | ");
  EXPECT_EQ(parts("/a/@b/c"), " | default | /a/@b/c | ");
}

TEST(Target, DropsAFragment) { EXPECT_EQ(parts("/a?x=1#y?z"), " | default | /a | x=1"); }

}  // namespace
}  // namespace vault_mock::http

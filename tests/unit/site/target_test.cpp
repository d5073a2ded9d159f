#include "site/target.hpp"

#include <gtest/gtest.h>

namespace vault_mock::site {
namespace {

std::string parts(std::string_view target) {
  const auto read = read_target(target);
  if (!read) return read.error();
  return std::string(read->prefix) + " | " + read->space + " | " + std::string(read->path) + " | " +
         std::string(read->query);
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

TEST(Target, DecodesTheNameOfASpaceOnce) {
  EXPECT_EQ(parts("/@a%20b/c"), "/@a%20b | a b | /c | ");
  EXPECT_EQ(parts("/@a%2Fb%3fc/d?e"), "/@a%2Fb%3fc | a/b?c | /d | e") << "the slash belongs to the name";
  EXPECT_EQ(parts("/@a%252Fb/c"), "/@a%252Fb | a%2Fb | /c | ");
  EXPECT_EQ(parts("/@\xC3\x9Cmlaut/c"), "/@\xC3\x9Cmlaut | \xC3\x9Cmlaut | /c | ");
  EXPECT_EQ(parts("/@%C3%9Cmlaut/c"), "/@%C3%9Cmlaut | \xC3\x9Cmlaut | /c | ");
  EXPECT_EQ(parts("/a/@b/c"), " | default | /a/@b/c | ");
}

TEST(Target, RefusesWhatCannotBeTheNameOfASpace) {
  EXPECT_NE(parts("/@/vault").find("is empty"), std::string::npos);
  EXPECT_NE(parts("/@").find("is empty"), std::string::npos);
  EXPECT_NE(parts("/@a%2/c").find("'%2'"), std::string::npos);
  EXPECT_NE(parts("/@a%zz/c").find("'%zz'"), std::string::npos);
  EXPECT_NE(parts("/@%FF/c").find("UTF-8"), std::string::npos);
  EXPECT_NE(parts("/@a%0Ab/c").find("control character"), std::string::npos);
  EXPECT_NE(parts("/@" + std::string(201, 'a') + "/c").find("201 characters"), std::string::npos);
}

TEST(Target, DropsAFragment) { EXPECT_EQ(parts("/a?x=1#y?z"), " | default | /a | x=1"); }

}  // namespace
}  // namespace vault_mock::site

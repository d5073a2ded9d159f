// What an Authorization header shows, for the engine, the spaces, the mock's own API and the log alike.
#include "text/authorization.hpp"

#include <gtest/gtest.h>

namespace vault_mock::text {
namespace {

struct Case {
  std::string_view value, scheme, credential;
};

TEST(Authorization, HasASchemeAndACredential) {
  for (const auto& [value, scheme, credential] : {
           Case{"Bearer key", "Bearer", "key"},
           Case{"bEARER   key ", "bEARER", "key"},
           Case{"  Bearer key with spaces", "Bearer", "key with spaces"},
           Case{"key", "", "key"},
           Case{" key\t", "", "key"},
           Case{"Basic a2V5", "", "Basic a2V5"},
           Case{"Bearerkey", "", "Bearerkey"},
           Case{"Bearer\tkey", "", "Bearer\tkey"},
           Case{"Bearer", "Bearer", ""},
           Case{"bearer  ", "bearer", ""},
           Case{"", "", ""},
           Case{" \t", "", ""},
       }) {
    EXPECT_EQ(read_authorization(value).scheme, scheme) << "'" << value << "'";
    EXPECT_EQ(read_authorization(value).credential, credential) << "'" << value << "'";
  }
}

}  // namespace
}  // namespace vault_mock::text

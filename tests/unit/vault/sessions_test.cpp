#include "vault/sessions.hpp"

#include <gtest/gtest.h>

namespace vault_mock::vault {
namespace {

// As long as a signature, so that its end alone does not tell one from another by chance.
std::string token(int number) {
  return "eyJhbGciOiJIUzI1NiJ9.payload." + std::to_string(1'000'000 + number) + std::string(36, 's');
}

void add(Sessions& sessions, int number) {
  Session session;
  session.token = token(number);
  session.consumer_id = "consumer-" + std::to_string(number);
  sessions.add(session);
}

TEST(Sessions, ForgetTheOldestWhenThereAreMoreThanAThousand) {
  Sessions sessions;
  for (int i = 0; i < 2'500; ++i) add(sessions, i);
  EXPECT_EQ(sessions.newest_first().size(), 1'000u);
  EXPECT_EQ(sessions.newest_first().front().token, token(2'499));
  EXPECT_EQ(sessions.newest_first().back().token, token(1'500));
  for (int i = 0; i < 2'500; ++i) {
    const auto* found = sessions.find(token(i));
    ASSERT_EQ(found != nullptr, i >= 1'500) << i;
    if (found != nullptr) {
      ASSERT_EQ(found->consumer_id, "consumer-" + std::to_string(i));
    }
  }
}

TEST(Sessions, MakeATokenThatIsThereAlreadyAnew) {
  Sessions sessions;
  for (int i = 0; i < 1'000; ++i) add(sessions, i);
  add(sessions, 3);
  EXPECT_EQ(sessions.newest_first().size(), 1'000u);
  EXPECT_EQ(sessions.newest_first().front().token, token(3));
  EXPECT_NE(sessions.find(token(0)), nullptr);
}

}  // namespace
}  // namespace vault_mock::vault

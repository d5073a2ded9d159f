#include "spaces/generator.hpp"

#include <array>
#include <gtest/gtest.h>

namespace vault_mock::spaces {
namespace {

TEST(Generator, IsSplitmix64) {
  Generator generator(1234567);  // the published test vector
  EXPECT_EQ(generator.next(), 6457827717110365317u);
  EXPECT_EQ(generator.next(), 3203168211198807973u);
  EXPECT_EQ(generator.next(), 9817491932198370423u);
  EXPECT_EQ(generator.next(), 4593380528125082431u);
  EXPECT_EQ(generator.next(), 16408922859458223821u);
}

TEST(Generator, RepeatsForTheSameSeed) {
  Generator a(7), b(7), c(8);
  const auto first = a.next();
  EXPECT_EQ(first, b.next());
  EXPECT_NE(first, c.next());
}

TEST(Generator, SpreadsFractionsEvenly) {
  Generator generator(1);
  std::array<int, 10> counts{};
  for (int i = 0; i < 100'000; ++i) {
    const double fraction = generator.next_fraction();
    ASSERT_GE(fraction, 0.0);
    ASSERT_LT(fraction, 1.0);
    ++counts.at(static_cast<std::size_t>(fraction * 10));
  }
  for (const int count : counts) EXPECT_NEAR(count, 10'000, 500);
}

}  // namespace
}  // namespace vault_mock::spaces

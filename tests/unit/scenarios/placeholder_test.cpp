#include "scenarios/player/placeholder.hpp"

#include <gtest/gtest.h>

namespace vault_mock::scenarios {
namespace {

TEST(Placeholder, StandsForTextManyTimesAndForBytes) {
  EXPECT_EQ(fill_placeholders("a⟨3 × xy⟩b⟨0 × z⟩"), "axyxyxyb");
  EXPECT_EQ(fill_placeholders("⟨bytes ff 0a00⟩"), std::string("\xff\x0a\x00", 3));
  EXPECT_EQ(fill_placeholders("none"), "none");
}

TEST(Placeholder, RefusesWhatIsNeither) {
  for (const auto* text : {"⟨x⟩", "⟨3 x⟩", "⟨bytes f⟩", "⟨bytes xy⟩", "⟨-1 × x⟩", "⟨3 × x"})
    EXPECT_FALSE(fill_placeholders(text)) << text;
}

}  // namespace
}  // namespace vault_mock::scenarios

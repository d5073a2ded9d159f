#include "app/rule_files/rule_watch.hpp"

#include <atomic>
#include <gtest/gtest.h>
#include <stdexcept>

#include "support/known_names.hpp"
#include "unit/app/folder.hpp"

namespace vault_mock::app {
namespace {

using support::known_names;
using namespace std::chrono_literals;

constexpr std::string_view kOne = R"({"rules":[{"respond":{"error":402}}]})";
constexpr std::string_view kTwo = R"({"rules":[{"respond":{"error":402}},{"respond":{"error":404}}]})";

// A watch over a folder with one file, and what it told.
struct Watched {
  const Folder folder;
  const RuleSources sources;
  std::atomic<int> loaded{0}, failed{0}, threw{0}, catalogue_changed{0}, unsettled{0};
  std::atomic<bool> throws{false};
  RuleWatch watch;

  Watched()
      : sources({(folder.file("a.json", kOne), folder.path())}),
        watch(sources, stamps_of(sources), known_names(),
              {.loaded =
                   [this](LoadedRules) {
                     if (throws) throw std::runtime_error("no memory");
                     ++loaded;
                   },
               .failed = [this](const auto&) { ++failed; },
               .threw = [this](std::string_view) { ++threw; },
               .catalogue_changed = [this] { ++catalogue_changed; },
               .unsettled = [this] { ++unsettled; }}) {}

  // Waits for a state; the watch looks ten times a second.
  static bool within(const std::function<bool()>& state) {
    for (int i = 0; i < 4'000 && !state(); ++i) std::this_thread::sleep_for(5ms);
    return state();
  }
};

TEST(RuleWatch, GoesOnAfterAThrow) {
  Watched watched;
  watched.throws = true;
  watched.folder.file("a.json", kTwo);
  ASSERT_TRUE(Watched::within([&] { return watched.threw == 1; }));
  EXPECT_NE(watched.watch.trouble().find("the old rules are still in use"), std::string::npos);
  EXPECT_NE(watched.watch.trouble().find("no memory"), std::string::npos) << watched.watch.trouble();
  watched.throws = false;
  watched.folder.file("a.json", kOne);
  ASSERT_TRUE(Watched::within([&] { return watched.loaded == 1; }));
  EXPECT_EQ(watched.watch.trouble(), "");
}

TEST(RuleWatch, SaysThatACatalogueHasChangedAndReadsNoRulesForThat) {
  Watched watched;
  watched.folder.file("connectors.json", R"({"connectors": []})");
  ASSERT_TRUE(Watched::within([&] { return watched.catalogue_changed == 1; }));
  watched.folder.file("connectors.json", R"({"connectors": [ ]})");
  ASSERT_TRUE(Watched::within([&] { return watched.catalogue_changed == 2; }));
  watched.folder.file("a.json", kTwo);
  ASSERT_TRUE(Watched::within([&] { return watched.loaded == 1; }));
  EXPECT_EQ(watched.catalogue_changed, 2);
}

TEST(RuleWatch, ReadsAgainWhenAsked) {
  Watched watched;
  for (int times = 1; times <= 3; ++times) {
    watched.watch.reload();
    ASSERT_TRUE(Watched::within([&] { return watched.loaded == times; }));
  }
}

TEST(RuleWatch, ReadsWhatIsSavedAmidFilesThatComeAndGo) {
  Watched watched;
  std::atomic<bool> end{false};
  std::thread others([&] {
    for (int i = 0; !end; ++i) {
      const auto path = watched.folder.file(std::to_string(i) + (i % 2 == 0 ? ".tmp" : ".yaml"), "");
      std::this_thread::sleep_for(5ms);
      std::filesystem::remove(path);
    }
  });
  watched.folder.file("a.json", kTwo);
  EXPECT_TRUE(Watched::within([&] { return watched.loaded >= 1; }));
  EXPECT_EQ(watched.unsettled, 0);
  end = true;
  others.join();
}

TEST(RuleWatch, ReadsWhenAskedAlthoughTheFilesChangeWithoutPause) {
  Watched watched;
  std::atomic<bool> end{false};
  std::thread writer([&] {
    for (std::size_t i = 0; !end; ++i) {
      watched.folder.file("b.json", std::string(kOne) + std::string(i % 1'000, ' '));
      std::this_thread::sleep_for(1ms);
    }
  });
  const auto read_so = [&] {
    watched.watch.reload();
    return watched.unsettled >= 1;
  };
  EXPECT_TRUE(Watched::within(read_so));
  EXPECT_TRUE(Watched::within([&] { return watched.loaded + watched.failed >= 1; }));
  end = true;
  writer.join();
}

TEST(RuleWatch, TroubleIsBounded) {
  Watched watched;
  std::string many = R"({"rules":[)";
  for (int i = 0; i < 5'000; ++i) many += "5,";
  watched.folder.file("a.json", many + "5]}");
  ASSERT_TRUE(Watched::within([&] { return watched.failed == 1; }));
  EXPECT_LT(watched.watch.trouble().size(), 10'000u);
  EXPECT_NE(watched.watch.trouble().find("more mistakes"), std::string::npos);
}

}  // namespace
}  // namespace vault_mock::app

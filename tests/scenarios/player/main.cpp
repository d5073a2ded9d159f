// Registers every scenario of this folder three times: as Scenarios/InProcess.…, as Scenarios/OverEpoll.… and
// as Scenarios/OverHttplib.…, which play it over a socket with that transport.
//
//   scenario-tests --gtest_filter='*flaky*'      plays those whose path has that in it, each way
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <iostream>
#include <sstream>

#include "scenarios/player/stage.hpp"

namespace vault_mock::scenarios {
namespace {

namespace fs = std::filesystem;

enum class Where { in_process, over_epoll, over_httplib };

// Lives as long as the tests run: the programs, and a folder for files.
class World final : public testing::Environment {
 public:
  void SetUp() override {
    std::string name = fs::temp_directory_path() / "vault-mock-scenarios-XXXXXX";
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("cannot make " + name);
    folder_ = name;
    programs_ = std::make_unique<Programs>(VAULT_MOCK_PROGRAM, folder_ / "programs");
  }
  void TearDown() override {
    EXPECT_EQ(programs_->stop_all(), "");
    fs::remove_all(folder_);
  }

  Programs& programs() { return *programs_; }
  const fs::path& folder() const { return folder_; }

 private:
  fs::path folder_;
  std::unique_ptr<Programs> programs_;
};

struct Source {
  fs::path path;
  std::string name;  // "headers/missing_consumer_header"
  std::string text;
};

// Time and chance stand still unless the scenario moves them.
std::vector<std::string> options_of(const Scenario& scenario, const Source& source, const World& world) {
  std::vector<std::string> options = scenario.options;
  for (auto& option : options)
    if (!option.starts_with("-") && fs::exists(source.path.parent_path() / option))
      option = source.path.parent_path() / option;
  const auto set_unless_there = [&](const std::string& name, const std::string& value) {
    if (std::ranges::find(options, name) == options.end()) options.insert(options.end(), {name, value});
  };
  set_unless_there("--now", "2027-01-01T00:00:00Z");
  set_unless_there("--seed", "1");
  set_unless_there("--log-level", "off");
  if (!scenario.rules.empty()) {
    const auto file = world.folder() / "rules" / (source.name + ".json");
    fs::create_directories(file.parent_path());
    std::ofstream(file) << scenario.rules;
    options.push_back(file);
  }
  return options;
}

void report(const Source& source, const Difference& difference, const std::string& context) {
  ADD_FAILURE_AT(source.path.c_str(), difference.line) << difference.words << context;
}

// The first exchange that goes wrong ends the scenario: those after it may depend on it.
void play(const Source& source, Where where, World& world) {
  const auto scenario = read_scenario(source.text);
  if (!scenario) return report(source, {scenario.error().line, scenario.error().reason}, "");
  if (scenario->only_over_socket && where == Where::in_process) GTEST_SKIP() << "only over the socket";

  auto options = options_of(*scenario, source, world);
  if (where == Where::over_httplib) options.insert(options.end(), {"--transport", "httplib"});
  const auto stage =
      where == Where::in_process ? make_stage_in_process(options) : world.programs().make_stage(options);
  if (!stage) return report(source, {1, "the mock does not start"}, "\n" + stage.error());

  for (const auto& exchange : scenario->exchanges) {
    for (int time = 1; time <= exchange.times; ++time) {
      const auto reply = (*stage)->ask(exchange.request);
      if (!reply) return report(source, {exchange.request.line, "no answer: " + reply.error()}, "");
      auto differences = compare(exchange.answer, reply->answer);
      std::ranges::move(check_invariants(exchange.request, reply->answer), std::back_inserter(differences));
      if (!(*stage)->takes(exchange.answer.delay, reply->delay))
        differences.push_back(
            {exchange.answer.line, "delay: expected " + std::to_string(exchange.answer.delay.count()) +
                                       " ms, got " +
                                       std::to_string(reply->delay / std::chrono::milliseconds(1)) + " ms"});
      if (differences.empty()) continue;
      const auto context = "\n\n  " + exchange.request.method + " " + exchange.request.target +
                           (exchange.times > 1 ? ", time " + std::to_string(time) : "") + ", answered\n" +
                           to_text(reply->answer);
      for (const auto& difference : differences)
        report(source, difference, &difference == &differences.back() ? context : "");
      return;
    }
  }
}

class ScenarioTest final : public testing::Test {
 public:
  ScenarioTest(const Source& source, Where where, World& world)
      : source_(source), where_(where), world_(world) {}
  void TestBody() override { play(source_, where_, world_); }

 private:
  const Source& source_;
  const Where where_;
  World& world_;
};

std::vector<Source> find_sources(const fs::path& folder) {
  std::vector<Source> sources;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".http") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path()).rdbuf();
    auto name = fs::relative(entry.path(), folder).replace_extension("").string();
    sources.push_back({.path = entry.path(), .name = std::move(name), .text = std::move(text).str()});
  }
  std::ranges::sort(sources, {}, &Source::name);
  return sources;
}

// Options come from the scenarios alone.
void forget_options_of_environment() {
  for (bool again = true; again;) {
    again = false;
    for (char** variable = environ; *variable != nullptr && !again; ++variable) {
      const std::string name(
          *variable, std::find(*variable, *variable + std::char_traits<char>::length(*variable), '='));
      again = name.starts_with("VAULT_MOCK_") && unsetenv(name.c_str()) == 0;
    }
  }
}

}  // namespace
}  // namespace vault_mock::scenarios

int main(int argc, char** argv) {
  using namespace vault_mock::scenarios;
  testing::InitGoogleTest(&argc, argv);
  forget_options_of_environment();
  auto* world = new World;
  testing::AddGlobalTestEnvironment(world);

  const auto sources = find_sources(VAULT_MOCK_SCENARIOS);
  if (sources.empty()) {
    std::cerr << "there is no scenario (*.http) in " VAULT_MOCK_SCENARIOS "\n";
    return 1;
  }
  const std::pair<Where, const char*> ways[] = {{Where::in_process, "Scenarios/InProcess"},
                                                {Where::over_epoll, "Scenarios/OverEpoll"},
                                                {Where::over_httplib, "Scenarios/OverHttplib"}};
  for (const auto& [where, suite] : ways)
    for (const auto& source : sources)
      testing::RegisterTest(suite, source.name.c_str(), nullptr, nullptr, source.path.c_str(), 1,
                            [&source, where = where, world]() -> testing::Test* {
                              return new ScenarioTest(source, where, *world);
                            });
  return RUN_ALL_TESTS();
}

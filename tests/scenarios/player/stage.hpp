// Where a scenario is played: in process, or over a socket against the real program.
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "scenarios/player/judge.hpp"
#include "scenarios/player/scenario.hpp"
#include "support/program.hpp"

namespace vault_mock::scenarios {

class Stage {
 public:
  struct Reply {
    Answer answer;
    std::chrono::nanoseconds delay{0};  // before the first byte
  };

  virtual ~Stage() = default;
  virtual tl::expected<Reply, std::string> ask(const Request& request) = 0;
  // Whether an answer that should take `expected` may have taken `actual`.
  virtual bool takes(std::chrono::nanoseconds expected, std::chrono::nanoseconds actual) const = 0;
};

// `options` are words of the command line. A mock of its own for each scenario.
tl::expected<std::unique_ptr<Stage>, std::string> make_stage_in_process(
    const std::vector<std::string>& options);

// The programs that scenarios share: one for each set of options, from when it is first needed until
// stop_all().
class Programs {
 public:
  // `folder` is for their files.
  Programs(std::string path, std::filesystem::path folder)
      : path_(std::move(path)), folder_(std::move(folder)) {}

  tl::expected<std::unique_ptr<Stage>, std::string> make_stage(const std::vector<std::string>& options);
  // What was wrong with their ends; empty: nothing.
  std::string stop_all();

 private:
  const std::string path_;
  const std::filesystem::path folder_;
  std::map<std::vector<std::string>, std::unique_ptr<support::Program>> programs_;
};

}  // namespace vault_mock::scenarios

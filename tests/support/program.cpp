#include "support/program.hpp"

#include <charconv>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <signal.h>
#include <spawn.h>
#include <sstream>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace vault_mock::support {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 20s;
constexpr auto kPause = 1ms;

std::string content_of(const std::filesystem::path& path) {
  std::ostringstream content;
  content << std::ifstream(path).rdbuf();
  return content.str();
}

tl::unexpected<std::string> failure(std::string words) { return tl::unexpected(std::move(words)); }

}  // namespace

tl::expected<std::unique_ptr<Program>, std::string> Program::start(const std::string& path,
                                                                   std::span<const std::string> options,
                                                                   const std::filesystem::path& folder) {
  std::vector<std::string> words = {path, "--port", "0", "--ready-file", folder / "ready"};
  words.insert(words.end(), options.begin(), options.end());
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  const auto log = folder / "output";
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
  posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
  pid_t pid = -1;
  const int error = posix_spawn(&pid, path.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return failure("cannot start " + path + ": " + std::strerror(error));

  std::unique_ptr<Program> program(new Program(pid, folder));
  if (const auto ready = program->wait_until_ready(); !ready)
    return failure(ready.error() + "\n" + program->output());
  return program;
}

Program::~Program() {
  if (pid_ == -1) return;
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

tl::expected<void, std::string> Program::wait_until_ready() {
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  for (int status = 0; !std::filesystem::exists(folder_ / "ready"); std::this_thread::sleep_for(kPause)) {
    if (has_ended(status)) return failure("the program ended before it was ready");
    if (std::chrono::steady_clock::now() > deadline) return failure("the program was not ready in time");
  }
  const auto url = content_of(folder_ / "ready");
  const auto colon = url.rfind(':');
  if (colon != url.npos) std::from_chars(url.data() + colon + 1, url.data() + url.size(), port_);
  if (port_ == 0) return failure("the ready file has no port: " + url);
  return {};
}

tl::expected<void, std::string> Program::stop() {
  int status = 0;
  if (pid_ == -1 || has_ended(status))
    return failure("the program had ended before it was asked to\n" + output());
  ::kill(pid_, SIGTERM);
  const auto deadline = std::chrono::steady_clock::now() + kPatience;
  for (; !has_ended(status); std::this_thread::sleep_for(kPause))
    if (std::chrono::steady_clock::now() > deadline)
      return failure("the program did not end after SIGTERM\n" + output());
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  const auto how = WIFEXITED(status) ? "exit code " + std::to_string(WEXITSTATUS(status))
                                     : "signal " + std::to_string(WTERMSIG(status));
  return failure("the program ended with " + how + " after SIGTERM\n" + output());
}

bool Program::has_ended(int& status) {
  if (::waitpid(pid_, &status, WNOHANG) != pid_) return false;
  pid_ = -1;
  return true;
}

std::string Program::output() const { return content_of(folder_ / "output"); }

}  // namespace vault_mock::support

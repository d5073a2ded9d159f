// --with-parent: the program ends with the process that started it, however that one ends. The pipe on
// standard input closes then, and SIGTERM is sent to this process, which Signals takes as it does any other.
//
// What comes through the pipe is read and ignored.
#pragma once

#include <memory>
#include <string>
#include <thread>
#include <tl/expected.hpp>

#include "app/serve_options.hpp"
#include "net/stop_signal.hpp"

namespace vault_mock::app {

class ParentWatch {
 public:
  // Nothing (a null pointer) without --with-parent. The error says what standard input is instead of a pipe.
  // To be made after Signals, which blocks the signal in its thread.
  static tl::expected<std::unique_ptr<ParentWatch>, std::string> create(const ServeOptions& options);

  ~ParentWatch();
  ParentWatch(const ParentWatch&) = delete;
  ParentWatch& operator=(const ParentWatch&) = delete;

 private:
  ParentWatch();
  void wait_for_end() const;

  net::StopSignal stop_;
  std::thread thread_;
};

}  // namespace vault_mock::app

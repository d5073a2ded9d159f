#include "app/serve.hpp"

#include <cstdio>
#include <cstdlib>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "app/log/logging.hpp"
#include "app/mock_server.hpp"
#include "app/parent_watch.hpp"
#include "app/signals.hpp"
#include "app/terminal/banner.hpp"
#include "app/terminal/print.hpp"
#include "text/json/json_document.hpp"
#include "text/printable.hpp"

namespace vault_mock::app {
namespace {

constexpr int kCannotStart = 2;

int refuse_to_start(const std::string& report) {
  complain_at_length("vault-mock", report);
  return kCannotStart;
}

// The banner; where every line is to be JSON, one log entry in its place.
void announce(const ServeOptions& options, const site::Log& log, const Urls& urls, std::size_t rules,
              const std::string& shared) {
  if (log.format() == site::LogFormat::json) {
    nlohmann::ordered_json entry = {{"event", "start"},
                                    {"listening", urls.http},
                                    {"rules", rules},
                                    {"journal_size", options.journal_size},
                                    {"space_memory", options.space_memory},
                                    {"memory", options.memory}};
    if (!urls.https.empty()) entry["https"] = urls.https;
    if (!shared.empty()) entry["store"] = shared;
    log.write(site::Log::Level::info, text::dump(entry));
    return;
  }
  print_painted(banner(options, urls, rules, shared, paint_of_output()));
}

// Blocks from 256 KB on (bodies of hundreds of KB, their answers) go back to the system as soon as they are
// free: by itself glibc learns to keep up to 64 MB of them for the next ones. Each is mapped, filled with
// pages one by one, and unmapped again, so smaller ones are kept. With a limit of 64 KB a session with a body
// of 64 KB took four times as long; with this one such sessions leave the program 13 MB larger. And threads
// share two arenas: by itself glibc makes up to eight for each processor, and what is freed in one is of no
// use to the others.
void keep_memory_small() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 256 * 1024);
  mallopt(M_TRIM_THRESHOLD, 1024 * 1024);
  mallopt(M_ARENA_MAX, 2);
#endif
}

// Stops taking signals before what they call is destroyed, also when something is thrown.
class LeaveAtEnd {
 public:
  explicit LeaveAtEnd(Signals& signals) : signals_(signals) {}
  ~LeaveAtEnd() { signals_.leave(); }
  LeaveAtEnd(const LeaveAtEnd&) = delete;
  LeaveAtEnd& operator=(const LeaveAtEnd&) = delete;

 private:
  Signals& signals_;
};

}  // namespace

int serve(const ServeOptions& options) {
  Signals signals;
  keep_memory_small();
  const auto parent_watch = ParentWatch::create(options);
  if (!parent_watch) return refuse_to_start(parent_watch.error());
  const auto log = make_log(options);
  auto made = MockServer::create(options, log);
  if (!made) return refuse_to_start(made.error());
  auto& server = **made;
  auto stopped = net::Server::Stopped::cleanly;
  {
    signals.listen(
        {.stop = [&server] { server.stop(); }, .reload = [&server] { server.mock().reload_rules(); }});
    const LeaveAtEnd leave(signals);
    announce(options, *log, server.urls(), server.mock().spaces().rules()->size(),
             server.mock().shared_words());
    if (const auto written = server.write_ready_file(); !written)
      return refuse_to_start(text::printable(written.error()));
    stopped = server.run();
  }
  made->reset();
  if (stopped == net::Server::Stopped::with_handlers_left) {
    // Their threads run on, and must not find the program's static objects destroyed.
    std::fflush(nullptr);
    std::_Exit(0);
  }
  return 0;
}

}  // namespace vault_mock::app

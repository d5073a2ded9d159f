// What one request costs in instructions, for callgrind to count: from the bytes received to the bytes to
// send, through the whole mock, without the socket. instructions.mjs runs it, and tells what it counted.
//
//     instructions REQUEST [COUNT]     REQUEST: session, again, refused or connections
//     instructions --made-with         compiler and libraries, on which the count depends
//
// It prints how many blocks of memory were asked for. Everything it does repeats exactly: the clock stands,
// the seed is fixed, and there is one thread. No request is like the one before it, and what fills up with
// time (journal, sessions) is full before the counting begins.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <gnu/libc-version.h>
#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <string_view>

#include "app/log/logging.hpp"
#include "app/mock.hpp"
#include "bench/session_request.hpp"
#include "net/epoll/answer_writer.hpp"
#include "net/request/request_reader.hpp"
#include "text/timestamp.hpp"

// In place of those of OpenSSL and the standard library: the same in every run.
extern "C" int RAND_bytes(unsigned char* bytes, int count) {
  std::fill_n(bytes, count, static_cast<unsigned char>(7));
  return 1;
}
#ifdef __GLIBCXX__
std::random_device::result_type std::random_device::_M_getval() { return 0x77777777; }
// Likewise the clock on the wall: a Date is written anew each second.
std::chrono::system_clock::time_point std::chrono::system_clock::now() noexcept {
  return time_point(std::chrono::seconds(1'798'761'600));
}
#endif

// Blocks of memory asked for since the start, by whoever asked: OpenSSL does without operator new.
namespace {
std::uint64_t blocks_asked_for = 0;
}
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);

void* malloc(std::size_t size) noexcept {
  ++blocks_asked_for;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) noexcept {
  ++blocks_asked_for;
  return __libc_calloc(count, size);
}
void* realloc(void* block, std::size_t size) noexcept {
  ++blocks_asked_for;
  return __libc_realloc(block, size);
}
}

namespace vault_mock::bench {
namespace {

constexpr int kJournal = 100;  // entries
constexpr int kConsumers = 100;

std::string consumer(int number) { return fmt::format("consumer-{:02}", number % kConsumers); }

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "instructions: %s\n", why.c_str());
  std::exit(2);
}

class Requests {
 public:
  Requests() : mock_(make_mock()) {}

  const std::string& answer(std::string_view request);

 private:
  static std::unique_ptr<app::Mock> make_mock() {
    app::ServeOptions options;
    options.seed = 1;
    options.now = text::parse_timestamp("2027-01-01T00:00:00Z");
    options.log_level = "off";
    options.journal_size = kJournal;
    auto mock = app::Mock::create(options, app::make_log(options));
    if (!mock) fail(mock.error());
    return std::move(*mock);
  }

  std::unique_ptr<app::Mock> mock_;
  net::RequestReader reader_;
  net::ReceivedRequest received_;
  std::string answer_;
};

// As the event loop does it.
const std::string& Requests::answer(std::string_view request) {
  answer_.clear();
  if (reader_.read(request, {}, received_) != net::RequestReader::Progress::complete)
    fail("the request cannot be read");
  auto framing = net::framing_of(received_.request, false);
  net::write_answer(answer_, net::respond(mock_->site(), received_.request, framing), framing);
  return answer_;
}

}  // namespace

// The name is what callgrind counts under.
[[gnu::noinline]] const std::string& count_this(Requests& requests, std::string_view request) {
  return requests.answer(request);
}

namespace {

struct Kind {
  std::string_view name;
  int first;  // to be counted; those before fill what fills up
  std::string_view status_line;
  std::string (*request)(int number, const std::string& token);
};

constexpr Kind kKinds[] = {
    {"session", 1'050,  // a space keeps 1,000
     "HTTP/1.1 200 ",
     [](int number, const std::string&) { return session_request(number, consumer(number)); }},
    {"again", 1'050, "HTTP/1.1 200 ",  // each consumer posts the metadata of before
     [](int number, const std::string&) { return session_request(number % kConsumers, consumer(number)); }},
    {"refused", 150, "HTTP/1.1 400 ",
     [](int number, const std::string&) {
       return request_text("POST", "/vault/sessions", "sk_live_bench", consumer(number),
                           session_body(number, "cmr"));
     }},
    {"connections", 150, "HTTP/1.1 200 ",
     [](int number, const std::string& token) {
       return request_text("GET", fmt::format("/vault/connections?api=crm&n={}", number), token, consumer(0),
                           "");
     }},
};

std::string token_in(const std::string& answer) {
  constexpr std::string_view kKey = R"("session_token":")";
  const auto begin = answer.find(kKey) + kKey.size();
  return answer.substr(begin, answer.find('"', begin) - begin);
}

int run(std::string_view name, int count) {
  const auto kind = std::find_if(std::begin(kKinds), std::end(kKinds),
                                 [&](const Kind& known) { return known.name == name; });
  if (kind == std::end(kKinds)) fail(fmt::format("there is no request {}", name));
  Requests requests;
  const auto token = token_in(requests.answer(kKinds[0].request(0, "")));
  for (int number = 0; number < kind->first; ++number) requests.answer(kind->request(number, token));
  std::uint64_t blocks = 0;
  for (int number = kind->first; number < kind->first + count; ++number) {
    const auto request = kind->request(number, token);
    const auto before = blocks_asked_for;
    const auto& answer = count_this(requests, request);
    blocks += blocks_asked_for - before;
    if (!answer.starts_with(kind->status_line)) fail("an answer that was not expected: " + answer);
  }
  fmt::print("{}\n", blocks);
  return 0;
}

}  // namespace
}  // namespace vault_mock::bench

int main(int count, char** words) {
  if (count == 2 && words[1] == std::string_view("--made-with")) {
    fmt::print("compiler {}, glibc {}, json {}.{}.{}\n", __VERSION__, gnu_get_libc_version(),
               NLOHMANN_JSON_VERSION_MAJOR, NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH);
    return 0;
  }
  if (count < 2) return std::fputs("Usage: instructions REQUEST [COUNT]\n", stderr), 2;
  return vault_mock::bench::run(words[1], count > 2 ? std::atoi(words[2]) : 200);
}

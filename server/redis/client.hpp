// A client of one Redis (or Valkey), or of a Redis Cluster. Commands of all threads go over one connection
// for each server, one behind the other, without waiting for each other's replies (pipelined). Another
// connection hears what is published.
//
// Threads: one of its own, started by the constructor, which connects, reads and writes. Any thread may call
// every method. Functions given to it are called in its thread, and must be quick. They may be called before
// the constructor has returned. Where one throws, or there is no memory, all connections are closed, and made
// again.
//
// A connection that is lost, or over which nothing came for Timing::reply though a reply is due, is closed,
// and all its commands get Lost. Then nothing is sent until a new connection has answered (a circuit
// breaker): every command gets Lost at once. It tries again by itself, ever more slowly. One over which a
// server says that it cannot serve (LOADING, READONLY, MASTERDOWN) is closed, too; who asked gets that error.
// Where replies come, but late,
// the commands that wait for longer than their Patience get Lost.
//
// A cluster is found out by CLUSTER SLOTS. Its servers are connected to when they are needed, each with a
// breaker of its own: where one is away, only commands for its slots are lost. With TLS, each must have a
// certificate for the name or address by which the cluster calls it.
//
// Source of the protocol: redis.io/docs/latest/develop/reference/protocol-spec (RESP2).
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "redis/url.hpp"

namespace vault_mock::redis {

// A reply of the server (RESP2).
struct Reply {
  enum class Kind : std::uint8_t { nil, integer, text, error, list };
  Kind kind = Kind::nil;
  std::int64_t integer = 0;
  std::string text;  // text; error: its words, which begin with a code, as "NOSCRIPT No matching script"
  std::vector<Reply> list;

  bool is_error(std::string_view code = {}) const;  // empty: any
};

// There is no reply.
struct Lost {
  bool was_sent = false;  // true: whether it was done is not known. false: it was not
  std::string why;        // "cache:6379: connection refused"
};

using Result = tl::expected<Reply, Lost>;
using Done = std::function<void(Result)>;  // called exactly once

// How long a command waits for its reply: for Timing::reply, or as long as its connection lives.
enum class Patience : std::uint8_t { reply, connection };

struct Timing {
  std::chrono::milliseconds connect{1'000};
  std::chrono::milliseconds reply{500};
  std::chrono::milliseconds first_retry{50}, last_retry{1'000};
  std::chrono::milliseconds idle{
      500};  // after so long without a word, the server is asked whether it is there
};

struct Listeners {
  // Something was published on a channel that was subscribed to.
  std::function<void(std::string_view channel, std::string_view message)> heard;
  // Connected, and subscribed to all channels: from now on nothing is missed. Called again after each loss.
  std::function<void()> connected;
  // Not connected, and why: after a loss, and after each attempt that failed.
  std::function<void(std::string_view why)> lost;
  // Called in the client's thread about so often, whether connected or not.
  std::chrono::milliseconds tick{5};
  std::function<void()> ticked;
};

class Client {
 public:
  Client(Url url, std::vector<std::string> channels, Listeners listeners, Timing timing = {});
  ~Client();  // ends its thread; what is under way gets Lost
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // `key` decides which server of a cluster is asked; empty: any. Follows MOVED and ASK of a cluster, and
  // asks again on TRYAGAIN and CLUSTERDOWN until Timing::reply is over; then that error is the reply. Before
  // the first attempt to connect has led somewhere, it waits for that as long. The words of the command may
  // have any bytes.
  void send(std::string_view key, std::vector<std::string> command, Done done,
            Patience patience = Patience::reply);
  // The same, and waits for the reply. Not in the client's thread.
  Result call(std::string_view key, std::vector<std::string> command);
  // As soon as possible, calls the function in the client's thread.
  void post(std::function<void()> function);

  // Takes no lock. Whether Listeners::connected was called, and Listeners::lost was not since: there is a
  // server that answers, of a cluster any, and all channels are heard. Which servers of a cluster are away
  // does not matter.
  bool is_connected() const;
  bool is_cluster() const;

 private:
  class Loop;
  std::unique_ptr<Loop> loop_;
};

}  // namespace vault_mock::redis

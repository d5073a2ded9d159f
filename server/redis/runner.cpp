#include "redis/runner.hpp"

#include <algorithm>

namespace vault_mock::redis {
namespace {

constexpr std::chrono::milliseconds kPause{10};  // before a call is repeated
constexpr std::string_view kGivenUp = "LATE";
constexpr std::string_view kUnknownScript = "NOSCRIPT";

std::chrono::steady_clock::time_point steady_now() { return std::chrono::steady_clock::now(); }

std::int64_t whole_ms(std::chrono::steady_clock::time_point moment) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(moment.time_since_epoch()).count();
}

// `lost`: why the reply to an earlier attempt was lost.
spaces::StoreReply<Reply> reply_of(Result result, const std::string& lost) {
  if (!result) return tl::unexpected(spaces::StoreAway{result.error().why});
  if (result->is_error(kGivenUp))
    return tl::unexpected(spaces::StoreAway{lost.empty() ? "the store did not answer in time" : lost});
  if (result->is_error()) return tl::unexpected(spaces::StoreAway{"the store refused: " + result->text});
  return std::move(*result);
}

}  // namespace

class Runner::Lane {
 public:
  explicit Lane(Runner& runner) : runner_(runner) {
    const std::lock_guard lock(runner_.mutex_);
    auto& taken = runner_.taken_lanes_;
    const auto free = std::find(taken.begin(), taken.end(), false);
    place_ = static_cast<std::size_t>(free - taken.begin());
    if (free == taken.end()) taken.push_back(false);
    taken[place_] = true;
    number_ = ++runner_.last_number_;
  }
  ~Lane() {
    const std::lock_guard lock(runner_.mutex_);
    runner_.taken_lanes_[place_] = false;
  }
  Lane(const Lane&) = delete;
  Lane& operator=(const Lane&) = delete;

  std::string name() const { return runner_.own_lane(std::to_string(place_)); }
  std::string number() const { return std::to_string(number_); }

 private:
  Runner& runner_;
  std::size_t place_ = 0;
  std::uint64_t number_ = 0;
};

Result Runner::call(const Script& script, const std::vector<std::string>& keys,
                    const std::vector<std::string>& arguments) {
  auto result = client_.call(keys.front(), script.by_hash(keys, arguments));
  if (result && result->is_error(kUnknownScript))
    result = client_.call(keys.front(), script.whole(keys, arguments));
  return result;
}

spaces::StoreReply<Reply> Runner::repeat(Moment until, const std::function<Result()>& attempt) {
  bool was_sent = false;
  std::string lost;
  for (;;) {
    auto result = attempt();
    // What was not sent is not worth waiting for: the store is away already.
    if (!result) was_sent = was_sent || result.error().was_sent;
    if (result || !was_sent || steady_now() >= until) return reply_of(std::move(result), lost);
    lost = result.error().why;
    std::unique_lock lock(mutex_);
    is_connected_again_.wait_for(lock, kPause);
  }
}

// What was under way for a while is older than it looks: so the server is taken to be less ahead than it is.
void Runner::set_server_time(std::chrono::milliseconds now) {
  server_ahead_ms_ = std::max(server_ahead_ms_.load(), now.count() - whole_ms(steady_now()));
}

std::string Runner::by_server(Moment moment) const {
  const auto ahead = server_ahead_ms_.load();
  return ahead == kUnknown ? std::string() : std::to_string(whole_ms(moment) + ahead);
}

spaces::StoreReply<Reply> Runner::read(const Script& script, const std::vector<std::string>& keys,
                                       const std::vector<std::string>& arguments) {
  return repeat(steady_now() + limit_, [&] { return call(script, keys, arguments); });
}

spaces::StoreReply<Reply> Runner::command(std::string_view key, const std::vector<std::string>& words) {
  return repeat(steady_now() + limit_, [&] { return client_.call(key, words); });
}

spaces::StoreReply<Reply> Runner::change(const Script& script, const std::vector<std::string>& keys,
                                         const std::vector<std::string>& arguments) {
  const Lane lane(*this);
  const auto until = steady_now() + limit_;
  std::vector<std::string> guarded{lane.name(), lane.number(), by_server(until)};
  guarded.insert(guarded.end(), arguments.begin(), arguments.end());
  return repeat(until, [&] { return call(script, keys, guarded); });
}

void Runner::send(const Script& script, const std::vector<std::string>& keys,
                  const std::vector<std::string>& arguments, Done done) {
  auto by_hash = script.by_hash(keys, arguments);
  client_.send(keys.front(), std::move(by_hash),
               [this, &script, keys, arguments, done = std::move(done)](Result result) {
                 if (result && result->is_error(kUnknownScript))
                   client_.send(keys.front(), script.whole(keys, arguments), done);
                 else
                   done(std::move(result));
               });
}

}  // namespace vault_mock::redis

// Bytes that a server sent → replies, by the reader of hiredis.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "redis/client.hpp"

struct redisReader;

namespace vault_mock::redis {

class ReplyReader {
 public:
  ReplyReader();
  ReplyReader(const ReplyReader&) = delete;
  ReplyReader& operator=(const ReplyReader&) = delete;

  static constexpr std::size_t kMost = std::size_t{64} << 20;  // bytes of one reply, as it is kept

  // False: there is no memory for it, or the reply is too large.
  bool feed(std::string_view bytes);
  // The next reply that is there as a whole; nothing: not yet. The error: what came is not the protocol, in
  // the reader's words; nothing more can be read.
  tl::expected<std::optional<Reply>, std::string> next();

  // Why nothing more can be read: the reply has more than kMost.
  bool is_too_large() const { return size_.is_too_large; }

  // What has come of the reply that is being read.
  struct Size {
    std::size_t bytes = 0;
    bool is_too_large = false;
    bool add(std::size_t more);  // false: it is too large
  };

 private:
  struct Free {
    void operator()(redisReader* reader) const;
  };
  Size size_;
  std::unique_ptr<redisReader, Free> reader_;
};

}  // namespace vault_mock::redis

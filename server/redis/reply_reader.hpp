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

  // False: there is no memory for it.
  bool feed(std::string_view bytes);
  // The next reply that is there as a whole; nothing: not yet. The error: what came is not the protocol, in
  // the reader's words; nothing more can be read.
  tl::expected<std::optional<Reply>, std::string> next();

 private:
  struct Free {
    void operator()(redisReader* reader) const;
  };
  std::unique_ptr<redisReader, Free> reader_;
};

}  // namespace vault_mock::redis

#include "redis/reply_reader.hpp"

#include <cstdint>
#include <hiredis/read.h>
#include <new>
#include <utility>

namespace vault_mock::redis {
namespace {

// Where hiredis reads a reply to: a new one, or the next of the list that it belongs to. A list only grows
// while none of its own lists is being read, so that what hiredis holds stays where it is. Its length is not
// believed in advance: a few bytes can claim two billion. Without memory: nullptr, which hiredis reports.
Reply* put(const redisReadTask* task, Reply::Kind kind, std::size_t text = 0) noexcept {
  try {
    if (!static_cast<ReplyReader::Size*>(task->privdata)->add(sizeof(Reply) + text)) return nullptr;
    Reply* reply = nullptr;
    if (task->parent == nullptr) {
      reply = new Reply;
    } else {
      reply = &static_cast<Reply*>(task->parent->obj)->list.emplace_back();
    }
    reply->kind = kind;
    return reply;
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

void* put_text(const redisReadTask* task, const char* text, std::size_t size) noexcept {
  auto* reply = put(task, task->type == REDIS_REPLY_ERROR ? Reply::Kind::error : Reply::Kind::text, size);
  if (reply == nullptr) return nullptr;
  try {
    reply->text.assign(text, size);
  } catch (const std::bad_alloc&) {
    if (task->parent == nullptr) delete reply;
    return nullptr;
  }
  return reply;
}

// From hiredis 1.0 on, the reader knows RESP3, which no server speaks unasked, and lists have another type of
// length.
template <typename Functions>
Functions functions_of_hiredis() {
  Functions made{};
  made.createString = [](const redisReadTask* task, char* text, std::size_t size) -> void* {
    return put_text(task, text, size);
  };
  made.createArray = [](const redisReadTask* task, auto) -> void* { return put(task, Reply::Kind::list); };
  made.createInteger = [](const redisReadTask* task, long long integer) -> void* {
    auto* reply = put(task, Reply::Kind::integer);
    if (reply != nullptr) reply->integer = integer;
    return reply;
  };
  made.createNil = [](const redisReadTask* task) -> void* { return put(task, Reply::Kind::nil); };
  if constexpr (requires { made.createDouble; }) {
    made.createDouble = [](const redisReadTask* task, double, char* text, std::size_t size) -> void* {
      return put_text(task, text, size);
    };
    made.createBool = [](const redisReadTask* task, int yes) -> void* {
      auto* reply = put(task, Reply::Kind::integer);
      if (reply != nullptr) reply->integer = yes;
      return reply;
    };
  }
  made.freeObject = [](void* reply) { delete static_cast<Reply*>(reply); };
  return made;
}

redisReplyObjectFunctions* functions() {
  static redisReplyObjectFunctions made = functions_of_hiredis<redisReplyObjectFunctions>();
  return &made;
}

}  // namespace

bool Reply::is_error(std::string_view code) const {
  return kind == Kind::error && text.starts_with(code) &&
         (code.empty() || text.size() == code.size() || text[code.size()] == ' ');
}

ReplyReader::ReplyReader() : reader_(redisReaderCreateWithFunctions(functions())) {
  if (!reader_) throw std::bad_alloc();
  reader_->privdata = &size_;
}

void ReplyReader::Free::operator()(redisReader* reader) const { redisReaderFree(reader); }

bool ReplyReader::Size::add(std::size_t more) {
  bytes += more;
  is_too_large = is_too_large || bytes > kMost;
  return !is_too_large;
}

bool ReplyReader::feed(std::string_view bytes) {
  const auto waits = reader_->len - reader_->pos;
  if (size_.bytes + waits + bytes.size() > kMost) size_.is_too_large = true;
  return !size_.is_too_large && redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) == REDIS_OK;
}

tl::expected<std::optional<Reply>, std::string> ReplyReader::next() {
  void* read = nullptr;
  if (redisReaderGetReply(reader_.get(), &read) != REDIS_OK)
    return tl::unexpected(std::string(reader_->errstr));
  if (read == nullptr) return std::nullopt;
  size_ = {};
  const std::unique_ptr<Reply> reply(static_cast<Reply*>(read));
  return std::optional(std::move(*reply));
}

}  // namespace vault_mock::redis

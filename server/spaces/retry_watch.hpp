// Notices clients that ask again by themselves what failed, so that a test or a demonstration seems to hang.
//
// The official SDK for TypeScript does so on 408, 500, 502, 503 and 504, for up to 15 minutes: before its
// x-th try after the first, x from 0, it waits x^1.5 / 2 s, and up to 1 s more by chance (read in
// @apideck/unify 0.52.2, src/lib/retries.ts). Requests of one consumer that are alike and keep to that
// schedule are its work: the third, where the user agent is the SDK's, else the fifth.
//
// Not thread-safe: its owner guards it. Its size is fixed: of more than 32 requests that failed, or 64
// consumers that it has told of, it forgets the oldest.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

#include "spaces/clock.hpp"

namespace vault_mock::spaces {

class RetryWatch {
 public:
  // A request that failed. Two are alike when both hashes are the same.
  struct Failed {
    std::size_t consumer = 0, request = 0;  // hashes
    bool is_from_sdk = false;               // by its user agent
    Time asked, answered;                   // by the wall clock
  };
  struct Retries {
    int requests = 0;  // the first included
    std::chrono::milliseconds within{0};
  };

  // Something once for each consumer: when it is sure.
  std::optional<Retries> note(const Failed& failed);

  void forget_all() { *this = {}; }

 private:
  struct Streak {
    std::size_t consumer = 0, request = 0;
    int requests = 0;      // 0: a free place
    Time first{}, last{};  // asked first, answered last
  };

  Streak& streak_of(const Failed& failed);
  bool has_told(std::size_t consumer) const;

  std::array<Streak, 32> streaks_;
  std::array<std::size_t, 64> told_{};
  std::size_t tellings_ = 0;
};

}  // namespace vault_mock::spaces

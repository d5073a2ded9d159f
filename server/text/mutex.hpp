// A mutex that clang checks: what is GUARDED_BY it may only be touched while it is held (-Wthread-safety).
#pragma once

#include <mutex>

#if defined(__clang__)
#define VAULT_MOCK_ANNOTATE(x) __attribute__((x))
#else
#define VAULT_MOCK_ANNOTATE(x)
#endif

#define GUARDED_BY(mutex) VAULT_MOCK_ANNOTATE(guarded_by(mutex))
#define REQUIRES(mutex) VAULT_MOCK_ANNOTATE(requires_capability(mutex))
#define EXCLUDES(mutex) VAULT_MOCK_ANNOTATE(locks_excluded(mutex))

namespace vault_mock::text {

class VAULT_MOCK_ANNOTATE(capability("mutex")) Mutex {
 public:
  void lock() VAULT_MOCK_ANNOTATE(acquire_capability()) { mutex_.lock(); }
  bool try_lock() VAULT_MOCK_ANNOTATE(try_acquire_capability(true)) { return mutex_.try_lock(); }
  void unlock() VAULT_MOCK_ANNOTATE(release_capability()) { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

// Holds a Mutex from its making to the end of its scope.
class VAULT_MOCK_ANNOTATE(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) VAULT_MOCK_ANNOTATE(acquire_capability(mutex)) : mutex_(mutex) {
    mutex_.lock();
  }
  // One that is held already: what try_lock() took.
  MutexLock(Mutex& mutex, std::adopt_lock_t) REQUIRES(mutex) : mutex_(mutex) {}
  ~MutexLock() VAULT_MOCK_ANNOTATE(release_capability()) { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

}  // namespace vault_mock::text

#include "app/authority/authority_files.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include "app/authority/authority.hpp"
#include "app/files/foreign_file.hpp"
#include "app/files/whole_file.hpp"
#include "app/machine/machine.hpp"
#include "net/descriptor.hpp"

namespace vault_mock::app {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kFolder = 0755;
// The holder of the lock writes two files, which takes a moment.
constexpr std::chrono::seconds kLockPatience{10};

std::string reason() { return std::strerror(errno); }

tl::expected<void, std::string> make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder.parent_path(), error);
  if (::mkdir(folder.c_str(), kFolder) == 0 || errno == EEXIST) return {};
  return tl::unexpected("cannot make " + folder.string() + ": " + (error ? error.message() : reason()));
}

// A holder that is stopped, or a file system that lost its lock, must not keep the mock from starting.
bool lock_within(std::chrono::milliseconds patience, int folder) {
  constexpr std::chrono::milliseconds kPause{20};
  for (auto left = patience; ::flock(folder, LOCK_EX | LOCK_NB) != 0; left -= kPause) {
    if ((errno != EWOULDBLOCK && errno != EINTR) || left <= kPause) return false;
    std::this_thread::sleep_for(kPause);
  }
  return true;
}

std::string way_out(const std::string& trouble) {
  return "the local certificate authority: " + trouble +
         ". Set XDG_STATE_HOME to a writable folder, or provide a certificate with --tls-cert and "
         "--tls-key";
}

}  // namespace

tl::expected<fs::path, std::string> state_folder() {
  if (const char* state = std::getenv("XDG_STATE_HOME"); state != nullptr && *state == '/')
    return fs::path(state) / "vault-mock";
  const char* home = std::getenv("HOME");
  if (home == nullptr || *home != '/') {
    const auto* user = ::getpwuid(::getuid());
    home = user == nullptr ? nullptr : user->pw_dir;
  }
  if (home == nullptr || *home != '/')
    return tl::unexpected(way_out("this user has no home folder to keep it in"));
  return fs::path(home) / ".local/state/vault-mock";
}

tl::expected<Authority, std::string> find_or_make_authority(const fs::path& folder,
                                                            std::chrono::sys_seconds now) {
  if (const auto there = make_folder(folder); !there) return tl::unexpected(way_out(there.error()));
  // Held while it is looked for and made; it ends with the descriptor, however the program ends.
  const net::Descriptor lock(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (lock.get() < 0) return tl::unexpected(way_out("cannot open " + folder.string() + ": " + reason()));
  if (!lock_within(kLockPatience, lock.get()))
    return tl::unexpected(way_out("another program keeps " + folder.string() + " locked (" + reason() + ")"));

  Authority authority{
      .certificate_file = folder / "ca.pem", .key_file = folder / "ca-key.pem", .credentials = {}};
  std::error_code unseen;
  // It is written last: without it, nobody can trust this one yet.
  if (!fs::exists(authority.certificate_file, unseen) && !unseen) {
    authority.credentials = make_authority("Vault Mock of " + user_at_machine(), now);
    for (const auto& written :
         {write_whole(authority.key_file, authority.credentials.key, Access::for_the_user),
          write_whole(authority.certificate_file, authority.credentials.certificates, Access::for_all)})
      if (!written) return tl::unexpected(way_out(written.error()));
    return authority;
  }
  auto certificate = read_file(authority.certificate_file.string());
  if (!certificate)
    return tl::unexpected(
        way_out("cannot read " + authority.certificate_file.string() + ": " + certificate.error()));
  auto key = read_file(authority.key_file.string());
  if (!key)
    return tl::unexpected("the local certificate authority: cannot read " + authority.key_file.string() +
                          ": " + key.error() + ". If it is gone, remove " +
                          authority.certificate_file.string() +
                          " as well; the next start makes a new authority, which clients must trust again");
  authority.credentials = {std::move(*certificate), std::move(*key)};
  return authority;
}

}  // namespace vault_mock::app

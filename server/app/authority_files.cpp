#include "app/authority_files.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include "app/machine.hpp"
#include "app/rule_files.hpp"
#include "http/tls/authority.hpp"

namespace vault_mock::app {
namespace {

namespace fs = std::filesystem;

// Others may come for the certificate: the user of another container, through a shared volume.
constexpr mode_t kForAll = 0644, kForTheUser = 0600, kFolder = 0755;

std::string reason() { return std::strerror(errno); }

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  const int number_;
};

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto count = ::write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

// Whoever sees the file sees all of it, and at no time may others read what is not for them.
tl::expected<void, std::string> write_whole(const fs::path& path, std::string_view text, mode_t mode) {
  auto draft = path;
  draft += "." + std::to_string(::getpid()) + ".tmp";
  ::unlink(draft.c_str());
  {
    const Descriptor file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
    if (file.get() >= 0 && ::fchmod(file.get(), mode) == 0 && write_all(file.get(), text) &&
        ::fsync(file.get()) == 0 && ::rename(draft.c_str(), path.c_str()) == 0)
      return {};
  }
  const auto why = reason();
  ::unlink(draft.c_str());
  return tl::unexpected("cannot write " + path.string() + ": " + why);
}

tl::expected<void, std::string> make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder.parent_path(), error);
  if (::mkdir(folder.c_str(), kFolder) == 0 || errno == EEXIST) return {};
  return tl::unexpected("cannot make " + folder.string() + ": " + (error ? error.message() : reason()));
}

std::string way_out(const std::string& trouble) {
  return "the local certificate authority: " + trouble +
         ". Point XDG_STATE_HOME at a folder that can be written to, or bring a certificate with --tls-cert "
         "and "
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
  const Descriptor lock(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (lock.get() < 0) return tl::unexpected(way_out("cannot open " + folder.string() + ": " + reason()));
  while (::flock(lock.get(), LOCK_EX) != 0 && errno == EINTR) {
  }

  Authority authority{
      .certificate_file = folder / "ca.pem", .key_file = folder / "ca-key.pem", .credentials = {}};
  std::error_code unseen;
  // It is written last: without it, nobody can trust this one yet.
  if (!fs::exists(authority.certificate_file, unseen) && !unseen) {
    authority.credentials = http::make_authority("Vault Mock of " + user_at_machine(), now);
    for (const auto& written :
         {write_whole(authority.key_file, authority.credentials.key, kForTheUser),
          write_whole(authority.certificate_file, authority.credentials.certificates, kForAll)})
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
                          " too: the next start makes a new authority, to be trusted anew");
  authority.credentials = {std::move(*certificate), std::move(*key)};
  return authority;
}

}  // namespace vault_mock::app

// A folder of a test, with files of all kinds in it.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace vault_mock::app {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "vault-mock-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string path(std::string_view name) const { return path_ + "/" + std::string(name); }
  const std::string& path() const { return path_; }

  std::string file(std::string_view name, std::string_view text) const {
    std::ofstream(path(name), std::ios::binary) << text;
    return path(name);
  }
  std::string folder(std::string_view name) const {
    std::filesystem::create_directory(path(name));
    return path(name);
  }
  std::string pipe(std::string_view name) const {
    ::mkfifo(path(name).c_str(), 0600);
    return path(name);
  }
  std::string link(std::string_view name, const std::string& to) const {
    std::filesystem::create_symlink(to, path(name));
    return path(name);
  }

 private:
  std::string path_;
};

}  // namespace vault_mock::app

#include "redis/script.hpp"

#include <array>
#include <openssl/evp.h>
#include <stdexcept>

#include "text/embedded.hpp"
#include "text/hex.hpp"

namespace vault_mock::redis {
namespace {

std::string sha1_of(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha1(), nullptr) != 1)
    throw std::runtime_error("OpenSSL has no SHA-1");
  return text::hex(std::string_view(reinterpret_cast<const char*>(digest.data()), length));
}

std::string file_of(std::string_view name) {
  return std::string(text::embedded_file(std::string("server/redis/scripts/").append(name).append(".lua")));
}

std::vector<std::string> command_of(std::string verb, const std::string& script,
                                    const std::vector<std::string>& keys,
                                    std::vector<std::string> arguments) {
  std::vector<std::string> words;
  words.reserve(3 + keys.size() + arguments.size());
  words.push_back(std::move(verb));
  words.push_back(script);
  words.push_back(std::to_string(keys.size()));
  words.insert(words.end(), keys.begin(), keys.end());
  words.insert(words.end(), std::make_move_iterator(arguments.begin()),
               std::make_move_iterator(arguments.end()));
  return words;
}

}  // namespace

Script::Script(std::string text) : text_(std::move(text)), sha1_(sha1_of(text_)) {}

Script Script::of_space(std::string_view name) { return Script(file_of("common") + file_of(name)); }

Script Script::alone(std::string_view name) { return Script(file_of(name)); }

std::vector<std::string> Script::by_hash(const std::vector<std::string>& keys,
                                         std::vector<std::string> arguments) const {
  return command_of("EVALSHA", sha1_, keys, std::move(arguments));
}

std::vector<std::string> Script::whole(const std::vector<std::string>& keys,
                                       std::vector<std::string> arguments) const {
  return command_of("EVAL", text_, keys, std::move(arguments));
}

}  // namespace vault_mock::redis

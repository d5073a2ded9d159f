// Where the store is: what is read is shown, and that reads as the same; what is refused is not repeated.
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "redis/url.hpp"
#include "text/printable.hpp"

namespace vault_mock::fuzz {

void read_store_url(std::string_view bytes) {
  const auto url = redis::read_url(bytes);
  if (!url) {
    require(text::is_plain_ascii(url.error()), "an error in words of ours: " + url.error());
    return;
  }
  require(!url->host.empty() && url->port != 0 && url->database >= 0, "a place to connect to");
  const auto shown = url->in_words();
  const auto at = shown.find('@');
  const auto again =
      redis::read_url(at == std::string::npos ? shown : shown.substr(0, at) + ":x" + shown.substr(at));
  require(again && again->in_words() == shown, "an address reads as it is shown: " + shown);
}

}  // namespace vault_mock::fuzz

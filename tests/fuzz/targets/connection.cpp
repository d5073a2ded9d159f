// All that one client sends, as the event loop reads it. Wherever the input is cut, the same requests and the
// same refusal must come out.
#include <algorithm>

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/story.hpp"
#include "net/request/request_reader.hpp"

namespace vault_mock::fuzz {

std::string story_of(std::string_view bytes, std::size_t piece_size,
                     const std::function<void(const net::Request&)>& on_request) {
  // Small limits, so that short inputs reach them.
  constexpr net::RequestLimits kLimits{
      .max_head_bytes = 600, .max_target_bytes = 200, .max_header_fields = 12, .max_body_bytes = 300};
  net::RequestReader reader;
  net::ReceivedRequest received;
  std::string story;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece_size, bytes.size()))) {
    const std::string owned(bytes.substr(0, piece_size));  // a view that outlives its piece is then a finding
    std::string_view piece = owned;
    while (!piece.empty()) {
      const auto before = piece.size();
      const auto progress = reader.read(piece, kLimits, received);
      reader.take_wants_continue();
      if (progress == net::RequestReader::Progress::refused)
        return story + "refused with " + std::to_string(received.refusal.status);
      if (progress == net::RequestReader::Progress::incomplete) {
        require(piece.empty(), "an incomplete request takes all input");
        continue;
      }
      require(piece.size() < before || received.body.empty(), "a request comes from some input");
      require(received.body.size() <= kLimits.max_body_bytes, "a body within its limit");
      require(received.request.target.size() <= kLimits.max_target_bytes, "a target within its limit");
      story.append(received.request.method).append(" ").append(received.request.target).append("\n");
      for (const auto& [name, value] : received.request.headers)
        story.append(name).append(":").append(value).append("\n");
      story.append("[").append(received.body).append("]\n");
      if (on_request) on_request(received.request);
    }
  }
  return story + (reader.started() ? "…" : "");
}

void read_connection(std::string_view bytes) {
  const auto whole = story_of(bytes, std::max<std::size_t>(bytes.size(), 1), nullptr);
  const std::size_t some = 2 + bytes.size() % 13;
  for (const std::size_t size : {std::size_t{1}, some, bytes.size() / 2 + 1}) {
    const auto cut = story_of(bytes, size, nullptr);
    // A refusal may come before the end of what is refused, but it must be the same one.
    require(cut == whole,
            "in pieces of " + std::to_string(size) + " the same is read: " + cut + " <> " + whole);
  }
}

}  // namespace vault_mock::fuzz

#include "scenarios/player/placeholder.hpp"

#include <charconv>

namespace vault_mock::scenarios {
namespace {

constexpr std::string_view kOpen = "⟨";
constexpr std::string_view kClose = "⟩";
constexpr std::string_view kTimes = " × ";
constexpr std::string_view kBytes = "bytes ";

bool append_bytes(std::string& to, std::string_view hex) {
  while (!hex.empty()) {
    unsigned char byte = 0;
    const auto [end, error] =
        std::from_chars(hex.data(), hex.data() + std::min<std::size_t>(2, hex.size()), byte, 16);
    if (error != std::errc() || end != hex.data() + 2) return false;
    to += static_cast<char>(byte);
    hex.remove_prefix(2);
    if (hex.starts_with(' ')) hex.remove_prefix(1);
  }
  return true;
}

bool append_repeated(std::string& to, std::string_view content) {
  const auto mark = content.find(kTimes);
  if (mark == content.npos) return false;
  std::size_t count = 0;
  const auto [end, error] = std::from_chars(content.data(), content.data() + mark, count);
  if (error != std::errc() || end != content.data() + mark) return false;
  const auto piece = content.substr(mark + kTimes.size());
  to.reserve(to.size() + count * piece.size());
  for (; count > 0; --count) to += piece;
  return true;
}

}  // namespace

tl::expected<std::string, std::string> fill_placeholders(std::string_view text) {
  std::string result;
  for (auto open = text.find(kOpen); open != text.npos; open = text.find(kOpen)) {
    const auto close = text.find(kClose, open);
    if (close == text.npos) return tl::unexpected(std::string("'⟨' has no '⟩'"));
    result += text.substr(0, open);
    const auto content = text.substr(open + kOpen.size(), close - open - kOpen.size());
    const bool understood = content.starts_with(kBytes) ? append_bytes(result, content.substr(kBytes.size()))
                                                        : append_repeated(result, content);
    if (!understood)
      return tl::unexpected(
          std::string("⟨" + std::string(content) + "⟩ is neither ⟨3 × text⟩ nor ⟨bytes ff⟩"));
    text.remove_prefix(close + kClose.size());
  }
  return result.append(text);
}

}  // namespace vault_mock::scenarios

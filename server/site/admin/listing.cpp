#include "site/admin/listing.hpp"

#include <utility>

#include "text/json/json_document.hpp"
#include "text/number.hpp"

namespace vault_mock::site {

Listing::Listing(std::string_view name) { text_.append("{").append(text::quoted(name)).append(":["); }

void Listing::begin(std::string_view name) {
  text_.append("],").append(text::quoted(name)).append(":[");
  empty_ = true;
}

void Listing::add(std::string_view item) {
  if (!std::exchange(empty_, false)) text_ += ',';
  text_ += item;
}

net::Answer Listing::finish(std::string_view next) && {
  text_ +=
      next.empty() ? "],\"truncated\":false}" : "],\"truncated\":true,\"next\":" + text::quoted(next) + "}";
  return admin_text(200, std::move(text_));
}

tl::expected<std::optional<std::uint64_t>, net::Answer> read_cursor(const AdminCall& call) {
  const auto text = call.query("cursor");
  if (!text) return std::nullopt;
  if (const auto cursor = text::whole_number<std::uint64_t>(*text)) return cursor;
  return tl::unexpected(
      admin_error(400, "'cursor' is not one that this list handed out: use the 'next' of a page"));
}

}  // namespace vault_mock::site

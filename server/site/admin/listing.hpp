// One page of a list of the mock's own API. A page ends before it gets long, and says where the next one
// begins:
//
//     {"requests": […], "truncated": true, "next": "812"}
//
// So no list can fill the memory of the mock or of its reader, whatever was posted. One thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "site/admin/admin.hpp"

namespace vault_mock::site {

class Listing {
 public:
  // A page ends with the item that makes it this long, in bytes.
  static constexpr std::size_t kPageBytes = std::size_t{1} << 20;

  // `name` is that of the list: "requests".
  explicit Listing(std::string_view name);

  // `item` is JSON text.
  void add(std::string_view item);
  // Closes the list and begins another, in the same answer: what follows goes there.
  void begin(std::string_view name);
  // Whether another item has room.
  bool has_room() const { return text_.size() < kPageBytes; }

  // The answer; `next` is the cursor of the first item that is not here, empty when there is none.
  net::Answer finish(std::string_view next) &&;

 private:
  std::string text_;
  bool empty_ = true;
};

// Items on a page, where the query says nothing of `limit`.
constexpr std::size_t kUsualLimit = 100;

// The number in the query parameter `cursor`, if there is one. The error: it is not a number.
tl::expected<std::optional<std::uint64_t>, net::Answer> read_cursor(const AdminCall& call);

}  // namespace vault_mock::site

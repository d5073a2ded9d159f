// Requests of a journal as an HTTP Archive, version 1.2 (http://www.softwareishard.com/blog/har-12-spec/),
// which browsers' developer tools and many others read.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "site/mask.hpp"
#include "spaces/entry.hpp"

namespace vault_mock::site {

// One of its entries, with masked keys, and cookies left out. `base_url` is that of the entry's space. What
// the format has no name for begins with '_': _id, _space, _sentence.
nlohmann::ordered_json har_entry(const spaces::Entry& entry, std::string_view base_url, const Mask& mask,
                                 std::size_t longest_body);

// The whole document. `entries` is JSON text: the entries, with commas between.
std::string har_document(std::string_view entries);

}  // namespace vault_mock::site

// The places of all values of a JSON text, found in one pass: for messages with a place, and for values that
// are kept as written. A tree of offsets; it does not refer to the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vault_mock::rules {

struct Span {
  std::size_t begin = 0;  // offset of the first byte
  std::size_t end = 0;    // after the last byte
};

struct SourceTree {
  Span value;
  Span key;                          // with its quotes; for the root and array elements the same as `value`
  std::string name;                  // of a member of an object, decoded
  std::vector<SourceTree> members;   // of an object, in order, with duplicate keys
  std::vector<SourceTree> elements;  // of an array

  // nullptr when there is none. For a duplicate key it is the last one.
  const SourceTree* member(std::string_view wanted) const;
  const SourceTree* element(std::string_view index) const;  // a reference token of a JSON Pointer
};

// text::read_json() must have read `text` without an error; this also bounds the recursion here.
SourceTree source_tree(std::string_view text);

}  // namespace vault_mock::rules

// Where each value of a JSON text stands: made in one pass, for messages that point and for texts kept as
// written.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vault_mock::rules {

struct Span {
  std::size_t begin = 0;  // offset of the first byte
  std::size_t end = 0;    // behind the last
};

struct SourceTree {
  Span value;
  Span key;                         // with its quotes; of the root and of array elements: the same as `value`
  std::string name;                 // of a member of an object, decoded
  std::vector<SourceTree> members;  // of an object, in order; duplicate keys stay
  std::vector<SourceTree> elements;  // of an array

  // Null when there is none. Of a duplicate key the last counts.
  const SourceTree* member(std::string_view wanted) const;
  const SourceTree* element(std::string_view index) const;  // a reference token of a JSON Pointer
};

// `text` must have been read by text::read_json() without an error (which bounds the recursion here too).
SourceTree source_tree(std::string_view text);

}  // namespace vault_mock::rules

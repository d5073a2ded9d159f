// The errors and warnings found so far while one text is read, each with its place in the text.
//
// One reader owns it, on one thread. It keeps at most 100 mistakes, and fewer where each shows a very long
// line; the last one then says how many more there are.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "rules/language/known_names.hpp"
#include "rules/language/mistake.hpp"
#include "rules/language/source_tree.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::rules {

class Diagnostics {
 public:
  // All outlive the reading. `shown`: what the lines of mistakes are taken from, as long as `text`; empty:
  // that itself.
  Diagnostics(std::string_view text, std::string_view file, const KnownNames& names,
              std::string_view shown = {});

  std::string_view text() const { return text_; }
  std::string_view file() const { return file_; }
  const KnownNames& known_names() const { return names_; }
  text::Place place_of(std::size_t offset) const;  // fast, however long the text is

  void add(Severity severity, Span place, std::string pointer, std::string message,
           std::string suggestion = {});
  bool failed() const { return errors_ > 0; }
  std::size_t errors() const { return errors_; }  // so far
  std::vector<Mistake> take();                    // errors and warnings, by place

 private:
  std::string_view text_, file_, shown_;
  const KnownNames& names_;
  std::vector<Mistake> mistakes_;
  std::vector<std::size_t> line_starts_;
  std::size_t source_bytes_ = 0;  // of the lines in mistakes_
  std::size_t more_ = 0;
  std::size_t errors_ = 0;
};

}  // namespace vault_mock::rules

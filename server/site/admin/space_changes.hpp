// What one reader of the feed has been told of the spaces that it watches: what has changed in them, and
// whose journals were cleared. One thread at a time.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "spaces/space.hpp"

namespace vault_mock::site {

class SpaceChanges {
 public:
  using Spaces = std::vector<std::shared_ptr<spaces::Space>>;

  // Whether it tells when a journal is cleared, or the reader notices that by itself.
  enum class Clears { told, known };

  // What the reader is told of begins here: `spaces` are as it finds them.
  SpaceChanges(const Spaces& spaces, Clears clears);

  // Appends an event for each change since the last call. A space that has gone, or is another one of that
  // name, was cleared; of one that has come all is told that was changed in it.
  void append_events(std::string& to, const Spaces& spaces);

 private:
  struct Known {
    std::weak_ptr<spaces::Space> space;
    spaces::ChangeCounts changes{};
    std::uint64_t clears = 0;
    std::uint64_t round = 0;  // in which it was last seen
  };

  const Clears clears_;
  std::map<std::string, Known, std::less<>> known_;
  std::uint64_t round_ = 0;
};

}  // namespace vault_mock::site

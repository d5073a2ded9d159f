// Reads server-sent events, in pieces as they come
// (https://html.spec.whatwg.org/multipage/server-sent-events.html). What is not used here is left out: `id`,
// `retry`, and line ends other than LF.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vault_mock::app {

struct Event {
  std::string name;
  std::string data;
};

class EventLines {
 public:
  // The events that are whole with these bytes.
  std::vector<Event> read(std::string_view bytes);

 private:
  std::string rest_;  // of a line that is not whole
  Event event_;
};

}  // namespace vault_mock::app

// What replicas publish to each other: words of any bytes, each as "<length>:<bytes>". The first one says what
// it is:
//
//     changed   replica, number, space, version, keys of values…   scripts/common.lua publishes it
//     flush     replica, number                                    write what you have, then acknowledge
//     hello     replica, number, name, files                       a new one, or one that was away
//     goodbye   replica
//     ack       replica, number                                    to one replica: heard, and done
//     beat      ms of the steady clock                             to itself: messages arrive
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vault_mock::redis {

std::string write_message(std::initializer_list<std::string_view> words);

// Nothing: it is not a message. Anybody may publish.
std::optional<std::vector<std::string>> read_message(std::string_view bytes);

}  // namespace vault_mock::redis

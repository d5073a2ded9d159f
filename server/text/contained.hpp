// The top of a thread: nothing thrown in it leaves it, as that would end the process.
#pragma once

#include <exception>
#include <string_view>

namespace vault_mock::text {

enum class Contained { finished, threw };

// Runs `work`. What it throws is told to `tell` in words, once; what `tell` throws is dropped, as there is
// nobody left to tell. The caller decides what a throw means: the next round, or the end of the program in
// order.
//
//     std::thread([this] {
//       const auto how = text::contained([&] { run(); }, [&](std::string_view why) { log(why); });
//       if (how == text::Contained::threw) stop();
//     });
template <typename Work, typename Tell>
Contained contained(const Work& work, const Tell& tell) noexcept {
  const auto told = [&tell](std::string_view why) noexcept {
    try {
      tell(why);
    } catch (...) {
      return;
    }
  };
  try {
    work();
    return Contained::finished;
  } catch (const std::exception& error) {
    told(error.what());
  } catch (...) {
    told("something was thrown that is not an exception");
  }
  return Contained::threw;
}

}  // namespace vault_mock::text

#include "net/date_field.hpp"

#include <chrono>
#include <string>

#include "text/http_date.hpp"

namespace vault_mock::net {

std::string_view current_date() {
  thread_local std::chrono::sys_seconds written_for{std::chrono::seconds(-1)};
  thread_local std::string date;
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  if (now != written_for) {
    date = text::format_http_date(now);
    written_for = now;
  }
  return date;
}

}  // namespace vault_mock::net

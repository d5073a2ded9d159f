// What the servers of the comparison say: as much as the answer to the vendor's example body.
#pragma once

#include <string>

namespace vault_mock::bench {

// JSON, for a 200.
inline const std::string& constant_body() {
  static const std::string body =
      R"({"status_code":200,"status":"OK","data":{"session_uri":"https://vault.apideck.com/session/)" +
      std::string(1'430, 't') + R"(","session_token":")" + std::string(1'430, 't') + "\"}}";
  return body;
}

}  // namespace vault_mock::bench

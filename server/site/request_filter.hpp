// Which requests are asked for: the one meaning of the parameters of GET /_mock/requests, and of the words of
// `vault-mock requests`, which are made into such parameters.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "spaces/entry.hpp"

namespace vault_mock::site {

struct RequestFilter {
  // What is looked at of a request: of an entry of a journal, or of its summary.
  struct Subject {
    int status = 0;
    std::string_view id, method, path, operation, consumer_id, rule, kind;
  };

  std::optional<int> status;                                              // 402
  std::optional<int> status_class;                                        // 4, of 4xx
  std::optional<std::string> method, operation, consumer_id, rule, kind;  // each the whole of it
  std::vector<std::string> texts;  // each in any case a part of path, consumer, operation, rule or id

  bool takes(const Subject& request) const;
};

RequestFilter::Subject subject_of(const spaces::Entry& entry);

// The only parameter that may be there several times: each must be found.
constexpr std::string_view kRepeatableFilter = "text";

// By the raw `query`, of which other parameters are left alone. The error says what is wrong.
tl::expected<RequestFilter, std::string> read_request_filter(std::string_view query);

}  // namespace vault_mock::site

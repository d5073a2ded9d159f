// The whole mock in process, which stands still: its clock, its dice. One for the process; begin() makes it
// forget what the input before has done to it.
#pragma once

#include <memory>

#include "app/mock.hpp"

namespace vault_mock::fuzz {

enum class Mode { as_real, strict };

class WholeMock {
 public:
  explicit WholeMock(Mode mode);
  void begin();
  net::Answer answer(const net::Request& request) { return mock_->site().handle(request); }
  spaces::Space& space() { return *mock_->spaces().default_space(); }

 private:
  std::unique_ptr<app::Mock> mock_;
};

WholeMock& whole_mock(Mode mode);

// What must be true of every answer of the API and of the mock's own.
void check_answer(const net::Answer& answer, std::string_view method);

}  // namespace vault_mock::fuzz

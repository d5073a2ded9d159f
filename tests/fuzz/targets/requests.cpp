// What a client sends, answered by the whole mock: the API in every space, the pages, the mock's own API with
// its rules, verifications, clock and sessions. Asked again from the start it must say the same again.
#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/story.hpp"
#include "fuzz/targets/whole_mock.hpp"

namespace vault_mock::fuzz {
namespace {

std::string answers_to(std::string_view bytes) {
  auto& mock = whole_mock(Mode::as_real);
  std::string answers;
  story_of(bytes, bytes.size() + 1, [&](const net::Request& request) {
    const auto answer = mock.answer(request);
    check_answer(answer, request.method);
    if (request.target.find("/_mock") == request.target.npos)  // the journal says how long an answer took
      answers.append(std::to_string(answer.status)).append(" ").append(answer.body);
  });
  return answers;
}

}  // namespace

void answer_requests(std::string_view bytes) {
  const auto answers = answers_to(bytes);
  require(answers == answers_to(bytes), "the same requests, time and dice give the same answers");
}

}  // namespace vault_mock::fuzz

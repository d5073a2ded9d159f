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
  story_of(bytes, bytes.size() + 1, [&](const net::Arrival& arrival) {
    const auto& head = arrival.head;
    const auto answer = mock.answer(
        {.method = head.method, .target = head.target, .headers = head.fields, .body = arrival.body});
    check_answer(answer, head.method);
    if (head.target.find("/_mock") == head.target.npos)  // the journal says how long an answer took
      answers.append(std::to_string(answer.response.status)).append(" ").append(answer.response.body);
  });
  return answers;
}

}  // namespace

void answer_requests(std::string_view bytes) {
  const auto answers = answers_to(bytes);
  require(answers == answers_to(bytes), "the same requests, time and dice give the same answers");
}

}  // namespace vault_mock::fuzz

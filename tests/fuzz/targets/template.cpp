// A template and the body it refers to: in a JSON text, whatever is filled in, the result is JSON again.
#include "rules/answering/template.hpp"

#include "fuzz/target.hpp"
#include "fuzz/targets.hpp"
#include "fuzz/targets/awkward_request.hpp"
#include "fuzz/targets/in_two.hpp"
#include "text/json/json_document.hpp"

namespace vault_mock::fuzz {

void render_template(std::string_view bytes) {
  const auto [text, json] = in_two(bytes);
  const auto body = text::read_json(json);
  const auto request = awkward_request(body ? &body->value : nullptr);
  const rules::Dice dice = [] { return 0.5; };
  const rules::Template::Input input{request, 3, dice};

  const auto plain = rules::Template::compile(text);
  if (plain)
    require(plain->render(input).size() <= text.size() + 100 * 16 * 1024, "a result within its bounds");
  else
    require(!plain.error().message.empty(), "a refusal says why");

  if (!text::read_json(text)) return;
  if (const auto made = rules::Template::compile_json(text)) {
    const auto result = made->render(input);
    require(nlohmann::json::accept(result), "a template of JSON renders JSON: " + result);
  }
}

}  // namespace vault_mock::fuzz

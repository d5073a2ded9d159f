// The steps of a request's way, each in the file of its name or subject; engine.cpp has their order. A step
// reads and writes the Call, and returns the answer or nothing, when the next step is to run. Internal to
// engine/.
#pragma once

#include "engine/call.hpp"

namespace vault_mock::engine {

// routing.cpp. find_operation never answers: a rule may know a path that the contract does not.
StepResult answer_preflight(Call& call);
StepResult find_operation(Call& call);

// rule_answers.cpp
StepResult apply_early_rules(Call& call);
StepResult apply_rules(Call& call);

// authentication.cpp
StepResult authenticate(Call& call);

// checks.cpp
StepResult check_contract(Call& call);

// advice.cpp
StepResult advise(Call& call);

// preferences.cpp
StepResult answer_magic_id(Call& call);
StepResult apply_preferences(Call& call);

// act.cpp
StepResult act(Call& call);

}  // namespace vault_mock::engine

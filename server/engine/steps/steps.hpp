// The steps of a request's way (engine.cpp has their order). Internal to engine/.
#pragma once

#include "engine/call.hpp"

namespace vault_mock::engine {

StepResult answer_preflight(Call& call);
StepResult find_operation(
    Call& call);  // sets lookup and body; answers nothing itself: a rule may know an unknown path
StepResult apply_early_rules(Call& call);
StepResult authenticate(Call& call);
StepResult check_contract(Call& call);
StepResult advise(Call& call);
StepResult apply_rules(Call& call);
StepResult answer_magic_id(Call& call);
StepResult apply_preferences(Call& call);
StepResult act(Call& call);

}  // namespace vault_mock::engine
